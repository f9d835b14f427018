"""Staff find a call by any part of a reference, name or address: on PostgreSQL by an index, not by reading all calls.

SQLite has no such index. A PostgreSQL that does not let us have the extension works as before, only more slowly.
"""

from django.db import migrations

NAME = "call_search_by_parts"
# As Django compares for "icontains".
COLUMNS = ", ".join(f'UPPER("{name}"::text) gin_trgm_ops' for name in ("reference", "name", "email"))
MAY_HAVE = """
    SELECT EXISTS (SELECT FROM pg_extension WHERE extname = 'pg_trgm')
        OR has_database_privilege(current_database(), 'CREATE')
    FROM pg_available_extensions WHERE name = 'pg_trgm'
"""


def make(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(MAY_HAVE)
        if not (cursor.fetchone() or [False])[0]:
            return
        cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        # One that was broken off is still there, and of no use.
        cursor.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {NAME}")
        cursor.execute(f"CREATE INDEX CONCURRENTLY {NAME} ON bookings_booking USING gin ({COLUMNS})")


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        with schema_editor.connection.cursor() as cursor:
            cursor.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {NAME}")


class Migration(migrations.Migration):
    # Families go on booking while it is made.
    atomic = False
    dependencies = [("bookings", "0001_initial")]
    operations = [migrations.RunPython(make, drop)]

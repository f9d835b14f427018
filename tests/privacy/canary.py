"""Where in the database something is still to be found: for tests that a person is gone from everywhere."""

from django.contrib.sessions.models import Session
from django.db import connection

POSITION = {"sqlite": "instr", "postgresql": "strpos"}


def places_of(canary: str) -> list[str]:
    """Every column of every table that holds ``canary``, in large or small letters, as "table.column".

    Columns of all types are searched. Sessions are looked into, although they are compressed. ``canary`` is made of
    ASCII letters and digits: it looks the same in JSON.
    """
    if not (canary.isascii() and canary.isalnum()):
        raise ValueError(f"{canary!r} may look different in JSON: use letters and digits only")
    quoted = connection.ops.quote_name
    places = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            for column in connection.introspection.get_table_description(cursor, table):
                text = f"LOWER(CAST({quoted(column.name)} AS TEXT))"
                found = f"{POSITION[connection.vendor]}({text}, %s) > 0"
                cursor.execute(f"SELECT 1 FROM {quoted(table)} WHERE {found} LIMIT 1", [canary.lower()])
                if cursor.fetchone():
                    places.append(f"{table}.{column.name}")
    if any(canary.lower() in str(session.get_decoded()).lower() for session in Session.objects.all()):
        places.append("django_session.session_data")
    return sorted(places)

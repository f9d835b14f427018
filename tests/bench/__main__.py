"""Prints the figures that the README quotes: ``make bench``. Nothing here passes or fails.

Uses a database of its own, which is thrown away afterwards, on the engine of DATABASE_URL (SQLite without it).
"""

import os
import sys
import tempfile

scratch = tempfile.TemporaryDirectory(prefix="sendguide-bench-")
os.environ |= {"MODE": "local", "DATA_DIR": scratch.name, "DJANGO_SETTINGS_MODULE": "sendguide.settings"}


def main() -> None:
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.test.utils import setup_databases, teardown_databases

    from tests.bench import (
        calls,
        content,
        growth,
        large,
        lighthouse,
        outbox,
        postcodes,
        search,
        sign_ups,
        speed,
        suggestions,
        weight,
    )

    call_command("collectstatic", interactive=False, verbosity=0)
    postcodes.measure()
    weight.measure()
    lighthouse.measure()
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        # A file, so that the server in its own process works with it.
        settings.DATABASES["default"]["TEST"]["NAME"] = f"{scratch.name}/bench.sqlite3"
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        content.measure()
        speed.measure()
        suggestions.measure()
        search.measure()
        sign_ups.measure()
        calls.measure()
        growth.measure()
        outbox.measure()
        # The last: the others count in its rows.
        large.measure()
    finally:
        teardown_databases(databases, verbosity=0)


if __name__ == "__main__":
    with scratch:
        sys.exit(main())

"""`make run`: make everything ready that the site needs, then become its server.

What stands in the way is said in one sentence, with exit status 1, before anything is changed. Nothing that is there
already is made again: a second start takes seconds and loses nothing.
"""

import errno
import hashlib
import os
import socket
import sys
import tempfile
from pathlib import Path

import environ

BASE_DIR = Path(__file__).resolve().parent.parent


class CannotStart(Exception):
    """The message says in one sentence what is in the way and what to do."""


def main() -> None:
    try:
        port = prepare_environment()
        check_address(os.environ["HOST"], port)
        check_data_dir(Path(os.environ["DATA_DIR"]))
        prepare_site()
    except CannotStart as reason:
        sys.exit(str(reason))
    except KeyboardInterrupt:
        sys.exit("Stopped.")
    sys.stdout.flush()
    # The server takes this process over, so that Ctrl-C and "stop" reach it directly.
    os.execv(sys.executable, [sys.executable, "-m", "gunicorn", "-c", "python:sendguide.gunicorn", "sendguide.wsgi"])


def prepare_environment() -> int:
    """Set what the settings and the server read; what the environment or .env says already is kept. Gives the port."""
    environ.Env.read_env(os.environ.get("ENV_FILE", BASE_DIR / ".env"))
    host = os.environ.setdefault("HOST", "127.0.0.1")
    port = _port(os.environ.setdefault("PORT", "8000"))
    os.environ["MODE"] = "local"
    os.environ["DJANGO_SETTINGS_MODULE"] = "sendguide.settings"
    os.environ.setdefault("DATA_DIR", str(BASE_DIR / "var"))
    # A server that listens on every address is best visited on this computer's own.
    visited = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104
    os.environ.setdefault("SITE_URL", f"http://{visited}:{port}")
    os.environ.setdefault("ALLOWED_HOSTS", f"127.0.0.1,localhost,[::1],{visited}")
    return port


def _port(text: str) -> int:
    if text.isdecimal() and 1 <= int(text) <= 65535:
        return int(text)
    raise CannotStart(f"PORT={text} is no port: give a number from 1 to 65535, for example PORT=8123 make run")


def check_address(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        socket.create_server((host, port), family=family).close()
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            another = f"PORT={port + 1 if port < 65535 else port - 1} make run"
            raise CannotStart(
                f"Port {port} is taken by another program: stop that one, or use another port with {another}"
            ) from error
        # What Python adds to the system's words only repeats the address.
        reason = (error.strerror or str(error)).partition(" (")[0]
        raise CannotStart(f"The site cannot listen on {host}, port {port}: {reason}.") from error


def check_data_dir(data_dir: Path) -> None:
    """The folder and what the site has put into it before can be written."""
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=data_dir).close()
    except OSError as error:
        raise CannotStart(
            f"The site cannot write to {data_dir} ({error.strerror}): give permission, or name another folder with "
            "DATA_DIR=."
        ) from error
    for path in data_dir.iterdir():
        if not os.access(path, os.W_OK):
            raise CannotStart(f"The site cannot write to {path}: it may have been started by another user before.")


def prepare_site() -> None:
    """Database, static files, content, example dates and advisers, owner."""
    import django
    from django.core.management import CommandError, call_command
    from django.db import OperationalError

    django.setup()
    from django.utils import timezone

    from bookings.examples import create_example_advisers
    from sendguide.owner import OWNER, create_owner
    from workshops.examples import create_example_dates

    try:
        call_command("migrate", verbosity=0)
        collect_static()
        call_command("load_content")
        create_example_dates(now=timezone.now())
        create_example_advisers(now=timezone.now())
        password = create_owner()
    except CommandError as reason:
        raise CannotStart(str(reason)) from reason
    except OperationalError as error:
        raise CannotStart(f"The database cannot be used: {str(error).splitlines()[0]}") from error
    if password:
        print(f"\nThe staff site's first account. This password is shown only now; note it.\n  User name: {OWNER}")
        print(f"  Password:  {password}")
    else:
        print(f"\nThe staff site's account is {OWNER}. Forgotten the password? make owner-password gives a new one.")


def collect_static() -> None:
    """Gather and compress the static files, unless none has changed since the last time."""
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    found = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            status = os.stat(storage.path(name))
            found.update(f"{name} {status.st_size} {status.st_mtime_ns}\n".encode())
    mark = Path(settings.DATA_DIR, "static.sha256")
    if not mark.exists() or mark.read_text("ascii") != found.hexdigest():
        call_command("collectstatic", interactive=False, verbosity=0)
        mark.write_text(found.hexdigest(), "ascii")


if __name__ == "__main__":
    main()

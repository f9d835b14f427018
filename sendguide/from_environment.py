"""Settings that take more than a line to read. All raise ImproperlyConfigured, with what to do."""

from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key
from environ import Env


def secret_key(env: Env, *, data_dir: Path, is_local: bool) -> str:
    """SECRET_KEY; on one computer without one, a random text that is kept in ``data_dir``."""
    if key := env.str("SECRET_KEY", ""):
        return key
    if not is_local:
        raise ImproperlyConfigured(
            "SECRET_KEY is not set. Set it to a long random text that nobody else knows, for example the output of: "
            "python3 -c 'import secrets; print(secrets.token_urlsafe(50))'. "
            "To try the site on your own computer use `make run`, or set MODE=local."
        )
    kept = data_dir / "secret_key"
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.touch(mode=0o600)
        kept.write_text(get_random_secret_key(), "utf-8")
    return kept.read_text("utf-8")


def mail_server(env: Env, address: str) -> dict[str, Any]:
    """Django's settings for the mail server at ``address``, which holds its user's password: it is never shown."""
    ports = {"smtp": 25, "smtp+tls": 587, "smtp+ssl": 465}
    scheme = address.partition("://")[0]
    try:
        found = env.email_url_config(address) if scheme in ports else {}
    except ValueError:  # a port or a host that cannot be one
        found = {}
    if not found.get("EMAIL_HOST"):
        raise ImproperlyConfigured(
            "EMAIL_URL is not the address of a mail server. It looks like this: "
            "smtp+tls://USER:PASSWORD@smtp.example.org:587 (smtp+ssl:// for port 465, smtp:// for no encryption). In "
            "the user name and the password write %40 for @, %3A for :, %2F for /, %23 for #, %3F for ? and %25 for %."
        )
    # Not a folder for files, nor anything else that such an address may hold.
    names = ("BACKEND", "HOST", "HOST_USER", "HOST_PASSWORD", "USE_TLS", "USE_SSL")
    server = {f"EMAIL_{name}": found[f"EMAIL_{name}"] for name in names if found.get(f"EMAIL_{name}")}
    return {**server, "EMAIL_PORT": found["EMAIL_PORT"] or ports[scheme]}

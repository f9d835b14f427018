from collections.abc import Iterator

import pytest

from sendguide.outbox import registry
from tests.outbox.mail_server import MailServer, mail_server


@pytest.fixture
def server(settings) -> Iterator[MailServer]:
    """A mail server, and the settings that lead to it."""
    with mail_server() as running:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", running.port
        yield running


@pytest.fixture
def new_kind(monkeypatch):
    """``@new_kind("tests.hello")`` registers an e-mail for one test."""
    monkeypatch.setattr(registry, "_writers", dict(registry._writers))
    monkeypatch.setattr(registry, "_called", dict(registry._called))
    return lambda kind: registry.email(kind, called=f"Test: {kind}")

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage
from django.core.checks import Warning as CheckWarning

NO_SERVER = CheckWarning(
    "E-mails are not sent: they become files in a folder, because EMAIL_URL is not set.",
    hint="Set EMAIL_URL to the address of a mail server, such as smtp+tls://USER:PASSWORD@smtp.example.org:587.",
    id="outbox.W001",
)


def check_mail_server(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """In production somebody waits for each e-mail."""
    return [NO_SERVER] if settings.EMAIL_BACKEND == "sendguide.outbox.folder.EmailBackend" else []

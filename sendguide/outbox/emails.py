"""The outbox's own e-mail: one that shows whether e-mail works."""

from typing import Any

from sendguide.outbox.registry import Email, email


@email("outbox.trial", called="Trial e-mail")
def trial(about: int, details: dict[str, Any]) -> Email:
    """To whoever tries out the settings; about nothing."""
    return Email(subject="E-mail from SEND Guide works", template="emails/outbox/trial", context={})

"""Which fields are personal, and when they have to go. Each model says so itself:

    class SignUp(models.Model):
        PERSONAL = Personal(
            fields={"name": "", "email": "", "email_key": None, "access_needs": ""},
            kept="PLACE_KEPT_DAYS",
            after="the workshop ended",
            due=lambda rows, moment: rows.filter(date__ends_at__lte=moment),
        )

A field that only sounds personal is named with the reason: ``NOT_PERSONAL = {"notes": "for all who come, by staff"}``.
A test asks for one of the two for every such field.

How a row is called, ``str(row)``, best holds nothing personal: when a row is edited on the page of another one, the
staff site writes its name into the log of that page, where a purge cannot know it again.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models import Model, QuerySet


@dataclass(frozen=True)
class Personal:
    """What of a model is personal, and for how long it is kept.

    ``fields`` says what each personal field becomes: "" for a text, {} or [] for JSON, None where a unique constraint
    would not let two rows be empty, an expression where it depends on the row. ``kept`` names the setting with the
    number of days, ``after`` what they are counted from, in words, and ``due`` narrows rows to those where that was at
    ``moment`` or before, with filters only.
    """

    fields: Mapping[str, Any]
    kept: str
    after: str
    due: Callable[[QuerySet, datetime], QuerySet]

    @property
    def days(self) -> int:
        days: int = getattr(settings, self.kept)
        return days

    @property
    def rule(self) -> str:
        """30 days after the workshop ended (PLACE_KEPT_DAYS)"""
        return f"{self.days} days after {self.after} ({self.kept})"

    def holding(self, rows: QuerySet) -> QuerySet:
        """Those of ``rows`` where something personal is left."""
        return rows.exclude(**self.fields)

    def overdue(self, rows: QuerySet, now: datetime) -> QuerySet:
        """Those of ``rows`` where something personal is left that has to go."""
        return self.due(self.holding(rows), now - timedelta(days=self.days))


def personal_models() -> dict[type[Model], Personal]:
    """Every model that declares PERSONAL. Proxies are other views of the same rows and are left out."""
    models = (model for model in apps.get_models() if not model._meta.proxy)
    return {model: model.PERSONAL for model in models if hasattr(model, "PERSONAL")}

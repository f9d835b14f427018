"""The daily purge: personal fields are blanked when their time is over, wherever a copy of them stands.

Rows stay, for the numbers that a funder asks for. Each batch is one statement, committed by itself: nobody waits for
long, and a purge that is killed is ended by the next one.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from axes.models import AccessAttempt
from django.apps import apps
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.db.models import BigIntegerField, Case, Exists, Model, OuterRef, Q, QuerySet, When
from django.db.models.functions import Cast

from sendguide.privacy.registry import Personal, personal_models

# The staff site's list of recent changes links this text.
LOG_BLANK = {"object_repr": "Details removed", "change_message": ""}


class Purged(NamedTuple):
    """So many rows of ``model``, because of ``rule``, which is said in words."""

    model: type[Model]
    rows: int
    rule: str

    def __str__(self) -> str:
        """2 e-mails: 30 days after …"""
        name = self.model._meta.verbose_name if self.rows == 1 else self.model._meta.verbose_name_plural
        return f"{self.rows} {name}: {self.rule}"


def purge(*, now: datetime, dry_run: bool = False, batch: int = 500) -> list[Purged]:
    """Blank what is due, at most ``batch`` rows at a time. Not to be called inside a transaction.

    A row counts once: not again when it is blank. ``dry_run`` counts only.
    """
    found = []
    for model, personal in personal_models().items():
        rows = model._base_manager.all()
        due = personal.overdue(rows, now)
        # Copies may stay as long as their row does: they go with it, and also when staff deleted it or blanked it.
        kept = personal.holding(rows).filter(~Exists(due.filter(pk=OuterRef("pk"))))
        targets = [
            (due, personal.fields, personal.rule),
            *_history(model, personal, kept),
            (_log_entries(model, kept), LOG_BLANK, f"about {model._meta.verbose_name_plural} that are blank or gone"),
        ]
        for target, values, rule in targets:
            found.append(Purged(target.model, _blank(target, values, dry_run=dry_run, batch=batch), rule))
    for rows, rule in _of_no_use(now):
        gone = rows.count() if dry_run else sum(part.delete()[0] for part in batches(rows, batch))
        found.append(Purged(rows.model, gone, rule))
    return found


def _of_no_use(now: datetime) -> list[tuple[QuerySet, str]]:
    """What libraries keep of people who log in: whole rows go, nobody counts them."""
    days = settings.LOGIN_TRIES_KEPT_DAYS
    tries = AccessAttempt.objects.filter(attempt_time__lte=now - timedelta(days=days))
    return [
        (Session.objects.filter(expire_date__lte=now), "after they ended"),
        (tries, f"{days} days after the last wrong password (LOGIN_TRIES_KEPT_DAYS)"),
    ]


def batches(rows: QuerySet, size: int) -> Iterator[QuerySet]:
    """``rows`` in parts, by primary key. A row that changed since its part was read and is not due any more is left."""
    part = list(rows.order_by("pk").values_list("pk", flat=True)[:size])
    while part:
        yield rows.filter(pk__in=part)
        part = list(rows.filter(pk__gt=part[-1]).order_by("pk").values_list("pk", flat=True)[:size])


def _blank(rows: QuerySet, values: Mapping[str, Any], *, dry_run: bool, batch: int) -> int:
    return rows.count() if dry_run else sum(part.update(**values) for part in batches(rows, batch))


def _history(model: type[Model], personal: Personal, kept: QuerySet) -> list[tuple[QuerySet, dict[str, Any], str]]:
    """Older versions of rows (django-simple-history), if there are any. What staff noted about a change goes, too."""
    name = getattr(model._meta, "simple_history_manager_attribute", None)
    if name is None:
        return []
    history = getattr(model, name).model
    names = {field.name for field in history._meta.get_fields()}
    values = {field: blank for field, blank in personal.fields.items() if field in names}
    values["history_change_reason"] = None
    versions = history._base_manager.exclude(**values).filter(_has_no(kept, model._meta.pk.attname))
    return [(versions, values, f"of {model._meta.verbose_name_plural} that are blank or gone")]


def _log_entries(model: type[Model], kept: QuerySet) -> QuerySet:
    """The staff site's own log: it keeps how a row was called. It knows rows by their key, a number, as text."""
    views = [each._meta.model_name for each in apps.get_models() if each._meta.concrete_model is model]
    entries = LogEntry.objects.filter(content_type__app_label=model._meta.app_label, content_type__model__in=views)
    number = Case(When(object_id__regex=r"^[0-9]{1,18}$", then=Cast("object_id", BigIntegerField())))
    return entries.exclude(**LOG_BLANK).annotate(about=number).filter(_has_no(kept, "about"))


def _has_no(kept: QuerySet, key: str) -> Q:
    """Those whose field ``key`` names none of ``kept``. With "NOT IN" PostgreSQL reads all of ``kept`` for each row
    as soon as they do not fit into its memory.
    """
    return Q(~Exists(kept.filter(pk=OuterRef(key))))

"""Models with everything that a purge has to deal with. They exist in tests only, and have no migrations."""

from django.db import models
from simple_history.models import HistoricalRecords

from sendguide.privacy.registry import Personal


class Stay(models.Model):
    ends_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"until {self.ends_at:%Y-%m-%d}"


class Guest(models.Model):
    PERSONAL = Personal(
        fields={"name": "", "email_key": None, "details": {}},
        kept="PLACE_KEPT_DAYS",
        after="the stay ended",
        due=lambda rows, moment: rows.filter(stay__ends_at__lte=moment),
    )
    NOT_PERSONAL = {"phone_kind": "mobile or landline, for the statistics"}

    stay = models.ForeignKey(Stay, models.CASCADE)
    name = models.CharField(max_length=100, blank=True)
    email_key = models.CharField(max_length=64, null=True, unique=True)  # noqa: DJ001 - None: many may be empty
    details = models.JSONField(default=dict)
    phone_kind = models.CharField(max_length=10, default="mobile")
    # Tables without migrations are made before that of the accounts.
    history = HistoricalRecords(user_db_constraint=False)

    def __str__(self) -> str:
        return self.name


class Visitor(Guest):
    """The same rows under another name, as the staff site may show them."""

    class Meta:
        proxy = True


class Letter(models.Model):
    """Without history."""

    PERSONAL = Personal(
        fields={"to": ""},
        kept="EMAIL_KEPT_DAYS",
        after="it was sent",
        due=lambda rows, moment: rows.filter(sent_at__lte=moment),
    )

    to = models.CharField(max_length=100)
    sent_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"Letter {self.pk}"

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from bookings.models.advisers import Adviser
from bookings.models.bookings import Booking
from bookings.wishes import suits
from guides.models import Council, Topic
from sendguide.lib.dates import full_date_and_time
from sendguide.lib.email_addresses import email_key
from sendguide.privacy.registry import Personal


class WaitingEntryQuerySet(models.QuerySet["WaitingEntry"]):
    def waiting(self) -> "WaitingEntryQuerySet":
        """Who waits, first come first served."""
        return self.filter(status=WaitingEntry.Status.WAITING).order_by("queued_at", "pk")

    def confirmed(self) -> "WaitingEntryQuerySet":
        """Who waits and has said so by the link in our e-mail: times are offered to nobody else."""
        return self.waiting().filter(confirmed_at__isnull=False)


class WaitingEntry(models.Model):
    """Somebody on the waiting list for calls: no time suited them. They are offered the next one that does."""

    class Status(models.TextChoices):
        WAITING = "waiting", "waiting"
        BOOKED = "booked", "booked a call"
        LEFT = "left", "left the list"
        LAPSED = "lapsed", "did not answer"
        TOO_LONG = "too long", "no time came free"

    PERSONAL = Personal(
        fields={"email": "", "email_key": ""},
        kept="CALL_KEPT_DAYS",
        after="the waiting ended",
        due=lambda rows, moment: rows.filter(ended_at__lte=moment),
    )

    email = models.EmailField("e-mail", max_length=254)
    email_key = models.CharField(max_length=254, editable=False, db_index=True)
    topic = models.ForeignKey(Topic, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    council = models.ForeignKey(Council, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    # Days of the week (Monday is 0) and parts of the day that suit. None: all do.
    weekdays = models.JSONField(default=list, blank=True)
    parts = models.JSONField(default=list, blank=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.WAITING)
    # Their place in the queue. Whoever lets an offer run out goes to its end.
    queued_at = models.DateTimeField(default=timezone.now, editable=False)
    # When they pressed the button that our first e-mail leads to. Anybody can type an address.
    confirmed_at = models.DateTimeField(null=True, editable=False)
    missed = models.PositiveSmallIntegerField("offers that ran out", default=0, editable=False)
    link_version = models.PositiveIntegerField(editable=False, default=1)
    submission_id = models.UUIDField(unique=True, editable=False)
    created_at = models.DateTimeField("joined", default=timezone.now, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)

    objects = WaitingEntryQuerySet.as_manager()

    class Meta:
        ordering = ["queued_at", "pk"]
        verbose_name = "family waiting for a call"
        verbose_name_plural = "families waiting for a call"
        constraints = [
            models.UniqueConstraint(
                fields=["email_key"], condition=Q(status="waiting") & ~Q(email_key=""), name="waits_once_per_email"
            )
        ]

    def __str__(self) -> str:
        return f"Waiting {self.pk}"

    def save(self, **kwargs: Any) -> None:
        self.email_key = email_key(self.email)
        super().save(**kwargs)

    @property
    def is_waiting(self) -> bool:
        return self.status == self.Status.WAITING

    @property
    def is_confirmed(self) -> bool:
        return self.confirmed_at is not None

    def suits(self, start: datetime) -> bool:
        return suits(start, weekdays=self.weekdays, parts=self.parts)

    def position(self) -> int:
        """Their place in the queue, from 1, or that which they would have once they confirm."""
        ahead = Q(queued_at__lt=self.queued_at) | Q(queued_at=self.queued_at, pk__lt=self.pk)
        return WaitingEntry.objects.confirmed().filter(ahead).count() + 1


class Offer(models.Model):
    """A time that is held for one of those who wait, until ``held_until``."""

    class Status(models.TextChoices):
        OPEN = "open", "open"
        TAKEN = "taken", "taken"
        DECLINED = "declined", "declined"
        RAN_OUT = "ran out", "ran out"
        WITHDRAWN = "withdrawn", "taken back by us"

    entry = models.ForeignKey(WaitingEntry, on_delete=models.CASCADE, related_name="offers")
    adviser = models.ForeignKey(Adviser, on_delete=models.CASCADE, related_name="offers")
    starts_at = models.DateTimeField("time")
    ends_at = models.DateTimeField("ends")
    held_until = models.DateTimeField()
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OPEN)
    booking = models.OneToOneField(Booking, null=True, on_delete=models.SET_NULL, related_name="offer")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["entry"], condition=Q(status="open"), name="one_open_offer_per_family")
        ]
        indexes = [models.Index(fields=["status", "held_until"], name="offer_by_status_and_end")]

    def __str__(self) -> str:
        return f"Offer of {full_date_and_time(self.starts_at)}"

    @property
    def is_open(self) -> bool:
        return self.status == self.Status.OPEN

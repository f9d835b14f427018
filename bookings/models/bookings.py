import hashlib
import secrets
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from bookings.models.advisers import Adviser
from bookings.slots import Terms, cells
from guides.models import Council, Guide, Topic
from sendguide.lib.dates import full_date_and_time
from sendguide.lib.email_addresses import email_key
from sendguide.lib.phones import TO_WHO_TYPES, Phone
from sendguide.privacy.registry import Personal

# Without those that are taken for one another when read out: 0 O, 1 I L, 2 Z, 5 S, 8 B.
REFERENCE_LETTERS = "34679ACDEFGHJKMNPQRTUVWXY"


def new_reference() -> str:
    """Such as K7M-4PQ: to name a call on the phone. It opens nothing."""
    letters = "".join(secrets.choice(REFERENCE_LETTERS) for _ in range(6))
    return f"{letters[:3]}-{letters[3:]}"


class BookingQuerySet(models.QuerySet["Booking"]):
    def upcoming(self) -> "BookingQuerySet":
        """Neither cancelled nor known to have begun, the next first. One that has just begun may be among them."""
        return self.filter(is_upcoming=True).order_by("starts_at", "pk")

    def booked(self) -> "BookingQuerySet":
        """Not cancelled, to come or past."""
        return self.filter(status=Booking.Status.BOOKED)

    def with_needs(self) -> "BookingQuerySet":
        """Of families who told us what they need for the call."""
        return self.exclude(access_needs=[], access_details="")

    def not_blanked(self) -> "BookingQuerySet":
        """Those from which the purge has not taken what families told us: few of all, and there is an index."""
        return self.exclude(name="")

    def with_details(self) -> "BookingQuerySet":
        return self.select_related("adviser", "topic", "council")


class Booking(models.Model):
    """A support call. Only bookings.actions may change when it is, whose it is and whether it takes place."""

    class Status(models.TextChoices):
        BOOKED = "booked", "booked"
        CANCELLED = "cancelled", "cancelled"

    class By(models.TextChoices):
        FAMILY = "family", "the family"
        STAFF = "staff", "us"

    class Outcome(models.TextChoices):
        HELPED = "helped", "helped"
        OTHER_SERVICE = "other service", "sent to another service"
        FOLLOW_UP = "follow-up", "follow-up needed"
        NOT_REACHED = "not reached", "not reached"
        NOT_NEEDED = "not needed", "no longer needed"
        OTHER = "other", "other"

    class Need(models.TextChoices):
        RELAY = "relay", "Relay UK"
        BSL = "bsl", "A British Sign Language (BSL) interpreter"
        LANGUAGE = "language", "A language other than English"
        OTHER = "other", "Something else"

    PERSONAL = Personal(
        fields={
            "name": "",
            "phone": "",
            "phone_prefix": "",
            "email": "",
            "email_key": "",
            "access_needs": [],
            "access_details": "",
            "word": "",
            "about": "",
            "summary": "",
        },
        kept="CALL_KEPT_DAYS",
        after="the call",
        due=lambda rows, moment: rows.filter(ends_at__lte=moment),
    )
    NOT_PERSONAL = {"may_leave_message": "a yes or no, which says nothing without a name"}

    adviser = models.ForeignKey(Adviser, on_delete=models.PROTECT, related_name="bookings")
    starts_at = models.DateTimeField("time")
    ends_at = models.DateTimeField("ends")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.BOOKED)
    # Counts as the one call that a family may have. Ends with the call's start, or with its being cancelled.
    is_upcoming = models.BooleanField(default=True, editable=False)
    topic = models.ForeignKey(Topic, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    council = models.ForeignKey(Council, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    name = models.CharField(max_length=120)
    # As E.164, such as +447700900123; what we dial before it (18002 to a textphone) stands apart.
    phone = models.CharField(max_length=20)
    phone_prefix = models.CharField(max_length=5, blank=True)
    email = models.EmailField("e-mail", max_length=254, blank=True)
    email_key = models.CharField(max_length=254, editable=False, blank=True, db_index=True)
    may_say_who = models.BooleanField("may say who calls", default=False)
    may_leave_message = models.BooleanField("may leave a message", default=False)
    access_needs = models.JSONField(default=list, blank=True)
    access_details = models.CharField(max_length=200, blank=True)
    word = models.CharField("their word", max_length=30, blank=True)
    about = models.TextField("wants to talk about", max_length=500, blank=True)

    reference = models.CharField(max_length=7, unique=True, default=new_reference, editable=False)
    submission_id = models.UUIDField(unique=True, editable=False)
    # How often it was moved or cancelled: calendars know by it which of two versions is the newer one.
    sequence = models.PositiveIntegerField(editable=False, default=0)
    link_version = models.PositiveIntegerField(editable=False, default=1)
    booked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField("booked", default=timezone.now, editable=False)
    # When it got the time that it has: by booking or by the last move.
    timed_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(default=timezone.now, editable=False)
    # When staff last corrected the details: the family's form, sent once more, does not undo it.
    corrected_at = models.DateTimeField(null=True, editable=False)
    cancelled_at = models.DateTimeField(null=True, editable=False)
    cancelled_by = models.CharField(max_length=10, choices=By.choices, blank=True, editable=False)
    # The start of which they were reminded: a call that is moved is reminded of again.
    day_reminder_of = models.DateTimeField(null=True, editable=False)
    hour_reminder_of = models.DateTimeField(null=True, editable=False)

    outcome = models.CharField(max_length=15, choices=Outcome.choices, blank=True)
    tries = models.PositiveSmallIntegerField("times tried", default=0)
    summary = models.TextField(max_length=2000, blank=True)
    guides = models.ManyToManyField(Guide, blank=True, related_name="+")

    objects = BookingQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "pk"]
        verbose_name = "call"
        permissions = [("see_all_calls", "Can see the calls of all advisers")]
        constraints = [
            models.UniqueConstraint(
                fields=["email_key"],
                condition=Q(is_upcoming=True) & ~Q(email_key=""),
                name="one_upcoming_call_per_email",
            ),
            models.UniqueConstraint(
                fields=["phone"],
                condition=Q(is_upcoming=True) & ~Q(phone=""),
                name="one_upcoming_call_per_phone",
            ),
            models.CheckConstraint(
                condition=Q(is_upcoming=False) | Q(status="booked"), name="only_booked_calls_are_upcoming"
            ),
        ]
        indexes = [
            models.Index(fields=["adviser", "starts_at"], name="call_by_adviser_and_start"),
            models.Index(fields=["is_upcoming", "starts_at"], name="call_by_start_if_upcoming"),
            models.Index(fields=["starts_at"], name="call_by_start"),
            # For searching: after five years one call in ten still has details.
            models.Index(fields=["starts_at"], condition=~Q(name=""), name="call_with_details_by_start"),
        ]

    def __str__(self) -> str:
        return f"Call {self.reference}, {full_date_and_time(self.starts_at)}"

    def save(self, **kwargs: Any) -> None:
        self.email_key = email_key(self.email)
        super().save(**kwargs)

    @property
    def is_cancelled(self) -> bool:
        return self.status == self.Status.CANCELLED

    @property
    def dialled(self) -> Phone | None:
        """What the adviser dials: through Relay UK to who asked for it or typed its prefix. None once forgotten."""
        if not self.phone:
            return None
        through_relay = self.phone_prefix or self.Need.RELAY in self.access_needs
        return Phone(number=self.phone, prefix=TO_WHO_TYPES if through_relay else "")

    def is_to_come(self, now: datetime) -> bool:
        """Whether it can still be moved or cancelled."""
        return not self.is_cancelled and self.starts_at > now

    def summary_version(self) -> str:
        """Differs once another summary or other guides are kept."""
        version = f"{self.summary}|{sorted(self.guides.values_list('pk', flat=True))}"
        return hashlib.sha256(version.encode()).hexdigest()[:16]

    @property
    def told_of_calling(self) -> tuple[str, bool, bool]:
        """What the confirmation says of how we call, beside the time: who has it is told if it changes."""
        return self.word_hint, self.may_say_who, self.may_leave_message

    @property
    def has_needs(self) -> bool:
        return bool(self.access_needs or self.access_details)

    @property
    def needs_arranging(self) -> bool:
        """Whether somebody has to see to something before the day: a relay is there at once, an interpreter is not."""
        return bool({*self.access_needs} - {self.Need.RELAY} or self.access_details)

    @property
    def word_hint(self) -> str:
        """First and last letter of the parent's own word, for e-mails: only who knows it recognises it.

        Of a word that this would give away there is none.
        """
        return f"{self.word[0]}…{self.word[-1]}" if len(self.word) > 3 else ""


class BookedCell(models.Model):
    """Five minutes of an adviser's time that a call, or a time offered to somebody, holds. Nobody else can have them.

    ``cell`` counts five-minute instants since 1970 (``bookings.slots.cell_of``). The first cell of a call says how many
    it ``held``, gap included; the others say 0, so that a call can be read in one row.
    """

    adviser = models.ForeignKey(Adviser, on_delete=models.CASCADE, related_name="cells")
    cell = models.PositiveIntegerField()
    held = models.PositiveSmallIntegerField()
    booking = models.ForeignKey(Booking, null=True, on_delete=models.CASCADE, related_name="cells")
    offer = models.ForeignKey("bookings.Offer", null=True, on_delete=models.CASCADE, related_name="cells")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["adviser", "cell"], name="one_call_at_a_time_per_adviser"),
            models.CheckConstraint(
                condition=Q(booking=None, offer__isnull=False) | Q(booking__isnull=False, offer=None),
                name="cell_is_of_a_call_or_of_an_offer",
            ),
        ]
        indexes = [
            models.Index(fields=["cell"], name="booked_cell_by_time"),
            models.Index(fields=["adviser", "held", "cell"], condition=Q(held__gt=0), name="booked_cell_of_adviser"),
        ]

    def __str__(self) -> str:
        return f"Cell {self.cell}"

    @classmethod
    def of(cls, adviser: Adviser, start: datetime, terms: Terms, **whose: Any) -> list["BookedCell"]:
        """The rows, not saved, that a call at ``start`` holds; ``whose`` is ``booking`` or ``offer``."""
        wanted = cells(start, terms)
        return [
            cls(adviser=adviser, cell=cell, held=len(wanted) if cell == wanted[0] else 0, **whose) for cell in wanted
        ]

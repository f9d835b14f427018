from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from guides.models import Council
from sendguide.lib.email_addresses import email_key
from sendguide.privacy.registry import Personal
from workshops.models.dates import WorkshopDate


class SignUpQuerySet(models.QuerySet["SignUp"]):
    def placed(self) -> "SignUpQuerySet":
        return self.filter(status=SignUp.Status.PLACED)

    def waiting(self) -> "SignUpQuerySet":
        """First come, first served."""
        return self.filter(status=SignUp.Status.WAITING).order_by("pk")

    def live(self) -> "SignUpQuerySet":
        return self.filter(status__in=SignUp.LIVE)


class SignUp(models.Model):
    """Somebody's place on a date, or their place on its waiting list."""

    class Status(models.TextChoices):
        PLACED = "placed", "has a place"
        WAITING = "waiting", "on the waiting list"
        GIVEN_BACK = "given back", "gave the place back"
        LEFT = "left", "left the waiting list"
        LAPSED = "lapsed", "no place came free"
        CANCELLED = "cancelled", "the date was cancelled"

    LIVE = (Status.PLACED, Status.WAITING)
    PERSONAL = Personal(
        fields={"name": "", "email": "", "email_key": "", "access_needs": ""},
        kept="PLACE_KEPT_DAYS",
        after="the workshop ended",
        due=lambda rows, moment: rows.filter(date__ends_at__lte=moment),
    )

    date = models.ForeignKey(WorkshopDate, on_delete=models.PROTECT, related_name="sign_ups")
    name = models.CharField(max_length=120)
    email = models.EmailField("e-mail", max_length=254)
    email_key = models.CharField(max_length=254, editable=False, db_index=True)
    council = models.ForeignKey(Council, null=True, on_delete=models.SET_NULL, related_name="+")
    access_needs = models.TextField(max_length=500, blank=True)
    status = models.CharField(max_length=10, choices=Status.choices)
    submission_id = models.UUIDField(editable=False)
    # Raised to make links that were given out before stop working.
    link_version = models.PositiveIntegerField(editable=False, default=1)
    # The start of which they were reminded: a date that is moved is reminded of again.
    reminded_of = models.DateTimeField(null=True, editable=False)
    created_at = models.DateTimeField("signed up", default=timezone.now, editable=False)
    placed_at = models.DateTimeField("got the place", null=True, editable=False)
    ended_at = models.DateTimeField("gave it back", null=True, editable=False)

    objects = SignUpQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = "sign-up"
        constraints = [
            models.UniqueConstraint(
                fields=["date", "email_key"],
                condition=Q(status__in=["placed", "waiting"]) & ~Q(email_key=""),
                name="one_live_sign_up_per_email_and_date",
            ),
            models.UniqueConstraint(fields=["date", "submission_id"], name="one_sign_up_per_submission"),
        ]
        indexes = [models.Index(fields=["date", "status"], name="sign_up_by_date_and_status")]

    def __str__(self) -> str:
        return f"Sign-up {self.pk}"

    def save(self, **kwargs: Any) -> None:
        self.email_key = email_key(self.email)
        super().save(**kwargs)

    @property
    def is_live(self) -> bool:
        return self.status in self.LIVE

    @property
    def is_placed(self) -> bool:
        return self.status == self.Status.PLACED

    @property
    def is_waiting(self) -> bool:
        return self.status == self.Status.WAITING

    def position(self) -> int:
        """Their place in the queue, from 1."""
        return SignUp.objects.waiting().filter(date=self.date_id, pk__lte=self.pk).count()

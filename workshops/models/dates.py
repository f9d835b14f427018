from datetime import datetime, timedelta

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from sendguide.lib.dates import date_and_time
from workshops.models.workshops import Workshop
from workshops.places import Closed, Standing, can_be_written_to, closed_because, waiting_list_moves


class WorkshopDateQuerySet(models.QuerySet["WorkshopDate"]):
    def public(self) -> "WorkshopDateQuerySet":
        """What the public may see; a cancelled date is shown as cancelled. Twin for one row: ``is_public``."""
        return self.exclude(status=WorkshopDate.Status.DRAFT).filter(workshop__published=True)

    def upcoming(self, now: datetime | None = None) -> "WorkshopDateQuerySet":
        """Public dates that have not started, the next first."""
        return self.public().filter(starts_at__gt=now or timezone.now()).order_by("starts_at", "pk")

    def taking_sign_ups(self, now: datetime | None = None) -> "WorkshopDateQuerySet":
        """Upcoming dates that are neither cancelled nor closed; some may be full."""
        now = now or timezone.now()
        return self.upcoming(now).filter(status=WorkshopDate.Status.OPEN, closes_at__gt=now)

    def not_over(self, now: datetime | None = None) -> "WorkshopDateQuerySet":
        """Those to come and those that take place now, for calendars: an entry stays while it is needed."""
        return self.public().filter(ends_at__gt=now or timezone.now()).order_by("starts_at", "pk")

    def past(self, now: datetime | None = None) -> "WorkshopDateQuerySet":
        """Public dates that took place, the latest first."""
        took_place = self.public().filter(status=WorkshopDate.Status.OPEN, starts_at__lte=now or timezone.now())
        return took_place.order_by("-starts_at", "-pk")

    def with_workshop(self) -> "WorkshopDateQuerySet":
        """With the workshop and its topic, without the long texts."""
        return self.select_related("workshop__topic").defer(*(f"workshop__{name}" for name in Workshop.LONG))

    def for_cards(self) -> "WorkshopDateQuerySet":
        """With the area too: two queries, however many dates."""
        return self.with_workshop().prefetch_related("workshop__councils")

    def with_waiting(self) -> "WorkshopDateQuerySet":
        """Each with the number of people on its waiting list, as ``waiting``, and with its workshop.

        Counted for the rows that are shown: a join would group all dates before a list takes its first page.
        """
        sign_ups = apps.get_model("workshops.SignUp").objects.waiting().filter(date=OuterRef("pk"))
        number = sign_ups.order_by().values("date").annotate(number=Count("pk")).values("number")
        return self.with_workshop().annotate(waiting=Coalesce(Subquery(number), 0))


class WorkshopDate(models.Model):
    """When a workshop takes place. ``taken`` counts the places given away; only workshops.actions may change it."""

    class Status(models.TextChoices):
        DRAFT = "draft", "draft: only staff see it"
        OPEN = "open", "open: people can sign up"
        CANCELLED = "cancelled"

    workshop = models.ForeignKey(Workshop, on_delete=models.PROTECT, related_name="dates")
    starts_at = models.DateTimeField("starts", help_text="UK time.")
    ends_at = models.DateTimeField("ends", help_text="UK time.")
    closes_at = models.DateTimeField(
        "sign-up ends", help_text="UK time. Left empty: one hour before the start.", blank=True
    )
    capacity = models.PositiveSmallIntegerField("places")
    taken = models.PositiveSmallIntegerField(editable=False, default=0)
    leader = models.CharField("led by", max_length=120, blank=True)
    joining_link = models.URLField(
        max_length=500, blank=True, help_text="Only people who have a place get it, by e-mail."
    )
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAFT)
    # How often it was moved or cancelled: calendars know by it which of two versions is the newer one.
    sequence = models.PositiveIntegerField(editable=False, default=0)
    cancelled_because = models.CharField(max_length=300, editable=False, blank=True)
    is_example = models.BooleanField("made-up example", default=False, help_text="Shown as an example to visitors.")
    updated_at = models.DateTimeField(auto_now=True)

    objects = WorkshopDateQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "pk"]
        verbose_name = "date"
        indexes = [models.Index(fields=["status", "starts_at"], name="workshop_date_by_start")]
        constraints = [
            models.CheckConstraint(
                condition=Q(taken__gte=0, taken__lte=F("capacity")), name="workshop_places_taken_fit_capacity"
            ),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="workshop_ends_after_its_start"),
            models.CheckConstraint(
                condition=Q(closes_at__lte=F("starts_at")), name="workshop_sign_up_ends_before_start"
            ),
            models.UniqueConstraint(fields=["workshop", "starts_at"], name="workshop_starts_once_at_a_time"),
        ]

    def __str__(self) -> str:
        return f"{self.workshop}, {date_and_time(self.starts_at)}"

    def save(self, **kwargs: object) -> None:
        if self.closes_at is None:
            self.closes_at = self.usual_close
        super().save(**kwargs)  # type: ignore[arg-type]

    def get_absolute_url(self) -> str:
        return reverse("workshop_date", args=[self.workshop.slug, self.pk])

    @property
    def is_public(self) -> bool:
        return self.status != self.Status.DRAFT and self.workshop.published

    @property
    def is_cancelled(self) -> bool:
        return self.status == self.Status.CANCELLED

    @property
    def is_full(self) -> bool:
        return self.taken >= self.capacity

    @property
    def usual_close(self) -> datetime:
        return self.starts_at - timedelta(hours=1)

    @property
    def free(self) -> int:
        return self.capacity - self.taken

    def closed_because(self, now: datetime | None = None) -> Closed | None:
        standing = Standing(
            is_cancelled=self.is_cancelled,
            is_full=self.is_full,
            starts_at=self.starts_at,
            # Empty while a form that staff have to mend is shown again.
            closes_at=self.closes_at or self.usual_close,
            cut_off=timedelta(hours=settings.WAITING_CUT_OFF_HOURS),
        )
        return closed_because(standing, now or timezone.now())

    def can_be_written_to(self, now: datetime | None = None) -> bool:
        return can_be_written_to(is_cancelled=self.is_cancelled, ends_at=self.ends_at, now=now or timezone.now())

    def waiting_list_moves(self, now: datetime | None = None) -> bool:
        cut_off = timedelta(hours=settings.WAITING_CUT_OFF_HOURS)
        return waiting_list_moves(starts_at=self.starts_at, cut_off=cut_off, now=now or timezone.now())

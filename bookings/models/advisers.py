from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from bookings.slots import EARLIEST
from guides.models import Topic
from guides.nations import CHOICES, NATIONS, validate_nations
from sendguide.lib.dates import date_and_time, full_date


def all_nations() -> list[str]:
    return list(NATIONS)


class Adviser(models.Model):
    """Somebody who calls families. When they can is said by their hours, extra hours and time off."""

    NOT_PERSONAL = {"name": "of staff, shown to the public", "email": "of staff, at work"}

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="adviser",
        verbose_name="account",
        help_text="With it the adviser sees their own diary here.",
    )
    name = models.CharField(max_length=60, help_text="As parents read it: a first name is enough.")
    email = models.EmailField("e-mail", max_length=254, blank=True, help_text="Where calls booked or moved are told.")
    nation = models.CharField(
        "works in", max_length=20, choices=CHOICES, default="England", help_text="Its bank holidays are days off."
    )
    nations = models.JSONField(
        "knows the law of",
        default=all_nations,
        validators=[validate_nations],
        help_text="For families there.",
    )
    topics = models.ManyToManyField(Topic, blank=True, related_name="+", help_text="None chosen: all topics.")
    is_taking_calls = models.BooleanField("takes calls", default=True, help_text="Off: nobody can book new calls.")
    # Raised to make the address of their calendar stop working.
    feed_version = models.PositiveIntegerField(editable=False, default=1)
    is_example = models.BooleanField("made-up example", default=False)
    # Saved with their hours on one page: of two who have it open the later one is told.
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class Hours(models.Model):
    """From ``starts`` to ``ends`` by the clock on a British wall, on one and the same day."""

    starts = models.TimeField("from", validators=[MinValueValidator(EARLIEST)], help_text="UK time, 5am or later.")
    ends = models.TimeField("until", help_text="UK time. The last call is over by then.")

    class Meta:
        abstract = True
        constraints = [models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="%(class)s_end_after_start")]

    def clean(self) -> None:
        if self.starts and self.ends and self.ends <= self.starts:
            raise ValidationError({"ends": "Choose a time after the start."})


class WeeklyHours(Hours):
    """When an adviser can call, each week; not on bank holidays."""

    class Weekday(models.IntegerChoices):
        MONDAY = 0
        TUESDAY = 1
        WEDNESDAY = 2
        THURSDAY = 3
        FRIDAY = 4
        SATURDAY = 5
        SUNDAY = 6

    adviser = models.ForeignKey(Adviser, on_delete=models.CASCADE, related_name="weekly_hours")
    weekday = models.PositiveSmallIntegerField("day", choices=Weekday.choices)
    from_day = models.DateField("first day", default=timezone.localdate)
    until_day = models.DateField("last day", null=True, blank=True, help_text="Empty: until further notice.")

    class Meta(Hours.Meta):
        ordering = ["weekday", "starts", "pk"]
        verbose_name = verbose_name_plural = "weekly hours"

    def __str__(self) -> str:
        return f"{self.get_weekday_display()}s"

    def clean(self) -> None:
        super().clean()
        if self.from_day and self.until_day and self.until_day < self.from_day:
            raise ValidationError({"until_day": "Choose a day that is not before the first one."})


class ExtraHours(Hours):
    """Hours on one day beside the weekly ones, also on a bank holiday."""

    adviser = models.ForeignKey(Adviser, on_delete=models.CASCADE, related_name="extra_hours")
    day = models.DateField()

    class Meta(Hours.Meta):
        ordering = ["day", "starts", "pk"]
        verbose_name = verbose_name_plural = "extra hours"

    def __str__(self) -> str:
        return full_date(self.day)


class TimeOff(models.Model):
    """When an adviser cannot call, whatever their hours say. Calls that are booked stay booked."""

    adviser = models.ForeignKey(Adviser, on_delete=models.CASCADE, related_name="time_off")
    starts_at = models.DateTimeField("from", help_text="UK time.")
    ends_at = models.DateTimeField("until", help_text="UK time.")

    class Meta:
        ordering = ["starts_at", "pk"]
        verbose_name = verbose_name_plural = "time off"
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="time_off_ends_after_its_start")
        ]
        indexes = [models.Index(fields=["adviser", "ends_at"], name="time_off_by_adviser_and_end")]

    def __str__(self) -> str:
        return f"{date_and_time(self.starts_at)} to {date_and_time(self.ends_at)}"

    def clean(self) -> None:
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            raise ValidationError({"ends_at": "Choose a time after the start."})

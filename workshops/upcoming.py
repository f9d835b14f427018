"""Which dates are shown where: reads for pages, guides, the home page and councils."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date as day
from datetime import datetime, timedelta
from itertools import groupby

from django.conf import settings
from django.db.models import Count, Min, Q
from django.utils import timezone

from guides.models import Council, Topic
from sendguide.lib.dates import uk_day
from workshops.models import Workshop, WorkshopDate
from workshops.models.dates import WorkshopDateQuerySet

# From then on people who have a place wait for the link to join.
LINK_IS_DUE = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Month:
    """``first`` is the first day of the month."""

    first: day
    dates: list[WorkshopDate]


def by_month(dates: Iterable[WorkshopDate]) -> list[Month]:
    """``dates`` in their order, under the months of the UK's calendar."""
    months = groupby(dates, key=lambda date: uk_day(date.starts_at).replace(day=1))
    return [Month(first, list(found)) for first, found in months]


@dataclass(slots=True)
class Programme:
    """The published workshops with their areas: two queries, whatever is then asked."""

    workshops: dict[int, Workshop]

    @classmethod
    def from_database(cls) -> "Programme":
        found = Workshop.objects.published().with_area().defer(*Workshop.LONG)
        return cls({workshop.pk: workshop for workshop in found})

    def topics(self) -> list[Topic]:
        topics = {workshop.topic for workshop in self.workshops.values()}
        return sorted(topics, key=lambda topic: (topic.order, topic.name))

    def narrowed(self, *, topic: str = "", council: Council | None = None) -> "Programme":
        """Only what is about the topic with this slug, and open to people who live in ``council``."""
        chosen = {
            pk: workshop
            for pk, workshop in self.workshops.items()
            if topic in {"", workshop.topic.slug} and (council is None or workshop.is_open_to(council))
        }
        return Programme(chosen)

    def upcoming(self, now: datetime | None = None) -> WorkshopDateQuerySet:
        return WorkshopDate.objects.upcoming(now).filter(workshop__in=self.workshops)

    def number_of_dates(self) -> dict[int, int]:
        """How many upcoming dates each workshop has that has any, by its key: one query."""
        return dict(self.upcoming().order_by().values_list("workshop").annotate(Count("pk")))

    def with_workshops(self, dates: Iterable[WorkshopDate]) -> list[WorkshopDate]:
        """``dates`` knowing their workshops without asking the database again."""
        found = list(dates)
        for date in found:
            date.workshop = self.workshops[date.workshop_id]
        return found


def next_passing(now: datetime) -> datetime | None:
    """The first moment after ``now`` at which a date begins, ends, or takes no more sign-ups or no more waiting."""
    cut_off = timedelta(hours=settings.WAITING_CUT_OFF_HOURS)
    # Each with how long before it something happens.
    ways = (("starts_at", timedelta(0)), ("starts_at", cut_off), ("closes_at", timedelta(0)), ("ends_at", timedelta(0)))
    firsts = {
        f"way_{number}": Min(name, filter=Q(**{f"{name}__gt": now + before}))
        for number, (name, before) in enumerate(ways)
    }
    found = WorkshopDate.objects.public().aggregate(**firsts)
    moments = [found[f"way_{number}"] - before for number, (_, before) in enumerate(ways) if found[f"way_{number}"]]
    return min(moments, default=None)


def open_in(council: Council, most: int) -> list[WorkshopDate]:
    """The next ``most`` dates that people who live in ``council`` may come to and can sign up for."""
    programme = Programme.from_database().narrowed(council=council)
    dates = WorkshopDate.objects.taking_sign_ups().filter(workshop__in=programme.workshops)
    return programme.with_workshops(dates[:most])


def without_link(now: datetime | None = None) -> WorkshopDateQuerySet:
    """Open dates that start soon, and whose link to join staff have not added. Twin for one row: ``lacks_link``."""
    now = now or timezone.now()
    soon = WorkshopDate.objects.filter(starts_at__gt=now, starts_at__lte=now + LINK_IS_DUE)
    return soon.filter(status=WorkshopDate.Status.OPEN, joining_link="")


def lacks_link(date: WorkshopDate, now: datetime | None = None) -> bool:
    now = now or timezone.now()
    is_soon = now < date.starts_at <= now + LINK_IS_DUE
    return is_soon and date.status == WorkshopDate.Status.OPEN and not date.joining_link

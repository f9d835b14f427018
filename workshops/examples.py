"""Made-up dates, so that whoever tries the site finds something to sign up for. Marked as examples wherever shown."""

from datetime import datetime, time, timedelta

from sendguide.lib.dates import LONDON
from workshops.models import Workshop, WorkshopDate

# Weeks from now, day of the week (Monday is 0), time, and how many places.
PATTERN = (
    (1, 1, time(19), 20),
    (2, 3, time(10), 12),
    (3, 1, time(19), 20),
    (3, 3, time(19, 30), 8),
    (4, 1, time(10), 12),
    (5, 3, time(19), 20),
    (6, 1, time(19), 20),
    (7, 3, time(10), 12),
)
LENGTH = timedelta(minutes=90)


def create_example_dates(*, now: datetime) -> int:
    """Give the published workshops two dates each in the coming weeks. Gives their number.

    Nothing is made once there is a real date, or while there are examples to come.
    """
    dates = WorkshopDate.objects.all()
    if dates.filter(is_example=False).exists() or dates.filter(starts_at__gt=now).exists():
        return 0
    workshops = list(Workshop.objects.published())
    monday = now.astimezone(LONDON).date() - timedelta(days=now.astimezone(LONDON).weekday())
    made = 0
    for number, (weeks, weekday, at, capacity) in enumerate(PATTERN[: 2 * len(workshops)]):
        day = monday + timedelta(weeks=weeks, days=weekday)
        starts_at = datetime.combine(day, at, LONDON)
        WorkshopDate.objects.create(
            workshop=workshops[number % len(workshops)],
            starts_at=starts_at,
            ends_at=starts_at + LENGTH,
            closes_at=starts_at - timedelta(hours=1),
            capacity=capacity,
            status=WorkshopDate.Status.OPEN,
            is_example=True,
        )
        made += 1
    return made

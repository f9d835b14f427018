from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from bookings.availability import Wanted
from guides.models import Council, Topic
from guides.views.places import asked_council


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody has said so far, in the address: ``?topic=autism&area=hull&week=2026-12-07``.

    What is not known counts as not said: the page asks again.
    """

    topic: Topic | None = None
    council: Council | None = None
    week: str = ""

    @classmethod
    def by(cls, request: HttpRequest) -> "Asked":
        slug = request.GET.get("topic", "").replace("\0", "")
        topic = Topic.objects.filter(slug=slug).first() if slug else None
        return cls(topic, asked_council(request), request.GET.get("week", ""))

    @property
    def wanted(self) -> Wanted:
        return Wanted(self.topic, self.council)

    @property
    def query(self) -> dict[str, str]:
        topic, area = self.topic and self.topic.slug, self.council and self.council.slug
        said = {"topic": topic, "area": area, "week": self.week}
        return {name: value for name, value in said.items() if value}

    def path(self, name: str) -> str:
        """Of the page called ``name``, which is told the same."""
        return f"{reverse(name)}?{urlencode(self.query)}" if self.query else reverse(name)

    def in_week(self, day: date | None) -> "Asked":
        """The same, and the week of ``day``."""
        return Asked(self.topic, self.council, day.isoformat() if day else "")

    def about(self, topic: Topic | None) -> "Asked":
        return Asked(topic, self.council)

    def in_area(self, council: Council | None) -> "Asked":
        return Asked(self.topic, council)

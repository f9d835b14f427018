"""An Atom feed of what changed in the guides, and why."""

from datetime import datetime, time

from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import require_safe

from guides.models import Guide, GuideChange
from guides.views.http import Reads, public
from sendguide.lib.dates import LONDON
from sendguide.templatetags.page import absolute

NEWEST = 30


class GuideChangesFeed(Feed):
    feed_type = Atom1Feed
    title = "SEND Guide: what changed in our guides"
    subtitle = "New guides, and what changed in the others and why."
    author_name = "SEND Guide"
    reads = Reads()

    def __call__(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        response = require_safe(public(super().__call__))(request, *args, **kwargs)
        # Changes carry a day, not a time: by date, a second one on the same day would not be noticed. The ETag tells.
        response.headers.pop("Last-Modified", None)
        return response

    # Whole addresses: Django would put the host in front that the request names.
    def link(self) -> str:
        return absolute(reverse("guide_list"))

    def feed_url(self) -> str:
        return absolute(reverse("feed"))

    def items(self) -> list[GuideChange]:
        published = Guide.objects.published().values("pk")
        changes = GuideChange.objects.filter(guide__in=published).select_related("guide")
        return list(changes.only("date", "note", "guide__slug", "guide__title")[:NEWEST])

    def item_title(self, item: GuideChange) -> str:
        return item.guide.title

    def item_description(self, item: GuideChange) -> str:
        return item.note

    def item_link(self, item: GuideChange) -> str:
        return absolute(item.guide.get_absolute_url())

    def item_guid(self, item: GuideChange) -> str:
        return f"{self.item_link(item)}#change-{item.pk}"

    def item_updateddate(self, item: GuideChange) -> datetime:
        return datetime.combine(item.date, time(), LONDON)

    item_pubdate = item_updateddate

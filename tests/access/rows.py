"""A row of everything, and the address of each page about it."""

from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, User
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models import Model
from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone

from bookings.links import call_path, feed_path, offer_path, waiting_path
from guides.models import Guide, OutsideLink
from guides.preview import preview_path
from sendguide.accounts.models import FailedLogin
from sendguide.troubles.models import Trouble
from tests import factories
from workshops.links import place_path


def walk(resolver: Any = None, route: str = "", namespace: str = "") -> dict[str, str]:
    """Every address of the site: name → route; without a name the route stands for it."""
    found: dict[str, str] = {}
    for each in (resolver or get_resolver()).url_patterns:
        here = route + str(each.pattern)
        if isinstance(each, URLPattern):
            found[f"{namespace}{each.name}" if each.name else here] = here
        else:
            found |= walk(each, here, f"{namespace}{each.namespace}:" if each.namespace else namespace)
    return found


class Rows:
    """Made once. ``adviser``: the account whose call it is; the ``others`` take calls too, and have none."""

    def __init__(self, adviser: User, others: list[User]) -> None:
        # What the menu and the footer of every page lead to.
        factories.guide(slug="the-local-offer")
        self.guide = factories.guide()
        self.page, self.term, self.role = factories.page(), factories.term(), factories.role()
        self.council, self.picture = factories.council(), factories.picture(widths=[480])
        default_storage.save(self.picture.files[0], ContentFile(b"not looked into"))
        self.sign_up = factories.sign_up()
        self.date = self.sign_up.date
        self.call = factories.booking(adviser=factories.adviser(user=adviser))
        self.offer = factories.offer(adviser=factories.adviser())
        for each in others:
            factories.adviser(user=each, weekdays=())
        # Nobody's own
        self.adviser = factories.adviser()
        self.email, self.account = factories.queued_email(), factories.staff()
        self.group = Group.objects.create(name="Empty")
        self.entry = LogEntry.objects.create(
            user=factories.staff(), content_type=self._kind(), object_id=str(self.guide.pk), action_flag=2
        )
        self.of_lists: dict[str, Model] = {
            row._meta.label_lower: row
            for row in (
                *(self.guide, self.page, self.term, self.role, self.council, self.picture, self.guide.topic),
                *(factories.testimonial(), factories.situation(), factories.search_synonym(), factories.search_miss()),
                *(self.date.workshop, factories.workshop_date(), self.sign_up),
                *(self.adviser, self.call, self.offer.entry, self.email),
                *(self.account, self.group, self.entry),
                FailedLogin.objects.create(username="ann", failures_since_start=1),
                OutsideLink.objects.create(address="https://x.example/", listed_on=timezone.localdate()),
                Trouble.objects.create(hour=timezone.now(), kind=Trouble.Kind.ERROR, where="home", times=1),
            )
        }

    def address(self, name: str, route: str) -> str:
        if name in (known := self._known()):
            return known[name]
        parts = route.split("/")
        row = self.of_lists.get(".".join(parts[1:3]))
        if row is None or ("<" not in route and "(" not in route):
            return reverse(name)
        if name.endswith("simple_history"):
            return reverse(name, args=[row.pk, row.history.first().pk])
        return reverse(name, args=[row.pk]) if name != route else f"/admin/{parts[1]}/{parts[2]}/{row.pk}/"

    def _known(self) -> dict[str, str]:
        workshop = self.date.workshop
        slugs = {"workshop": workshop, "one_workshop_calendar": workshop, "topic": self.guide.topic, "term": self.term}
        slugs |= {"role": self.role, "council": self.council, "site_page": self.page, "guide": self.guide}
        date = [workshop.slug, self.date.pk]
        return {
            **{name: reverse(name, args=[row.slug]) for name, row in (slugs | {"guide_changes": self.guide}).items()},
            **{name: reverse(name, args=date) for name in ("workshop_date", "check_your_email")},
            "picture": self.picture.address(480),
            "preview": preview_path(self.guide),
            **{name: place_path(self.sign_up, name) for name in ("place", "place_calendar")},
            **{name: call_path(self.call, name) for name in ("call", "call_calendar", "call_move", "call_cancel")},
            "call_waiting": waiting_path(self.offer.entry),
            "call_offer": offer_path(self.offer),
            "adviser_calendar": feed_path(self.call.adviser),
            "admin:app_list": "/admin/guides/",
            "admin:reset_second_step": reverse("admin:reset_second_step", args=[self.account.pk]),
            "admin:view_on_site": reverse("admin:view_on_site", args=[self._kind().pk, self.guide.pk]),
            "admin:bookings_adviser_new_calendar": f"/admin/bookings/adviser/{self.adviser.pk}/new-calendar/",
            "admin/(?P<url>.*)$": "/admin/nothing/",
        }

    def _kind(self) -> ContentType:
        return ContentType.objects.get_for_model(Guide)

"""An address for every page there is, by the table of who may call what."""

from datetime import timedelta

from django.contrib.admin.models import LogEntry
from django.urls import reverse
from django.utils import timezone

from bookings.availability import Wanted, free_times
from bookings.links import call_path, feed_path, offer_path, waiting_path
from bookings.models import Adviser, Booking, Offer, WaitingEntry
from bookings.weeks import as_text
from guides.models import Council, Guide, Topic
from guides.preview import preview_path
from tests import factories
from tests.access.table import LINKS, LISTS, PUBLIC
from workshops.links import place_path
from workshops.models import SignUp, WorkshopDate

GUIDE = "understanding-ehcps"
SLUGS = {
    "topic": "send-in-education",
    "guide": GUIDE,
    "guide_changes": GUIDE,
    "term": "ehcp",
    "role": "senco",
    "council": "harrow",
    "site_page": "help-now",
}
# What pages show beside their usual face. A page behind the last one is the last one.
MORE = {
    "All guides, last page": "/guides/?page=999",
    "A topic, last page": "/guides/topic/send-in-education/?page=999",
    "The glossary": "/guides/send-glossary/",
    "Who's who": "/guides/whos-who-in-send/",
    "The Local Offer": "/guides/the-local-offer/",
    "A search": "/search/?q=refused+assessment",
    "A search for frequent words": "/search/?q=what+help+can+my+child+get+at+school",
    "A search in vain": "/search/?q=xyzzy",
    "Suggestions": "/search/suggestions/?q=ass",
    "Workshops of a topic": "/workshops/?topic=autism",
    "Workshops of an area": "/workshops/?area=leeds",
    "Workshops of a topic and an area, last page": "/workshops/?topic=autism&area=leeds&page=999",
    "Past workshops, last page": "/workshops/past/?page=999",
    "Times of a topic and an area": "/support-call/?topic=autism&area=leeds",
}


def make_examples() -> None:
    """One of each, so that every page has something to show in a small site too."""
    now, adviser = timezone.now(), factories.adviser(user=factories.staff())
    *_, earlier, last = free_times(Wanted(), now).at_all
    factories.booking(adviser=adviser, starts_at=last)
    factories.offer(adviser=adviser, starts_at=earlier)
    area = {"reach": "except", "councils": [Council.objects.get(slug="hull")]}
    workshop = factories.workshop(topic=Topic.objects.get(slug="autism"), **area)
    past, coming = (
        factories.workshop_date(workshop=workshop, starts_at=now + timedelta(days=days)) for days in (-7, 7)
    )
    factories.sign_up(date=past)
    factories.sign_up(date=coming)


def public_pages() -> dict[str, str]:
    date = WorkshopDate.objects.taking_sign_ups().with_workshop().latest("pk")
    of_workshop, of_date = [date.workshop.slug], [date.workshop.slug, date.pk]
    parts = {
        **{name: [slug] for name, slug in SLUGS.items()},
        **dict.fromkeys(("workshop", "one_workshop_calendar"), of_workshop),
        **dict.fromkeys(("workshop_date", "check_your_email"), of_date),
    }
    # Pictures are files, whatever the database holds.
    found = {name: reverse(name, args=parts.get(name, [])) for name in PUBLIC if name != "picture"}
    free = free_times(Wanted(), timezone.now()).first
    found["call_details"] += f"?start={as_text(free)}" if free else ""
    links = _links()
    return found | {name: links[name] for name in LINKS} | MORE | {"Signing up": f"{found['workshop_date']}?area=leeds"}


def _links() -> dict[str, str]:
    sign_up = SignUp.objects.placed().filter(date__starts_at__gt=timezone.now()).latest("pk")
    call = Booking.objects.upcoming().filter(starts_at__gt=timezone.now()).first()
    assert call
    return {
        "preview": preview_path(Guide.objects.get(slug=GUIDE)),
        **{name: place_path(sign_up, name) for name in ("place", "place_calendar")},
        **{name: call_path(call, name) for name in ("call", "call_calendar", "call_move", "call_cancel")},
        "call_waiting": waiting_path(WaitingEntry.objects.latest("pk")),
        "call_offer": offer_path(Offer.objects.latest("pk")),
        "adviser_calendar": feed_path(Adviser.objects.get(user__isnull=False)),
    }


def staff_pages() -> dict[str, str]:
    lists = {f"List of {model}": reverse(f"admin:{model.replace('.', '_')}_changelist") for model in LISTS}
    calls, date = reverse("admin:bookings_booking_changelist"), WorkshopDate.objects.upcoming().latest("pk")
    diary, adviser = reverse("admin:bookings_diary"), Adviser.objects.latest("pk")
    entries = reverse("admin:admin_logentry_changelist")
    assert LogEntry.objects.exists()
    return {
        "Start page": reverse("admin:index"),
        **lists,
        "Calls, past": f"{calls}?when=past",
        "Calls, all": f"{calls}?when=all",
        "Calls of one adviser, all": f"{calls}?when=all&adviser__id__exact={adviser.pk}",
        "Calls, a name searched": f"{calls}?q=ann+999",
        "Calls, a reference searched": f"{calls}?q=0F4-240",
        "Calls, a phone number searched": f"{calls}?q=07700+900123",
        "Sign-ups, a name searched": f"{reverse('admin:workshops_signup_changelist')}?q=ann+999",
        "What staff did, searched": f"{entries}?q=call",
        "A call": reverse("admin:bookings_booking_change", args=[Booking.objects.latest("pk").pk]),
        "Diary of a day": diary,
        "Diary of a week": f"{diary}?view=week",
        "Diary of one adviser's week": f"{diary}?view=week&adviser={adviser.pk}",
        "Report on calls": reverse("admin:bookings_supply"),
        "Calls by month": reverse("admin:bookings_by_month"),
        "Workshops by month": reverse("admin:workshops_by_month"),
        "Booking for somebody": reverse("admin:bookings_book"),
        "An adviser": reverse("admin:bookings_adviser_change", args=[adviser.pk]),
        "People of a date": reverse("admin:workshops_workshopdate_people", args=[date.pk]),
        "A workshop": reverse("admin:workshops_workshop_change", args=[date.workshop_id]),
        "A guide": reverse("admin:guides_guide_change", args=[Guide.objects.get(slug=GUIDE).pk]),
    }

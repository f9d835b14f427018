"""Whatever the public sends, to any form or address: an answer, never an error of the site."""

from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from bookings.links import call_path, offer_path, waiting_path
from guides.preview import preview_path
from tests import factories
from tests.bookings.admin.conftest import NOW
from tests.fuzz.typed import FEW, raw, send, spoiled, texts
from tests.guard.posting import by_a_person
from workshops.links import place_path

pytestmark = pytest.mark.django_db
PERSON = {"name": "Ann", "email": "ann@example.org", "phone": "07700 900123", "access_needs": "", "word": "sunshine"}
CALL = {"start": "2026-12-02T10:00Z", "needs": ["relay"], "other_needs": "", "notes": "", "may_say_who": "on"}
FORMS = {
    "sign_up": {**PERSON, "area": "hull"},
    "where": {"postcode": "HU5 2AA", "council": "hull", "then": "/support-call/"},
    "details": {**PERSON, **CALL, "choose": ""},
    "waiting": {"email": "ann@example.org", "weekdays": ["0", "4"], "parts": ["morning"], "topic": "1"},
    "move": {"start": "2026-12-02T10:00Z", "seen": "0"},
    "cancel": {"cancel": "yes"},
    "place": {"give_back": "yes"},
    "own_place": {"confirm": "yes"},
    "offer": {**PERSON, **CALL, "decline": ""},
}
QUERY = {
    "q": "sleep",
    "exact": "1",
    "area": "hull",
    "near": "hull",
    "topic": "sleep",
    "week": "2026-12-07",
    "start": "2026-12-02T10:00Z",
    "then": "/support-call/",
    "council": "hull",
    "page": "2",
    "token": "x",
}
ASKED = [
    *(
        "/",
        "/search/",
        "/guides/",
        "/guides/the-local-offer/",
        "/guides/the-local-offer/find/",
        "/guides/send-glossary/",
    ),
    *("/workshops/", "/workshops/past/", "/workshops/calendar.ics", "/support-call/", "/support-call/details/"),
    *("/support-call/waiting-list/", "/feed.xml", "/sitemap.xml"),
]


@pytest.fixture
def addresses(settings):
    settings.FORM_FASTEST_SECONDS = settings.SIGN_UPS_AN_HOUR = 0
    settings.SIGN_UPS_AN_HOUR = settings.CALLS_AN_HOUR = 10_000
    with time_machine.travel(NOW, tick=False):
        factories.guide(slug="the-local-offer")
        factories.guide(slug="send-glossary")
        factories.council(slug="hull", name="Hull City Council", code="E06000010")
        date, offer = factories.workshop_date(), factories.offer()
        call, sign_up = factories.booking(), factories.sign_up(date=date)
        yield {
            "sign_up": f"{date.get_absolute_url()}?area=hull",
            "where": reverse("find_council"),
            "details": reverse("call_details"),
            "waiting": f"{reverse('call_waiting_join')}?area=hull",
            "move": call_path(call, "call_move"),
            "cancel": call_path(call, "call_cancel"),
            "place": place_path(sign_up),
            "own_place": waiting_path(offer.entry),
            "offer": offer_path(offer),
            "preview": preview_path(factories.guide(status="draft")),
        }


@pytest.mark.parametrize("form", FORMS)
@FEW
@given(data=st.data())
def test_form_takes_whatever_is_sent(client, addresses, form, data):
    guards = by_a_person(submission_id=str(uuid4()))
    send(client, addresses[form], data.draw(spoiled(guards | FORMS[form])))


@pytest.mark.parametrize("path", ASKED)
@FEW
@given(fields=spoiled(QUERY))
def test_page_takes_whatever_stands_in_its_address(client, addresses, path, fields):
    send(client, path, fields, "get")


@FEW
@given(query=texts | raw)
def test_search_takes_whatever_is_typed(client, addresses, query):
    assert send(client, "/search/", {"q": query}, "get").status_code in {200, 302}


@FEW
@given(typed=texts | raw | st.from_regex(r"[A-Za-z]{1,2}[0-9OIl]{1,2}[A-Z]? ?[0-9O][A-Za-z]{2}", fullmatch=True))
def test_postcode_takes_whatever_is_typed(client, addresses, typed):
    answer = send(client, addresses["where"], {"postcode": typed})
    assert answer.status_code in {200, 303, 422}


@FEW
@given(data=st.data())
def test_link_that_was_spoiled_opens_nothing(client, addresses, data):
    links = sorted(name for name, address in addresses.items() if ":" in address)
    address = addresses[data.draw(st.sampled_from(links))]
    token = next(part for part in address.split("/") if ":" in part)
    cut = data.draw(st.integers(0, len(token) - 1))
    letter = data.draw(st.sampled_from(":.-_aA0%é").filter(lambda each: each != token[cut]))
    spoilt = token[:cut] + data.draw(st.sampled_from(["", letter]))
    assert client.get(address.replace(token, spoilt + token[cut + 1 :])).status_code in {301, 404}

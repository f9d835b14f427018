"""The page that finds a council: where each answer leads, what it says, and that it leads nowhere else."""

import pytest
from django.test import Client
from django.urls import reverse

from guides.views.places import TAKES_AREA
from tests import factories
from tests.whole_site.checks import CHECKS
from tests.whole_site.document import Document, words
from tests.whole_site.pages import Page
from tests.whole_site.quiet_checks import QUIET_CHECKS

pytestmark = pytest.mark.django_db

ADDRESS = "/guides/the-local-offer/find/"
WORKSHOPS = "/workshops/"
REFUSED = {
    "nothing": ("", "Type your postcode, such as HU1 2AA."),
    "nonsense": ("12 High Street", "This does not look like a UK postcode. A postcode looks like HU1 2AA."),
    "unknown": ("HU99 1AA", "We do not know this postcode."),
    "jersey": ("JE2 3AB", "This postcode is in Jersey. It is not part of the UK and has its own law."),
    "forces": ("BFPO 58", "This is a Forces address (BFPO). It belongs to no council."),
    "emoji": ("😀" * 30, "This does not look like a UK postcode. A postcode looks like HU1 2AA."),
    "very long": ("HU5 " * 2500, "This does not look like a UK postcode. A postcode looks like HU1 2AA."),
}


@pytest.fixture
def hull():
    return factories.council(code="E06000010", slug="hull", name="Hull City Council", short_names=["Hull"])


@pytest.fixture
def east_riding():
    return factories.council(code="E06000011", slug="eryc", name="East Riding")


def main_of(response) -> str:
    (main,) = Document(response.text).find("main")
    return words(main)


def links_of(response) -> list[tuple[str, str]]:
    return [(words(a), a.get("href")) for ul in Document(response.text).with_class("councils") for a in ul.iter("a")]


def field_of(response):
    (found,) = Document(response.text).find("input", id="postcode")
    return found


@pytest.mark.parametrize("typed", ["HU5 2TY", "hu52ty", " Hu5.2tY "])
def test_whole_postcode_leads_to_the_page_of_its_council(client, hull, typed):
    response = client.post(ADDRESS, {"postcode": typed})
    assert (response.status_code, response["Location"]) == (303, hull.get_absolute_url())


def test_postcode_is_taken_without_cookie_or_token(hull):
    response = Client(enforce_csrf_checks=True).post(ADDRESS, {"postcode": "HU5 2TY"})
    assert (response.status_code, dict(response.cookies)) == (303, {})


@pytest.mark.parametrize(
    ("then", "there"),
    [
        ("", "/guides/the-local-offer/eryc/?near=hull"),
        ("/workshops/", "/workshops/?area=eryc&near=hull"),
        ("/workshops/?topic=sleep", "/workshops/?topic=sleep&area=eryc&near=hull"),
    ],
)
def test_postcode_of_a_border_sector_tells_the_next_page_its_neighbours(client, hull, east_riding, then, there):
    response = client.post(ADDRESS, {"postcode": "HU12 8ZZ", "then": then})
    assert (response.status_code, response["Location"]) == (303, there)


def test_council_page_says_that_a_new_postcode_may_be_in_a_neighbour(client, hull, east_riding):
    response = client.get(f"{east_riding.get_absolute_url()}?near=hull")
    (note,) = Document(response.text).with_class("narrowed")
    assert words(note) == (
        "Some postcodes near yours are in Hull. If your home is new, East Riding is our best guess. "
        "Your council tax bill says which council it is."
    )
    assert [a.get("href") for a in note.iter("a")] == [hull.get_absolute_url()]
    assert response["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize("query", ["", "?near=", "?near=atlantis", "?near=eryc", "?near=HU5+2TY", "?near=%00"])
def test_council_page_names_no_neighbour_that_is_none(client, east_riding, query):
    page = Document(client.get(f"{east_riding.get_absolute_url()}{query}").text)
    assert page.with_class("narrowed") == []


def test_first_part_of_a_postcode_leads_to_the_councils_that_it_touches(client, hull, east_riding):
    response = client.post(ADDRESS, {"postcode": "hu5"})
    assert response.status_code == 200
    assert "That area belongs to more than one council. Choose yours" in main_of(response)
    assert links_of(response) == [
        ("Hull City Council England", hull.get_absolute_url()),
        ("East Riding England", east_riding.get_absolute_url()),
    ]
    assert (field_of(response).get("value"), field_of(response).get("aria-invalid")) == ("hu5", None)


def test_first_part_that_is_all_of_one_council_is_asked_about(client, hull):
    response = client.post(ADDRESS, {"postcode": "HU1"})
    assert "Is this your council? This is the first part of a postcode. All of that area belongs" in main_of(response)
    assert links_of(response) == [("Hull City Council England", hull.get_absolute_url())]


def test_postcode_that_is_newer_than_the_table_is_said_to_be_a_guess(client, hull, east_riding):
    response = client.post(ADDRESS, {"postcode": "HU5 9AA"})
    assert response.status_code == 200
    assert "We do not know this postcode. It may be new, or no longer in use. Those near it" in main_of(response)
    assert len(links_of(response)) == 2


@pytest.mark.parametrize(("typed", "sentence"), REFUSED.values(), ids=REFUSED.keys())
def test_postcode_without_an_answer_is_refused_kindly_and_stays_in_its_field(client, hull, typed, sentence):
    response = client.post(ADDRESS, {"postcode": typed})
    assert response.status_code == 422
    document = Document(response.text)
    (summary,) = document.with_class("error-summary")
    assert [(words(a), a.get("href")) for a in summary.iter("a")] == [(sentence, "#postcode")]
    field = field_of(response)
    assert (field.get("value"), field.get("aria-invalid")) == (typed, "true")
    assert field.get("aria-describedby") == "postcode_hint postcode_error"
    assert [words(p) for p in document.find("p", id="postcode_error")] == [f"Error: {sentence}"]
    assert ("hull", "Hull") in [(option.get("value"), words(option)) for option in document.find("option")]


def test_post_without_a_field_is_as_good_as_an_empty_one(client):
    response = client.post(ADDRESS)
    assert (response.status_code, "Type your postcode, such as HU1 2AA." in response.text) == (422, True)


def test_nul_is_left_out(client, hull):
    response = client.post(ADDRESS, {"postcode": "12\x00 High Street"})
    assert (response.status_code, field_of(response).get("value")) == (422, "12 High Street")


def test_what_was_typed_is_shown_as_text(client):
    response = client.post(ADDRESS, {"postcode": '"><script>alert(1)</script>'})
    assert field_of(response).get("value") == '"><script>alert(1)</script>'
    assert "<script>alert" not in response.text


def test_council_of_the_list_leads_to_its_page(client, hull):
    response = client.get(ADDRESS, {"council": "hull"})
    assert (response.status_code, response["Location"]) == (302, hull.get_absolute_url())


@pytest.mark.parametrize(
    ("slug", "status", "sentence"),
    [
        ("", 422, "Choose your council from the list."),
        ("atlantis", 404, "We do not know that council."),
        ("hull\x00x", 404, "We do not know that council."),
        ("x" * 5000, 404, "We do not know that council."),
    ],
    ids=["none", "unknown", "with NUL", "long"],
)
def test_council_that_is_not_in_the_list_is_refused_kindly(client, hull, slug, status, sentence):
    response = client.get(ADDRESS, {"council": slug})
    assert response.status_code == status
    document = Document(response.text)
    (summary,) = document.with_class("error-summary")
    assert [(words(a), a.get("href")) for a in summary.iter("a")] == [(sentence, "#council")]
    (select,) = document.find("select", id="council")
    assert (select.get("aria-invalid"), select.get("aria-describedby")) == ("true", "council_error")


def test_page_asks_for_a_postcode_as_browsers_and_phones_know_it(client):
    field = field_of(client.get(ADDRESS))
    assert {name: field.get(name) for name in ("type", "autocomplete", "inputmode", "autocapitalize", "value")} == {
        "type": "text",
        "autocomplete": "postal-code",
        "inputmode": "text",
        "autocapitalize": "characters",
        "value": "",
    }


@pytest.mark.parametrize("path", [WORKSHOPS, "/workshops/sleep-support/dates/7/"])
def test_page_that_asked_is_told_the_council(client, hull, path):
    by_postcode = client.post(ADDRESS, {"postcode": "HU5 2TY", "then": path})
    by_name = client.get(ADDRESS, {"council": "hull", "then": path})
    assert (by_postcode.status_code, by_postcode["Location"]) == (303, f"{path}?area=hull")
    assert (by_name.status_code, by_name["Location"]) == (302, f"{path}?area=hull")


def test_candidates_lead_back_to_the_page_that_asked(client, hull, east_riding):
    response = client.post(ADDRESS, {"postcode": "HU5", "then": WORKSHOPS})
    assert [address for _, address in links_of(response)] == ["/workshops/?area=hull", "/workshops/?area=eryc"]


@pytest.mark.parametrize("typed", ["HU5", "12 High Street"])
def test_page_that_asked_is_remembered_while_an_answer_is_mended(client, hull, east_riding, typed):
    document = Document(client.post(ADDRESS, {"postcode": typed, "then": WORKSHOPS}).text)
    assert [field.get("value") for field in document.find("input", name="then")] == [WORKSHOPS, WORKSHOPS]
    assert {words(button) for button in document.find("button")} == {"Continue"}


@pytest.mark.parametrize(
    "then",
    [
        *("//evil.example", "//evil.example/workshops/", "https://evil.example/", "https:evil.example"),
        *("/\\evil.example", "\\\\evil.example", "/workshops\\", "%2F%2Fevil.example", "/%2Fevil.example/"),
        *("/workshops//evil.example", "/workshops/../admin/", "/workshops/#x"),
        *("workshops/", "evil.example", "javascript:alert(1)", "/workshops/\r\nX: y", "\x00", "/" * 3000, "@", "."),
        *("/", "/guides/", "/admin/", "/guides/the-local-offer/find/", "/search/", "/no-such-page/"),
    ],
    ids=lambda then: ascii(then)[:40],
)
def test_nobody_is_led_anywhere_else(client, hull, then):
    council = hull.get_absolute_url()
    assert client.post(ADDRESS, {"postcode": "HU5 2TY", "then": then})["Location"] == council
    assert client.get(ADDRESS, {"council": "hull", "then": then})["Location"] == council
    for response in (client.post(ADDRESS, {"postcode": "x", "then": then}), client.post(ADDRESS, {"postcode": "HU1"})):
        assert Document(response.text).find("input", name="then") == []
        assert {address for _, address in links_of(response)} <= {council}


@pytest.mark.parametrize(
    ("then", "there"),
    [
        ("/workshops/?topic=sleep", "/workshops/?topic=sleep&area=hull"),
        ("/workshops/?topic=sleep&next=//evil.example", "/workshops/?topic=sleep&area=hull"),
        ("/workshops/?next=//evil.example", "/workshops/?area=hull"),
        ("/workshops/?topic=//evil.example", "/workshops/?area=hull"),
        ("/workshops/?topic=a%0d%0aX:%20y", "/workshops/?area=hull"),
    ],
)
def test_topic_that_was_chosen_is_kept_and_nothing_else(client, hull, then, there):
    assert client.post(ADDRESS, {"postcode": "HU5 2TY", "then": then})["Location"] == there
    assert client.get(ADDRESS, {"council": "hull", "then": then})["Location"] == there


def test_pages_that_take_an_area_exist():
    assert sorted(TAKES_AREA) == ["call_waiting_join", "support_call", "workshop_date", "workshop_list"]
    assert reverse("support_call") == "/support-call/"
    assert reverse("workshop_list") == WORKSHOPS


@pytest.mark.parametrize(
    "ask",
    [
        lambda client: client.get(ADDRESS),
        lambda client: client.get(ADDRESS, {"council": "hull"}),
        lambda client: client.get(ADDRESS, {"council": "atlantis"}),
        lambda client: client.post(ADDRESS, {"postcode": "HU5 2TY"}),
        lambda client: client.post(ADDRESS, {"postcode": "HU1"}),
        lambda client: client.post(ADDRESS, {"postcode": "x"}),
    ],
    ids=["page", "by name", "unknown", "by postcode", "guess", "refused"],
)
def test_no_answer_is_kept_or_listed(client, hull, ask):
    response = ask(client)
    assert (response["Cache-Control"], response["X-Robots-Tag"]) == ("no-store", "noindex")


@pytest.mark.parametrize("typed", ["", "HU1", "HU5", "JE2 3AB"])
def test_every_answer_is_a_whole_page(client, hull, east_riding, typed):
    response = client.post(ADDRESS, {"postcode": typed})
    page = Page(ADDRESS, response.status_code, dict(response.items()), tuple(response.cookies), response.text)
    assert [fault for check in [*CHECKS, *QUIET_CHECKS] for fault in check(page)] == []


@pytest.mark.parametrize("rows", [1, 3])
def test_page_takes_one_query(client, django_assert_num_queries, rows):
    for _ in range(rows):
        factories.council()
    with django_assert_num_queries(1):
        client.get(ADDRESS)


def test_local_offer_and_home_page_ask_for_the_postcode(client, hull):
    factories.guide(slug="the-local-offer")
    for address, has_list in (("/guides/the-local-offer/", True), ("/", False)):
        document = Document(client.get(address).text)
        (form,) = [form for form in document.find("form", method="post") if form.get("action") == ADDRESS]
        assert [words(button) for button in form.iter("button")] == ["Find local help"]
        assert bool(document.find("option", value="hull")) == has_list


def test_council_page_leads_back_to_choose_another(client, hull):
    factories.guide(slug="the-local-offer")
    links = [a.get("href") for a in Document(client.get(hull.get_absolute_url()).text).find("a")]
    address = "/guides/the-local-offer/#find_your_council"
    assert links.count(address) == 2
    assert "find_your_council" in Document(client.get("/guides/the-local-offer/").text).ids


@pytest.mark.parametrize("address", ["/guides/the-local-offer/", ADDRESS])
def test_owners_of_the_postcodes_are_named(client, address):
    factories.guide(slug="the-local-offer")
    text = client.get(address).text
    for owner in ("Ordnance Survey data © Crown", "Royal Mail data © Royal Mail", "National Statistics data © Crown"):
        assert f"Contains {owner} copyright and database right 2025." in text

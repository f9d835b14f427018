"""The page of a call and the list of calls."""

from datetime import UTC, datetime, timedelta

import pytest

from bookings.models import Booking
from tests import factories
from tests.bookings.admin.acting import act_address, words_of
from tests.bookings.admin.conftest import NOW, at_time
from tests.factories import CALL_TIME
from tests.guides.admin.posting import desk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("before_the_call")]
ACTS = ("tried", "outcome", "move", "swap", "cancel", "new-link")
DAY = timedelta(days=1)


def listed(client, query=""):
    rows = client.get(f"{desk(Booking, 'changelist')}?{query}").context["cl"].result_list
    return [call.name for call in rows]


def test_page_says_all_that_is_known(amiras, amira):
    call = factories.booking(
        adviser=amira,
        name="Ann",
        phone="+447700900123",
        email="ann@example.org",
        created_at=NOW - DAY,
        booked_by=factories.staff(username="boss"),
        tries=1,
        outcome="helped",
        summary="Ask the school.",
    )
    call.guides.set([factories.guide(title="Anxiety"), factories.guide(title="Sleep")])
    words = words_of(amiras.get(desk(call)))
    for sentence in (
        "Wednesday 2 December 2026, 10am (UK time), Amira",
        "Ann Say first: sunshine Phone 07700 900123",
        "E-mail ann@example.org",
        f"Reference {call.reference}",
        "Booked 30 November 2026, 9am, by boss for them",
        "So far Tried 1 of 3 times. Outcome: helped.",
        "Summary Ask the school.",
        "Guides for them Anxiety, Sleep",
    ):
        assert sentence in words


def test_what_can_be_done_depends_on_when_it_is_seen(amiras, amira):
    call = factories.booking(adviser=amira)
    to_come = words_of(amiras.get(desk(call)))
    with at_time(CALL_TIME, amiras, call):
        begun = words_of(amiras.get(desk(call)))
    amiras.force_login(amira.user)
    Booking.objects.update(status="cancelled", is_upcoming=False, cancelled_by="family", cancelled_at=NOW)
    cancelled = words_of(amiras.get(desk(call)))
    found = {
        words: [words in page for page in (to_come, begun, cancelled)]
        for words in ("Change it", "Swap with", "What became of it?", "Nobody answered", "Cancelled by the family on")
    }
    assert found == {
        "Change it": [True, False, False],
        "Swap with": [True, False, False],
        "What became of it?": [False, True, False],
        "Nobody answered": [False, True, False],
        "Cancelled by the family on": [False, False, True],
    }


@pytest.mark.parametrize("outcome", ["", "helped", "not reached"])
def test_call_with_an_outcome_does_not_ask_to_try_again(amiras, amira, outcome):
    call = factories.booking(adviser=amira, outcome=outcome, tries=1)
    with at_time(CALL_TIME, amiras, call):
        words = words_of(amiras.get(desk(call)))
    assert ("each time you tried" in words) is (outcome == "")


def test_call_without_address_gets_no_new_link(amiras, amira):
    assert "Make a new link" not in words_of(amiras.get(desk(factories.booking(adviser=amira, email=""))))


def test_page_itself_cannot_be_sent(manager):
    call = factories.booking()
    before = Booking.objects.values().get()
    assert manager.post(desk(call), {"name": "X", "status": "cancelled"}).status_code == 403
    assert Booking.objects.values().get() == before


@pytest.mark.parametrize("act", ["add", "delete"])
def test_nobody_adds_or_deletes_calls_here(manager, act):
    call = factories.booking()
    address = desk(Booking, "add") if act == "add" else desk(call, "delete")
    assert [manager.get(address).status_code, manager.post(address, {"post": "yes"}).status_code] == [403, 403]
    assert manager.get(desk(Booking, "changelist")).context["action_form"] is None
    assert Booking.objects.count() == 1


def test_adviser_finds_no_page_of_anothers_call(amiras):
    call = factories.booking(name="Theirs")
    before = Booking.objects.values().get()
    for address in (desk(call), desk(call, "history"), *(act_address(call, act) for act in ACTS)):
        assert (address, amiras.get(address).status_code) == (address, 404)
    for act in ACTS:
        assert amiras.post(act_address(call, act), {"tries": "0", "outcome": "helped"}).status_code == 404
    assert Booking.objects.values().get() == before


@pytest.mark.parametrize("address", ["999999", "x", "99999999999999999999"])
def test_call_that_does_not_exist_has_no_page(manager, address):
    assert manager.get(f"/admin/bookings/booking/{address}/change/").status_code == 404


def test_who_is_neither_adviser_nor_manager_finds_no_call(client):
    call = factories.booking()
    client.force_login(factories.staff("view_booking", "change_booking"))
    assert listed(client) == []
    assert {client.get(address).status_code for address in (desk(call), act_address(call, "move"))} == {404}


def test_without_the_right_to_see_calls_nothing_is_shown(client):
    call = factories.booking()
    client.force_login(factories.staff("change_booking", "see_all_calls"))
    addresses = [desk(call), desk(Booking, "changelist"), *(act_address(call, act) for act in ACTS)]
    assert {client.get(address).status_code for address in addresses} == {403}
    assert {client.post(address).status_code for address in addresses if address != desk(call)} == {403}


def test_right_to_view_offers_and_does_nothing(client):
    adviser = factories.adviser(user=factories.staff("view_booking"))
    call = factories.booking(adviser=adviser)
    client.force_login(adviser.user)
    page = words_of(client.get(desk(call)))
    assert ("sunshine" in page, "Change it" in page, "new link" in page) == (True, False, False)
    for act in ACTS:
        assert client.get(act_address(call, act)).status_code == 403
        assert client.post(act_address(call, act)).status_code == 403


def test_visitors_are_sent_to_the_login_page(client):
    call = factories.booking()
    for address in (desk(call), *(act_address(call, act) for act in ACTS)):
        assert client.post(address)["Location"].startswith("/admin/login/")


def test_looking_changes_nothing(manager):
    call = factories.booking()
    before = Booking.objects.values().get()
    for act in ACTS:
        for method in (manager.get, manager.head):
            assert method(act_address(call, act)).status_code in {200, 302}
    assert Booking.objects.values().get() == before


def test_list_shows_what_is_to_come_first(manager):
    for name, days in (("past", -3), ("later", 2), ("soon", 0), ("long past", -9)):
        factories.booking(name=name, starts_at=CALL_TIME + days * DAY)
    assert listed(manager) == ["soon", "later"]
    assert listed(manager, "when=past") == ["past", "long past"]
    assert listed(manager, "when=all") == ["long past", "past", "soon", "later"]


def test_list_holds_nobodys_details(manager):
    call = factories.booking(name="Secret Sue", email="sue@example.org")
    page = manager.get(desk(Booking, "changelist")).content.decode()
    assert call.reference in page
    for secret in ("Secret Sue", "sue@example.org", call.phone, "sunshine"):
        assert secret not in page


@pytest.mark.parametrize(
    "words",
    [
        "K7M-4PQ",
        "k7m 4pq",
        "K7M4PQ",
        "Ref: K7M-4PQ",
        "reference k7m4pq",
        "zoe",
        "07700 900 999",
        "+44 7700 900999",
        "18001 07700900999",
        "0999",
        "900 999",
        "07700 900 9",
        "+44 7700 900 99",
        "zoë",
        "zoe@example.org",
    ],
)
def test_call_is_found_by_whatever_the_caller_knows(manager, words):
    past = CALL_TIME - 9 * DAY
    factories.booking(name="Ann", phone="+442079460000")
    factories.booking(
        name="Zoe",
        phone="+447700900999",
        email="Zoe@example.org",
        reference="K7M-4PQ",
        starts_at=past,
        is_upcoming=False,
    )
    assert listed(manager, f"q={words.replace('+', '%2B')}") == ["Zoe"]


@pytest.mark.parametrize("words", ["999", "9990", "0900998", "+449"])
def test_fewer_than_four_digits_and_other_numbers_find_nobody(manager, words):
    factories.booking(name="Zoe", phone="+447700900999")
    assert listed(manager, f"q={words.replace('+', '%2B')}") == []


def test_reference_of_digits_alone_is_found(manager):
    factories.booking(name="Zoe", reference="346-799")
    assert listed(manager, "q=346799") == listed(manager, "q=346-799") == ["Zoe"]


def test_call_without_details_is_found_by_its_reference_alone(manager):
    blank = {"name": "", "phone": "", "email": "", "starts_at": CALL_TIME - 99 * DAY, "is_upcoming": False}
    factories.booking(**blank, reference="K7M-4PQ")
    rows = [
        manager.get(desk(Booking, "changelist"), {"q": words}).context["cl"].queryset.count()
        for words in ("k7m4pq", "k7m", "4PQ")
    ]
    assert rows == [1, 0, 0]


def test_adviser_finds_and_filters_own_calls_only(amiras, amira):
    other = factories.booking(name="Theirs", phone="+447700900999")
    factories.booking(adviser=amira, name="Mine")
    assert listed(amiras) == ["Mine"]
    for query in (
        "q=07700900999",
        f"q={other.reference}",
        "when=all&q=Theirs",
        f"adviser__id__exact={other.adviser_id}",
    ):
        assert listed(amiras, query) == [], query
    page = amiras.get(desk(Booking, "changelist")).content.decode()
    assert other.adviser.name not in page


def test_list_is_narrowed_by_adviser_topic_status_and_outcome(manager):
    topic = factories.topic()
    call = factories.booking(name="this", topic=topic, outcome="helped", status="booked")
    factories.booking(name="other", status="cancelled", is_upcoming=False)
    for query in (
        f"adviser__id__exact={call.adviser_id}",
        f"topic__id__exact={topic.pk}",
        "outcome__exact=helped",
        "status__exact=booked",
    ):
        assert listed(manager, query) == ["this"], query


@pytest.mark.parametrize("number", [1, 3])
def test_list_asks_the_same_number_of_questions_however_long_it_is(manager, number, django_assert_num_queries):
    for hour in range(number):
        factories.booking(topic=factories.topic(), starts_at=datetime(2026, 12, 3, 10 + hour, tzinfo=UTC))
    with django_assert_num_queries(6):
        manager.get(desk(Booking, "changelist"))

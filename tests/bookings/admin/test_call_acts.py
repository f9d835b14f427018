"""What staff do to a call: always through the actions, each written down without anything about the family."""

from datetime import timedelta

import pytest

from bookings.actions import cancel, move_to, swap
from bookings.models import Adviser, Booking, WeeklyHours
from tests import factories
from tests.bookings.admin.acting import act_address, logged, offered, press, words_of
from tests.bookings.admin.conftest import NOW, at_time
from tests.bookings.queued import queued
from tests.factories import CALL_TIME
from tests.guides.admin.posting import desk, fields_of, messages_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("before_the_call")]
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def at(start, adviser):
    return f"{adviser.pk}@{start.isoformat()}"


def test_call_is_moved_without_notice(amiras, amira, call):
    soon = NOW + timedelta(minutes=20)
    response = press(amiras, call, "move", start=at(soon, amira))
    assert messages_of(response) == [
        "The call is moved to Tuesday 1 December 2026, 9:20am, with Amira. The family will be e-mailed the new time."
    ]
    call.refresh_from_db()
    assert (call.starts_at, call.adviser, call.sequence) == (soon, amira, 1)
    assert queued() == [("moved", "ann@example.org"), ("adviser_moved", "amira@staff.example")]
    assert logged() == [(str(call), "Moved to Tuesday 1 December 2026, 9:20am, with Amira.")]


def test_times_of_the_own_adviser_are_shown_first_and_of_others_when_asked(amiras, amira, call):
    WeeklyHours.objects.exclude(weekday=2).delete()
    WeeklyHours.objects.update(starts="10:00", ends="10:40")
    ben = factories.adviser(name="Ben", weekdays=[2])
    WeeklyHours.objects.filter(adviser=ben).update(starts="10:00", ends="10:20")
    factories.adviser(name="Cy", topics=[factories.topic()], weekdays=[3])
    page = amiras.get(act_address(call, "move"))
    assert offered(page) == {"2026-12-02": ["10:20am"]}
    assert offered(press(amiras, call, "move", "show", whose=str(ben.pk))) == {"2026-12-02": ["10am"]}
    everybody = press(amiras, call, "move", "show", whose="any")
    assert offered(everybody)["2026-12-02"][:2] == ["10am Ben", "10:20am Amira"]
    assert press(amiras, call, "move", "show", whose="999").status_code == 200
    assert Booking.objects.get().sequence == 0


def test_one_leafs_through_the_weeks(amiras, amira, call):
    WeeklyHours.objects.exclude(weekday=2).delete()
    page = amiras.get(act_address(call, "move"))
    weeks = [next(iter(offered(page)))]
    for _ in range(3):
        page = amiras.post(act_address(call, "move"), fields_of(page) | {"later": "Later times"})
        weeks.append(next(iter(offered(page))))
    assert weeks == ["2026-12-02", "2026-12-09", "2026-12-16", "2026-12-23"]
    page = amiras.post(act_address(call, "move"), fields_of(page) | {"earlier": "Earlier times"})
    assert next(iter(offered(page))) == "2026-12-16"
    assert (page.context["form"].times.earlier, page.context["form"].times.later) == (True, True)
    assert amiras.post(act_address(call, "move"), {"week": "nonsense", "later": ""}).status_code == 200
    start = at(CALL_TIME + 14 * DAY, amira)
    assert amiras.post(act_address(call, "move"), fields_of(page) | {"start": start}).status_code == 302
    assert Booking.objects.get().starts_at == CALL_TIME + 14 * DAY


def test_adviser_who_gives_a_call_away_is_led_to_the_diary(amiras, call):
    ben = factories.adviser(name="Ben")
    response = press(amiras, call, "move", whose="any", start=at(CALL_TIME, ben))
    assert response.redirect_chain == [("/admin/bookings/diary/", 302)]
    assert Booking.objects.get().adviser == ben
    assert amiras.get(desk(call)).status_code == 404


@pytest.mark.parametrize("start", ["", "x", "1@x", "999@2026-12-03T10:00:00+00:00", "{pk}@2026-12-03T03:07:00+00:00"])
def test_time_that_was_never_offered_is_refused(amiras, amira, call, start):
    response = press(amiras, call, "move", start=start.format(pk=amira.pk))
    assert response.status_code == 422
    sentence = "That time is not free any more. Here are the times that are free now: choose another one."
    assert response.context["form"].errors == {"start": [sentence if start else "Choose a time."]}
    assert (Booking.objects.get().starts_at, queued(), logged()) == (CALL_TIME, [], [])


def test_time_that_was_taken_meanwhile_gives_the_times_left(amiras, amira, call, monkeypatch):
    """Between the look at what is free and the move itself."""
    page = fields_of(amiras.get(act_address(call, "move")))
    later = CALL_TIME + HOUR

    def taken_first(**arguments):
        factories.booking(adviser=amira, starts_at=later)
        return move_to(**arguments)

    monkeypatch.setattr("bookings.admin.call_pages.move_to", taken_first)
    response = amiras.post(act_address(call, "move"), page | {"start": at(later, amira), "whose": "any"})
    assert (response.status_code, fields_of(response)["whose"]) == (422, ["any"])
    assert response.context["problem"].startswith("That time is not free any more.")
    assert "11am" not in " ".join(offered(response)["2026-12-02"])
    assert Booking.objects.get(pk=call.pk).starts_at == CALL_TIME


def test_calls_change_places_once(manager, amira, call):
    other = factories.booking(email="bob@example.org", starts_at=CALL_TIME + DAY, adviser=factories.adviser(name="Ben"))
    page = fields_of(manager.get(act_address(call, "swap")))
    responses = [
        manager.post(act_address(call, "swap"), page | {"other": f"{other.pk}:0"}, follow=True) for _ in range(2)
    ]
    assert [response.status_code for response in responses] == [200, 422]
    for each in (call, other):
        each.refresh_from_db()
    assert (call.starts_at, call.adviser.name) == (CALL_TIME + DAY, "Ben")
    assert (other.starts_at, other.adviser) == (CALL_TIME, amira)
    assert queued("moved") == [("moved", "ann@example.org"), ("moved", "bob@example.org")]


def test_both_calls_tell_that_they_changed_places(amiras, amira, call):
    other = factories.booking(adviser=amira, starts_at=CALL_TIME + DAY)
    response = press(amiras, call, "swap", other=f"{other.pk}:0")
    assert messages_of(response)[-1] == (
        "The two calls have changed places. Both families will be e-mailed, if we have their addresses."
    )
    assert [entry for _, entry in logged()] == [
        f"Changed places with call {call.reference}.",
        f"Changed places with call {other.reference}.",
    ]


def test_call_that_was_moved_since_is_not_swapped(amiras, amira, call):
    other = factories.booking(adviser=amira, starts_at=CALL_TIME + DAY)
    page = fields_of(amiras.get(act_address(call, "swap"))) | {"other": f"{other.pk}:0"}
    move_to(booking=call, adviser_id=amira.pk, start=CALL_TIME + HOUR, now=NOW, by=amira.user)
    response = amiras.post(act_address(call, "swap"), page)
    assert response.context["problem"] == (
        "One of the two calls was changed while you had this page open. Look at them again, and choose."
    )
    assert fields_of(response)["other"] == [f"{other.pk}:0"]
    assert Booking.objects.get(pk=other.pk).sequence == 0


def test_adviser_swaps_only_with_own_calls(amiras, call):
    theirs = factories.booking(starts_at=CALL_TIME + DAY)
    assert "There is no other call to come with which it could change places:" in words_of(
        amiras.get(act_address(call, "swap"))
    )
    response = amiras.post(act_address(call, "swap"), {"other": f"{theirs.pk}:0", "seen": "0"})
    assert response.status_code == 422
    assert set(Booking.objects.values_list("sequence", flat=True)) == {0}


def test_only_calls_of_those_who_can_help_each_others_family_are_listed(manager, amira, call):
    topic = factories.topic()
    Booking.objects.update(topic=topic, council=factories.council(nation="Wales"))
    unable = [{"nations": ["England"]}, {"topics": [factories.topic()]}, {"is_taking_calls": False}]
    for fields in unable:
        factories.booking(adviser=factories.adviser(**fields))
    able = [{"topics": [topic], "nations": ["Wales"]}, {}]
    others = [factories.booking(adviser=factories.adviser(**fields)) for fields in able]
    own = factories.booking(adviser=amira, starts_at=CALL_TIME + DAY, council=factories.council(nation="Scotland"))
    page = manager.get(act_address(call, "swap"))
    listed = {value for value, _ in page.context["form"].fields["other"].choices}
    assert listed == {f"{each.pk}:0" for each in [*others, own]}


def test_adviser_who_cannot_help_any_more_is_said_kindly(manager, call, monkeypatch):
    other = factories.booking(topic=factories.topic())
    page = fields_of(manager.get(act_address(call, "swap"))) | {"other": f"{other.pk}:0"}

    def changed_first(**arguments):
        Adviser.objects.update(is_taking_calls=False)
        swap(**arguments)

    monkeypatch.setattr("bookings.admin.call_pages.swap", changed_first)
    response = manager.post(act_address(call, "swap"), page)
    assert (response.status_code, response.context["problem"]) == (
        422,
        "One of the two advisers cannot help the other family any more. Choose another call, or move this one.",
    )
    assert set(Booking.objects.values_list("sequence", flat=True)) == {0}


def test_calls_that_have_no_room_for_each_other_stay(amiras, amira, call, settings):
    """The gap between calls was made longer since they were booked."""
    others = [factories.booking(adviser=amira, starts_at=CALL_TIME + minutes * HOUR / 60) for minutes in (20, 90)]
    settings.CALL_GAP_MINUTES = 15
    response = press(amiras, call, "swap", other=f"{others[1].pk}:0")
    assert (response.status_code, response.context["problem"]) == (
        422,
        "The two calls cannot change places now: there is no room for one of them. Move one to a free time instead.",
    )
    assert set(Booking.objects.values_list("sequence", flat=True)) == {0}
    assert (queued(), logged()) == ([], [])


@pytest.mark.parametrize("number", [1, 3])
def test_swap_costs_the_same_however_many_calls_there_are(manager, call, number, django_assert_num_queries):
    for _ in range(number):
        factories.booking(topic=factories.topic())
    with django_assert_num_queries(6):
        manager.get(act_address(call, "swap"))


@pytest.mark.parametrize(
    ("button", "told", "cancelled_by", "kind"),
    [
        ("we", "an apology", "staff", "cancelled_by_us"),
        ("asked", "that it is cancelled", "family", "cancelled"),
    ],
)
def test_cancelling_asks_whose_wish_it_is_and_tells_the_family(amiras, call, button, told, cancelled_by, kind):
    page = words_of(amiras.get(act_address(call, "cancel")))
    assert "ann@example.org is e-mailed: if they asked for it, that the call is cancelled; if we have to" in page
    assert Booking.objects.get().status == "booked"
    response = press(amiras, call, "cancel", button)
    assert messages_of(response) == [f"The call is cancelled. The family will be e-mailed {told}."]
    call.refresh_from_db()
    assert (call.status, call.cancelled_by) == ("cancelled", cancelled_by)
    assert queued("cancelled", "cancelled_by_us") == [(kind, "ann@example.org")]
    assert logged() == [(str(call), "Cancelled.")]


def test_family_without_address_is_to_be_told_by_phone(amiras, amira):
    call = factories.booking(adviser=amira, email="")
    assert "We have no e-mail address of theirs." in words_of(amiras.get(act_address(call, "cancel")))
    assert messages_of(press(amiras, call, "cancel")) == [
        "The call is cancelled. We have no e-mail address: please tell the family yourself."
    ]


@pytest.mark.parametrize("act", ["move", "swap", "cancel"])
@pytest.mark.parametrize("state", ["begun", "cancelled"])
def test_what_is_over_is_neither_moved_nor_cancelled(amiras, amira, call, act, state):
    other = factories.booking(adviser=amira, starts_at=CALL_TIME + DAY)
    page = fields_of(amiras.get(act_address(call, act)))
    if state == "cancelled":
        cancel(booking=call, now=NOW)
    typed = {"start": at(CALL_TIME + HOUR, amira), "other": f"{other.pk}:0"}
    with at_time(CALL_TIME if state == "begun" else NOW, amiras, call):
        before = list(Booking.objects.order_by("pk").values())
        response = amiras.post(act_address(call, act), page | typed, follow=True)
        sentence = "This call has been cancelled, has begun or is over: it can be neither moved nor cancelled."
        assert sentence in response.content.decode()
        assert sentence in amiras.get(act_address(call, act)).content.decode()
    assert list(Booking.objects.order_by("pk").values()) == before


def test_new_link_stops_the_old_one(amiras, call):
    for version in (2, 3):
        page = fields_of(amiras.get(desk(call)))
        response = amiras.post(act_address(call, "new-link"), page, follow=True)
        assert messages_of(response) == ["The family will be e-mailed a new link. The old one has stopped."]
        assert Booking.objects.get().link_version == version
    assert queued() == [("booked", "ann@example.org")] * 2
    assert logged() == [(str(call), "Made a new link.")] * 2


def test_pressing_twice_makes_one_new_link(amiras, call):
    page = fields_of(amiras.get(desk(call)))
    for _ in range(2):
        response = amiras.post(act_address(call, "new-link"), page, follow=True)
    assert messages_of(response) == ["The link has been renewed since you opened this page. No other one was made now."]
    assert (Booking.objects.get().link_version, len(queued()), len(logged())) == (2, 1, 1)


@pytest.mark.parametrize("version", ["", "x"])
def test_new_link_without_the_version_of_the_old_one_is_not_made(amiras, call, version):
    amiras.post(act_address(call, "new-link"), {"version": version})
    assert (Booking.objects.get().link_version, queued(), logged()) == (1, [], [])


@pytest.mark.parametrize("change", [{"email": ""}, {"is_upcoming": False, "status": "cancelled"}])
def test_new_link_needs_a_call_to_come_and_an_address(amiras, call, change):
    page = fields_of(amiras.get(desk(call)))
    Booking.objects.update(**change)
    response = amiras.post(act_address(call, "new-link"), page, follow=True)
    assert messages_of(response) == ["No new link was made: the call is over or cancelled, or has no address."]
    assert (Booking.objects.get().link_version, queued(), logged()) == (1, [], [])

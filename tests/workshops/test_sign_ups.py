from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction

from sendguide.outbox.models import QueuedEmail
from tests import factories
from tests.workshops.queued import queued
from workshops.actions import Applicant, Outcome, Reason, Refused, give_back, renew_link, sign_up
from workshops.links import place_path
from workshops.models import SignUp, WorkshopDate

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
PLACED, WAITING, LEFT = SignUp.Status.PLACED, SignUp.Status.WAITING, SignUp.Status.LEFT


def join(date: WorkshopDate, email: str = "", *, now: datetime = NOW, **fields) -> Outcome:
    values = {"name": "Ann", "email": email or f"p{next(factories.numbers)}@example.org", "submission_id": uuid4()}
    council = fields.pop("council", None) or factories.council()
    return sign_up(date_id=date.pk, applicant=Applicant(council=council, **values | fields), now=now)


def statuses(date: WorkshopDate) -> list[str]:
    return [each.status for each in date.sign_ups.order_by("pk")]


def taken(date: WorkshopDate) -> int:
    return WorkshopDate.objects.get(pk=date.pk).taken


def refused(date: WorkshopDate, **fields) -> Reason:
    with pytest.raises(Refused) as error:
        join(date, **fields)
    assert (date.sign_ups.count(), taken(date), queued()) == (0, 0, [])
    return error.value.reason


def test_sign_up_gives_a_place_and_queues_its_email():
    date, council = factories.workshop_date(capacity=2), factories.council()
    outcome = join(date, "Ann@Example.org", name="Ann", council=council, access_needs="Captions")
    made = outcome.sign_up
    assert outcome.is_theirs
    assert (made.name, made.email, made.email_key) == ("Ann", "Ann@Example.org", "ann@example.org")
    assert (made.council, made.access_needs, made.status, made.placed_at) == (council, "Captions", PLACED, NOW)
    assert (taken(date), queued()) == (1, [("placed", "Ann@Example.org")])


def test_who_comes_when_all_is_taken_waits():
    date = factories.workshop_date(capacity=1)
    join(date, "first@example.org")
    outcome = join(date, "second@example.org")
    third = join(date, "third@example.org").sign_up
    assert (outcome.is_theirs, outcome.sign_up.status, outcome.sign_up.placed_at) == (True, WAITING, None)
    assert (outcome.sign_up.position(), third.position(), taken(date)) == (1, 2, 1)
    assert queued("waiting") == [("waiting", "second@example.org"), ("waiting", "third@example.org")]


def test_what_was_mended_beside_the_address_is_kept_and_its_area_asked_again():
    hull = factories.council(slug="hull")
    date = factories.workshop_date(workshop=factories.workshop(reach="except", councils=[hull]))
    leeds, same = factories.council(), uuid4()
    first = join(date, "ann@example.org", name="An", submission_id=same).sign_up
    outcome = join(date, "Ann@example.org", name="Ann", access_needs="Captions", council=leeds, submission_id=same)
    first.refresh_from_db()
    assert (outcome.sign_up, outcome.is_theirs) == (first, True)
    assert (first.name, first.access_needs, first.council, first.email) == ("Ann", "Captions", leeds, "ann@example.org")
    with pytest.raises(Refused, match="not your area"):
        join(date, "ann@example.org", name="Ann", council=hull, submission_id=same)
    first.refresh_from_db()
    assert (first.council, taken(date), len(queued())) == (leeds, 1, 1)


@pytest.mark.parametrize("again", ["ann@example.org", "ANN@example.ORG", " ann@example.org "])
def test_known_address_gets_an_email_and_nothing_else(again):
    date = factories.workshop_date()
    known = join(date, "ann@example.org").sign_up
    outcome = join(date, again, name="Somebody else")
    assert outcome == Outcome(known, is_theirs=False)
    assert (date.sign_ups.count(), taken(date)) == (1, 1)
    assert queued("already") == [("already", "ann@example.org")]


def test_known_address_is_written_to_once_a_day():
    date = factories.workshop_date()
    join(date, "ann@example.org")
    for hours in (0, 1, 2, 24):
        join(date, "ann@example.org", now=NOW + timedelta(hours=hours))
    assert len(queued("already")) == 2


def test_address_is_free_again_for_who_gave_the_place_back():
    date = factories.workshop_date()
    first = join(date, "ann@example.org").sign_up
    give_back(sign_up=first, now=NOW)
    second = join(date, "ann@example.org")
    assert (second.is_theirs, second.sign_up.pk == first.pk, taken(date)) == (True, False, 1)


def test_same_form_twice_is_one_sign_up():
    date, submission_id = factories.workshop_date(), uuid4()
    first = join(date, "ann@example.org", submission_id=submission_id)
    again = join(date, "ann@example.org", submission_id=submission_id)
    assert again == Outcome(first.sign_up, is_theirs=True)
    assert (taken(date), queued()) == (1, [("placed", "ann@example.org")])


def test_same_form_with_another_address_corrects_it():
    """Somebody saw the mistake, went back and sent the form again."""
    date, submission_id = factories.workshop_date(), uuid4()
    wrong = join(date, "an@example.org", submission_id=submission_id).sign_up
    mended = join(date, "ann@example.org", name="Anna", submission_id=submission_id)
    assert (mended.is_theirs, mended.sign_up.pk, taken(date)) == (True, wrong.pk, 1)
    assert (mended.sign_up.email, mended.sign_up.email_key, mended.sign_up.name) == (*["ann@example.org"] * 2, "Anna")
    # The link that the wrong address may have got stops, and what was not sent yet goes to the right one.
    assert mended.sign_up.link_version == 2
    assert queued() == [("placed", "ann@example.org")]


def test_address_that_is_corrected_late_gets_an_email_of_its_own():
    date, submission_id = factories.workshop_date(), uuid4()
    join(date, "an@example.org", submission_id=submission_id)
    QueuedEmail.objects.update(status="sent", sent_at=NOW)
    join(date, "ann@example.org", submission_id=submission_id)
    assert queued() == [("placed", "an@example.org"), ("placed", "ann@example.org")]


def test_address_that_is_corrected_to_a_known_one_changes_nothing():
    date, submission_id = factories.workshop_date(), uuid4()
    first = join(date, "an@example.org", submission_id=submission_id).sign_up
    known = join(date, "ann@example.org").sign_up
    assert join(date, "ann@example.org", submission_id=submission_id) == Outcome(known, is_theirs=False)
    first.refresh_from_db()
    assert (first.email, taken(date)) == ("an@example.org", 2)


def test_form_whose_place_was_given_back_signs_up_anew_with_another_address():
    date, submission_id = factories.workshop_date(), uuid4()
    first = join(date, "an@example.org", submission_id=submission_id).sign_up
    give_back(sign_up=first, now=NOW)
    second = join(date, "ann@example.org", submission_id=submission_id).sign_up
    assert (second.pk == first.pk, second.is_placed, taken(date)) == (False, True, 1)


@pytest.mark.parametrize(("status", "kind"), [("placed", "placed"), ("waiting", "waiting")])
def test_new_link_is_e_mailed_and_the_old_one_stops(status, kind):
    sign_up = factories.sign_up(status=status, email="ann@example.org")
    old = place_path(sign_up)
    assert [renew_link(sign_up=sign_up, now=NOW) for _ in range(2)] == [True, True]
    assert (sign_up.link_version, place_path(sign_up) == old) == (3, False)
    assert queued() == [(kind, "ann@example.org")] * 2


def test_what_is_over_gets_no_new_link():
    assert not renew_link(sign_up=factories.sign_up(status="given back"), now=NOW)
    assert queued() == []


def test_what_has_begun_gets_no_new_link_and_keeps_the_old_one():
    sign_up = factories.sign_up()
    assert not renew_link(sign_up=sign_up, now=sign_up.date.starts_at)
    sign_up.refresh_from_db()
    assert (sign_up.link_version, queued()) == (1, [])
    assert renew_link(sign_up=sign_up, now=sign_up.date.starts_at - timedelta(seconds=1))


def test_sign_up_is_refused_when_closed():
    starts = datetime(2026, 12, 10, 19, tzinfo=UTC)
    date = factories.workshop_date(starts_at=starts, closes_at=starts - timedelta(hours=3))
    assert refused(date, now=starts - timedelta(hours=3)) == Reason.SIGN_UP_ENDED
    assert refused(date, now=starts) == Reason.PAST
    assert refused(factories.workshop_date(status="cancelled")) == Reason.CANCELLED
    assert refused(factories.workshop_date(status="draft")) == Reason.NOT_PUBLIC
    assert refused(factories.workshop_date(workshop=factories.workshop(published=False))) == Reason.NOT_PUBLIC


def test_sign_up_is_refused_outside_the_area():
    hull, leeds = factories.council(), factories.council()
    workshop = factories.workshop(reach="except", councils=[hull])
    date = factories.workshop_date(workshop=workshop)
    assert refused(date, council=hull) == Reason.NOT_YOUR_AREA
    assert join(date, council=leeds).sign_up.is_placed


def test_place_given_back_goes_to_the_first_who_waits():
    date = factories.workshop_date(capacity=1)
    first, second, third = (join(date, f"{name}@example.org").sign_up for name in ("a", "b", "c"))
    assert give_back(sign_up=first, now=NOW)
    second.refresh_from_db()
    assert (statuses(date), taken(date), second.placed_at) == (["given back", PLACED, WAITING], 1, NOW)
    assert queued("given_back", "promoted") == [("given_back", "a@example.org"), ("promoted", "b@example.org")]
    assert third.position() == 1


def test_place_is_given_back_once():
    date = factories.workshop_date(capacity=1)
    first = join(date).sign_up
    assert [give_back(sign_up=first, now=NOW) for _ in range(3)] == [True, False, False]
    assert (taken(date), len(queued("given_back"))) == (0, 1)


def test_who_leaves_the_waiting_list_frees_no_place():
    date = factories.workshop_date(capacity=1)
    join(date)
    second, third = join(date).sign_up, join(date).sign_up
    assert give_back(sign_up=second, now=NOW)
    assert (statuses(date), taken(date), third.position()) == ([PLACED, LEFT, WAITING], 1, 1)


def test_nothing_is_given_back_once_it_has_begun():
    date = factories.workshop_date()
    mine = join(date).sign_up
    assert not give_back(sign_up=mine, now=date.starts_at)
    assert (statuses(date), taken(date)) == ([PLACED], 1)


def test_after_the_cut_off_nobody_is_promoted_and_the_place_is_free_for_whoever_comes(settings):
    settings.WAITING_CUT_OFF_HOURS = 12
    date = factories.workshop_date(capacity=1)
    first, second = join(date).sign_up, join(date).sign_up
    late = date.starts_at - timedelta(hours=12)
    assert give_back(sign_up=first, now=late)
    second.refresh_from_db()
    assert (second.status, taken(date)) == (WAITING, 0)
    assert join(date, now=late).sign_up.is_placed
    # Who waited has been told that the list has ended.
    assert queued("list_closed") == [("list_closed", second.email)]


def test_who_waited_can_still_take_a_place_that_comes_free_late(settings):
    settings.WAITING_CUT_OFF_HOURS = 12
    date = factories.workshop_date(capacity=1)
    first, second = join(date).sign_up, join(date, "second@example.org").sign_up
    late = date.starts_at - timedelta(hours=6)
    give_back(sign_up=first, now=late)
    outcome = join(date, "second@example.org", now=late)
    assert (outcome.is_theirs, outcome.sign_up.status, outcome.sign_up.pk == second.pk) == (True, PLACED, False)


def test_nobody_joins_a_waiting_list_that_has_ended(settings):
    settings.WAITING_CUT_OFF_HOURS = 12
    date = factories.workshop_date(capacity=1)
    factories.sign_up(date=date)
    with pytest.raises(Refused) as error:
        join(date, now=date.starts_at - timedelta(hours=6))
    assert (error.value.reason, date.sign_ups.count()) == (Reason.FULL, 1)


def test_who_may_not_come_any_more_is_passed_over():
    hull, leeds = factories.council(), factories.council()
    date = factories.workshop_date(capacity=1)
    first = join(date, council=leeds).sign_up
    join(date, council=hull)
    join(date, council=leeds)
    date.workshop.reach = "except"
    date.workshop.save()
    date.workshop.councils.set([hull])
    give_back(sign_up=first, now=NOW)
    assert statuses(date) == ["given back", WAITING, PLACED]


def test_newcomer_does_not_overtake():
    """A place that is free although somebody waits, however that came about, goes to who waits."""
    date = factories.workshop_date(capacity=1)
    join(date)
    waiting = join(date).sign_up
    WorkshopDate.objects.filter(pk=date.pk).update(capacity=2)
    newcomer = join(date).sign_up
    waiting.refresh_from_db()
    assert (waiting.status, newcomer.status) == (PLACED, WAITING)


def test_one_live_sign_up_per_email_and_date():
    date = factories.workshop_date()
    factories.sign_up(date=date, email="ann@example.org")
    factories.sign_up(date=factories.workshop_date(), email="ann@example.org")
    factories.sign_up(date=date, email="ann@example.org", status="given back")
    with pytest.raises(IntegrityError, match=r"one_live_sign_up|email_key"), transaction.atomic():
        factories.sign_up(date=date, email=" ANN@example.org", status="waiting")


def test_one_sign_up_per_submission():
    first = factories.sign_up(submission_id=UUID(int=1))
    factories.sign_up(submission_id=UUID(int=1))
    with pytest.raises(IntegrityError, match=r"submission"), transaction.atomic():
        factories.sign_up(date=first.date, submission_id=UUID(int=1))


@pytest.mark.parametrize("taken", [-1, 3])
def test_places_taken_fit_the_capacity(taken):
    with pytest.raises(IntegrityError, match=r"taken"), transaction.atomic():
        factories.workshop_date(capacity=2, taken=taken)

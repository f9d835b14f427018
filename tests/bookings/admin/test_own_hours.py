"""An adviser's own hours, and what advisers may not do."""

import pytest

from bookings.models import Adviser, TimeOff, WeeklyHours
from tests import factories
from tests.guides.admin.posting import desk, fields_of, messages_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("before_the_call")]
MINE = "/admin/bookings/my-hours/"


def test_adviser_sets_own_hours_and_time_off(amiras, amira):
    page = amiras.get(MINE)
    assert "<h1>My hours and time off</h1>" in page.content.decode()
    typed = {"weekly_hours-0-starts": "10am", "time_off-0-first_day": "24/12/2026"}
    response = amiras.post(MINE, fields_of(page) | typed, follow=True)
    assert response.redirect_chain == [(MINE, 302)]
    assert (TimeOff.objects.get().adviser, str(WeeklyHours.objects.get(weekday=0).starts)) == (amira, "10:00:00")


def test_adviser_is_shown_the_calls_in_the_way_as_well(amiras, amira):
    call = factories.booking(adviser=amira)
    page = amiras.post(MINE, fields_of(amiras.get(MINE)) | {"time_off-0-first_day": "02/12/2026"})
    assert (call.reference in page.content.decode(), TimeOff.objects.count()) == (True, 0)
    response = amiras.post(MINE, fields_of(page), follow=True)
    assert messages_of(response)[0] == f"Still booked, outside these hours. Move or cancel yourself: {call}"
    assert TimeOff.objects.count() == 1


@pytest.mark.parametrize(
    ("from_time", "until_time", "field"), [("1:30am", "4am", "from_time"), ("", "1:30am", "until_time")]
)
def test_time_off_in_the_hour_in_which_the_clocks_change_is_refused(amiras, from_time, until_time, field):
    typed = {"first_day": "28/03/2027", "from_time": from_time, "until_time": until_time}
    page = amiras.post(MINE, fields_of(amiras.get(MINE)) | {f"time_off-0-{name}": typed[name] for name in typed})
    sentence = "The clocks change that night, and this time does not exist or comes twice: choose another time."
    assert (page.content.decode().count(sentence), TimeOff.objects.count()) == (1, 0)
    box = f'name="time_off-0-{field}"'
    assert abs(page.content.decode().index(sentence) - page.content.decode().index(box)) < 500


def test_adviser_changes_nothing_but_hours(amiras, amira):
    before = Adviser.objects.values().get()
    typed = {"name": "Boss", "nation": "Wales", "nations": ["Wales"], "user": "", "is_taking_calls": "", "email": ""}
    for address in (MINE, desk(amira)):
        assert amiras.post(address, fields_of(amiras.get(address)) | typed).status_code == 302
    assert Adviser.objects.values().get() == before


def test_adviser_neither_sees_nor_changes_another(amiras):
    other = factories.adviser(name="Ben")
    page = fields_of(amiras.get(MINE))
    for act in ("change", "delete", "history"):
        assert amiras.get(desk(other, act)).status_code == 403
        assert amiras.post(desk(other, act), page).status_code == 403
    for act in ("changelist", "add"):
        assert amiras.get(desk(Adviser, act)).status_code == 403
    assert WeeklyHours.objects.filter(adviser=other).count() == 5


def test_adviser_cannot_take_hours_of_another_along(amiras):
    """A row of somebody else, put into one's own form."""
    theirs = WeeklyHours.objects.filter(adviser=factories.adviser()).first()
    before = list(WeeklyHours.objects.filter(adviser=theirs.adviser).values())
    amiras.post(MINE, fields_of(amiras.get(MINE)) | {"weekly_hours-0-id": str(theirs.pk)})
    assert list(WeeklyHours.objects.filter(adviser=theirs.adviser).values()) == before


def test_account_without_adviser_is_told_what_to_do(client):
    client.force_login(factories.staff("view_booking"))
    response = client.get(MINE)
    assert response.status_code == 404
    assert "Your account does not belong to an adviser yet." in response.content.decode()


def test_adviser_without_the_right_to_see_calls_has_no_hours_page(client):
    adviser = factories.adviser(user=factories.staff("view_guide"))
    client.force_login(adviser.user)
    assert (client.get(MINE).status_code, client.get(desk(adviser)).status_code) == (403, 403)


def test_right_to_view_advisers_changes_nothing(client):
    adviser = factories.adviser()
    client.force_login(factories.staff("view_adviser"))
    page = client.get(desk(adviser))
    assert ('name="_save"' in page.content.decode(), 'name="weekly_hours-0-starts"' in page.content.decode()) == (
        False,
        False,
    )
    assert client.post(desk(adviser), {"name": "X"}).status_code == 403
    assert client.get(desk(Adviser, "changelist")).status_code == 200


def test_visitors_are_sent_to_the_login_page(client):
    assert client.get(MINE)["Location"] == f"/admin/login/?next={MINE}"

"""A lost phone: by a manager on the staff site, or with a command by an owner who has no colleague."""

import pytest
from django.contrib.admin.models import LogEntry
from django.core.management import CommandError, call_command
from django.test import Client

from sendguide.accounts.second_step import has_second_step
from tests.accounts.people import SET_UP, digits_of, give_password, logged_in, member, with_phone

pytestmark = pytest.mark.usefixtures("two_factor")


def whole(person):
    """A browser in which ``person`` is logged in with both steps."""
    phone = with_phone(person)
    client = Client()
    give_password(client, person)
    client.post("/admin/login/code/", {"code": digits_of(phone.key)})
    assert logged_in(client)
    return client


def address(person):
    return f"/admin/auth/user/{person.pk}/reset-second-step/"


def test_manager_resets_and_it_is_written_down():
    person, manager = member(), member("change_user", "view_user")
    theirs, desk = whole(person), whole(manager)
    assert address(person) in desk.get(f"/admin/auth/user/{person.pk}/change/").text
    assert desk.get(address(person)).status_code == 200
    assert has_second_step(person)
    page = desk.post(address(person), follow=True)
    assert f"“{person}” is logged out everywhere" in page.text
    assert not has_second_step(person)
    assert not logged_in(theirs)
    assert logged_in(desk)
    entry = LogEntry.objects.get()
    assert (entry.user, entry.object_id, entry.change_message) == (
        manager,
        str(person.pk),
        "Reset the second step of logging in.",
    )
    assert give_password(Client(), person, follow=True).redirect_chain[-1][0].startswith(SET_UP)


def test_session_that_is_left_of_a_reset_is_worth_nothing():
    """Also where the session itself could not be ended."""
    person = member()
    client = whole(person)
    person.totpdevice_set.all().delete()
    assert not logged_in(client)


@pytest.mark.parametrize(
    ("rights", "owner", "status"), [([], False, 403), (["change_user"], True, 403), (["change_user"], False, 302)]
)
def test_nobody_gets_more_rights_by_a_reset(rights, owner, status):
    person = member(is_superuser=owner)
    with_phone(person)
    assert whole(member(*rights)).post(address(person)).status_code == status
    assert has_second_step(person) == (status == 403)


def test_command_resets_and_it_is_written_down(capsys):
    person = member(username="Owner")
    client = whole(person)
    call_command("reset_two_factor", "Owner")
    assert capsys.readouterr().out.startswith("Owner is logged out everywhere")
    assert (has_second_step(person), logged_in(client)) == (False, False)
    assert "with the command on the server" in LogEntry.objects.get().change_message


def test_command_for_nobody_says_so():
    with pytest.raises(CommandError, match="There is no account with the name owner"):
        call_command("reset_two_factor", "owner")


def test_keys_and_codes_of_others_are_on_no_page():
    desk = whole(member(is_superuser=True))
    assert [desk.get(f"/admin/{app}/").status_code for app in ("otp_totp", "otp_static", "axes")] == [404] * 3

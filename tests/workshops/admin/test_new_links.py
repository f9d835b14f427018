"""Staff send somebody a new link: the old one was lost, or got into other hands."""

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import resolve

from tests import factories
from tests.guides.admin.posting import act_on, desk, messages_of
from tests.workshops.queued import queued
from workshops.links import place_path, sign_up_for
from workshops.models import SignUp

pytestmark = pytest.mark.django_db
ACT = "renew_link_selected"


def token_of(sign_up):
    return resolve(place_path(sign_up)).kwargs["token"]


def test_new_link_is_sent_and_the_old_one_stops(organiser):
    sign_up = factories.sign_up(email="ann@example.org")
    old = token_of(sign_up)
    response = act_on(organiser, [sign_up], ACT)
    assert messages_of(response) == ["1 person will be e-mailed a new link. The old one has stopped."]
    assert [to for _, to in queued()] == ["ann@example.org"]
    with pytest.raises(SignUp.DoesNotExist):
        sign_up_for(old)
    assert sign_up_for(token_of(SignUp.objects.get())) == sign_up
    assert LogEntry.objects.get().change_message == "Made a new link."


def test_who_waits_gets_a_new_link_and_who_left_gets_none(organiser):
    waiting = factories.sign_up(email="w@example.org", status="waiting")
    gone = factories.sign_up(status="given back")
    response = act_on(organiser, [waiting, gone], ACT)
    assert messages_of(response) == [
        "1 person will be e-mailed a new link. The old one has stopped.",
        "No new link for 1 person: no place, and not waiting for one, any more; or the workshop has begun.",
    ]
    assert [to for _, to in queued()] == ["w@example.org"]


def test_new_links_go_to_at_most_a_hundred_people_at_once(organiser):
    date = factories.workshop_date(capacity=101)
    response = act_on(organiser, [factories.sign_up(date=date) for _ in range(101)], ACT)
    assert messages_of(response) == [
        "You chose 101 people. This works for at most 100 at once, and nothing was done. "
        "Narrow the list, to one date for instance."
    ]
    assert queued() == []


@pytest.mark.parametrize("permissions", [("view_signup",), ("view_signup", "view_workshopdate")])
def test_who_may_only_look_sends_no_links(client, before_the_workshop, permissions):
    sign_up = factories.sign_up()
    client.force_login(factories.staff(*permissions))
    act_on(client, [sign_up], ACT)
    assert (SignUp.objects.get().link_version, queued()) == (1, [])
    assert client.get(desk(SignUp, "changelist")).context["action_form"] is None

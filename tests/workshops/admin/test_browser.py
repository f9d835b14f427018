"""The staff's pages for workshops in a real browser: security policy, accessibility, small screens."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import factories
from tests.following import follow
from tests.guides.admin.posting import desk
from tests.journeys.axe import STAFF_RULES, violations
from tests.staff_browser import faults_of_all
from workshops.models import SignUp, Workshop, WorkshopDate

pytestmark = pytest.mark.django_db(transaction=True)


def pages():
    """One address of every kind."""
    councils = [factories.council(name=f"Long Name of a Metropolitan Borough Council {number}") for number in range(3)]
    workshop = factories.workshop(
        reach="except", councils=councils[:1], illustration="clock", illustration_alt="A clock"
    )
    soon = (timezone.now() + timedelta(days=9)).replace(second=0, microsecond=0)
    date = factories.workshop_date(workshop=workshop, starts_at=soon, capacity=2)
    factories.workshop_date(workshop=workshop, starts_at=soon + timedelta(days=7), status="draft")
    cancelled = factories.workshop_date(workshop=workshop, starts_at=soon + timedelta(days=8), status="cancelled")
    email = "a-very-long-address-of-somebody@long-name-of-a-host.example"
    needs = "Captions, and questions by chat"
    sign_up = factories.sign_up(date=date, council=councils[1], email=email, access_needs=needs)
    factories.sign_up(date=date, status="waiting")
    own = [f"/admin/workshops/workshopdate/{date.pk}/{act}/" for act in ("people", "copies", "cancel", "message")]
    return [
        *("/admin/", "/admin/workshops/", desk(Workshop, "changelist"), desk(Workshop, "add"), desk(workshop)),
        *(desk(workshop, "history"), desk(workshop, "delete"), desk(WorkshopDate, "changelist")),
        *(desk(WorkshopDate, "add"), desk(date), desk(cancelled), desk(date, "history"), *own),
        *(desk(SignUp, "changelist"), desk(sign_up), f"/admin/workshops/signup/give-back/?who={sign_up.pk}"),
    ]


def test_every_page_is_safe_accessible_and_no_wider_than_a_phone(desk_page):
    assert faults_of_all(desk_page, pages()) == {}


def test_message_is_written_looked_at_and_sent(desk_page):
    date = factories.workshop_date(starts_at=timezone.now() + timedelta(days=9))
    factories.sign_up(date=date)
    desk_page.goto(desk_page.base + desk(date))
    follow(desk_page.locator("text=Message to everyone"))
    desk_page.fill("[name=subject]", "Bring a pen")
    desk_page.fill("[name=text]", "One.\n\nTwo.")
    follow(desk_page.locator("text=See how it looks"))
    assert desk_page.locator(".letter").inner_text().startswith("Bring a pen")
    follow(desk_page.locator("text=E-mail it to 1 person"))
    assert desk_page.locator(".messagelist").inner_text() == "1 person will be e-mailed your message."


def test_date_with_people_is_moved_after_a_question(desk_page):
    date = factories.workshop_date(starts_at=factories.next_month())
    factories.sign_up(date=date)
    desk_page.goto(desk_page.base + desk(date))
    desk_page.fill("[name=starts_at_1]", "6am")
    follow(desk_page.locator("[name=_save]"))
    assert desk_page.complaints == []
    assert violations(desk_page, STAFF_RULES) == []
    desk_page.set_viewport_size({"width": 320, "height": 700})
    assert not desk_page.evaluate("document.documentElement.scrollWidth > innerWidth")
    follow(desk_page.locator("text=Go back and edit"))
    assert desk_page.input_value("[name=starts_at_1]") == "6am"
    follow(desk_page.locator("[name=_save]"))
    follow(desk_page.locator("text=Save and e-mail 1 person"))
    assert desk_page.locator(".messagelist").inner_text().startswith("1 e-mail about the change will be sent")


def test_printed_list_of_people_has_neither_menus_nor_buttons(desk_page):
    date = factories.workshop_date(starts_at=timezone.now() + timedelta(days=9))
    factories.sign_up(date=date)
    desk_page.goto(f"{desk_page.base}/admin/workshops/workshopdate/{date.pk}/people/")
    desk_page.emulate_media(media="print")
    seen = desk_page.locator("body").inner_text()
    assert ("Ann" in seen, "Give back" in seen, "CSV" in seen, "Log out" in seen) == (True, False, False, False)

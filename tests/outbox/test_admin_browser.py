"""The staff's list of e-mails in a real browser."""

import pytest
from django.utils import timezone

from tests import factories
from tests.staff_browser import faults_of, is_wider_than_the_window, log_in

pytestmark = pytest.mark.django_db(transaction=True)
LIST = "/admin/outbox/queuedemail/"


@pytest.fixture
def addresses(page, live_server):
    """Of one page of every kind, for the staff's browser."""
    log_in(page, live_server.url)
    text = {"sent_subject": "Hello", "sent_text": "Hello.\n\nhttps://" + "x" * 200, "sent_html": "<p>Hello.</p>"}
    sent = factories.queued_email(status="sent", sent_at=timezone.now(), **text)
    dead = factories.queued_email(status="dead", why=f"The mail server said: 550 {'x' * 100}")
    return ["/admin/", LIST, f"{LIST}?stuck=yes", f"{LIST}{sent.pk}/change/", f"{LIST}{dead.pk}/change/"]


def test_pages_obey_the_security_policy_and_the_rules_of_accessibility(page, addresses):
    found = {address: faults_of(page, address) for address in addresses}
    assert {address: faults for address, faults in found.items() if faults} == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_stand_apart_seven_to_one(page, addresses, scheme):
    page.emulate_media(color_scheme=scheme)
    found = {address: faults_of(page, address, runOnly=["color-contrast-enhanced"]) for address in addresses}
    assert {address: faults for address, faults in found.items() if faults} == {}


def test_no_page_is_wider_than_a_phone(page, addresses):
    page.set_viewport_size({"width": 320, "height": 700})
    assert [address for address in addresses if is_wider_than_the_window(page, address)] == []


def test_dead_email_is_put_back_on_its_own_page(page, addresses):
    page.goto(f"{page.base}{addresses[4]}")
    page.click("text=Send again")
    assert page.locator(".messagelist").inner_text() == "1 e-mail put back into the queue. We try to send them now."


def test_dead_email_is_put_back_with_two_presses(page, addresses):
    page.goto(f"{page.base}{addresses[2]}")
    page.check("#action-toggle")
    page.select_option("select[name=action]", label="Send again")
    page.click("button[name=index]")
    assert page.locator(".messagelist").inner_text() == "1 e-mail put back into the queue. We try to send them now."

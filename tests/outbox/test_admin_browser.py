"""The staff's list of e-mails in a real browser."""

import pytest
from django.utils import timezone

from tests import factories
from tests.following import follow
from tests.staff_browser import faults_of_all, log_in

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


def test_every_page_is_safe_accessible_and_no_wider_than_a_phone(page, addresses):
    assert faults_of_all(page, addresses) == {}


def test_dead_email_is_put_back_on_its_own_page(page, addresses):
    page.goto(f"{page.base}{addresses[4]}")
    follow(page.locator("text=Send again"))
    assert page.locator(".messagelist").inner_text() == "1 e-mail put back into the queue. We try to send them now."


def test_dead_email_is_put_back_with_two_presses(page, addresses):
    page.goto(f"{page.base}{addresses[2]}")
    page.check("#action-toggle")
    page.select_option("select[name=action]", label="Send again")
    follow(page.locator("button[name=index]"))
    assert page.locator(".messagelist").inner_text() == "1 e-mail put back into the queue. We try to send them now."

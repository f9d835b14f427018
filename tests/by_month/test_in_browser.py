"""The figures for funders in a real browser: security policy, accessibility, small screens, paper."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests import factories
from tests.staff_browser import faults_of

pytestmark = pytest.mark.django_db(transaction=True)
PAGES = ["/admin/bookings/by-month/", "/admin/workshops/by-month/"]


@pytest.fixture(autouse=True)
def figures() -> None:
    midday = timezone.now().replace(hour=12, minute=0, second=0, microsecond=0)
    topic = factories.topic(name="Special educational needs and disabilities")
    council = factories.council(name="Bournemouth, Christchurch and Poole Council")
    start = midday - timedelta(days=40)
    workshop = factories.workshop(title="Demand Avoidance and what helps at home and at school", topic=topic)
    adviser = factories.adviser(weekdays=())
    factories.booking(adviser=adviser, starts_at=start, is_upcoming=False, topic=topic, council=council)
    factories.sign_up(date=factories.workshop_date(workshop=workshop, starts_at=start), council=council)


@pytest.mark.parametrize("address", PAGES)
def test_page_is_safe_accessible_and_no_wider_than_a_phone(desk_page, address):
    assert faults_of(desk_page, address) == []


@pytest.mark.parametrize("address", PAGES)
def test_period_is_chosen_mended_and_left_off_paper(desk_page, address):
    desk_page.goto(f"{desk_page.base}{address}?from=soon&to=2026-05")
    first = desk_page.get_by_label("First month")
    expect(first).to_have_value("soon")
    expect(first).to_have_attribute("aria-invalid", "true")
    first.fill("March 2026")
    desk_page.get_by_role("button", name="Show these months").click()
    expect(desk_page.get_by_role("heading", level=1)).to_contain_text("by month: March 2026 to May 2026")
    expect(desk_page.get_by_role("table", name="By month, March 2026 to May 2026")).to_be_visible()
    desk_page.emulate_media(media="print")
    expect(desk_page.get_by_role("button", name="Show these months")).to_be_hidden()


def test_page_that_asks_again_is_accessible_too(desk_page):
    # The browser itself notes that the answer has status 400.
    address = f"{PAGES[0]}?from=soon&to=2026-05"
    assert [fault for fault in faults_of(desk_page, address) if "status of 400" not in fault] == []

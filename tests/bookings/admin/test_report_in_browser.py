"""The managers' report in a real browser: security policy, accessibility, small screens."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import factories
from tests.staff_browser import faults_of

pytestmark = pytest.mark.django_db(transaction=True)
PAGE = "/admin/bookings/supply/"


@pytest.fixture(autouse=True)
def calls() -> None:
    adviser = factories.adviser(topics=[factories.topic(name="Special educational needs and disabilities")])
    midday = timezone.now().replace(hour=12, minute=0, second=0, microsecond=0)
    council = factories.council(name="Bournemouth, Christchurch and Poole Council")
    for number, outcome in enumerate(["helped", "not reached", ""]):
        start = midday - timedelta(weeks=1, hours=number)
        factories.booking(adviser=adviser, starts_at=start, is_upcoming=False, outcome=outcome, council=council)
    factories.waiting_entry(topic=adviser.topics.get())


def test_report_is_safe_accessible_and_no_wider_than_a_phone(desk_page):
    assert faults_of(desk_page, PAGE) == []


def test_kinds_of_bars_differ_in_more_than_colour(desk_page):
    desk_page.goto(desk_page.base + PAGE)
    drawn = {
        kind: desk_page.locator(f".chart .bar-{kind}").first.evaluate(
            "bar => [getComputedStyle(bar).fill, getComputedStyle(bar).strokeDasharray].join()"
        )
        for kind in ("reached", "missed", "unknown")
    }
    assert len(set(drawn.values())) == 3
    assert "striped" in drawn["missed"]
    assert drawn["unknown"].startswith("none,2")

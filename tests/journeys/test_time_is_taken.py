"""The time that was chosen is taken: by another family, or by oneself a moment ago. One adviser, so one call a time."""

import pytest
from playwright.sync_api import expect

from tests.following import follow
from tests.journeys.test_booking_a_call import DETAILS, TIMES, book, choose, fill_in, heading

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("adviser")]


def test_back_button_leads_to_no_second_call(visit_own):
    page = visit_own(TIMES, refusing=DETAILS)
    book(page)
    booked = page.url
    page.go_back()
    expect(page.locator("main")).to_contain_text("If you have just booked it, all is well: look for our e-mail.")
    expect(page.locator(".error-summary")).to_have_count(0)
    page.go_forward()
    expect(page).to_have_url(booked)
    follow(page.get_by_role("link", name="Cancel this call"))
    follow(page.get_by_role("button", name="Yes, cancel my call"))
    page.go_back()
    expect(heading(page)).to_have_text("Your call is cancelled")


def test_page_that_was_open_too_long_keeps_all_and_books_another_time(visit_own):
    slow = visit_own(TIMES, refusing=DETAILS, java_script_enabled=False)
    choose(slow)
    follow(slow.get_by_role("button", name="Continue"))
    email = fill_in(slow)
    slow.get_by_label("What would you like to talk about?").fill("School says he is fine.")
    slow.get_by_label("Relay UK").check()
    book(visit_own(TIMES))
    follow(slow.get_by_role("button", name="Book this call"))
    expect(slow.locator(".error-summary")).to_contain_text("That time is no longer free. Choose another one.")
    expect(slow.get_by_label("Your e-mail address")).to_have_value(email)
    expect(slow.get_by_label("What would you like to talk about?")).to_have_value("School says he is fine.")
    expect(slow.get_by_label("Relay UK")).to_be_checked()
    chosen = choose(slow)
    follow(slow.get_by_role("button", name="Book this call"))
    expect(heading(slow)).to_have_text("Your call is booked")
    expect(slow.get_by_text(chosen)).to_be_visible()

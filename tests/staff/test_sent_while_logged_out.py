"""Whoever is logged out while they type has lost nothing."""

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from guides.models import Guide
from tests import factories
from tests.bookings.admin.acting import act_address
from tests.following import follow
from tests.guides.admin.posting import desk
from tests.journeys.axe import STAFF_RULES, violations

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "a long and safe password"
KEPT = "sessionStorage.getItem('sent-while-logged-out')"
NOTICE = ".sent-before[role=status]"
PUT_BACK = "Put back what you typed"


def save(page, name="Save"):
    follow(page.get_by_role("button", name=name, exact=True).first)


def log_in_again(page, person=None):
    person = person or User.objects.get()
    person.set_password(PASSWORD)
    person.save()
    page.fill("#id_username", person.username)
    page.fill("#id_password", PASSWORD)
    follow(page.locator("input[type=submit]").first)


def test_text_sent_after_the_end_of_a_session_is_put_back(desk_page):
    guide = factories.guide(status="draft", title="Before", body="One.")
    address = desk_page.base + desk(guide)
    desk_page.goto(address)
    desk_page.fill("#id_title", "After")
    desk_page.locator(".markdownx-editor").fill("Two.\n\nThree.")
    Session.objects.all().delete()
    save(desk_page)
    expect(desk_page.locator(NOTICE)).to_contain_text("Log in again: then you can put back what you typed.")
    assert violations(desk_page, STAFF_RULES) == []
    log_in_again(desk_page)
    expect(desk_page).to_have_url(address)
    expect(desk_page.locator("#id_title")).to_have_value("Before")
    assert violations(desk_page, STAFF_RULES) == []
    desk_page.get_by_role("button", name=PUT_BACK).focus()
    desk_page.keyboard.press("Enter")
    expect(desk_page.locator("#id_title")).to_have_value("After")
    expect(desk_page.locator(NOTICE)).to_contain_text("Look it over, then save it.")
    save(desk_page)
    assert Guide.objects.values_list("title", "body").get() == ("After", "Two.\n\nThree.")
    desk_page.goto(address)
    expect(desk_page.get_by_role("button", name=PUT_BACK)).to_have_count(0)
    assert desk_page.evaluate(KEPT) is None


def test_ticks_choices_and_what_has_no_place_come_back_too(desk_page):
    call = factories.booking(starts_at=factories.next_month())
    desk_page.goto(desk_page.base + act_address(call, "correct"))
    desk_page.check("[name=access_needs][value=bsl]")
    desk_page.fill("[name=access_details]", "By video")
    desk_page.evaluate(
        "document.querySelector('[name=access_details]').insertAdjacentHTML('afterend', '<input name=row value=Extra>')"
    )
    Session.objects.all().delete()
    follow(desk_page.locator("#content form[method=post] [type=submit]").first)
    log_in_again(desk_page)
    desk_page.get_by_role("button", name=PUT_BACK).click()
    expect(desk_page.locator("[name=access_needs][value=bsl]")).to_be_checked()
    expect(desk_page.locator("[name=access_needs][value=relay]")).not_to_be_checked()
    expect(desk_page.locator("[name=access_details]")).to_have_value("By video")
    expect(desk_page.locator(NOTICE)).to_contain_text("These have no place on this page now:")
    expect(desk_page.locator(NOTICE).locator("li")).to_have_text(["Extra"])


def test_what_was_refused_or_saved_is_not_offered(desk_page):
    guide = factories.guide(status="draft", title="Before")
    desk_page.goto(desk_page.base + desk(guide))
    desk_page.fill("#id_title", "")
    save(desk_page)
    expect(desk_page.locator(".errornote")).to_be_visible()
    expect(desk_page.get_by_role("button", name=PUT_BACK)).to_have_count(0)
    desk_page.fill("#id_title", "After")
    save(desk_page)
    assert desk_page.evaluate(KEPT) is None


# Nothing is sent, so that no other page forgets what was kept.
SUBMIT = "document.querySelector('#content form[method=post]').dispatchEvent(new Event('submit'))"


def test_nobody_else_is_offered_it(desk_page):
    guide = factories.guide(status="draft", title="Before")
    desk_page.goto(desk_page.base + desk(guide))
    desk_page.fill("#id_title", "A secret")
    Session.objects.all().delete()
    save(desk_page)
    expect(desk_page.locator(NOTICE)).to_be_visible()
    log_in_again(desk_page, factories.staff(is_superuser=True))
    expect(desk_page.locator("#id_title")).to_have_value("Before")
    expect(desk_page.locator(NOTICE)).to_have_count(0)
    assert desk_page.evaluate(KEPT) is None


def test_whoever_goes_on_to_the_public_site_leaves_nothing(desk_page):
    guide = factories.guide(status="draft")
    desk_page.goto(desk_page.base + desk(guide))
    desk_page.evaluate(SUBMIT)
    assert "csrfmiddlewaretoken" not in desk_page.evaluate(KEPT)
    assert guide.title in desk_page.evaluate(KEPT)
    desk_page.goto(f"{desk_page.base}/about/")
    assert desk_page.evaluate(KEPT) is None


def test_passwords_and_buttons_without_text_are_kept_nowhere(desk_page):
    call = factories.booking(starts_at=factories.next_month())
    for address in ("/admin/password_change/", act_address(call, "new-link")):
        desk_page.goto(desk_page.base + address)
        desk_page.evaluate(SUBMIT)
        assert desk_page.evaluate(KEPT) is None, address

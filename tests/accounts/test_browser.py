"""The second step in a real browser: first log-in, later ones, a recovery code, a lost phone."""

from base64 import b32decode

import pytest
from playwright.sync_api import expect

from sendguide.accounts.models import FailedLogin
from tests.accounts.people import (
    CODE,
    CODES,
    LOGIN,
    MINE,
    PASSWORD,
    SET_UP,
    digits_of,
    member,
    recovery_codes,
    with_phone,
    wrong_digits,
)
from tests.following import follow
from tests.journeys.axe import CONTRAST_RULES, STAFF_RULES, know_the_rules, violations
from tests.staff_browser import IS_TOO_WIDE, NOTHING_MOVES, PHONES, WIDE, faults_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("two_factor")]


@pytest.fixture
def stranger(page, live_server):
    """Somebody before the log-in page."""
    page.base = live_server.url
    page.complaints = []
    page.on("console", lambda message: message.type == "error" and page.complaints.append(message.text))
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    know_the_rules(page)
    page.goto(f"{page.base}/admin/")
    return page


def faults_here(page):
    """Of the page as it stands, wide and narrow, light and dark."""
    found = [*page.complaints, *violations(page, STAFF_RULES)]
    for size in (WIDE, *PHONES):
        page.set_viewport_size(size)
        if page.evaluate(IS_TOO_WIDE):
            found.append(f"wider than {size['width']} px")
    page.emulate_media(color_scheme="dark")
    page.evaluate(NOTHING_MOVES)
    found += [f"dark, {fault}" for fault in violations(page, CONTRAST_RULES)]
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(WIDE)
    return found


def is_at(page, path):
    expect(page).to_have_url(f"{page.base}{path}")


def give_password(page, person, password=PASSWORD):
    page.fill("#id_username", person.username)
    page.fill("#id_password", password)
    follow(page.locator("input[type=submit]").first)


def give_code(page, code):
    page.fill("#id_code", code)
    follow(page.locator("input[type=submit]").first)


def test_first_log_in(stranger):
    person = member(is_superuser=True)
    give_password(stranger, person)
    is_at(stranger, f"{SET_UP}?next=%2Fadmin%2F")
    expect(stranger.locator("img.square")).to_have_js_property("complete", True)
    assert stranger.locator("img.square").evaluate("image => image.naturalWidth") > 100
    assert faults_here(stranger) == []
    key = b32decode(stranger.locator(".key code").inner_text().replace(" ", "").upper()).hex()
    give_code(stranger, wrong_digits(key))
    expect(stranger.locator("#id_code_error")).to_contain_text("This is not the number in the app now.")
    assert faults_here(stranger) == []
    give_code(stranger, digits_of(key))
    is_at(stranger, f"{CODES}?next=%2Fadmin%2F")
    shown = [code.replace(" ", "") for code in stranger.locator(".codes code").all_inner_texts()]
    assert faults_here(stranger) == []
    follow(stranger.locator("input[type=submit]").first)
    is_at(stranger, "/admin/")
    expect(stranger.locator(".messagelist .success")).to_contain_text("can log in now")
    assert sorted(shown) == sorted(recovery_codes(person))


def test_later_log_in_and_the_page_of_ones_own_second_step(stranger):
    person = member(is_superuser=True)
    phone = with_phone(person)
    give_password(stranger, person)
    is_at(stranger, f"{CODE}?next=%2Fadmin%2F")
    assert faults_here(stranger) == []
    give_code(stranger, wrong_digits(phone.key))
    expect(stranger.locator("#id_code_error")).to_be_visible()
    give_code(stranger, recovery_codes(person)[0])
    # The wrong digits were the phone's: its recovery codes need not wait.
    is_at(stranger, "/admin/")
    expect(stranger.locator(".messagelist .warning")).to_contain_text("You have 9 recovery codes left.")
    follow(stranger.locator("text=Second step").first)
    is_at(stranger, MINE)
    assert faults_here(stranger) == []
    follow(stranger.locator("text=Make new recovery codes").first)
    expect(stranger.locator(".codes li")).to_have_count(10)
    assert faults_here(stranger) == []
    follow(stranger.locator("text=I have kept them").first)
    is_at(stranger, MINE)
    expect(stranger.locator("#content-main")).to_contain_text("You have 10 recovery codes left")


def test_lost_phone(stranger):
    person, manager = member(), member(is_superuser=True)
    with_phone(person)
    phone = with_phone(manager)
    give_password(stranger, manager)
    give_code(stranger, digits_of(phone.key))
    is_at(stranger, "/admin/")
    stranger.goto(f"{stranger.base}/admin/auth/user/{person.pk}/change/")
    follow(stranger.locator("text=Reset second step").first)
    is_at(stranger, f"/admin/auth/user/{person.pk}/reset-second-step/")
    assert faults_here(stranger) == []
    follow(stranger.locator("text=Reset their second step").first)
    expect(stranger.locator(".messagelist .success")).to_contain_text("is logged out everywhere")
    stranger.context.clear_cookies()
    stranger.goto(f"{stranger.base}{LOGIN}")
    give_password(stranger, person)
    expect(stranger.locator("h1")).to_have_text("Set up your second step")


def test_locked_out(stranger, settings):
    settings.AXES_FAILURE_LIMIT = 1
    give_password(stranger, member(), "not this one")
    expect(stranger.locator("h1")).to_have_text("Too many wrong passwords")
    stranger.complaints.clear()  # the browser tells of every 4xx
    assert faults_here(stranger) == []


def test_list_of_wrong_passwords(settings, desk_page):
    fields = {"username": "Marta", "ip_address": "2001:db8::", "user_agent": "x"}
    settings.STAFF_TWO_FACTOR = False
    FailedLogin.objects.create(**fields, failures_since_start=5)
    assert faults_of(desk_page, "/admin/accounts/failedlogin/") == []

"""No time suits: waiting for a call, from joining the list to the call that is booked by the link in an e-mail."""

import itertools

import pytest
from playwright.sync_api import Page, expect

from bookings.links import offer_path, waiting_path
from bookings.models import Offer, WaitingEntry
from sendguide.outbox.models import QueuedEmail
from tests import factories
from tests.following import follow, press_enter
from tests.journeys.focus import tab_to
from tests.journeys.looking import Looks

pytestmark = pytest.mark.django_db(transaction=True)
people = itertools.count(1)
JOIN = "/support-call/waiting-list/"


def open_from_email(page: Page, kind: str) -> None:
    """Follow the link of the newest e-mail of this ``kind``."""
    about = QueuedEmail.objects.filter(kind=f"bookings.{kind}").latest("pk").about
    if kind == "offer":
        path = offer_path(Offer.objects.select_related("entry").get(pk=about))
    else:
        path = waiting_path(WaitingEntry.objects.get(pk=about))
    page.goto("/".join(page.url.split("/")[:3]) + path)


def join(page: Page) -> None:
    page.get_by_label("Your e-mail address").fill(f"ann-{next(people)}@example.org")
    follow(page.get_by_role("button", name="Join the waiting list"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Now open our e-mail and press the button")


def say_yes(page: Page) -> None:
    open_from_email(page, "waiting")
    follow(page.get_by_role("button", name="Yes, I want to wait"))
    expect(page.get_by_role("heading", level=1)).to_have_text("We hold a time for you")


def fill_in(page: Page) -> None:
    page.get_by_label("Your name").fill("Ann")
    page.get_by_label("The phone number to call you on").fill(f"07700 900{next(people):03}")
    page.get_by_label("Your e-mail address").fill(f"ann-{next(people)}@example.org")
    page.get_by_label("A word of your choice").fill("sunshine")


def test_offer_in_an_email_becomes_a_call_without_javascript(visit_own, adviser):
    page = visit_own(JOIN, java_script_enabled=False)
    page.get_by_label("Mornings").check()
    join(page)
    say_yes(page)
    open_from_email(page, "offer")
    expect(page.get_by_role("heading", level=1)).to_have_text("A time for your call")
    fill_in(page)
    follow(page.get_by_role("button", name="Book this call"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Your call is booked")
    open_from_email(page, "offer")
    expect(page.get_by_role("heading", level=1)).to_have_text("You have booked this time")


def test_time_is_declined_and_the_list_left_without_javascript(visit_own, adviser):
    page = visit_own(JOIN, java_script_enabled=False)
    join(page)
    say_yes(page)
    open_from_email(page, "offer")
    page.get_by_text("This time does not suit me").click()
    follow(page.get_by_role("button", name="Say no to this time"))
    expect(page.get_by_role("heading", level=1)).to_have_text("You said no to this time")
    follow(page.get_by_role("link", name="See your place on the list"))
    expect(page.get_by_role("heading", level=1)).to_have_text("You are 1st in line")
    page.get_by_text("Leave the waiting list", exact=True).click()
    follow(page.get_by_role("button", name="Yes, leave the waiting list"))
    expect(page.get_by_role("heading", level=1)).to_have_text("You left the waiting list")
    follow(page.get_by_role("link", name="Join the waiting list again"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Wait for a time that suits you")


def test_council_is_chosen_on_the_way_and_comes_back(visit_own):
    factories.council(slug="hull", name="Hull City Council", short_names=["Hull"])
    topic = factories.topic(slug="sleep", name="Sleep")
    page = visit_own(f"{JOIN}?topic=sleep")
    follow(page.get_by_role("link", name="Tell us where you live"))
    page.get_by_label("Or choose your council").select_option("hull")
    follow(page.get_by_role("button", name="Continue").last)
    expect(page.get_by_text("You live in Hull")).to_be_visible()
    expect(page.get_by_label("What would you like to talk about?")).to_have_value("sleep")
    join(page)
    entry = WaitingEntry.objects.select_related("council").get()
    assert (entry.topic, entry.council.slug) == (topic, "hull")


def test_error_is_in_focus_and_what_was_typed_is_kept(visit_own):
    page = visit_own(JOIN, refusing=JOIN)
    page.get_by_label("Tuesday").check()
    page.get_by_label("Evenings").check()
    page.get_by_label("Your e-mail address").fill("ann at example")
    follow(page.get_by_role("button", name="Join the waiting list"))
    summary = page.locator(".error-summary")
    expect(summary).to_be_focused()
    summary.get_by_role("link").click()
    expect(page.get_by_label("Your e-mail address")).to_be_focused()
    expect(page.get_by_label("Your e-mail address")).to_have_value("ann at example")
    for box in ("Tuesday", "Evenings"):
        expect(page.get_by_label(box)).to_be_checked()


def test_waiting_and_booking_need_no_mouse(visit_own, adviser):
    page = visit_own(JOIN, width=1280)
    for name in ("weekdays", "parts"):
        tab_to(page, f"input {name}")
        page.keyboard.press("Space")
    tab_to(page, "input email")
    page.keyboard.type(f"ann-{next(people)}@example.org")
    tab_to(page, "button Join the waiting list")
    press_enter(page)
    page.wait_for_url("**/joined/")
    entry = WaitingEntry.objects.get()
    assert (entry.weekdays, entry.parts) == ([0], ["morning"])
    open_from_email(page, "waiting")
    tab_to(page, "button Yes, I want to wait")
    press_enter(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("We hold a time for you")
    open_from_email(page, "offer")
    typed_in = {"name": "Ann", "phone": "07700 900999", "email": entry.email, "word": "sunshine"}
    for name, typed in typed_in.items():
        tab_to(page, f"input {name}")
        page.keyboard.type(typed)
    tab_to(page, "button Book this call")
    press_enter(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Your call is booked")


def test_every_page_of_the_journey_breaks_no_rule(visit_own, adviser):
    page = visit_own(JOIN, width=320, reduced_motion="reduce", refusing=JOIN)
    looks = Looks(page)
    looks.at("joining")
    follow(page.get_by_role("button", name="Join the waiting list"))
    looks.at("errors")
    join(page)
    looks.at("joined")
    open_from_email(page, "waiting")
    looks.at("asked for a yes")
    follow(page.get_by_role("button", name="Yes, I want to wait"))
    looks.at("place with a time that is held")
    follow(page.get_by_role("link", name="Book this time, or say no"))
    looks.at("offer")
    follow(page.get_by_role("button", name="Say no to this time"))
    looks.at("declined")
    follow(page.get_by_role("link", name="See your place on the list"))
    looks.at("place")
    follow(page.get_by_role("button", name="Yes, leave the waiting list"))
    looks.at("left")
    assert looks == {}

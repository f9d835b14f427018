"""Signing up for a workshop, and giving the place back."""

import itertools
import re

from playwright.sync_api import Page, expect

from tests.following import follow, press_enter
from tests.journeys.focus import tab_to
from tests.journeys.looking import Looks

people = itertools.count(1)
# The second of the example dates.
FORM = "/workshops/masking/dates/2/?area=leeds"


def to_the_form(page: Page, council: str = "leeds") -> None:
    """From the programme to the form, through the question where somebody lives."""
    follow(page.get_by_role("link", name="Masking").first)
    follow(page.get_by_role("link", name=re.compile("^Sign up for")).first)
    page.get_by_label("Or choose your council").select_option(council)
    follow(page.get_by_role("button", name="Continue").last)


def fill_in(page: Page) -> None:
    page.get_by_label("Your name").fill("Ann")
    page.get_by_label("Your e-mail address").fill(f"ann-{next(people)}@example.org")


def sign_up(page: Page) -> None:
    to_the_form(page)
    fill_in(page)
    follow(page.get_by_role("button", name="Sign up for this workshop"))


def test_place_is_taken_and_given_back_without_javascript(visit):
    page = visit("/workshops/", java_script_enabled=False)
    sign_up(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("You have a place")
    page.get_by_text("I can't come: give my place back").click()
    follow(page.get_by_role("button", name="Yes, give my place back"))
    expect(page.get_by_role("heading", level=1)).to_have_text("You gave your place back")
    follow(page.get_by_role("link", name="Sign up again"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Masking: where do you live?")


def test_postcode_leads_on_and_stands_nowhere(visit):
    page = visit("/workshops/")
    follow(page.get_by_role("link", name="Masking").first)
    follow(page.get_by_role("link", name=re.compile("^Sign up for")).first)
    page.get_by_label("Your postcode").fill("ls1 1ur")
    follow(page.get_by_role("button", name="Continue").first)
    expect(page.get_by_text("You live in Leeds")).to_be_visible()
    assert page.url.endswith("/?area=leeds")


def test_who_lives_outside_is_told_before_anything_else_is_asked(visit):
    page = visit("/workshops/")
    follow(page.get_by_role("link", name="Sleep Support").first)
    follow(page.get_by_role("link", name=re.compile("^Sign up for")).first)
    page.get_by_label("Or choose your council").select_option("hull")
    follow(page.get_by_role("button", name="Continue").last)
    expect(page.get_by_role("heading", level=1)).to_have_text("This workshop is not open to Hull")
    expect(page.get_by_label("Your name")).to_have_count(0)
    follow(page.get_by_role("link", name="Local help in Hull"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Hull City Council")


def test_error_is_in_focus_and_leads_to_its_field(visit):
    page = visit("/workshops/", refusing=FORM)
    to_the_form(page)
    page.get_by_label("Your name").fill("Ann")
    page.get_by_label("Your e-mail address").fill("ann at example")
    follow(page.get_by_role("button", name="Sign up for this workshop"))
    summary = page.locator(".error-summary")
    expect(summary).to_be_focused()
    summary.get_by_role("link").click()
    expect(page.get_by_label("Your e-mail address")).to_be_focused()
    expect(page.get_by_label("Your e-mail address")).to_have_value("ann at example")
    expect(page.get_by_label("Your name")).to_have_value("Ann")


def test_sign_up_needs_no_mouse(visit):
    page = visit("/workshops/masking/", width=1280)
    tab_to(page, f"a {page.get_by_role('link', name=re.compile('^Sign up for')).first.inner_text()}"[:80])
    press_enter(page)
    page.wait_for_url("**/dates/*/")
    tab_to(page, f"select {page.locator('#council').inner_text().strip()}"[:80])
    page.keyboard.type("Leeds")
    tab_to(page, "button Continue")
    press_enter(page)
    page.wait_for_url("**/?area=leeds")
    tab_to(page, "input name")
    page.keyboard.type("Ann")
    tab_to(page, "input email")
    page.keyboard.type(f"ann-{next(people)}@example.org")
    tab_to(page, "button Sign up for this workshop")
    press_enter(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("You have a place")


def test_every_page_of_the_journey_breaks_no_rule(visit):
    page = visit("/workshops/", width=320, reduced_motion="reduce", refusing=FORM)
    looks = Looks(page)
    follow(page.get_by_role("link", name="Masking").first)
    follow(page.get_by_role("link", name=re.compile("^Sign up for")).first)
    looks.at("where")
    page.get_by_label("Or choose your council").select_option("leeds")
    follow(page.get_by_role("button", name="Continue").last)
    looks.at("form")
    follow(page.get_by_role("button", name="Sign up for this workshop"))
    looks.at("errors")
    fill_in(page)
    follow(page.get_by_role("button", name="Sign up for this workshop"))
    looks.at("place, about to give it back")
    follow(page.get_by_role("button", name="Yes, give my place back"))
    looks.at("given back")
    page.goto(page.url.partition("/workshops/")[0] + "/workshops/?area=hull")
    looks.at("narrowed programme")
    assert looks == {}

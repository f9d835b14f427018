"""Booking a support call, moving it and cancelling it."""

import itertools
import re

from playwright.sync_api import Locator, Page, expect

from tests.following import follow, press_enter
from tests.journeys.axe import violations
from tests.journeys.focus import tab_to
from tests.journeys.looking import Looks

people = itertools.count(1)
TIMES, DETAILS = "/support-call/", "/support-call/details/"


def heading(page: Page):
    return page.get_by_role("heading", level=1)


def words(time: Locator) -> str:
    return (time.text_content() or "").strip()


def choose(page: Page, number: int = 0) -> str:
    """Choose one of the times that can be seen; how it is read out."""
    time = page.locator(".time:visible").nth(number)
    time.click()
    return words(time)


def fill_in(page: Page) -> str:
    """The address that was typed."""
    number = next(people)
    email = f"ann-{number}@example.org"
    page.get_by_label("Your name").fill("Ann")
    page.get_by_label("The phone number to call you on").fill(f"07700 90{number:04}")
    page.get_by_label("Your e-mail address").fill(email)
    page.get_by_label("A word of your choice").fill("sunshine")
    return email


def book(page: Page) -> str:
    """From the times to the booked call; its time in words."""
    chosen = choose(page)
    follow(page.get_by_role("button", name="Continue"))
    fill_in(page)
    follow(page.get_by_role("button", name="Book this call"))
    expect(heading(page)).to_have_text("Your call is booked")
    return chosen


def test_call_is_booked_moved_and_cancelled_without_javascript(visit):
    page = visit("/", java_script_enabled=False)
    expect(page.locator(".next-call")).to_contain_text("Next free call: ")
    follow(page.get_by_role("link", name="Book a free call"))
    chosen = book(page)
    assert re.fullmatch(r"[A-Z]\w+day \d+ [A-Z]\w+ 20\d\d, [\w:]+", chosen)
    expect(page.get_by_text(chosen)).to_be_visible()
    follow(page.get_by_role("link", name="Move this call"))
    moved = choose(page, 2)
    follow(page.get_by_role("button", name="Move my call to this time"))
    expect(heading(page)).to_have_text("Your call has a new time")
    expect(page.get_by_text(moved)).to_be_visible()
    follow(page.get_by_role("link", name="Cancel this call"))
    follow(page.get_by_role("button", name="Yes, cancel my call"))
    expect(heading(page)).to_have_text("Your call is cancelled")
    follow(page.get_by_role("link", name="Book another call"))
    # The time that was cancelled is there again.
    expect(page.get_by_label(moved, exact=True)).to_be_attached()


def test_postcode_and_topic_narrow_the_times_and_stay(visit):
    page = visit(TIMES, java_script_enabled=False)
    page.get_by_text("What is it about? (optional)").click()
    follow(page.get_by_role("link", name="Autism"))
    page.get_by_text("Where do you live? (optional)").click()
    page.get_by_label("Your postcode").fill("ls1 1ur")
    follow(page.get_by_role("button", name="Show times").first)
    expect(page.get_by_text("You live in Leeds")).to_be_visible()
    assert page.url.endswith("/support-call/?topic=autism&area=leeds")
    chosen = choose(page)
    follow(page.get_by_role("button", name="Continue"))
    expect(page.get_by_text("You want to talk about Autism. You live in Leeds.")).to_be_visible()
    follow(page.get_by_role("link", name="Change the time"))
    expect(page.get_by_text("You want to talk about Autism.")).to_be_visible()
    expect(page.get_by_label(chosen, exact=True)).to_be_attached()


def test_days_unfold_on_a_phone_and_stand_side_by_side_on_a_desk(visit):
    page = visit(TIMES, java_script_enabled=False)
    follow(page.get_by_role("link", name="Later dates"))
    days = page.locator(".day:not(.day-empty)")
    assert [days.nth(number).locator(".times").is_visible() for number in (0, 1)] == [True, False]
    days.nth(1).locator("summary").click()
    expect(days.nth(1).locator(".times")).to_be_visible()
    page.set_viewport_size({"width": 1280, "height": 900})
    tops = {days.nth(number).bounding_box()["y"] for number in range(days.count())}
    assert (days.count() >= 3, len(tops)) == (True, 1)
    assert [days.nth(number).locator(".times").is_visible() for number in range(3)] == [True] * 3
    assert page.locator(".day-fold:visible").count() == 0


def test_going_on_without_a_time_is_said_and_leads_to_the_times(visit):
    page = visit(TIMES, refusing=DETAILS)
    follow(page.get_by_role("button", name="Continue"))
    summary = page.locator(".error-summary")
    expect(summary).to_be_focused()
    summary.get_by_role("link", name="Choose a time for your call.").click()
    expect(page.locator(".time input").first).to_be_focused()
    book(page)


def test_link_of_an_error_shows_also_what_is_asked(visit):
    page = visit(TIMES, refusing=DETAILS, width=360, height=640)
    page.locator(".time").first.click()
    follow(page.get_by_role("button", name="Continue"))
    follow(page.get_by_role("button", name="Book this call"))
    page.locator(".error-summary").get_by_role("link", name="Enter a word").click()
    field = page.get_by_label("A word of your choice")
    expect(field).to_be_focused()
    expect(page.locator("label", has_text="A word of your choice")).to_be_in_viewport(ratio=1)
    expect(page.locator(f"#{field.get_attribute('id')}_helptext")).to_be_in_viewport(ratio=1)


def test_call_is_booked_moved_and_cancelled_without_a_mouse(visit):
    page = visit(TIMES, width=1280, height=900)
    tab_to(page, "input start")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    chosen = words(page.locator(".time:has(:checked)"))
    tab_to(page, "button Continue")
    press_enter(page)
    page.wait_for_url("**/details/?start=*")
    number = next(people)
    for name, text in {"name": "Ann", "phone": f"07700 90{number:04}"}.items():
        tab_to(page, f"input {name}")
        page.keyboard.type(text)
    tab_to(page, "input may_say_who")
    page.keyboard.press("ArrowUp")
    tab_to(page, "input email")
    page.keyboard.type(f"ann-{number}@example.org")
    tab_to(page, "input word")
    page.keyboard.type("sunshine")
    tab_to(page, "button Book this call")
    press_enter(page)
    expect(heading(page)).to_have_text("Your call is booked")
    expect(page.get_by_text(chosen)).to_be_visible()
    tab_to(page, "a Move this call")
    press_enter(page)
    page.wait_for_url("**/move/")
    tab_to(page, "input start")
    page.keyboard.press("Space")
    tab_to(page, "button Move my call to this time")
    press_enter(page)
    expect(heading(page)).to_have_text("Your call has a new time")
    tab_to(page, "a Cancel this call")
    press_enter(page)
    page.wait_for_url("**/cancel/")
    tab_to(page, "button Yes, cancel my call")
    press_enter(page)
    expect(heading(page)).to_have_text("Your call is cancelled")


def test_who_goes_back_and_sends_the_same_form_has_one_call(visit):
    page = visit(TIMES, refusing=DETAILS)
    choose(page)
    follow(page.get_by_role("button", name="Continue"))
    fill_in(page)
    form = page.locator("main form").evaluate("form => new URLSearchParams(new FormData(form)).toString()")
    follow(page.get_by_role("button", name="Book this call"))
    expect(heading(page)).to_have_text("Your call is booked")
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Referer": page.url}
    again = page.request.post(page.url.partition("/support-call/")[0] + DETAILS, data=form, headers=headers)
    assert again.url == page.url


def test_double_click_books_one_call(visit):
    page = visit(TIMES)
    choose(page)
    follow(page.get_by_role("button", name="Continue"))
    fill_in(page)
    page.get_by_role("button", name="Book this call").dblclick()
    expect(heading(page)).to_have_text("Your call is booked")


def test_chosen_time_is_seen_without_colours(visit):
    page = visit(TIMES, forced_colors="active", reduced_motion="reduce")
    page.locator(".time").first.click()
    looks = "span => [getComputedStyle(span, '::before').content, getComputedStyle(span).backgroundColor]"
    chosen, other = (page.locator(".time > span").nth(number).evaluate(looks) for number in (0, 1))
    assert (chosen[0], other[0]) == ('"✓"', "none")
    assert chosen[1] != other[1]


def test_booked_call_prints_clean(visit):
    page = visit(TIMES)
    chosen = book(page)
    page.emulate_media(media="print")
    expect(page.get_by_text(chosen)).to_be_visible()
    assert page.locator(".top, nav, .bottom, .skip, form, .call-deeds >> visible=true").count() == 0


def test_every_page_of_the_journey_breaks_no_rule(visit):
    page = visit(TIMES, width=320, reduced_motion="reduce", refusing=DETAILS)
    looks = Looks(page)
    looks.at("times")
    follow(page.get_by_role("button", name="Continue"))
    looks.at("no time chosen")
    choose(page)
    looks.at("a time chosen")
    follow(page.get_by_role("button", name="Continue"))
    looks.at("details")
    follow(page.get_by_role("button", name="Book this call"))
    looks.at("errors")
    fill_in(page)
    page.locator("input[name=start]").evaluate("start => { start.value = '20260105T1000Z' }")
    follow(page.get_by_role("button", name="Book this call"))
    looks.at("time is gone")
    choose(page)
    follow(page.get_by_role("button", name="Book this call"))
    expect(heading(page)).to_have_text("Your call is booked")
    looks.at("booked")
    follow(page.get_by_role("link", name="Move this call"))
    looks.at("moving")
    choose(page)
    follow(page.get_by_role("button", name="Move my call to this time"))
    looks.at("moved")
    follow(page.get_by_role("link", name="Cancel this call"))
    looks.at("cancelling")
    follow(page.get_by_role("button", name="Yes, cancel my call"))
    looks.at("cancelled")
    assert looks == {}


def test_looking_at_details_of_a_time_that_is_gone_breaks_no_rule(visit):
    page = visit(f"{DETAILS}?start=20260105T1000Z", refusing=DETAILS, reduced_motion="reduce")
    expect(page.locator(".narrowed")).to_contain_text("That time is no longer free.")
    assert violations(page) == []

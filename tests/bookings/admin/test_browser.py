"""The advisers' desk in a real browser: security policy, accessibility, small screens, keyboard, paper."""

from datetime import datetime, time, timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from playwright.sync_api import expect

from bookings.models import Adviser, Booking, TimeOff, WaitingEntry
from sendguide.lib.dates import LONDON
from tests import factories
from tests.following import follow, press_enter
from tests.guides.admin.posting import desk
from tests.staff_browser import IS_TOO_WIDE, PHONES, faults_of_all

pytestmark = pytest.mark.django_db(transaction=True)
DIARY, BOOK = "/admin/bookings/diary/", "/admin/bookings/book/"


def on_day(days, hour, minute=0):
    """That time in the UK, so many days from today."""
    day = timezone.localdate() + timedelta(days=days)
    return datetime.combine(day, time(hour, minute), LONDON)


@pytest.fixture
def amira(desk_page):
    """The adviser whose account the browser uses; she works every day."""
    return factories.adviser(name="Amira", user=User.objects.get(), weekdays=range(7))


def call_of(amira, starts_at, **fields):
    values = {
        "name": "Somebody With-A-Very-Long-Double-Name",
        "email": "a-very-long-address-of-somebody@long-name-of-a-host.example",
        "phone": "+447700900123",
        "phone_prefix": "18002",
        "word": "peppermint-and-sunshine",
        "access_needs": ["relay", "language"],
        "access_details": "Polish, and please speak slowly",
        "about": "Nights are hard.\nSchool says no.",
    }
    return factories.booking(adviser=amira, starts_at=starts_at, **values | fields)


def pages(amira):
    """One address of every kind."""
    topic, council = factories.topic(name="Sleep"), factories.council(name="Long Name of a Metropolitan Council")
    begun = call_of(
        amira,
        on_day(0, 0),
        is_upcoming=False,
        topic=topic,
        council=council,
        tries=3,
        outcome="not reached",
        summary="Ask the school for the plan.",
    )
    begun.guides.set([factories.guide(title="Anxiety at school and what helps with it")])
    call = call_of(amira, on_day(1, 10), topic=topic, council=council)
    factories.booking(adviser=factories.adviser(name="Ben"), starts_at=on_day(1, 11))
    gone = factories.booking(adviser=amira, status="cancelled", is_upcoming=False, cancelled_by="staff")
    TimeOff.objects.create(adviser=amira, starts_at=on_day(1, 13), ends_at=on_day(3, 13))
    call_of(amira, on_day(1, 14), email="bea@example.org", phone="+447700900124")
    entry = factories.waiting_entry(weekdays=[0, 1], parts=["morning", "evening"], topic=topic)
    factories.offer(entry=entry, adviser=amira, starts_at=on_day(1, 12))
    tomorrow = timezone.localdate() + timedelta(days=1)
    acts = [f"/admin/bookings/booking/{call.pk}/{act}/" for act in ("move", "correct", "swap", "cancel")]
    return [
        *(
            "/admin/",
            "/admin/bookings/",
            DIARY,
            f"{DIARY}?view=week",
            f"{DIARY}?day={tomorrow}",
            BOOK,
        ),
        *("/admin/bookings/my-hours/", "/admin/bookings/my-calendar/"),
        *(desk(Adviser, "changelist"), desk(Adviser, "add"), desk(amira)),
        *(desk(Booking, "changelist"), desk(begun), desk(call), desk(gone), desk(call, "history"), *acts),
        f"/admin/bookings/booking/{begun.pk}/outcome/",
        *(desk(WaitingEntry, "changelist"), desk(entry)),
    ]


def test_every_page_is_safe_accessible_and_no_wider_than_a_phone(desk_page, amira):
    assert faults_of_all(desk_page, pages(amira)) == {}


def small_targets(page):
    """What can be pressed in the page itself and is smaller than a thumb."""
    return page.evaluate(
        """() => [...document.querySelectorAll("#content-main :is(a, input, select, label:has(input))")]
        .filter(each => each.getClientRects().length && !each.matches("label > input"))
        .filter(each => each.getBoundingClientRect().height < 44).map(each => each.outerHTML.slice(0, 120))"""
    )


def test_what_is_pressed_on_the_phone_is_large_enough(desk_page, amira):
    desk_page.set_viewport_size({"width": 360, "height": 700})
    call = call_of(amira, on_day(1, 10))
    found = {}
    for address in (f"{DIARY}?view=week", desk(call), f"/admin/bookings/booking/{call.pk}/move/"):
        desk_page.goto(desk_page.base + address)
        found[address] = small_targets(desk_page)
    assert {address: small for address, small in found.items() if small} == {}


def test_printed_diary_is_one_page_without_menus_and_buttons(desk_page, amira):
    for number in range(8):
        phone = f"+44770090010{number}"
        email = f"family-{number}@example.org"
        call_of(amira, on_day(1, 9 + number), phone=phone, email=email)
    desk_page.goto(f"{desk_page.base}{DIARY}?day={timezone.localdate() + timedelta(days=1)}")
    pages = desk_page.pdf(format="A4").count(b"/Type /Page\n")
    desk_page.emulate_media(media="print")
    seen = desk_page.locator("body").inner_text()
    words = ("peppermint-and-sunshine", "18002 07700 900107", "Log out", "Show", "Book a call", "Home")
    assert pages == 1
    assert [word in seen for word in words] == [True, True, False, False, False, False]


def press(page, name):
    """By keyboard alone: on with Tab until it has the focus, then Enter."""
    for _ in range(150):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.value || document.activeElement.textContent").strip() == name:
            press_enter(page)
            return
    raise AssertionError(f"{name} is not reached")


def test_call_is_booked_for_somebody_by_keyboard(desk_page, amira):
    desk_page.goto(desk_page.base + DIARY)
    press(desk_page, "Book a call for somebody")
    desk_page.locator("input[name=start]").first.focus()
    desk_page.keyboard.press("Space")
    for name, typed in (("name", "Ann"), ("phone", "07700 900123"), ("word", "sunshine")):
        desk_page.locator(f"[name={name}]").focus()
        desk_page.keyboard.type(typed)
    press(desk_page, "Book this call")
    assert desk_page.locator(".messagelist").inner_text().startswith("The call is booked:")
    assert desk_page.locator(".say-first strong").inner_text() == "sunshine"
    assert Booking.objects.get().adviser == amira


def test_call_is_moved_by_keyboard(desk_page, amira):
    call = call_of(amira, on_day(1, 10))
    desk_page.goto(desk_page.base + desk(call))
    press(desk_page, "Move")
    press(desk_page, "Later times")
    desk_page.locator("input[name=start]").first.focus()
    desk_page.keyboard.press("Space")
    press(desk_page, "Move the call")
    assert desk_page.locator(".messagelist").inner_text().startswith("The call is moved to")
    assert Booking.objects.get().sequence == 1


def test_time_off_over_a_call_is_confirmed(desk_page, amira):
    call = call_of(amira, on_day(1, 10))
    desk_page.set_viewport_size({"width": 360, "height": 700})
    desk_page.goto(f"{desk_page.base}/admin/bookings/my-hours/")
    tomorrow = timezone.localdate() + timedelta(days=1)
    desk_page.fill("[name=time_off-0-first_day]", f"{tomorrow:%d/%m/%Y}")
    follow(desk_page.locator("input[name=_save]").first)
    expect(desk_page.locator("h2", has_text="This call stays booked")).to_have_count(1)
    assert call.reference in desk_page.locator("#content-main").inner_text()
    assert desk_page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    press(desk_page, "Back, to change something")
    assert desk_page.input_value("[name=time_off-0-first_day]") == f"{tomorrow:%d/%m/%Y}"
    assert TimeOff.objects.count() == 0
    follow(desk_page.locator("input[name=_save]").first)
    press(desk_page, "Save, and keep what is booked")
    assert TimeOff.objects.count() == 1
    assert desk_page.locator(".messagelist").inner_text().startswith("Still booked, outside these hours.")


def test_outcome_is_written_down(desk_page, amira):
    call = call_of(amira, on_day(0, 0), is_upcoming=False)
    guide = factories.guide(title="Anxiety")
    desk_page.goto(desk_page.base + desk(call))
    follow(desk_page.get_by_role("button", name="Nobody answered"))
    expect(desk_page.locator(".call-facts")).to_contain_text("Tried 1 of 3 times.")
    follow(desk_page.locator("text=Record the outcome"))
    desk_page.check("text=helped")
    desk_page.fill("[name=summary]", "Ask the school.")
    desk_page.check("text=Anxiety")
    desk_page.check("[name=e_mail]")
    follow(desk_page.locator("text=Keep the outcome"))
    call.refresh_from_db()
    assert (call.tries, call.outcome, list(call.guides.all())) == (1, "helped", [guide])


def test_name_without_an_end_makes_no_page_of_a_call_wider_than_a_phone(desk_page, amira):
    call = call_of(amira, on_day(2, 10), name="Wolfeschlegelsteinhausenbergerdorff" * 2)
    desk_page.set_viewport_size(PHONES[1])
    wide = []
    for act in ("change", "move", "correct", "swap", "cancel", "history"):
        desk_page.goto(f"{desk_page.base}{desk(call)}".replace("/change/", f"/{act}/"))
        wide += [act] if desk_page.evaluate(IS_TOO_WIDE) else []
    assert wide == []

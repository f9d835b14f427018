import re

import pytest
import time_machine
from django.conf import settings as site
from icalendar import Calendar

from bookings.actions import cancel
from bookings.models import Adviser, Booking, WeeklyHours
from guides.models import Guide
from sendguide.outbox.models import QueuedEmail
from sendguide.outbox.registry import NotNeeded
from sendguide.outbox.writing import write
from tests import factories
from tests.bookings.emails.letters import CALLS, CANCELLED, DAY, NOW, OVER, about_call, call, letter, row, written
from tests.factories import CALL_TIME


@pytest.mark.parametrize(("by_staff", "kind"), [(False, "cancelled"), (True, "cancelled_by_us")])
def test_cancelling_takes_the_calendar_entry_out(by_staff, kind):
    booking = call()
    put_in = write(row("booked", booking)).calendar
    cancel(booking=booking, now=NOW, by_staff=by_staff)
    taken_out = write(QueuedEmail.objects.get(kind=f"bookings.{kind}")).calendar
    assert put_in is not None
    assert taken_out is not None
    events = [Calendar.from_ical(each.content).walk("VEVENT")[0] for each in (put_in, taken_out)]
    assert [event["sequence"] for event in events] == [0, 1]
    assert [event["status"] for event in events] == ["CONFIRMED", "CANCELLED"]
    assert events[0]["uid"] == events[1]["uid"]


@pytest.mark.parametrize("kind", ["cancelled", "cancelled_by_us"])
def test_call_that_takes_place_is_not_told_as_cancelled(kind):
    with pytest.raises(NotNeeded, match=r"^The call is not cancelled\.$"):
        written(kind, status=Booking.Status.BOOKED)


def test_who_cancelled_is_not_told_once_its_time_is_over():
    with pytest.raises(NotNeeded, match=r"^The time of the call has come or is over\.$"):
        written("cancelled", starts_at=NOW)


def test_apology_comes_late_rather_than_never():
    email = written("cancelled_by_us", **CANCELLED | {"starts_at": NOW - DAY})
    assert "We are sorry: we had to cancel your support call." in email.text
    assert "Monday 30 November 2026, 9am, UK time" in email.text


def test_apology_names_the_next_five_times_that_are_free_now():
    # Of the 1pm call nobody else is told: it is taken. Four working hours of notice begin at 9am.
    booking = call(**CANCELLED)
    factories.booking(adviser=booking.adviser, starts_at=NOW + DAY / 6)
    email = write(row("cancelled_by_us", booking))
    expected = [f"Tuesday 1 December 2026, {time}" for time in ("1:20pm", "1:40pm", "2pm", "2:20pm", "2:40pm")]
    assert re.findall(r"^- (.+)$", email.text, re.MULTILINE) == expected
    assert re.findall(r"<li>(.+?)</li>", email.html) == expected


def test_apology_names_times_of_those_who_can_help_with_it():
    booking = call(**CANCELLED)
    booking.adviser.topics.set([factories.topic()])
    able = factories.adviser(weekdays=[4], topics=[booking.topic])
    email = write(row("cancelled_by_us", booking))
    assert re.findall(r"^- (.+)$", email.text, re.MULTILINE)[0] == "Friday 4 December 2026, 9am"
    Adviser.objects.filter(pk=able.pk).update(nations=["Scotland"])
    assert "- Friday" not in write(row("cancelled_by_us", booking)).text


def test_apology_leads_to_the_waiting_list_if_no_time_is_free():
    booking = call(**CANCELLED)
    WeeklyHours.objects.all().delete()
    email = write(row("cancelled_by_us", booking))
    for part in (email.text, email.html):
        assert "No time is free at the moment. Join the waiting list, and we e-mail you when one is" in part
        assert f"{site.SITE_URL}/support-call/waiting-list/" in part
        assert "These are the next free times" not in part


@pytest.mark.parametrize(
    ("tries", "sentence"),
    [
        (3, "We tried to call you 3 times and could not reach you."),
        (1, "We tried to call you and could not reach you."),
        (0, "We tried to call you and could not reach you."),
    ],
)
def test_who_was_missed_is_told_how_often_we_tried(tries, sentence):
    email = written("missed", tries=tries)
    assert sentence in email.text
    assert sentence in email.html
    assert "Is a phone call hard for you, or do we have a wrong number? Reply to this e-mail" in email.text


@pytest.mark.parametrize("kind", ["missed", "cancelled_by_us", "summary"])
def test_way_to_the_next_call_knows_their_topic_and_area(kind):
    booking = call(
        **CALLS[kind],
        topic=factories.topic(slug="sleep"),
        council=factories.council(slug="hull"),
    )
    email = write(about_call(kind, booking))
    assert f"{site.SITE_URL}/support-call/?topic=sleep&area=hull\n" in email.text
    assert f'{site.SITE_URL}/support-call/?topic=sleep&amp;area=hull"' in email.html


def test_who_was_reached_after_all_is_not_told_to_be_missed():
    with pytest.raises(NotNeeded, match=r"^The outcome of the call was changed since\.$"):
        written("missed", outcome="helped")


def test_summary_holds_what_the_adviser_wrote_and_the_guides_that_can_be_read():
    booking = call(**OVER, outcome="helped", summary="One.\n\nTwo & <three>.")
    shown, draft = factories.guide(title="Plans & more"), factories.guide(status=Guide.Status.DRAFT)
    booking.guides.set([shown, draft])
    email = write(about_call("summary", booking))
    address = f"{site.SITE_URL}{shown.get_absolute_url()}"
    assert f"One.\n\nTwo & <three>.\n\nGuides to read\n\n- Plans & more: {address}\n\nWould you like" in email.text
    assert "<p>One.</p>\n\n<p>Two &amp; &lt;three&gt;.</p>" in email.html
    assert f'<li><a href="{address}">Plans &amp; more</a></li>' in email.html
    assert draft.title not in email.text + email.html


def test_summary_may_be_guides_alone_or_words_alone():
    booking = call(**OVER, outcome="helped")
    booking.guides.set([factories.guide()])
    assert "What your adviser wrote" not in write(about_call("summary", booking)).text
    booking.guides.clear()
    booking.summary = "One."
    booking.save()
    assert "Guides to read" not in write(about_call("summary", booking)).text


@pytest.mark.parametrize(("outcome", "is_thanked"), [("helped", True), ("not reached", False)])
def test_summary_thanks_those_who_talked_to_us(outcome, is_thanked):
    email = written("summary", outcome=outcome)
    for part in (email.text, email.html):
        assert ("Thank you for talking to us." in part) is is_thanked


def test_summary_of_which_nothing_is_left_is_not_sent():
    booking = call(**OVER, outcome="helped")
    booking.guides.set([factories.guide(status=Guide.Status.DRAFT)])
    with pytest.raises(NotNeeded, match=r"^The summary and its guides were taken away since\.$"):
        write(about_call("summary", booking))


@pytest.mark.parametrize("change", ["summary", "guides"])
def test_summary_that_was_changed_since_is_left_to_the_later_email(change):
    booking = call(**OVER, outcome="helped", summary="One.")
    earlier = about_call("summary", booking)
    if change == "summary":
        Booking.objects.update(summary="Two.")
    else:
        booking.guides.set([factories.guide()])
    with pytest.raises(NotNeeded, match=r"^The summary was changed since: a later e-mail has it\.$"):
        write(earlier)


def test_summary_is_sent_weeks_after_the_call():
    summary = letter("summary")
    with time_machine.travel(CALL_TIME + 21 * DAY, tick=False):
        assert write(summary).subject == "After your call: Monday 30 November 2026, 10am"

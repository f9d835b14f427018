"""The message that a mail server gets."""

import email
import email.policy
import time
from email.message import EmailMessage
from email.utils import mktime_tz, parsedate_tz

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sendguide.outbox.models import QueuedEmail
from sendguide.outbox.registry import Calendar, Email
from sendguide.outbox.writing import Written, message_of, write

ICS = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nSUMMARY:Café\r\nEND:VCALENDAR\r\n"


def row(**fields) -> QueuedEmail:
    return QueuedEmail(**{"kind": "outbox.trial", "key": "k", "to": "anna@family.example", "about": 1} | fields)


def parsed(queued: QueuedEmail, **fields) -> EmailMessage:
    """As the reader's mail program gets it."""
    written = Written(**{"subject": "Hello", "text": "Text – £5\n", "html": "<p>HTML</p>\n", "calendar": None} | fields)
    content = message_of(queued, written).message().as_bytes(linesep="\r\n")
    assert content.isascii()
    return email.message_from_bytes(content, policy=email.policy.default)


def test_headers_say_who_it_is_from_and_keep_machines_from_answering(settings):
    settings.DEFAULT_FROM_EMAIL, settings.CONTACT_EMAIL = "SEND Guide <post@send.example>", "hello@send.example"
    queued = row(message_id="<one@send.example>")
    message = parsed(queued)
    wanted = {
        "From": "SEND Guide <post@send.example>",
        "To": "anna@family.example",
        "Reply-To": "hello@send.example",
        "Subject": "Hello",
        "Message-ID": "<one@send.example>",
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
    }
    assert {name: str(message[name]) for name in wanted} == wanted
    assert abs(time.time() - mktime_tz(parsedate_tz(message["Date"]))) < 60


def test_text_comes_first_and_html_says_the_same_to_those_who_want_it():
    message = parsed(row())
    assert message.get_content_type() == "multipart/alternative"
    parts = [(part.get_content_type(), part.get_content()) for part in message.iter_parts()]
    assert parts == [("text/plain", "Text – £5\r\n"), ("text/html", "<p>HTML</p>\r\n")]


@pytest.mark.parametrize("method", ["REQUEST", "CANCEL"])
def test_calendar_file_is_an_alternative_and_an_attachment_and_both_name_its_method(method):
    """RFC 6047, 2.4"""
    message = parsed(row(), calendar=Calendar(ICS.encode(), method))
    assert message.get_content_type() == "multipart/mixed"
    body, attachment = message.iter_parts()
    alternatives = list(body.iter_parts())
    assert [part.get_content_type() for part in alternatives] == ["text/plain", "text/html", "text/calendar"]
    for part in (alternatives[-1], attachment):
        assert (part.get_content_type(), part.get_param("method")) == ("text/calendar", method)
        assert part.get_content_charset() == "utf-8"
        assert part.get_content() == ICS
    assert attachment.get_content_disposition() == "attachment"
    assert attachment.get_filename() == "invite.ics"


@pytest.mark.parametrize("break_", ["\n", "\r\n", "\r", "\x0b", "\x85", "\u2028"])
def test_line_break_in_a_subject_writes_no_header(new_kind, break_):
    new_kind("tests.subject")(
        lambda about, details: Email(
            subject=f"Call with Anna{break_}Bcc: all@family.example", template="emails/outbox/trial", context={}
        )
    )
    queued = row(kind="tests.subject")
    message = email.message_from_bytes(message_of(queued, write(queued)).message().as_bytes())
    assert message["Subject"] == "Call with Anna Bcc: all@family.example"
    assert message["Bcc"] is None


@settings(max_examples=30)
@given(st.text())
def test_no_subject_writes_a_header(subject):
    kind = "tests.any_subject"
    registered = {kind: lambda about, details: Email(subject=subject, template="emails/outbox/trial", context={})}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sendguide.outbox.registry._writers", registered)
        written = write(row(kind=kind))
    message = message_of(row(), written).message()
    names = [name for name, _ in email.message_from_bytes(message.as_bytes()).items()]
    assert sorted(names) == sorted(set(names))
    assert "Bcc" not in names


def test_text_is_plain_and_html_is_escaped(new_kind, settings, tmp_path):
    (tmp_path / "words.txt").write_text("{{ words }}", "utf-8")
    (tmp_path / "words.html").write_text("{{ words }}", "utf-8")
    settings.TEMPLATES = [settings.TEMPLATES[0] | {"DIRS": [tmp_path]}]
    words = Email(subject="S", template="words", context={"words": "Anna's <b> & co"})
    new_kind("tests.words")(lambda about, details: words)
    written = write(row(kind="tests.words"))
    assert written.text == "Anna's <b> & co\n"
    assert written.html == "Anna&#x27;s &lt;b&gt; &amp; co\n"


def test_long_lines_are_folded_for_old_servers():
    """RFC 5321, 4.5.3.1.6: 1,000 bytes with the line break."""
    content = message_of(row(), Written("S", "x" * 3000, "<p>" + "y" * 3000, None)).message().as_bytes(linesep="\r\n")
    assert max(map(len, content.split(b"\r\n"))) < 998

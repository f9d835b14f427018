"""The staff's list of e-mails."""

import re
from html import unescape

import pytest
from django.contrib.admin.models import LogEntry
from django.core import mail
from django.db import OperationalError
from django.utils import timezone

from sendguide.outbox.models import QueuedEmail
from sendguide.outbox.registry import NotNeeded
from sendguide.outbox.sending import send_round
from tests import factories

pytestmark = pytest.mark.django_db
LIST = "/admin/outbox/queuedemail/"
SENT = {"status": "sent", "sent_subject": "Your call", "sent_text": "Dear <Anna>", "sent_html": "<p>Dear Anna</p>"}


@pytest.fixture
def owner(client):
    client.force_login(factories.staff(is_superuser=True))
    return client


def sent(**fields):
    return factories.queued_email(**SENT | {"sent_at": timezone.now()} | fields)


def detail(row):
    return f"{LIST}{row.pk}/change/"


def shown(client, address=LIST, **query):
    return [row.to for row in client.get(address, query).context["cl"].result_list]


def send_again(client, *rows):
    data = {"action": "send_again", "_selected_action": [row.pk for row in rows]}
    return client.post(LIST, data, follow=True)


def messages_of(response):
    return [str(message) for message in response.context["messages"]]


def test_list_says_what_became_of_each_email(owner):
    factories.queued_email(status="dead", why="The mail server said: 550 No such user", attempts=1)
    page = owner.get(LIST).content.decode()
    for part in ("Trial e-mail", "parent-", "Could not be sent", "550 No such user"):
        assert part in page


def test_list_is_narrowed_by_state_kind_and_address(owner, new_kind):
    new_kind("tests.hello")
    factories.queued_email(to="anna@family.example")
    factories.queued_email(to="ben@family.example", kind="tests.other")
    factories.queued_email(to="carl@family.example", status="dead", why="Gone.")
    assert shown(owner, status__exact="dead") == ["carl@family.example"]
    assert shown(owner, kind="outbox.trial") == ["carl@family.example", "anna@family.example"]
    assert shown(owner, q="BEN@family") == ["ben@family.example"]
    assert "Trial e-mail</a>" in owner.get(LIST).content.decode()


@pytest.mark.parametrize("lookup", ["sent_text__contains", "details__icontains", "status__regex", "why__startswith"])
def test_what_emails_say_cannot_be_felt_out(owner, lookup):
    assert owner.get(LIST, {lookup: "("}).status_code == 400


@pytest.mark.parametrize(
    ("lookup", "value"),
    [
        *(("created_at__year__gt", "9" * 20), ("created_at__year", "x"), ("created_at__gte", "0001-01-01T00:00+10:00")),
        *(("created_at__lt", "9999-12-31T23:59-10:00"), ("status__exact", "\0"), ("status", "dead"), ("kind__gt", "a")),
    ],
)
def test_address_that_no_filter_makes_is_refused(owner, lookup, value):
    assert owner.get(LIST, {lookup: value}).status_code == 400


def test_moment_that_cannot_be_read_leads_back_to_the_list(owner):
    assert owner.get(LIST, {"created_at__gte": "20x"})["Location"] == f"{LIST}?e=1"


@pytest.mark.parametrize("parameter", ["kind", "stuck"])
def test_filter_that_is_none_of_those_offered_changes_nothing(owner, parameter):
    row = factories.queued_email()
    assert shown(owner, **{parameter: "\0"}) == [row.to]


def test_every_filter_that_is_offered_leads_to_a_list(owner):
    factories.queued_email()
    links = re.findall(r'href="(\?(?:stuck|status__exact|kind|created_at)[^"]*)"', owner.get(LIST).content.decode())
    assert {link: owner.get(LIST + unescape(link)).status_code for link in links} == dict.fromkeys(links, 200)
    assert len(links) > 10


@pytest.mark.parametrize("rows", [1, 3])
def test_list_takes_the_same_number_of_queries(owner, django_assert_num_queries, rows):
    for _ in range(rows):
        sent()
    owner.get(LIST)
    with django_assert_num_queries(5) as queries:
        owner.get(LIST)
    assert not [query for query in queries.captured_queries if "sent_text" in query["sql"]]


@pytest.mark.parametrize("act", ["add/", "{}/delete/"])
def test_nobody_writes_or_deletes_an_email_by_hand(owner, act):
    row = factories.queued_email()
    assert owner.get(LIST + act.format(row.pk)).status_code == 403
    assert owner.post(detail(row), {"to": "other@family.example"}).status_code == 403
    row.refresh_from_db()
    assert row.to != "other@family.example"


def test_visitor_is_sent_to_the_login_page_and_staff_without_the_right_are_refused(client):
    row = sent()
    assert client.get(LIST)["Location"] == f"/admin/login/?next={LIST}"
    client.force_login(factories.staff("view_guide"))
    assert [client.get(address).status_code for address in (LIST, detail(row))] == [403, 403]


def test_sent_email_is_shown_as_it_was_sent_to_those_who_may_read_it(client):
    client.force_login(factories.staff("view_queuedemail", "view_email_body"))
    page = client.get(detail(sent())).content.decode()
    assert 'tabindex="0">Dear &lt;Anna&gt;</pre>' in page
    assert 'tabindex="0">&lt;p&gt;Dear Anna&lt;/p&gt;</pre>' in page
    assert "Your call" in page


def test_email_is_not_shown_to_those_who_may_see_only_the_list(client):
    client.force_login(factories.staff("view_queuedemail"))
    response = client.get(detail(sent()))
    assert response.status_code == 200
    page = response.content.decode()
    assert [part for part in ("Your call", "Dear", "What it says") if part in page] == []


def test_waiting_email_is_shown_as_it_would_be_sent_now(owner):
    page = owner.get(detail(factories.queued_email())).content.decode()
    assert "E-mail from SEND Guide works" in page
    assert "Somebody who looks after SEND Guide" in page
    assert mail.outbox == []


def test_email_that_would_not_be_sent_any_more_says_why(owner, new_kind):
    @new_kind("tests.late")
    def late(about, details):
        raise NotNeeded("The call was cancelled.")

    page = owner.get(detail(factories.queued_email(kind="tests.late"))).content.decode()
    assert "It would not be sent any more: The call was cancelled." in page


def test_email_that_cannot_be_written_says_so(owner):
    page = owner.get(detail(factories.queued_email(kind="nobody.knows"))).content.decode()
    assert "It cannot be written (UnknownKind): a fault of the site." in page


def test_fault_of_the_database_is_not_taken_for_one_of_the_email(owner, new_kind):
    @new_kind("tests.away")
    def away(about, details):
        raise OperationalError

    with pytest.raises(OperationalError):
        owner.get(detail(factories.queued_email(kind="tests.away")))


@pytest.mark.parametrize("status", ["dead", "skipped"])
def test_email_that_was_never_delivered_is_sent_again_as_the_same(owner, status):
    row = factories.queued_email(status=status, why="No such user", attempts=9)
    response = send_again(owner, row)
    assert messages_of(response) == ["1 e-mail put back into the queue. We try to send them now."]
    queued = QueuedEmail.objects.get()
    assert (queued.status, queued.attempts, queued.why, queued.message_id) == ("waiting", 0, "", row.message_id)
    send_round()
    assert [message.extra_headers["Message-ID"] for message in mail.outbox] == [row.message_id]


def test_email_that_was_delivered_is_sent_again_as_a_new_one(owner):
    row = sent()
    send_again(owner, row)
    send_round()
    (message,) = mail.outbox
    assert message.to == [row.to]
    assert message.extra_headers["Message-ID"] != row.message_id
    assert QueuedEmail.objects.get().sent_subject == "E-mail from SEND Guide works"


def test_who_had_it_sent_again_is_noted_without_the_address(owner):
    row = sent()
    send_again(owner, row)
    entry = LogEntry.objects.get()
    assert (entry.user.username[:5], entry.get_change_message()) == (
        "staff",
        "Put back into the queue, to be sent again.",
    )
    assert row.to not in entry.object_repr


def test_email_that_is_still_to_be_sent_or_has_no_address_is_left_alone(owner):
    waiting, purged = factories.queued_email(), sent(to="")
    response = send_again(owner, waiting, purged)
    assert messages_of(response) == ["2 e-mails left alone: still to be sent, or without an address by now."]
    assert list(QueuedEmail.objects.order_by("pk").values_list("status", flat=True)) == ["waiting", "sent"]


def test_sending_again_needs_its_own_right(client):
    row = sent()
    client.force_login(factories.staff("view_queuedemail", "view_email_body"))
    send_again(client, row)
    assert QueuedEmail.objects.get().status == "sent"
    client.force_login(factories.staff("view_queuedemail", "send_email_again"))
    send_again(client, row)
    assert QueuedEmail.objects.get().status == "waiting"


def test_email_that_staff_set_aside_is_stuck_no_more(owner):
    dead, waiting = factories.queued_email(status="dead", why="550 No such user."), factories.queued_email()
    data = {"action": "set_aside", "_selected_action": [dead.pk, waiting.pk]}
    assert messages_of(owner.post(LIST, data, follow=True)) == [
        "1 e-mail set aside. You can still have them sent again.",
        "1 e-mail left alone: only what could not be sent can be set aside.",
    ]
    for row in (dead, waiting):
        row.refresh_from_db()
    assert (dead.status, dead.why) == ("skipped", "Set aside by staff. 550 No such user.")
    assert waiting.status == "waiting"
    assert QueuedEmail.objects.stuck(timezone.now()).count() == 0
    assert LogEntry.objects.get().change_message == "Set aside."


def press(client, row, button):
    return client.post(f"{LIST}{row.pk}/{button}/", follow=True)


def buttons(client, row):
    return re.findall(r'<input type="submit"[^>]* value="([^"]*)"', client.get(detail(row)).content.decode())


def test_own_page_has_the_buttons_that_do_something(owner):
    dead = factories.queued_email(status="dead", why="550 No such user.")
    skipped = factories.queued_email(status="skipped", why="Cancelled.")
    found = [buttons(owner, row) for row in (dead, skipped, sent(), sent(to=""), factories.queued_email())]
    assert found == [["Send again", "Set aside"], ["Send again"], ["Send again"], [], []]


def test_email_is_sent_again_from_its_own_page(owner):
    row = factories.queued_email(status="dead", why="550 No such user.")
    response = press(owner, row, "send-again")
    assert response.redirect_chain == [(detail(row), 302)]
    assert messages_of(response) == ["1 e-mail put back into the queue. We try to send them now."]
    assert QueuedEmail.objects.get().status == "waiting"


def test_email_is_set_aside_on_its_own_page(owner):
    row = factories.queued_email(status="dead", why="550 No such user.")
    assert messages_of(press(owner, row, "set-aside")) == ["1 e-mail set aside. You can still have them sent again."]
    assert QueuedEmail.objects.get().status == "skipped"


def test_looking_at_the_address_of_a_button_changes_nothing(owner):
    row = factories.queued_email(status="dead", why="550 No such user.")
    answers = [owner.get(f"{LIST}{row.pk}/{act}/").status_code for act in ("send-again", "set-aside")]
    assert (answers, QueuedEmail.objects.get().status) == ([405, 405], "dead")
    assert owner.post(f"{LIST}{row.pk + 1}/send-again/").status_code == 404


def test_buttons_of_the_own_page_need_the_right_to_send_again(client):
    row = factories.queued_email(status="dead", why="550 No such user.")
    client.force_login(factories.staff("view_queuedemail", "view_email_body"))
    assert buttons(client, row) == []
    assert [press(client, row, act).status_code for act in ("send-again", "set-aside")] == [403, 403]
    assert QueuedEmail.objects.get().status == "dead"


def test_list_shows_the_subject_of_sent_emails_to_those_who_may_read_them(client):
    sent()
    client.force_login(factories.staff("view_queuedemail", "view_email_body"))
    assert "Your call" in client.get(LIST).content.decode()
    client.force_login(factories.staff("view_queuedemail"))
    assert "Your call" not in client.get(LIST).content.decode()

"""A bad day of the whole site, as a big charity runs it, while many sign up, book calls and are sent their e-mails.

A server and a job worker are killed, the database and Redis crash, and half of the site is the next version already.
SQLite is for one machine: there conftest.py leaves this file out.
"""

import os
import signal
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.utils import timezone

from bookings.models import Booking
from guides.models import Guide
from sendguide.freshness import generation
from sendguide.freshness.redis_store import RedisStore
from sendguide.freshness.stores import Believed
from sendguide.outbox.models import QueuedEmail
from tests import factories
from tests.bookings.invariants import broken as broken_calls
from tests.guides.admin.posting import save
from tests.outbox.mail_server import MailServer, mail_server
from tests.outbox.processes import Process
from tests.races.booking_pages import free_starts
from tests.races.crowd import PEOPLE, Seen, Site, crowd
from tests.races.invariants import broken
from tests.races.own_postgresql import OwnServer
from tests.races.production import Production
from tests.races.visitor import Visitor
from workshops.models import SignUp

pytestmark = pytest.mark.django_db(transaction=True)
PLACES = 60
# So many that each of a server's two processes answers some.
VISITS = 16
SECONDS_AWAY = 1.0


@pytest.fixture
def mail() -> Iterator[MailServer]:
    with mail_server() as server:
        yield server


@pytest.fixture
def production(
    postgresql: OwnServer, production_site: Site, mail: MailServer, tmp_path: Path, monkeypatch
) -> Iterator[Production]:
    """PostgreSQL runs, migrated; nothing else does yet."""
    with ExitStack() as stack:
        site = Production(stack, tmp_path, production_site, mail.port)
        monkeypatch.setenv("SSL_CERT_FILE", str(site.certificate))
        store = Believed(RedisStore(site.redis_url))
        monkeypatch.setattr(generation, "store", lambda: store)
        yield site


def migrate_to_next_version() -> None:
    """It only adds, and the database fills in for the code that does not know of it."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE workshops_signup ADD COLUMN heard_of_us varchar(20) DEFAULT '' NOT NULL")
    MigrationRecorder(connection).record_applied("workshops", "9999_heard_of_us")


def test_bad_day_ends_by_itself_with_nothing_lost_and_nothing_doubled(
    production: Production, postgresql: OwnServer, mail: MailServer
):
    redis = production.start_redis()
    factories.council(slug="hull")
    factories.adviser(email="")
    date = factories.workshop_date(capacity=PLACES, starts_at=factories.next_month())
    guide = factories.guide(slug="xylophones", title="Xylophones")
    path = f"{date.get_absolute_url()}?area=hull"
    migrate_to_next_version()
    old, new = production.start_web(0), production.start_web(1, "tests.races.next_version")
    living, dying = production.start_jobs("living"), production.start_jobs("dying")
    production.start_nginx()
    outages = []
    with crowd(production.address, path, free_starts()) as seen:
        living.wait_for(lambda: len(mail.received) >= 2 * PEOPLE and Booking.objects.exists())

        killed = time.monotonic()
        kill_with_children(old)
        # One more second, for it to die.
        outages.append((killed, killed + 1))
        time.sleep(SECONDS_AWAY)
        production.start_web(0)

        sent_twice = die_with_email_in_hand(dying, living, mail)
        again = production.start_jobs("again")

        hand_over(living, mail)
        connection.close()
        crashed = time.monotonic()
        postgresql.crash()
        mail.stalled.clear()
        told = Visitor(production.address).get(path)
        time.sleep(SECONDS_AWAY)
        postgresql.start()
        outages.append((crashed, time.monotonic()))
        time.sleep(2)

        redis.popen.kill()
        time.sleep(SECONDS_AWAY)
        production.start_redis()
        time.sleep(1)
    titles = titles_a_second_after_saving(production, guide, "Narwhals")
    living.wait_for(lambda: not QueuedEmail.objects.exclude(status="sent").exists())

    # While the database was away people were told in kind words; that and the killed server are all that they noticed.
    assert (told.status, "It is not your fault" in told.body) == (503, True)
    during = [each.status for each in seen if any(each.met(*outage) for outage in outages)]
    assert set(during) <= {200, 502, 503}
    after = [each.status for each in seen if not any(each.met(*outage) for outage in outages)]
    assert set(after) == {200}
    assert len(after) > 4 * PEOPLE
    assert faults(seen, mail, sent_twice=[sent_twice]) == []
    # Old and new code signed people up side by side, and both call themselves ready.
    assert {value for (value,) in rows("SELECT DISTINCT heard_of_us FROM workshops_signup")} == {"", "from a friend"}
    assert [production.read(number, "/readyz").count('"migrations": {"status": "ok"') for number in range(2)] == [1, 1]
    assert titles == {"Narwhals"}
    # Who lived through it all still does: nothing else was started again.
    assert [server.popen.poll() for server in (new, living, again)] == [None] * 3
    for worker in (living, again):
        worker.popen.terminate()
        assert worker.popen.wait(60) == 0


def kill_with_children(server: Process) -> None:
    """As when its machine goes out."""
    for number in (server.popen.pid, *server.children):
        os.kill(number, signal.SIGKILL)


def hand_over(living: Process, mail: MailServer) -> None:
    """Until each job worker has an e-mail in hand that the mail server has taken and does not say so."""
    mail.stalled.set()
    living.wait_for(lambda: mail.unanswered == 2)


def die_with_email_in_hand(dying: Process, living: Process, mail: MailServer) -> str:
    """The Message-ID of an e-mail that the mail server took from ``dying``, which could not note it any more.

    Nobody can know whether such an e-mail has arrived. When its lease has run out ``living`` sends it again.
    """
    hand_over(living, mail)
    in_hand = list(QueuedEmail.objects.filter(status="sending").values_list("pk", flat=True))
    dying.popen.kill()
    mail.stalled.clear()
    left = QueuedEmail.objects.filter(pk__in=in_hand, status="sending")
    living.wait_for(lambda: left.count() == 1)
    message_id = left.get().message_id
    left.update(lease_until=timezone.now())
    living.wait_for(lambda: not left.exists())
    return message_id


def titles_a_second_after_saving(production: Production, guide: Guide, title: str) -> set[str]:
    """What the processes of both servers call ``guide`` a second after staff renamed it."""
    staff = Client()
    staff.force_login(factories.staff(is_superuser=True))
    assert titles_of(production, guide) == {guide.title}
    save(staff, guide, title=title)
    end = time.monotonic() + 1
    while time.monotonic() < end:
        titles_of(production, guide)
    return titles_of(production, guide)


def titles_of(production: Production, guide: Guide) -> set[str]:
    pages = [production.read(number, guide.get_absolute_url()) for number in (0, 1) for _ in range(VISITS)]
    return {page.partition("<h1>")[2].partition("</h1>")[0] for page in pages}


def rows(query: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchall()


def faults(seen: Iterable[Seen], mail: MailServer, *, sent_twice: Iterable[str] = ()) -> list[str]:
    """One sentence for each thing that is lost or doubled."""
    kept = [*SignUp.objects.values_list("email", flat=True), *Booking.objects.values_list("email", flat=True)]
    told = {each.email for each in seen if each.email and each.status == 200}
    found = [f"{email} was told and is not there" for email in sorted(told - set(kept))]
    found += [f"{email} is there {count} times" for email, count in Counter(kept).items() if count > 1]
    due = Counter([*QueuedEmail.objects.values_list("message_id", flat=True), *sent_twice])
    sent = Counter(mail.message_ids)
    found += [f"{each} arrived {sent[each]} times" for each in sorted({*due, *sent}) if sent[each] != due[each]]
    return [*found, *broken(), *broken_calls()]


def test_checker_finds_what_is_lost_and_what_is_doubled(mail: MailServer):
    """If this fails, the test above proves nothing."""
    call = factories.booking(starts_at=factories.next_month())
    other = factories.booking(starts_at=factories.next_month(), adviser=factories.adviser())
    Booking.objects.filter(pk=other.pk).update(adviser=call.adviser)
    factories.sign_up(email=call.email)
    email, lost = factories.queued_email(), factories.queued_email()
    mail.received += [(email.to, {"Message-ID": email.message_id})] * 2
    found = faults([Seen(0, 1, 200, call.email), Seen(0, 1, 200, "zoe@example.org")], mail)
    assert [fault for fault in found if not fault.startswith(("cell", "call", "sign-up"))] == [
        "zoe@example.org was told and is not there",
        f"{call.email} is there 2 times",
        *sorted([f"{email.message_id} arrived 2 times", f"{lost.message_id} arrived 0 times"]),
        f"{call} and {other} overlap",
    ]
    allowed = faults([], mail, sent_twice=[email.message_id])
    assert [fault for fault in found if fault not in allowed] == [
        "zoe@example.org was told and is not there",
        f"{email.message_id} arrived 2 times",
    ]

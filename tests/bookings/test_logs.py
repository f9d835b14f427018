"""Nothing of a family, and no link of theirs, stands in what the server and the job worker write."""

import logging
import re
import socket
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone

from bookings import urls
from bookings.availability import Wanted, free_times
from bookings.links import call_path, feed_path, offer_path, waiting_path
from bookings.models import Adviser, Booking, Offer, WaitingEntry
from bookings.weeks import as_text
from sendguide.outbox.models import QueuedEmail
from tests import factories
from tests.bookings.story import CANARY, lived_through
from tests.outbox.processes import RUN_JOBS, Process, process
from tests.project.running import free_port
from tests.races.visitor import Visitor

GUNICORN = ("-m", "gunicorn", "-c", "python:sendguide.gunicorn", "sendguide.wsgi")
pytestmark = pytest.mark.django_db(transaction=True)
SAID = re.compile(rf"{CANARY}|sunshine|900 ?777|1800[12]", re.IGNORECASE)
FORM = {
    "name": f"{CANARY} Smith",
    "phone": "07700 900777",
    "email": f"{CANARY}@example.org",
    "may_say_who": "no",
    "may_leave_message": "yes",
    "word": "sunshine",
    "about": f"The school of {CANARY}",
    "access_details": f"A video call for {CANARY}",
}


@pytest.fixture(params=["text", "json"])
def server(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[str, Process]]:
    """As in production, and as talkative as it can be."""
    # Other pages' menus lead to it.
    factories.guide(slug="the-local-offer")
    port = free_port()
    variables = {
        "MODE": "production",
        "ALLOWED_HOSTS": "127.0.0.1",
        "SITE_URL": f"http://127.0.0.1:{port}",
        "PORT": str(port),
        "WEB_CONCURRENCY": "1",
        "FORM_FASTEST_SECONDS": "0",
        "LOG_LEVEL": "DEBUG",
        "LOG_FORMAT": request.param,
    }
    with process(tmp_path / "web.log", "manage.py", "collectstatic", "--no-input", **variables) as collecting:
        assert collecting.popen.wait(240) == 0, collecting.output
    with process(tmp_path / "web.log", *GUNICORN, **variables) as web:
        web.wait_for(lambda: listens(port))
        yield f"http://127.0.0.1:{port}", web


def listens(port: int) -> bool:
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=5):
        return True
    return False


def links() -> dict[str, str]:
    """By the first part of the route: what stands in the place of <str:token>."""
    rows = {
        "call": [call_path(each) for each in Booking.objects.all()],
        "waiting-list": [waiting_path(each) for each in WaitingEntry.objects.all()],
        "offer": [offer_path(each) for each in Offer.objects.select_related("entry")],
        "diary": [feed_path(each) for each in Adviser.objects.all()],
    }
    return {name: paths[-1].split("/")[3] for name, paths in rows.items()}


def every_page(tokens: dict[str, str]) -> Iterator[str]:
    """The path of each entry of the site map: one that is added later is asked, too."""
    for entry in urls.urlpatterns:
        route = str(entry.pattern)
        yield f"/support-call/{route.replace('<str:token>', tokens.get(route.partition('/')[0], ''))}"


def test_what_a_family_does_leaves_nothing_of_it_in_the_servers_log(server):
    site, web = server
    factories.adviser()
    first, second, offered = list(free_times(Wanted(), timezone.now()).advisers_at)[-3:]
    factories.offer(starts_at=offered, entry=factories.waiting_entry(email=f"{CANARY}3@example.org"))
    family, other = Visitor(site), Visitor(site)
    details = f"{reverse('call_details')}?start={as_text(first)}"
    assert [
        family.get(details).status,
        family.post(details, **FORM | {"phone": f"0900 {CANARY}", "word": "12"}).status,
        family.post(details, **FORM).status,
        other.get(f"{reverse('call_details')}?start={as_text(second)}").status,
        other.post(reverse("call_details"), **FORM).status,
        family.get(reverse("call_waiting_join")).status,
        family.post(reverse("call_waiting_join"), email=f"{CANARY}4@example.org").status,
    ] == [200, 422, 200, 200, 409, 200, 200]
    call, tokens = Booking.objects.get(), links()
    for name, sent in {"call_move": {"start": as_text(second)}, "call_cancel": {}}.items():
        family.get(call_path(call, name))
        assert family.post(call_path(call, name), **sent).status == 200
    ask_every_page(site, tokens)
    call.refresh_from_db()
    assert (call.starts_at, call.is_cancelled, call.name) == (second, True, FORM["name"])
    said_of_pages = {
        "text": set(re.findall(r"/support-call/([\w-]+)/… \d+", web.output)),
        "json": set(re.findall(r'"route": "(call|call_waiting|call_offer|adviser_calendar)"', web.output)),
    }
    assert sorted(map(len, said_of_pages.values())) == [0, len(tokens)]
    assert web.output.count("Forbidden (CSRF cookie not set.)") > 3
    assert "Not Found: /support-call/" in web.output or '"status": 404' in web.output
    assert said(web.output, tokens) == []


def ask_every_page(site: str, tokens: dict[str, str]) -> None:
    """With what people put behind an address, with links that are wrong, and with forms that are refused."""
    visitor = Visitor(site)
    for path in every_page(tokens):
        for address in (path, f"{path}?email={CANARY}@example.org&phone=07700900777", path.replace(":", "x:")):
            visitor.get(address)
            visitor.post(address, **FORM)
            Visitor(site).post(address, **FORM)


@pytest.mark.parametrize("has_server", [True, False])
def test_job_worker_writes_nothing_of_a_family(tmp_path, has_server):
    lived_through()
    QueuedEmail.objects.update(status="waiting", next_attempt_at=timezone.now(), sent_at=None)
    variables = {} if has_server else {"EMAIL_URL": f"smtp://127.0.0.1:{free_port()}"}
    with process(tmp_path / "log", *RUN_JOBS, "--once", LOG_LEVEL="DEBUG", **variables) as worker:
        assert worker.popen.wait(60) == (0 if has_server else 1)
    assert said(worker.output, links()) == []
    assert ("e-mail" in worker.output) == (not has_server)


def test_actions_and_emails_log_nothing_of_a_family(caplog):
    with caplog.at_level(logging.DEBUG):
        lived_through()
    assert said(caplog.text, links()) == []


def said(output: str, tokens: dict[str, str]) -> list[str]:
    """Lines that should not be there."""
    signatures = [token.partition(":")[2] for token in tokens.values()]
    return [line for line in output.splitlines() if SAID.search(line) or any(each in line for each in signatures)]


def test_line_that_should_not_be_there_is_seen():
    lines = ["GET /support-call/call/WzEsMV0:abcdef/", "To canary7@example.org", "+447700900777", "GET /guides/"]
    assert said("\n".join(lines), {"call": "WzEsMV0:abcdef"}) == lines[:3]

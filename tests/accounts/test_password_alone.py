"""With a password alone nobody reaches anything of the staff site but the second step."""

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from bookings.links import feed_path
from tests import factories
from tests.accounts.people import digits_of, give_password, member, with_phone

pytestmark = pytest.mark.usefixtures("two_factor")
# Where the password alone leads, and what is no page for anybody.
OPEN = {"login/", "login/code/", "login/set-up/", "login/recovery-codes/", "login/start-again/", "my-second-step/"}
OPEN |= {"jsi18n/"}  # words for scripts, which hold nothing of ours
ANY = {"int": "1", "str": "x", "path": "1", "slug": "x"}


def addresses(patterns, before=""):
    """Every address under ``patterns``, with something in the place of each variable."""
    for pattern in patterns:
        converters = pattern.pattern.converters
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, before + str(pattern.pattern))
        elif isinstance(pattern, URLPattern):
            route = str(pattern.pattern).replace("^", "").replace("$", "")
            for name, converter in converters.items():
                kind = next(kind for kind in ANY if type(converter).__name__.lower().startswith(kind[:3]))
                for spelt in (f"<{kind}:{name}>", f"<{name}>"):
                    route = route.replace(spelt, ANY[kind])
            yield before + route


def staff_addresses():
    every = addresses(get_resolver().url_patterns)
    own = {each.removeprefix("admin/") for each in every if each.startswith("admin/")}
    return sorted(each for each in own - OPEN if "(" not in each)


@pytest.fixture
def half():
    client = Client()
    person = member(is_superuser=True)
    with_phone(person)
    give_password(client, person)
    return client


def closed(page):
    """Sent to log in, refused, or no page at all; who logs out is sent to the start page."""
    return page.status_code in (403, 404, 405) or page.headers.get("Location", "").startswith(
        ("/admin/login/", "/admin/")
    )


def test_every_page_of_the_staff_site_is_closed(half):
    found = staff_addresses()
    assert len(found) > 150
    assert [address for address in found if not closed(half.get(f"/admin/{address}"))] == []


def test_every_page_is_open_to_the_same_person_with_both_steps():
    """So that the test above does not only see what is closed to everybody."""
    client, person = Client(), member(is_superuser=True)
    phone = with_phone(person)
    give_password(client, person)
    client.post("/admin/login/code/", {"code": digits_of(phone.key)})
    pages = ["guides/guide/", "auth/user/", "bookings/diary/", "outbox/queuedemail/", "bookings/supply.csv"]
    assert [client.get(f"/admin/{page}").status_code for page in pages] == [200] * len(pages)


@pytest.mark.parametrize("name", ["markdown_preview", "markdown_upload"])
def test_editor_is_not_answered(half, name):
    page = half.post(reverse(name), {"content": "x"})
    assert (page.status_code, page.text.startswith("You are logged out.")) == (403, True)


def test_email_cannot_be_read(half):
    email = factories.queued_email(to="secret@family.example")
    page = half.get(f"/admin/outbox/queuedemail/{email.pk}/change/", follow=True)
    assert page.redirect_chain[-1][0].startswith("/admin/login/code/")
    assert "secret@family.example" not in page.text


def test_password_cannot_be_changed(half):
    assert half.get("/admin/password_change/")["Location"].startswith("/admin/login/")


def test_log_in_from_before_the_second_step_was_asked_for_is_not_enough(client, settings):
    settings.STAFF_TWO_FACTOR = False
    client.force_login(member())
    assert client.get("/admin/").status_code == 200
    settings.STAFF_TWO_FACTOR = True
    assert client.get("/admin/").status_code == 302


def test_public_pages_know_nothing_of_sessions(client):
    page = client.get("/guides/")
    assert (page.status_code, "Cookie" in page.headers.get("Vary", "")) == (200, False)


def test_secret_calendar_needs_no_log_in(client):
    assert client.get(feed_path(factories.adviser(user=factories.staff()))).status_code == 200

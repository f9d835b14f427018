"""What people get who ask for what is not there, and when the site is broken."""

import pytest
from django.http import HttpRequest
from django.test import Client

from sendguide.busy import server_error
from sendguide.pages import bad_request
from tests import factories
from tests.whole_site import checks
from tests.whole_site.pages import NO_SUCH_PAGE, Page
from tests.whole_site.quiet_checks import QUIET_CHECKS, sends_the_policies

# The page for errors is for nobody to share or list.
ERROR_CHECKS = [*(check for check in checks.CHECKS if check is not checks.can_be_shared), *QUIET_CHECKS]


def read(client: Client, address: str) -> Page:
    response = client.get(address)
    return Page(address, response.status_code, dict(response.items()), tuple(response.cookies), response.text)


@pytest.mark.parametrize(
    "address",
    [
        "/no-such-page/",
        "/no/such/page.php",
        "/guides/no-such-guide/",
        "/guides/no-such-guide/changes/",
        "/guides/topic/no-such-topic/",
        "/guides/send-glossary/no-such-word/",
        "/guides/whos-who-in-send/nobody/",
        "/guides/the-local-offer/nowhere/",
        "/guides/preview/forged/",
        "/media/pictures/none-480.webp",
        "/media/pictures/..%2F..%2Fdb.sqlite3",
        "/static/none.css",
        "/%00/",
        "/%F0%9F%98%80/",
        f"/{'x' * 3000}/",
    ],
    ids=lambda address: address[:40].replace("%", "_"),
)
def test_what_is_not_there_is_not_found_kindly(site, visitor, address):
    page = read(visitor, address)
    assert (page.status, page.body.count("You have done nothing wrong")) == (404, 1)
    assert [fault for check in [*checks.CHECKS, *QUIET_CHECKS] for fault in check(page)] == []
    assert "public" not in page.headers.get("Cache-Control", "")


def test_address_without_its_last_slash_leads_to_the_page(visitor):
    response = visitor.get("/guides/autism")
    assert (response.status_code, response["Location"]) == (301, "/guides/autism/")


@pytest.mark.parametrize("check", ERROR_CHECKS)
def test_error_page_is_whole_although_the_database_is_down(check, django_db_blocker):
    """Whoever may not use the database has as good as none."""
    with django_db_blocker.block():
        page = read(Client(raise_request_exception=False), "/")
    assert (page.status, page.body.count("Something went wrong on our side")) == (500, 3)
    assert list(check(page)) == []


def test_error_page_needs_no_request():
    assert server_error(None).status_code == 500  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "address",
    [
        "/admin/bookings/booking/?status__exact=zzz",
        "/admin/outbox/queuedemail/?utm_source=x",
        "/admin/guides/searchmiss/?month__gte=2026-13-45",
    ],
)
def test_list_with_what_does_not_belong_into_its_address_is_refused_kindly(db, client, address):
    client.force_login(factories.staff(is_superuser=True))
    page = read(client, address)
    assert (page.status, page.body.count("We cannot make sense of this address")) == (400, 2)
    assert '<a href="?">open the page without what stands behind its address</a>' in page.body
    assert client.get(address.partition("?")[0]).status_code == 200


@pytest.mark.parametrize("check", ERROR_CHECKS)
def test_page_for_bad_requests_is_whole_and_needs_no_database(check):
    response = Client().get("/", headers={"host": "not a name"})
    page = Page("/", response.status_code, dict(response.items()), tuple(response.cookies), response.text)
    assert (page.status, page.body.count("Nothing was changed.")) == (400, 1)
    assert page.headers["Cache-Control"] == "no-store"
    assert list(check(page)) == []


def test_page_for_bad_requests_needs_nothing_of_the_request():
    assert bad_request(HttpRequest(), Exception()).status_code == 400


def test_page_that_is_not_found_needs_no_database():
    assert read(Client(), f"{NO_SUCH_PAGE}at/all").status == 404


def test_login_page_of_staff_has_the_same_policies(visitor):
    page = read(visitor, "/admin/login/")
    assert page.status == 200
    assert list(sends_the_policies(page)) == []
    assert "no-store" in page.headers["Cache-Control"]

"""The table of who may call what is whole, and the site keeps to it."""

import pytest
from django.urls import reverse

from tests import factories
from tests.access.asking import ask
from tests.access.people import PEOPLE, Person
from tests.access.rows import Rows, walk
from tests.access.table import LINKS, NOBODY, OWNER, TABLE, Row
from tests.staff.people import ADVISER

pytestmark = pytest.mark.django_db


def wrong_for(person: Person, rows: Rows, table: dict[str, Row]) -> list[str]:
    found = []
    routes = walk()
    for page, row in table.items():
        address = rows.address(page, routes[page])
        for method, who in zip(("get", "post"), row, strict=True):
            answer, expected = ask(person, method, address), person.expected(page, who)
            if answer != expected:
                found.append(f"{method.upper()} {address}: {answer}, and not {expected}")
    return found


def test_every_address_is_in_the_table_and_nothing_else():
    assert set(walk()) == set(TABLE)


@pytest.mark.parametrize("name", PEOPLE)
def test_site_keeps_to_the_table(rows_and_people, name):
    rows, people = rows_and_people
    assert wrong_for(people[name], rows, TABLE) == []


def test_page_that_lets_in_others_than_the_table_says_is_seen(rows_and_people):
    rows, people = rows_and_people
    table = {"admin:bookings_diary": Row("bookings.change_adviser", NOBODY), "home": Row(OWNER)}
    assert wrong_for(people[ADVISER], rows, table) == [
        "GET /admin/bookings/diary/: in, and not kept out",
        "POST /admin/bookings/diary/: in, and not kept out",
        "GET /: in, and not kept out",
    ]


def test_link_with_one_letter_changed_opens_nothing(rows_and_people):
    rows, people = rows_and_people
    routes, answers = walk(), {}
    for page in LINKS:
        address = rows.address(page, routes[page])
        token = next(part for part in address.split("/") if ":" in part)
        wrong = token[:-1] + ("A" if token[-1] != "A" else "B")
        answers[page] = ask(people["nobody"], "get", address.replace(token, wrong))
    assert answers == dict.fromkeys(LINKS, "kept out")


def test_calls_of_others_are_not_there_for_an_adviser(rows_and_people):
    rows, people = rows_and_people
    other = factories.booking(adviser=rows.adviser)
    for page in (page for page in TABLE if page.startswith("admin:bookings_booking_") and "<" in walk()[page]):
        address = reverse(page, args=[other.pk])
        assert [ask(people[ADVISER], method, address) for method in ("get", "post")] == ["kept out"] * 2

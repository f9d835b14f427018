"""A postcode that somebody types is in the page that asks again, and nowhere else."""

import logging
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import connection
from gunicorn.config import Config
from gunicorn.glogging import SafeAtoms

from sendguide.gunicorn import QuietLogger, access_log_format
from tests import factories
from tests.whole_site.document import Document, words

pytestmark = pytest.mark.django_db

ADDRESS = "/guides/the-local-offer/find/"
# Each leads to another kind of answer; none of these texts could stand anywhere by chance.
CANARIES = {
    "found": "HU5 2TY",
    "found, badly typed": "hU5.2-tY",
    "on a border": "HU12 8QQ",
    "one guess": "HU1 9QQ",
    "several guesses": "HU5 9QQ",
    "sector": "AB12 3",
    "unknown": "HU99 9QQ",
    "jersey": "JE2 3QQ",
    "forces": "BFPO 987",
    "ireland": "D02 QF39",
    "post box": "EN77 9QQ",
    "none": "canary 1QQ",
}
EVERYTHING = {
    f"{name}{then and ' on the way'}": (typed, then) for name, typed in CANARIES.items() for then in ("", "/workshops/")
}


def spellings(typed: str) -> set[str]:
    whole = "".join(each for each in typed if each.isalnum())
    spaced = f"{whole[:-3]} {whole[-3:]}"
    return {each.casefold() for each in (typed, whole, spaced, typed.replace(" ", "+"), typed.replace(" ", "%20"))}


def all_rows() -> str:
    """Every cell of every table of the database."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            found += [str(row) for row in cursor.fetchall()]
    assert found
    return "\n".join(found)


def access_log(response) -> str:
    """The line that the server would write."""
    environ = {**response.wsgi_request.environ, "RAW_URI": response.wsgi_request.path}
    request = SimpleNamespace(headers=list(response.wsgi_request.headers.items()))
    answer = SimpleNamespace(status=response.status_code, sent=len(response.content), headers=list(response.items()))
    atoms = QuietLogger(Config()).atoms(answer, request, environ, timedelta(milliseconds=5))
    return access_log_format % SafeAtoms(atoms)


@pytest.mark.parametrize(("typed", "then"), EVERYTHING.values(), ids=EVERYTHING.keys())
def test_postcode_is_kept_nowhere(client, caplog, capfd, typed, then):
    for code in ("E06000010", "E06000011", "S12000033", "S12000034"):
        factories.council(code=code)
    caplog.set_level(logging.DEBUG)
    django = logging.getLogger("django")
    level, propagate = django.level, django.propagate
    django.setLevel(logging.DEBUG)
    django.propagate = True
    try:
        response = client.post(ADDRESS, {"postcode": typed, "then": then})
    finally:
        django.setLevel(level)
        django.propagate = propagate

    places = {
        "headers": str(dict(response.items())),
        "cookies": str(response.cookies),
        "session": str(dict(client.session)),
        "log": "\n".join([caplog.text, *(str(record.__dict__) for record in caplog.records), *capfd.readouterr()]),
        "access log": access_log(response),
        "tables": all_rows(),
    }
    if response.status_code == 303:
        places["page"] = response.text
    else:
        document = Document(response.text)
        (field,) = document.find("input", name="postcode")
        assert field.attrib.pop("value") == typed
        places["rest of the page"] = " ".join(
            [
                *(words(element) for element in document.elements),
                *(str(element.attrib) for element in document.elements),
            ]
        )
    assert {
        place for place, text in places.items() for spelling in spellings(typed) if spelling in text.casefold()
    } == set()


def test_kept_postcode_would_be_seen(client):
    factories.council(name="Council of hu52ty")
    assert "hu52ty" in all_rows().casefold()
    assert access_log(client.get("/HU52TY/")).split()[2:5] == ["GET", "/HU52TY/", "404"]

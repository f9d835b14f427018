"""What people, and programs, may send: for tests that nothing of it is an error of the site."""

import os
from typing import Any
from urllib.parse import quote_plus

from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

# Each form is a page with a database behind it; on CI the same examples each time, elsewhere new ones.
FEW = settings(
    max_examples=5,
    deadline=None,
    derandomize=bool(os.environ.get("CI")),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
SCRIPTS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'><svg/onload=alert(1)>",
    "[x](javascript:alert(1))",
    "[x](JaVa\tScRiPt:alert(1))",
    "![x](data:text/html;base64,PHNjcmlwdD4=)",
    "<javascript:alert(1)>",
    "{{ 7|add:7 }}{% debug %}",
    "## x {#a onclick=alert(1)}",
    "text{: onmouseover=alert(1) style=x }",
    '!!! key "<b onclick=alert(1)>"\n    x',
    "[^1]\n\n[^1]: <script>x</script>",
]
ODD = [
    *("", " ", "0", "-1", "1e400", "NaN", "99999999999999999999", "٣", "1,5", "on", "None", "[]", "{}", "null"),
    *("0001-01-01", "9999-12-31", "31/02/2026", "2026-12-01T10:00:00Z", "9999-12-31T23:59:59+00:00", "24:00", "10:00"),
    *(
        "a\0b",
        "\r\n",
        "\u202e\u200b",
        "é" * 300,
        "x" * 6000,
        "a@b",
        "a@b.example",
        "//evil.example",
        "../../etc",
        "%00",
    ),
    *("HU5 2AA", "hu5", "07700 900123", "+44", "_", "'", '"', "\\", "(", "*", "%", "1;2", "00000000-0000-0000-0000-0"),
]
texts = st.sampled_from(ODD) | st.sampled_from(SCRIPTS) | st.text(max_size=40)
# Bytes that are no UTF-8, as a program may send them.
raw = st.binary(max_size=12)


def spoiled(fields: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    """``fields`` of a form that a browser would send, some of them left out or with something odd in them."""
    values = st.none() | texts | raw | st.lists(texts, max_size=3)
    changes = st.dictionaries(st.sampled_from(sorted(fields)), values, min_size=1, max_size=5)
    return changes.map(lambda changed: {name: value for name, value in (fields | changed).items() if value is not None})


def body_of(fields: dict[str, Any]) -> str:
    pairs = []
    for name, value in fields.items():
        for each in value if isinstance(value, list) else [value]:
            part = each if isinstance(each, bytes) else str(each).encode("utf-8", "surrogatepass")
            pairs.append(f"{quote_plus(name)}={quote_plus(part)}")
    return "&".join(pairs)


def send(client: Client, address: str, fields: dict[str, Any], method: str = "post") -> HttpResponse:
    """Whatever it does to the database is undone. An error of the site is raised."""
    with transaction.atomic():
        if method == "get":
            response = client.get(address, QUERY_STRING=body_of(fields))
        else:
            response = client.post(address, body_of(fields), content_type="application/x-www-form-urlencoded")
        transaction.set_rollback(True)
    return response

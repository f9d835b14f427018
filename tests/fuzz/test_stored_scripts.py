"""Whatever is written into a text or a name: no page that shows it runs any of it."""

import pytest
import time_machine
from django.db import transaction
from django.db.models import CharField, TextField
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sendguide.lib.rich_text import render
from tests import factories
from tests.access.rows import Rows, walk
from tests.access.table import NOT_TAKEN, TABLE
from tests.bookings.admin.conftest import NOW
from tests.fuzz.harm import harm_in
from tests.fuzz.typed import FEW, SCRIPTS
from tests.staff.people import make_roles

HOSTILE = "</title></textarea>'\"><script>alert(1)</script><img src=x onerror=alert(1)>{{ 7|add:7 }}"
LINES = [
    *SCRIPTS,
    *(
        "## Title {#id}",
        "- one\n- two",
        "1. x",
        "> quote",
        "| a | b |\n|---|---|\n| c | d |",
        "term\n:   meaning",
        "    code",
    ),
    *(
        "*a* **b** `c`",
        "[a](/guides/)",
        "[a](law:cfa/36)",
        "![a](/media/pictures/0123456789abcdef-480.webp)",
        "<!-- x -->",
    ),
    *(
        "[a]: javascript:alert(1)",
        "[a][a]",
        "<a@b.example>",
        "&lt;script&gt;",
        "&#106;avascript:x",
        "[x](&#x6A;avascript:x)",
    ),
    *(
        "<style>x{}</style>",
        "<math><mi xlink:href=javascript:x>",
        "!!! proposed 2026-07-02\n    [x](vbscript:x)",
        "[x](data:,x)",
    ),
]
markdown = st.lists(st.sampled_from(LINES) | st.text(max_size=25), max_size=7).flatmap(
    lambda lines: st.sampled_from(["\n", "\n\n", " ", ""]).map(lambda between: between.join(lines))
)


@pytest.mark.parametrize(
    ("html", "harm"),
    [
        ("<p>x</p><a href='/x'>y</a><a href='mailto:a@b'>z</a>", []),
        ("<script>x</script>", ["<script>"]),
        ("<p><svg><script>x</script></svg>", ["<svg>", "<script>"]),
        ("<img src=x onerror=y>", ["onerror"]),
        ("<a href='java\tscript:x'>y</a>", ["href=java\tscript:x"]),
        ("<a href=' &#106;avascript:x'>y</a>", ["href= javascript:x"]),
        ("<p style='x'>", ["style"]),
    ],
)
def test_harm_is_seen(html, harm):
    assert harm_in(html) == harm


def test_harm_in_a_whole_page_is_seen():
    page = "<!doctype html><title>x</title><script src='/static/js/site.js'></script><form></form>"
    assert harm_in(page, is_page=True) == []
    assert harm_in(page + "<script>x</script><script src='/static/x.js'>y</script>", is_page=True) == ["<script>"] * 2
    assert harm_in(page + "<script src='https://evil.example/x.js'></script>", is_page=True) == ["<script>"]


@settings(FEW, max_examples=150)
@given(source=markdown)
@example(source=" ".join(LINES))
def test_markdown_becomes_nothing_that_runs(source):
    assert harm_in(render(source).html) == []


@pytest.fixture
def rows(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with time_machine.travel(NOW, tick=False):
        make_roles()
        owner = factories.staff(is_superuser=True)
        client.force_login(owner)
        yield Rows(adviser=owner, others=[])


@pytest.mark.django_db
@FEW
@given(source=markdown)
def test_preview_of_the_editor_runs_nothing(client, rows, source):
    answer = client.post("/admin/markdown/preview/", {"content": source})
    assert (answer.status_code, harm_in(answer.content.decode())) == (200, [])


@pytest.mark.django_db
@FEW
@given(source=markdown)
def test_page_with_a_text_runs_nothing(client, rows, source):
    with transaction.atomic():
        rows.guide.body = source
        rows.guide.save()
        answer = client.get(rows.guide.get_absolute_url())
        transaction.set_rollback(True)
    assert (answer.status_code, harm_in(answer.content.decode(), is_page=True)) == (200, [])


def make_hostile(row):
    """Its words, not what the site looks things up by or makes of them."""
    kept = {
        "slug",
        "code",
        "email",
        "phone",
        "to",
        "kind",
        "key",
        "why",
        "message_id",
        "name" if row.pk is None else "",
    }
    derived = set(getattr(row, "DERIVED", ()))
    for field in row._meta.concrete_fields:
        is_text = type(field) in {CharField, TextField} and not field.choices and field.editable
        if is_text and not field.unique and field.name not in kept | derived and not field.name.endswith("_html"):
            setattr(row, field.name, HOSTILE[: field.max_length])
    row.save()


@pytest.mark.django_db
def test_names_and_notes_run_nowhere(client, rows):
    for row in rows.of_lists.values():
        if row._meta.label_lower != "guides.picture":
            make_hostile(row)
    rows.date.workshop.refresh_from_db()
    routes, harm, shown = walk(), {}, 0
    for page, row in TABLE.items():
        if row.look == NOT_TAKEN:
            continue
        answer = client.get(rows.address(page, routes[page]))
        if answer.headers.get("Content-Type", "").startswith("text/html"):
            text = answer.content.decode()
            shown += "&lt;script&gt;alert(1)" in text
            if found := harm_in(text, is_page=True):
                harm[page] = found
    assert harm == {}
    assert shown > 40

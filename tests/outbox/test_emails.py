"""Every e-mail of the site: its templates, and that whoever queues one names a kind that there is."""

import ast

import pytest
from django.conf import settings
from django.template import Engine

from sendguide.outbox.models import QueuedEmail
from sendguide.outbox.registry import in_words, kinds
from sendguide.outbox.writing import write
from tests.whole_site.document import Document, words
from tests.whole_site.test_templates import APPS, TEMPLATES

EMAILS = TEMPLATES / "emails"
NOT_EMAILS = {"base", "components"}


def templates():
    """Every e-mail by the name that its function gives, without its ending."""
    found = {path.relative_to(TEMPLATES) for path in EMAILS.rglob("*.*") if path.is_file()}
    return sorted({str(path.with_suffix("")) for path in found if path.parts[1].partition(".")[0] not in NOT_EMAILS})


def calls(*names):
    """Each call of a function or class of ours with one of ``names``."""
    files = [path for app in APPS for path in (settings.BASE_DIR / app).rglob("*.py") if "migrations" not in path.parts]
    for path in files:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) in names:
                yield node


def constants(argument, *names):
    """The texts that are written for ``argument`` in calls of ``names``."""
    values = (keyword.value for call in calls(*names) for keyword in call.keywords if keyword.arg == argument)
    return {value.value for value in values if isinstance(value, ast.Constant)}


def test_staff_read_each_kind_in_words_of_its_own():
    called = [in_words(kind) for kind in kinds()]
    assert len(set(called)) == len(called) > 10
    assert [words for words in called if not words[0].isupper() or "_" in words or "." in words] == []


@pytest.mark.parametrize("name", templates())
@pytest.mark.parametrize("ending", ["html", "txt"])
def test_every_email_has_text_and_html_built_on_the_base(name, ending):
    source = (TEMPLATES / f"{name}.{ending}").read_text("utf-8")
    assert source.startswith(f'{{% extends "emails/base.{ending}" %}}')
    Engine.get_default().get_template(f"{name}.{ending}")


def test_every_email_that_is_written_has_its_templates():
    assert constants("template", "Email") == set(templates())


def test_only_kinds_that_there_are_are_queued():
    queued = constants("kind", "queue", "Letter")
    assert "outbox.trial" in queued
    assert queued <= set(kinds())


def test_trial_is_sound_html_and_the_same_in_plain_text():
    written = write(QueuedEmail(kind="outbox.trial", key="k", to="anna@family.example", about=0))
    document = Document(written.html)
    assert document.errors == []
    assert document.root.get("lang") == "en-GB"
    assert [words(title) for title in document.find("title")] == ["E-mail from SEND Guide works"]
    assert [words(heading) for heading in document.find("h1")] == ["E-mail works"]
    assert [link.get("href") for link in document.find("a")] == [
        settings.SITE_URL,
        f"{settings.SITE_URL}/",
        f"mailto:{settings.CONTACT_EMAIL}",
    ]
    assert document.find("img", "script", "link") == []
    assert written.text.startswith("E-mail works\n")
    assert "<" not in written.text
    for part in (settings.SITE_URL, settings.CONTACT_EMAIL, "Nothing in it tells us whether you open it"):
        assert part in written.text

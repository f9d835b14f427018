"""Every template is used, and none of a page holds what the security policy would block."""

import ast
import re
from collections.abc import Iterable
from pathlib import Path

import pytest
from django.conf import settings
from django.template.utils import get_app_template_dirs

TEMPLATES = settings.BASE_DIR / "templates"
APPS = ("sendguide", "guides", "workshops", "bookings")
NAMED = re.compile(r"""{%\s*(?:extends|include)\s+["']([^"']+)["']""")
SCRIPT = re.compile(r"<script\b([^>]*)>", re.IGNORECASE)
STYLE = re.compile(r"<style\b|\sstyle\s*=", re.IGNORECASE)
COMMENT = re.compile(r"{#.*?#}|{%\s*comment.*?endcomment\s*%}", re.DOTALL)


def unused(folder: Path, roots: Iterable[str]) -> set[str]:
    """Templates in ``folder`` that neither ``roots`` are nor lead to by extending and including."""
    texts = {str(path.relative_to(folder)): path.read_text("utf-8") for path in folder.rglob("*") if path.is_file()}
    used, waiting = set(), [name for name in texts if name in set(roots)]
    while waiting:
        name = waiting.pop()
        if name in texts and name not in used:
            used.add(name)
            waiting += NAMED.findall(texts[name])
    return set(texts) - used


def named_in_python() -> set[str]:
    """Every text that is written in the code of the apps."""
    files = [path for app in APPS for path in (settings.BASE_DIR / app).rglob("*.py") if "migrations" not in path.parts]
    nodes = (node for path in files for node in ast.walk(ast.parse(path.read_text("utf-8"))))
    return {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def of_emails(names: Iterable[str]) -> set[str]:
    """An e-mail's function names both of its templates at once, without their endings."""
    return {f"{name}.{ending}" for name in names if name.startswith("emails/") for ending in ("html", "txt")}


def replaced() -> set[str]:
    """Templates that stand in for those of an installed package, which asks for them by name."""
    names = {str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*") if path.is_file()}
    return {
        name for name in names if any(Path(folder, name).is_file() for folder in get_app_template_dirs("templates"))
    }


def blocked(text: str) -> list[str]:
    """What our security policy would block if it stood in a page."""
    text = COMMENT.sub("", text)
    scripts = [attributes for attributes in SCRIPT.findall(text) if "src=" not in attributes]
    return [*STYLE.findall(text), *(script for script in scripts if "application/ld+json" not in script)]


def test_every_template_is_used():
    named = named_in_python()
    assert unused(TEMPLATES, named | of_emails(named) | replaced()) == set()


def test_unused_template_is_seen(tmp_path):
    for name, text in {
        "base.html": "",
        "page.html": '{% extends "base.html" %}{% include "parts/one.html" with x=1 %}',
        "parts/one.html": "",
        "parts/two.html": "",
        "left.html": "{% extends 'base.html' %}{% include 'parts/two.html' %}",
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    assert unused(tmp_path, {"page.html", "elsewhere.html"}) == {"left.html", "parts/two.html"}


def test_no_template_of_a_page_holds_what_the_policy_blocks():
    """E-mails have no such policy, and their programs leave only styles that are inline."""
    files = [path for path in TEMPLATES.rglob("*") if path.is_file() and TEMPLATES / "emails" not in path.parents]
    assert {str(path): found for path in files if (found := blocked(path.read_text("utf-8")))} == {}


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ('<p style="color: red">', 1),
        ("<p class='x' STYLE='x'>", 1),
        ("<style>p {}</style>", 1),
        ("<script>alert()</script>", 1),
        ('<script type="module">', 1),
        ('<script src="/static/js/site.js" defer></script>', 0),
        ('<script type="application/ld+json">{}</script>', 0),
        ("{# no style=, no <script> #}<p>Your style</p>", 0),
    ],
)
def test_what_the_policy_blocks_is_seen(text, count):
    assert len(blocked(text)) == count


def test_line_of_a_date_is_marked_up_in_one_template():
    found = [path.name for path in TEMPLATES.rglob("*.html") if 'class="session"' in path.read_text("utf-8")]
    assert found == ["session.html"]

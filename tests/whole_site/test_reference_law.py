"""The glossary and the who's who: what they say of the law stands beside its source, and the source is a link."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings

from guides.models.reference import LawCheck
from tests.whole_site.legal_statements import LAW_LINK, LINK, says_law

CONTENT = Path(settings.BASE_DIR) / "content"
# The fields that parents read, and the one with the legal source.
LISTS = {
    "glossary.yaml": (("definition",), "law"),
    "whos-who.yaml": (("what_they_do", "works_where", "when_you_meet_them"), "required_by_law"),
}
NAMED = re.compile(
    r"\b(?:Act|Regulations|Order|Measure|Rules)(?: \([^)]*\))* (?:19|20)\d\d|\bS?S[IR] \d{4}|\b(?:art|reg|s)s?[. ]\d"
)
# The text of an Act that is not in force, named inside the link to the Act that adds it.
ADDED = re.compile(r"adds s\.23ZZZA")


def entries() -> Iterator[tuple[str, dict[str, Any], str, str]]:
    """(file, line and slug; entry; what parents read; its source) for each word and person.

    A source that is not certain is not shown, so it is none.
    """
    for name, (fields, law) in LISTS.items():
        text = (CONTENT / name).read_text("utf-8")
        lines = text.splitlines()
        for entry in yaml.safe_load(text):
            line = lines.index(f"- slug: {entry['slug']}") + 1
            shown = [entry[field] for field in fields] + list(entry.get("detail", {}).values())
            source = "" if entry.get("law_check") == LawCheck.UNCERTAIN else entry.get(law, "")
            yield f"content/{name}:{line}: {entry['slug']}", entry, " ".join(shown), source


def named_without_link(source: str) -> list[str]:
    return NAMED.findall(ADDED.sub("", LINK.sub("", source)))


def test_every_entry_that_speaks_of_the_law_shows_where_it_stands():
    found = [
        place
        for place, entry, shown, source in entries()
        if says_law(shown) and not LAW_LINK.search(source) and entry.get("status") != "proposed-not-law"
    ]
    assert found == []


def test_every_law_that_an_entry_names_has_its_link():
    assert {place: names for place, _, _, source in entries() if (names := named_without_link(source))} == {}


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("[Education Act 1996 s.19](law:ea-1996/19) (in England).", []),
        ("Education Act 1996 s.19.", ["Act 1996", "s.1"]),
        ("Carers (Scotland) Act 2016; SI 2013/351 reg 5A.", ["Act 2016", "SI 2013", "reg 5"]),
        ("Government programme; no Act.", []),
    ],
)
def test_laws_without_link_are_seen(source, names):
    assert named_without_link(source) == names

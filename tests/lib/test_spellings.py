import re

import pytest

from sendguide.lib.spellings import pattern_of


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        *(("o'brien", "Siobhán O’Brien"), ("O’Brien", "o'brien"), ("SIOBHÁN", "Siobhan"), ("siobhan", "SIOBHÁN")),
        *(("zoe", "Zoë’s guide"), ("ZOË", "zoe"), ("Ynys Môn", "Ynys Mon"), ("gwyr", "Gŵyr"), ("zoe\u0308", "Zoë")),
        *(("self-harm", "self‑harm"), ("50%", "50%"), ("a.b", "a.b"), ("(SEND)", "SEND (SEND)"), ("[x]", "[x]")),
    ],
)
def test_text_is_found_however_it_is_spelt(typed, written):
    assert re.search(pattern_of(typed), written, re.IGNORECASE)


@pytest.mark.parametrize(("typed", "written"), [("a.b", "axb"), ("obrien", "O’Brien"), ("x*", "xx"), ("mon", "man")])
def test_other_texts_are_not_found(typed, written):
    assert not re.search(pattern_of(typed), written, re.IGNORECASE)

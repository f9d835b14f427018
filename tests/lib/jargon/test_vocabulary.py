"""Which words of a text are words of the glossary."""

import pytest

from tests.lib.jargon.words import WORDS, entry, vocabulary


def found(text, words=WORDS):
    return [(text[each.start : each.end], each.slug) for each in words.find(text)]


@pytest.mark.parametrize(
    ("text", "slugs"),
    [
        ("An EHCP.", ["ehcp"]),
        ("An EHCP’s parts, “EHCPs” and (EHC plan)", ["ehcp", "ehcp", "ehcp"]),
        ("ehcp, Ehcp", []),  # two capitals in a word: exactly so
        ("BEST Endeavours", ["best-endeavours"]),  # others ignore case
        ("best\nendeavours, best-endeavours, best\u2011endeavours, best\u00a0endeavours", ["best-endeavours"] * 4),
        ("Carer's Allowance and carer’s allowance", ["carer-s-allowance"] * 2),
        ("co-ordinated support plan, co ordinated support-plan", ["csp"] * 2),
        ("the SEND Code of Practice", ["send-code-of-practice"]),  # the longest
        ("the SEND codes", ["send"]),
        ("Please send it. Send it. SEND help", ["send"]),
        ("Portage, portage", ["portage"]),
        ("non-EHCP, EHCP-like, preEHCP, EHCPx, EHCP2, EHCP.org, me@EHCP", []),
        ("C(E)TR, (C(E)TR)", ["c-e-tr"] * 2),
        ("speech & language therapy", ["speech-language-therapy"]),
        ("SEND Guide and the SEND Regulations", []),  # names that begin with it
        ("section F, Section F, section f", ["section-f"] * 2),
        ("in this section a child", []),
        ("Section F of an EHCP", ["section-f"]),
        ("Section 19 says", ["section-19"]),
        ("Section 19(2), section 19 of the Act, section 19 CFA 2014, section 19.2", []),
        ("", []),
    ],
)
def test_words_are_found(text, slugs):
    assert [slug for _, slug in found(text)] == slugs


def test_a_barred_form_is_not_found_even_if_it_is_the_term_itself():
    words = vocabulary(entry("burnout", "burnt out", barred=("burnout",)))
    assert found("burnout, burnt out", words) == [("burnt out", "burnout")]


def test_what_stands_at_the_end_of_the_span_is_looked_at_but_not_taken():
    assert list(WORDS.find("an EHCPs", 0, 7)) == []

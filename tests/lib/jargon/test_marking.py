"""Where a word takes a mark, and that nothing else of a text changes."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendguide.lib.jargon import as_html, mark_page
from sendguide.lib.jargon.marking import UNMARKED
from sendguide.lib.rich_text import render
from tests.lib.jargon.words import MARK, WORDS, entry, marked, vocabulary, without_marks, words_marked
from tests.whole_site.document import Document

ENGLAND = {"nations": ["England"]}


def test_mark_keeps_the_word_as_text_and_gives_a_button_and_a_link():
    assert marked("<p>An EHCP is a plan.</p>") == (
        '<p>An <label class="term">EHCP<button class="term-open" type="button" popovertarget="term_ehcp" '
        'aria-label="EHCP: meaning"></button></label>'
        '<a class="term-page" href="/guides/send-glossary/ehcp/" aria-label="EHCP: meaning"> (meaning)</a>'
        " is a plan.</p>"
    )


def test_only_the_first_use_on_a_page_is_marked_however_it_is_written():
    page = mark_page({"one": "<p>An EHC plan.</p>", "two": "<p>An EHCP, SEND</p>"}, WORDS)
    assert MARK.findall(page.texts["one"]) == ["EHC plan"]
    assert MARK.findall(page.texts["two"]) == ["SEND"]
    assert page.slugs == ("ehcp", "send")


@pytest.mark.parametrize(
    "html",
    [
        "<h2>EHCP</h2>",
        '<p><a href="https://example.org">EHCP</a></p>',
        '<p><a href="/guides/"><strong>EHCP</strong></a></p>',
        "<blockquote><p>My EHCP</p></blockquote>",
        "<pre><code>EHCP</code></pre>",
        "<table><tbody><tr><th>EHCP</th></tr></tbody></table>",
        "<dl><dt>EHCP</dt></dl>",
        "<label>EHCP</label>",
        "<button>EHCP</button>",
        "<details><summary>EHCP</summary></details>",
        '<div class="box box-key"><p class="box-title">EHCP</p></div>',
    ],
)
def test_no_mark_where_none_belongs_and_the_next_use_has_it(html):
    assert words_marked(html) == []
    assert words_marked(f"{html}<p>EHC plan</p>") == ["EHC plan"]


def test_marks_stand_in_lists_boxes_cells_and_strong_words():
    html = (
        "<ul><li>EHCP</li></ul><table><tbody><tr><td>SENCO</td></tr></tbody></table>"
        '<div class="box box-key"><p class="box-title">x</p><p><strong>SEND</strong></p></div>'
    )
    assert words_marked(html) == ["EHCP", "SENCO", "SEND"]


def test_word_that_goes_on_in_another_element_is_not_marked():
    assert words_marked("<p>EHCP<strong>x</strong>, non-<em>SENCO</em></p>") == []
    assert words_marked('<p>EHCP<sup id="fnref:1"><a href="#fn:1">1</a></sup></p>') == ["EHCP"]


def test_no_mark_on_the_page_of_the_word_itself():
    assert words_marked("<p>EHCP and SEND</p>", own="ehcp") == ["SEND"]


def test_page_about_one_nation_has_no_words_of_another():
    html = "<p>EHCP, co-ordinated support plan, autism</p>"
    assert words_marked(html, nations=["Scotland"]) == ["co-ordinated support plan", "autism"]
    assert words_marked(html, **ENGLAND) == ["EHCP", "autism"]
    assert words_marked(html, nations=["Wales"]) == ["autism"]
    assert words_marked(html, nations=["England", "Scotland"]) == ["EHCP", "co-ordinated support plan", "autism"]
    assert words_marked(html) == ["EHCP", "co-ordinated support plan", "autism"]


def test_box_about_a_nation_has_no_words_of_another():
    html = '<div class="box box-scotland"><p>EHCP, co-ordinated support plan</p></div><p>EHC plan</p>'
    assert words_marked(html) == ["co-ordinated support plan", "EHC plan"]
    assert words_marked(html, **ENGLAND) == ["EHC plan"]


def test_part_of_a_plan_is_marked_only_where_england_and_its_plans_are_spoken_of():
    html = "<p>Section F, Section A</p>"
    assert words_marked(html, **ENGLAND) == []
    assert words_marked(f"{html}<h2>Your EHCP</h2>", **ENGLAND) == ["Section F", "Section A"]
    assert words_marked(f"{html}<h2>Your EHCP</h2>") == []
    assert words_marked("<p>Section F of an EHCP</p>", **ENGLAND) == ["Section F of an EHCP"]


def test_longer_word_that_takes_no_mark_hides_the_shorter_one_in_it():
    assert words_marked("<p>The SEND Code.</p>", own="send-code-of-practice") == []


def test_link_that_staff_made_to_the_page_of_a_word_opens_in_place():
    link = '<a href="/guides/send-glossary/ehcp/">legal plan</a>'
    assert words_marked(f"<p>A {link} or EHCP</p>") == ["legal plan"]
    assert words_marked(f"<p>EHCP, a {link}</p>") == ["EHCP"]
    assert marked(f"<p>EHCP, a {link}</p>").endswith(f"a {link}</p>")
    assert words_marked(f"<h2>A {link}</h2><blockquote><p>{link}</p></blockquote>") == []
    assert words_marked(f"<p>A {link}</p>", nations=["Scotland"]) == []


def test_text_in_foreign_html_stays_as_it_is():
    for html in ("<p>EHCP &eacute;</p>", "<P>EHCP</P>", "<p>EHCP<!-- x --></p>", "EHCP <"):
        assert without_marks(marked(html)) == html


def test_characters_that_html_needs_stay_written_out():
    html = as_html("speech & language therapy < EHCP > “SEND”\u00a0x")
    assert html == "speech &amp; language therapy &lt; EHCP &gt; “SEND”&nbsp;x"
    assert words_marked(html) == ["speech &amp; language therapy", "EHCP", "SEND"]
    assert without_marks(marked(html)) == html


def test_name_and_address_of_a_mark_are_safe():
    words = vocabulary(entry('A "quoted" <b>', slug="x"))
    html = marked(as_html('A "quoted" <b>'), words)
    assert 'aria-label="A &quot;quoted&quot; &lt;b&gt;: meaning"' in html


PIECES = st.sampled_from(
    [
        *("EHCP", "EHC plan", "SEND", "SEND Code of Practice", "best endeavours", "Section F", "autistic", "SENCO’s"),
        *(
            "send",
            "## ",
            "> ",
            "- ",
            "\n\n",
            "**",
            "`",
            "[",
            "](/guides/)",
            "](/guides/send-glossary/ehcp/)",
            "&",
            "<b>",
        ),
        *('!!! key "EHCP"\n    ', "| SEND | x |\n| --- | --- |\n| SENCO | EHCP |\n\n", "[^1]", " ", "-", "’", "é", "."),
    ]
)
TEXTS = st.lists(PIECES | st.text(max_size=3), max_size=30).map("".join)


@given(TEXTS, st.sampled_from([[], ["England"], ["Scotland"]]))
def test_any_text_keeps_its_words_and_takes_at_most_one_mark_a_word(source, nations):
    html = render(source).html
    page = mark_page({"body": html}, WORDS, nations=nations)
    once = page.texts["body"]
    assert words_of(without_marks(once)) == words_of(html)
    assert "term-open" not in without_marks(once)
    assert len(page.slugs) == len(set(page.slugs)) == once.count("popovertarget")
    again = mark_page({"body": once}, WORDS, nations=nations)
    assert (again.texts["body"], again.slugs) == (once, page.slugs)
    assert not [above for above in around_marks(once) if above & (UNMARKED - {"label"})]


def words_of(html):
    return re.sub("<[^>]*>", "", html)


def around_marks(html):
    """For each mark the tags that it stands in."""
    document = Document(f"<!doctype html><title>x</title>{html}")
    parents = {child: element for element in document.root.iter() for child in element}
    for mark in document.with_class("term"):
        above, element = set(), mark
        while (element := parents.get(element)) is not None:
            above.add(element.tag)
        yield above

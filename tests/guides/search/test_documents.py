"""What of the site is found, and where it leads."""

import pytest

from guides.models import SearchSynonym
from guides.search.answers import Found
from guides.search.documents import Section, plain, sections_of
from guides.search.find import find
from tests import factories

pytestmark = pytest.mark.django_db


def found(query: str) -> list[Found]:
    return find(query).results


def addresses(query: str) -> list[str]:
    return [each.address for each in found(query)]


def test_sections_end_where_the_next_one_begins():
    law = '<p>C (<a class="law" href="x">s.1</a>).</p>'
    html = f'<p>A.</p><h2 id="b">B &amp; b</h2>{law}<h3 id="d">D</h3><ul><li>E</li></ul>'
    assert sections_of(html) == ("A.", (Section(2, "b", "B & b", "C."), Section(3, "d", "D", "E")))
    parts = '<h2 id="a">A</h2><h3 id="b">B</h3><p>C.</p><h2 id="d">D</h2><h2 id="e">E</h2><p>F.</p>'
    assert [section.text for section in sections_of(parts)[1]] == ["C.", "C.", "", "F."]
    assert plain("<table><tr><td>a</td><td>b</td></tr></table>") == "a\nb"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("It explains one law: the {law}.", "It explains one law: the Act."),
        ("From the {law} and from <em>it</em>:", "From the Act and from it:"),
        ("A low bar ({law}; Cambridgeshire v F).", "A low bar (Act; Cambridgeshire v F)."),
        ("They must ({law}, {law} and {law}). Ask.", "They must. Ask."),
        ("In 6 weeks ({law}) {law} (a) says.", "In 6 weeks Act (a) says."),
    ],
)
def test_law_is_left_out_in_brackets_alone(html, text):
    assert plain(html.replace("{law}", '<a class="law" href="x">Act</a>')) == text


def test_section_of_a_guide_is_found_and_says_of_which():
    guide = factories.guide(title="Plans", body="## The council refused to assess {#refused}\n\nAsk why.\n")
    first = found("refused assess")[0]
    assert (first.address, first.guide, first.kind) == (f"{guide.get_absolute_url()}#refused", "Plans", "Guide")
    assert "".join(text for text, _ in first.line) == "Ask why."


def test_abbreviation_finds_its_term_first():
    factories.term(term="Annual review", definition="Looks at the EHCP once a year.")
    plan = factories.term(term="Education, health and care plan", abbreviation="EHCP")
    assert addresses("ehcp")[0] == plan.get_absolute_url()


def test_short_name_finds_the_council():
    council = factories.council(name="Kingston upon Hull City Council", short_names=["Hull"])
    assert addresses("hull") == [council.get_absolute_url()]


def test_every_kind_is_found():
    factories.guide(title="Narwhal guide", slug="narwhals", body="## Narwhal part {#part}\n\nx\n", nations=["Wales"])
    factories.situation(words="A narwhal is at the door", address="/guides/narwhals/#part")
    factories.term(term="Narwhal term")
    factories.role(title="Narwhal role")
    factories.council(name="Narwhal Council")
    factories.page(title="Narwhal page")
    factories.workshop(title="Narwhal workshop")
    kinds = {(each.kind, each.where) for each in found("narwhal")}
    assert kinds == {
        *(("What is happening", "Wales"), ("Guide", "Wales"), ("Glossary", "England"), ("Who's who", "England")),
        *(("Local help", "England"), ("About this site", ""), ("Workshop", "For all areas")),
    }


def test_way_to_the_list_of_all_councils_is_of_no_single_nation():
    body = "## SENDIASS {#sendiass}\n\nx\n"
    factories.guide(title="Local Offer", slug="the-local-offer", body=body, nations=["England"])
    factories.situation(words="Narwhals near me", address="/guides/the-local-offer/")
    factories.situation(words="Narwhals who advise", address="/guides/the-local-offer/#sendiass")
    assert {each.title: each.where for each in found("narwhals")} == {
        "Narwhals near me": "",
        "Narwhals who advise": "England",
    }


def test_drafts_are_not_found():
    factories.guide(title="Hidden thing", status="draft")
    factories.workshop(title="Hidden workshop", published=False)
    factories.situation(words="A hidden situation", published=False)
    assert addresses("hidden") == []


def test_situation_is_found_with_its_nation_while_its_guide_is_public():
    guide = factories.guide(slug="plans", body="## Help {#x}", nations=["England"])
    factories.situation(words="The help in the plan is not happening", address="/guides/plans/#x")
    first = found("plan not happening")[0]
    assert (first.address, first.where) == ("/guides/plans/#x", "England")
    guide.status = "draft"
    guide.save()
    assert addresses("plan not happening") == []


@pytest.mark.parametrize("word", ["refuse", "refused", "refusing", "refuses"])
def test_endings_of_words_do_not_matter(word):
    term = factories.term(term="Refusal to assess")
    assert addresses(f"{word} assessment") == [term.get_absolute_url()]


def test_words_of_the_text_are_found():
    guide = factories.guide(body="They wrote about a waiting list of 14 weeks.")
    assert addresses("waiting list 14 weeks") == [guide.get_absolute_url()]
    assert addresses("waiting list 15 weeks") == [guide.get_absolute_url()]
    assert addresses("zebra crossing weeks") == []


def test_synonym_leads_to_its_page_or_section():
    guide = factories.guide(slug="plans", body="## Deadlines {#dates}\n\nx\n")
    SearchSynonym.objects.create(
        slug="x", typed="too late", official="dates", targets=["guide:plans#dates", "guide:no"]
    )
    assert addresses("too late")[0] == f"{guide.get_absolute_url()}#dates"


@pytest.mark.parametrize("rows", [1, 3])
def test_search_takes_one_query_while_nothing_changes(django_assert_num_queries, rows):
    for _ in range(rows):
        factories.guide(body="Waiting.")
    find("waiting")
    with django_assert_num_queries(1):
        find("waiting")

"""What the content files promise: all of it is there, plain to read, and true to the nation that it is about."""

import re
from collections import defaultdict
from xml.etree.ElementTree import Element

import pytest

from guides.models import Council, Guide
from guides.nations import NATIONS
from sendguide.lib.law import LAWS
from sendguide.lib.readability import HARDEST_GRADE, prose, reading
from tests.whole_site.document import words
from tests.whole_site.law_of_nations import nation_of
from tests.whole_site.pages import Page

GUIDES = {
    "Understanding the SEND Code of Practice": "SEND in Education",
    "SEND support in schools": "SEND in Education",
    "SEND in Early Years": "SEND in Education",
    "Post-16 education": "SEND in Education",
    "Understanding EHCPs": "SEND in Education",
    "School meetings": "SEND in Education",
    "Anxiety": "Anxiety",
    "Special Educational Needs and Disabilities": "SEND",
    "ADHD": "ADHD",
    "Autism": "Autism",
    "SEND law in Scotland": "Scotland",
    "The Local Offer": "Signposting",
    "SEND Glossary": "Signposting",
    "Who's who in SEND": "Signposting",
}
STRUCTURED = {"the-local-offer", "send-glossary", "whos-who-in-send"}
FEWEST_WORDS, MOST_WORDS = 900, 2000
# The proposals of 2026 are about what these guides explain.
REFORMED = {
    "understanding-the-send-code-of-practice",
    "send-support-in-schools",
    "understanding-ehcps",
    "send-in-early-years",
    "post-16-education",
}
NOT_LAW = re.compile(r"This is only proposed\. It is not law\. Facts checked \d{1,2} [A-Z][a-z]+ 20\d\d\.")
CODE = "understanding-the-send-code-of-practice"
CODE_SECTIONS = [
    "What is the SEND Code of Practice?",
    "Principles of the Code",
    "How does the Code affect your child’s support?",
    "What can you expect from schools?",
    "How can you use the Code?",
]
PRINCIPLES = [
    "Family-centred approach",
    "Early identification and intervention",
    "Tailored support",
    "Collaboration",
    "Outcome focused",
]
FULL_CODE = "https://www.gov.uk/government/publications/send-code-of-practice-0-to-25"
UNKIND = re.compile(
    r"\bsuffer\w* from\b|\bsimply\b|\bchallenging (?:child|pupil|boy|girl)|\bnormal (?:child|pupil|kids?\b)",
    re.IGNORECASE,
)


def text_of(page: Page) -> str:
    return " ".join(words(main) for main in page.document.find("main"))


def boxes(page: Page, kind: str) -> list[Element]:
    return page.document.with_class(f"box-{kind}")


def test_all_fourteen_guides_are_there_under_their_topics(site):
    assert {guide.title: guide.topic.name for guide in site.guides.values()} == GUIDES
    assert {guide.status for guide in site.guides.values()} == {Guide.Status.PUBLISHED}
    cards = site.pages["/guides/"].document.with_class("card-title")
    assert sorted(words(card) for card in cards) == sorted(GUIDES)


def test_every_topic_page_shows_its_guides(site):
    for topic in site.topics.values():
        shown = {words(card) for card in site.page_of(topic).document.with_class("card-title")}
        assert shown == {title for title, name in GUIDES.items() if name == topic.name}, topic


def test_full_guides_are_neither_thin_nor_too_long(site):
    counts = {slug: reading(prose(guide.body)).words for slug, guide in site.guides.items() if slug not in STRUCTURED}
    assert len(counts) == 11
    assert {slug: count for slug, count in counts.items() if not FEWEST_WORDS <= count <= MOST_WORDS} == {}


def test_every_text_is_plain_to_read(site):
    grades = {slug: reading(prose(text.body)).grade for slug, text in (site.guides | site.texts).items()}
    assert len(grades) == 20
    assert {slug: grade for slug, grade in grades.items() if not 0 < grade <= HARDEST_GRADE} == {}


def test_every_guide_says_where_it_holds_what_matters_most_and_how_it_is_known(site):
    for guide in site.guides.values():
        page = site.page_of(guide)
        badges = [words(badge) for badge in page.document.with_class("badge")]
        assert badges == [f"Applies to: {guide.where}"], guide
        assert set(guide.nations) <= set(NATIONS), guide
        assert len(boxes(page, "key")) == 1, guide
        assert any(True for section in page.document.with_class("sources") for _ in section.iter("a")), guide


def test_code_guide_has_the_sections_that_were_asked_for(site):
    guide = site.guides[CODE]
    headings = [(level, text) for level, _, text in guide.headings]
    assert [text for level, text in headings if level == 2] == CODE_SECTIONS
    start, end = headings.index((2, CODE_SECTIONS[1])), headings.index((2, CODE_SECTIONS[2]))
    assert [text.partition(":")[0] for _, text in headings[start + 1 : end]] == PRINCIPLES
    links = [a for text in site.page_of(guide).document.find("div", **{"class": "prose"}) for a in text.iter("a")]
    assert (links[-1].get("href"), "GOV.UK" in words(links[-1])) == (FULL_CODE, True)


def test_words_of_every_guide_are_explained_and_none_is_of_another_nation(site):
    explained = {slug: [word["slug"] for word in guide.words] for slug, guide in site.guides.items()}
    assert {slug: words for slug, words in explained.items() if slug not in STRUCTURED and len(words) < 10} == {}
    for slug, guide in site.guides.items():
        marks = site.page_of(guide).document.with_class("term-open")
        assert [mark.get("popovertarget") for mark in marks] == [f"term_{word}" for word in explained[slug]]
        if len(guide.nations) == 1:
            assert [word for word in explained[slug] if guide.nations[0] not in site.terms[word].nations] == []


def test_no_word_is_explained_on_its_own_page(site):
    assert [slug for slug, term in site.terms.items() if slug in {word["slug"] for word in term.words}] == []
    assert sum(len(term.words) for term in site.terms.values()) > 100


def test_every_form_of_a_word_belongs_to_one_entry(site):
    owners = defaultdict(set)
    for slug, term in site.terms.items():
        for form in {term.term, term.abbreviation, *term.aliases} - {"", *term.no_autolink}:
            owners[form.casefold()].add(slug)
    assert (len(owners) > 700, {form for form, slugs in owners.items() if len(slugs) > 1}) == (True, set())


def test_proposals_are_marked_with_the_date_of_their_facts(site):
    dates = {
        slug: [words(box) for box in boxes(site.page_of(guide), "proposed")] for slug, guide in site.guides.items()
    }
    assert {slug for slug, found in dates.items() if found} >= REFORMED
    assert [text for found in dates.values() for text in found if len(NOT_LAW.findall(text)) != 1] == []


def test_bill_is_named_only_where_it_is_called_a_proposal(site):
    for page in site.html_pages:
        count = text_of(page).count("Education for All Bill")
        in_boxes = sum(words(box).count("Education for All Bill") for box in boxes(page, "proposed"))
        term = next((term for term in site.terms.values() if term.get_absolute_url() == page.path), None)
        assert count == in_boxes or (term and term.status == term.Status.PROPOSED), page.address


def test_no_unkind_word_is_on_any_page(site):
    assert {page.address: found for page in site.html_pages if (found := UNKIND.findall(text_of(page)))} == {}


@pytest.mark.parametrize(
    "text", ["She suffers from autism.", "Simply write.", "a challenging child", "Normal children"]
)
def test_unkind_words_are_seen(text):
    assert UNKIND.search(text)


def misplaced_law(page: Page, nations: list[str]) -> list[str]:
    """Law of other nations than ``nations`` outside their boxes, and in a nation's box law of another one."""
    allowed: dict[Element, set[str | None]] = {}
    with_box = set()
    for nation in NATIONS:
        for box in boxes(page, nation.lower().replace(" ", "-")):
            with_box.add(nation)
            allowed |= {a: {nation, None} for a in box.iter("a")}
    for section in page.document.with_class("sources"):
        allowed |= {a: {*nations, *with_box, None} for a in section.iter("a")}
    links = [(a, a.get("href", "")) for a in page.document.find("a")]
    return [address for a, address in links if nation_of(address) not in allowed.get(a, {*nations, None})]


def test_law_of_another_nation_is_only_in_its_box(site):
    found = {guide.slug: misplaced_law(site.page_of(guide), guide.nations) for guide in site.guides.values()}
    assert {slug: addresses for slug, addresses in found.items() if addresses} == {}


def test_misplaced_law_is_seen():
    england, scotland = LAWS["cfa"].address, LAWS["asl-scotland"].address
    boxed = '<div class="box box-{}"><a href="{}/section/1"></a></div><p><a href="{}"></a></p>'
    right = Page("/", body=boxed.format("england", england, scotland))
    wrong = Page("/", body=boxed.format("england", scotland, england))
    assert misplaced_law(right, ["Scotland"]) == []
    assert misplaced_law(wrong, ["Scotland"]) == [f"{scotland}/section/1", england]


@pytest.mark.parametrize(
    ("address", "nation"),
    [
        ("https://www.legislation.gov.uk/ukpga/2014/6/section/36", "England"),
        (FULL_CODE, "England"),
        ("https://www.legislation.gov.uk/asp/2004/4/section/1", "Scotland"),
        ("https://www.gov.wales/additional-learning-needs-code", "Wales"),
        ("https://www.legislation.gov.uk/nisi/1996/274/article/1", "Northern Ireland"),
        ("https://www.legislation.gov.uk/ukpga/2010/15/section/20", None),
        ("https://enquire.org.uk", None),
    ],
)
def test_nation_of_a_law_is_known(address, nation):
    assert nation_of(address) == nation


def test_numbers_of_words_people_and_councils(site):
    assert (len(site.terms), len(site.roles), len(site.councils)) == (170, 50, 219)


def test_every_council_page_warns_exactly_where_the_link_is_unsure(site):
    unsure = {Council.Confidence.HIGH, Council.Confidence.EVIDENCE_OLD}
    warned = {
        slug for slug, council in site.councils.items() if "not checked this link" in text_of(site.page_of(council))
    }
    assert warned == {slug for slug, council in site.councils.items() if council.confidence in unsure}
    assert len(warned) == 40


def test_councils_whose_local_offer_is_unknown_say_how_to_find_it(site):
    unknown = [council for council in site.councils.values() if council.confidence == Council.Confidence.UNKNOWN]
    assert len(unknown) == 4
    for council in unknown:
        text = text_of(site.page_of(council))
        assert f"We do not know where {council.name} has its Local Offer." in text
        assert f"type this into a web search: {council.short_name} SEND Local Offer" in text


def test_families_of_northern_ireland_are_not_said_to_live_in_an_authority(site):
    assert site.councils["education-authority"].short_name == "Northern Ireland"


def test_every_council_says_whose_law_holds_and_offers_local_help(site):
    for council in site.councils.values():
        page = site.page_of(council)
        assert [words(badge) for badge in page.document.with_class("badge")] == [f"Applies to: {council.nation}"]
        links = [a.get("href") for a in page.document.find("a")]
        expected = {council.local_offer_url, council.sendiass_url, council.council_url} - {""}
        assert expected <= set(links), council

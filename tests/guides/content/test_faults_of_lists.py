"""Each fault that a list or a table can have: one line for it, with file and line; nothing is changed."""

import pytest

from guides.models import Topic
from guides.reading_on import NO_GUIDE
from tests import factories
from tests.guides.content.folders import COUNCILS, TERMS, TOPICS, change, faults, write

pytestmark = pytest.mark.django_db


def test_same_slug_twice_in_a_list(folder):
    write(folder, "topics.yaml", TOPICS + "- name: More\n  slug: autism\n  summary: More.\n")
    sentence = "“slug” is “autism” twice: it stands in content/topics.yaml:4 too."
    assert faults(folder) == [f"content/topics.yaml:8: {sentence}"]


def test_same_name_twice(folder):
    change(folder, "topics.yaml", "name: Anxiety", "name: Autism")
    assert faults(folder) == [
        "content/topics.yaml:5: “name” is “Autism” twice: it stands in content/topics.yaml:2 too."
    ]


def test_name_that_a_row_of_staff_has(folder):
    factories.topic(slug="ours", name="Autism")
    assert faults(folder) == ["content/topics.yaml:5: “Autism” is taken by the topic “ours” in the database."]
    assert Topic.objects.count() == 1


def test_see_also_of_a_term_that_is_not_there(folder):
    change(folder, "glossary.yaml", "see_also: [senco, sen]", "see_also: [senko, ehcp]")
    assert faults(folder) == [
        "content/glossary.yaml:7: “ehcp” refers to itself.",
        "content/glossary.yaml:7: “senko” is not a term we have.",
    ]


def test_law_of_a_term_that_we_do_not_know(folder):
    change(folder, "glossary.yaml", "law:cfa/37", "law:cfa/999")
    assert faults(folder) == [
        "content/glossary.yaml:8: “law:cfa/999”: Children and Families Act 2014 has no section 999."
    ]


def test_category_and_certainty_that_do_not_fit(folder):
    write(
        folder,
        "glossary.yaml",
        TERMS.replace("law_check: V", "law_check: Sure").replace("category: people", "category: a b"),
    )
    assert faults(folder) == [
        "content/glossary.yaml:9: “law_check”: “Sure” is not one of V, GK, CHECK.",
        "content/glossary.yaml:18: “category”: "
        "Enter a valid “slug” consisting of letters, numbers, underscores or hyphens.",
    ]


def test_detail_that_is_no_mapping(folder):
    change(folder, "glossary.yaml", "  law_check: V\n", "  law_check: V\n  detail: [A]\n")
    assert faults(folder) == ["content/glossary.yaml:10: “detail” must be lines of “label: text”."]


def test_role_with_a_term_that_is_not_there(folder):
    change(folder, "whos-who.yaml", "glossary: senco", "glossary: sendco")
    assert faults(folder) == ["content/whos-who.yaml:3: “sendco” is not a term we have."]


def test_testimonial_with_wrong_values(folder):
    change(folder, "testimonials.yaml", "published: true", "published: maybe")
    change(folder, "testimonials.yaml", "They listened.", "x" * 501)
    assert faults(folder) == [
        "content/testimonials.yaml:2: “quote” has 501 characters, at most 500 fit.",
        "content/testimonials.yaml:5: “published” must be true or false.",
    ]


def test_situation_that_leads_nowhere(folder):
    change(folder, "situations.yaml", "#waiting", "#wating")
    sentence = "The link “/guides/autism/#wating” is dead: the page has no section “wating”."
    assert faults(folder) == [f"content/situations.yaml:3: {sentence}"]


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("/guides/anxiety/", "The link “/guides/anxiety/” is dead: there is no published page at /guides/anxiety/"),
        ('"/guides/autism/#wating"', "The link “/guides/autism/#wating” is dead: the page has no section “wating”."),
        ("/glossary/", NO_GUIDE),
    ],
)
def test_read_on_that_leads_to_no_section_of_a_guide(folder, address, sentence):
    change(folder, "glossary.yaml", "  definition: A teacher.\n", f"  definition: A teacher.\n  read_on: {address}\n")
    change(folder, "whos-who.yaml", "  order: 1\n", f"  order: 1\n  read_on: {address}\n")
    assert faults(folder) == [f"content/glossary.yaml:20: {sentence}", f"content/whos-who.yaml:11: {sentence}"]


def test_list_that_is_no_list(folder):
    write(folder, "situations.yaml", "words: We wait\n")
    assert faults(folder) == [
        "content/situations.yaml:1: The file must be a list of situations, each beginning with “- ”."
    ]


def test_entry_that_is_no_mapping(folder):
    write(folder, "situations.yaml", "- We wait\n")
    assert faults(folder) == ["content/situations.yaml:1: A situation must be lines of “name: value”."]


def test_tag_of_yaml(folder):
    change(folder, "topics.yaml", "summary: Worry.", "summary: !!python/name:os.system Worry.")
    sentence = "“tag:yaml.org,2002:python/name:os.system” is not allowed here."
    assert faults(folder) == [f"content/topics.yaml:3: {sentence}"]


def test_table_with_other_columns(folder):
    change(folder, "places/councils.csv", "gss_code,", "code,")
    assert faults(folder) == [f"content/places/councils.csv:1: The first line must be {COUNCILS.splitlines()[0]}"]


def test_table_with_wrong_rows(folder):
    hull = COUNCILS.splitlines()[1]
    rows = [
        hull.replace("E06000010,hull", "E0,hull"),
        hull + ",",
        "",
        hull.replace("E06000010,hull", "E1,leeds").replace("https://offer.example/", "offer"),
        hull.replace("E06000010,hull", "E2,york").replace("evidence,", "sure,").replace("England", "France"),
        hull.replace("E06000010,hull", "E3,bury")[:-1] + ",24 November",
    ]
    write(folder, "places/councils.csv", COUNCILS + "\n".join(rows) + "\n")
    assert faults(folder) == [
        "content/places/councils.csv:3: “slug” is “hull” twice: it stands in content/places/councils.csv:2 too.",
        "content/places/councils.csv:4: The row has 15 cells, not 14. Put a cell with a comma in quotes.",
        "content/places/councils.csv:6: “local_offer_url”: Enter a valid URL.",
        "content/places/councils.csv:7: “confidence”: “sure” is not one of evidence, evidence-old, high, unknown, n/a.",
        "content/places/councils.csv:7: “nation”: “France” is not one of England, Scotland, Wales, Northern Ireland.",
        "content/places/councils.csv:8: “link_checked_on” must be a date such as 2026-11-24.",
    ]


def test_table_with_a_quotation_mark_that_is_not_closed(folder):
    write(folder, "places/councils.csv", COUNCILS + 'E1,"leeds,Leeds\n')
    assert faults(folder) == ["content/places/councils.csv:3: This is not a table: unexpected end of data."]


def test_faults_of_several_files_come_in_order(folder):
    change(folder, "topics.yaml", "name: Anxiety", "name: ''")
    change(folder, "guides/autism.md", "#waiting)", "#nowhere)")
    change(folder, "guides/autism.md", "topic: autism", "topic: none")
    assert [line.split(": ")[0] for line in faults(folder)] == [
        "content/guides/autism.md:3",
        "content/guides/autism.md:18",
        "content/topics.yaml:2",
    ]

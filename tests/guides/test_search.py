import pytest
from django.urls import reverse

from guides.search import find, words_of
from tests import factories

pytestmark = pytest.mark.django_db


def addresses(query: str) -> list[str]:
    return [found.address for found in find(query)]


def test_words_of_a_question_are_its_telling_words():
    assert words_of("Can they refuse to assess?") == ["refuse", "assess"]
    assert words_of("who is the senco") == ["who", "senco"]
    assert words_of("what to do") == ["what", "to", "do"]


def test_section_of_a_guide_is_found():
    guide = factories.guide(body="## The council refused to assess {#refused}\n\nx\n")
    assert f"{guide.get_absolute_url()}#refused" in addresses("refused assess")


def test_abbreviation_finds_its_term_first():
    factories.term(term="Annual review", definition="Looks at the EHCP once a year.")
    plan = factories.term(term="Education, health and care plan", abbreviation="EHCP")
    assert addresses("ehcp")[0] == plan.get_absolute_url()


def test_short_name_finds_the_council():
    council = factories.council(name="Kingston upon Hull City Council", short_names=["Hull"])
    assert addresses("hull") == [council.get_absolute_url()]


@pytest.mark.parametrize("query", ["", " ", '"', "a" * 10_000, "\0", "🙂", "AND OR NOT *", "<b>x</b>", "%", "(", "\\"])
def test_odd_queries_get_an_ordinary_page(client, query):
    response = client.get(reverse("search"), {"q": query})
    assert response.status_code == 200
    assert "<b>x</b>" not in response.content.decode()


def test_nothing_found_is_not_a_dead_end(client):
    topic = factories.topic()
    html = client.get(reverse("search"), {"q": "zebra crossing"}).content.decode()
    assert "zebra crossing" in html
    for way_on in (topic.get_absolute_url(), reverse("guide", args=["send-glossary"]), reverse("support_call")):
        assert way_on in html


def test_drafts_are_not_found():
    factories.guide(title="Hidden thing", status="draft")
    assert addresses("hidden") == []


def test_search_page_is_kept_by_nobody(client):
    response = client.get(reverse("search"), {"q": "x"})
    assert (response["Cache-Control"], response["X-Robots-Tag"]) == ("no-store", "noindex")


def test_words_of_the_text_are_found():
    guide = factories.guide(body="They wrote about a waiting list of 14 weeks.")
    assert addresses("waiting list 14 weeks") == [guide.get_absolute_url()]
    assert addresses("waiting list 15 weeks") == [guide.get_absolute_url()]
    assert addresses("zebra crossing weeks") == []


@pytest.mark.parametrize("rows", [1, 3])
def test_search_takes_the_same_number_of_queries_and_leaves_texts_in_the_database(django_assert_num_queries, rows):
    for _ in range(rows):
        factories.guide(body="Waiting.")
    with django_assert_num_queries(7) as queries:
        find("waiting")
    assert not any('"guides_guide"."body_html"' in query["sql"] for query in queries)


def test_page_that_holds_more_of_the_words_comes_first():
    factories.guide(body="Sleep.")
    better = factories.guide(body="Help with sleep.")
    assert addresses("help with sleep")[0] == better.get_absolute_url()


@pytest.mark.parametrize("word", ["refuse", "refused", "refusing", "refuses"])
def test_endings_of_words_do_not_matter(word):
    term = factories.term(term="Refusal to assess")
    assert addresses(f"{word} assessment") == [term.get_absolute_url()]


def test_situation_is_found_with_its_nation_while_its_guide_is_public():
    guide = factories.guide(slug="plans", body="## Help {#x}", nations=["England"])
    factories.situation(words="The help in the plan is not happening", address="/guides/plans/#x")
    first = find("plan not happening")[0]
    assert (first.address, first.where) == ("/guides/plans/#x", "England")
    guide.status = "draft"
    guide.save()
    assert addresses("plan not happening") == []


@pytest.mark.parametrize(
    "query", ["suicide", "Suicidal", "self harm", "self-harm", "my son is hurting himself", "overdose"]
)
def test_crisis_is_answered_with_where_to_get_help_at_once(client, query):
    html = client.get(reverse("search"), {"q": query}).content.decode()
    assert html.index('href="/help-now/"') < html.index("<footer")
    assert 'href="tel:999"' in html


def test_ordinary_query_shows_no_crisis_box(client):
    assert "box-urgent" not in client.get(reverse("search"), {"q": "reading age skills"}).content.decode()

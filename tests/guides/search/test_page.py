import pytest
from django.urls import reverse

from guides.models import SearchMiss, SearchSynonym
from tests import factories
from tests.whole_site.document import Document, words

pytestmark = pytest.mark.django_db


def page(client, query: str, **more: str) -> Document:
    response = client.get(reverse("search"), {"q": query, **more})
    assert response.status_code == 200
    return Document(response.text)


def text(client, query: str, **more: str) -> str:
    return words(page(client, query, **more).find("main")[0])


HOSTILE = ["", " ", '"', "a" * 10_000, "\0", "🙂", "AND OR NOT *", "<b>x</b>", "%", "(", "\\", "'; --", "​", "\u202e"]


@pytest.mark.parametrize("query", HOSTILE)
def test_odd_queries_get_an_ordinary_page(client, query):
    factories.term(term="Plan")
    response = client.get(reverse("search"), {"q": query})
    assert response.status_code == 200
    assert "<b>x</b>" not in response.text


def test_result_says_what_it_is_where_it_holds_and_marks_what_was_typed(client):
    factories.guide(
        title="Plans", nations=["Wales"], body="## Who writes it {#who}\n\nThe council writes <the> plan.\n"
    )
    document = page(client, "who writes the plan")
    (item,) = (item for item in document.find("li") if "Who writes it" in words(item))
    assert words(item) == "Who writes it Wales · Guide: Plans The council writes <the> plan."
    assert [words(mark) for mark in item.iter("mark")] == ["writes", "plan"]


def test_mistake_is_put_right_with_a_way_back(client):
    factories.term(term="Assessment")
    assert "Showing results for “assessment”" in text(client, "assesment")
    (link,) = (each for each in page(client, "assesment").find("a") if "Search instead for “assesment”" in words(each))
    assert link.get("href") == "/search/?q=assesment&exact=1"
    assert "We found nothing for “assesment”" in text(client, "assesment", exact="1")


def test_sore_word_is_found_and_not_said_again(client):
    factories.term(slug="semh", term="Mental health needs")
    SearchSynonym.objects.create(
        slug="n", typed="naughty", official="needs", targets=["glossary:semh"], never_show=True
    )
    document = page(client, "naughty")
    assert "Mental health needs" in words(document.find("main")[0])
    assert "naughty" not in words(document.find("main")[0]) + words(document.find("title")[0])


def test_nothing_found_is_not_a_dead_end(client):
    far, near = factories.topic(name="Far", order=1), factories.topic(name="Near", order=2)
    factories.guide(topic=near, title="Zebra guide")
    factories.term(term="Plan")
    html = client.get(reverse("search"), {"q": "zebra crossing xylophone"}).text
    assert "zebra crossing" in html
    glossary = reverse("guide", args=["send-glossary"])
    for way_on in (far.get_absolute_url(), f"{glossary}#letter-p", reverse("support_call")):
        assert f'href="{way_on}"' in html
    assert html.index(near.get_absolute_url()) < html.index(far.get_absolute_url())


def test_nothing_found_offers_a_call_before_long_lists(client):
    factories.topic(name="Far")
    main = text(client, "zebra")
    assert main.index("We found nothing") < main.index("book a free call") < main.index("Far")


def test_search_page_is_kept_by_nobody_and_named_to_no_other_page(client):
    response = client.get(reverse("search"), {"q": "x"})
    headers = ("Cache-Control", "X-Robots-Tag", "Referrer-Policy")
    assert [response[name] for name in headers] == ["no-store", "noindex", "strict-origin"]


# All that is known as one: test_crisis.py. The last is known when it has been put right.
CRISES = ["suicide", "sucidal thoughts", "she doesn’t want to live any more", "selfe harme"]


@pytest.mark.parametrize("query", CRISES)
def test_crisis_is_answered_with_where_to_get_help_at_once(client, query):
    SearchSynonym.objects.create(slug="s", typed="selfe harme", official="self-harm", kind="misspelling")
    html = client.get(reverse("search"), {"q": query}).text
    assert html.index('href="/help-now/"') < html.index("<footer")
    assert 'href="tel:999"' in html


def test_ordinary_query_shows_no_crisis_box(client):
    assert "box-urgent" not in client.get(reverse("search"), {"q": "reading age skills"}).text


# A postcode is answered and kept nowhere (decision 26).


@pytest.mark.parametrize("typed", ["hu5 2ty", "hu5\u00a02ty", "HU5–2TY", "ＨＵ５ ２ＴＹ", "near HU5 2TY."])
def test_postcode_leads_to_the_council_at_an_address_without_it(client, typed):
    council = factories.council(code="E06000010", slug="hull")
    response = client.get(reverse("search"), {"q": typed})
    assert (response.status_code, response["Location"]) == (302, council.get_absolute_url())
    assert (response["Cache-Control"], response["Referrer-Policy"]) == ("no-store", "strict-origin")


def test_postcode_among_other_words_becomes_the_council(client):
    factories.council(code="E06000010", slug="hull", short_names=["Hull"])
    response = client.get(reverse("search"), {"q": "respite near hu5 2ty please"})
    assert response["Location"] == "/search/?q=respite+near+please+Hull"


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("hu5 2ty and ls1 4ap", "Hull+Leeds"),
        ("hull hu5 2ty", "hull"),
        ("moving hu5 2ty to ls1 4ap and ab10 1ab", "moving+to+and+Aberdeen+City+Hull+Leeds"),
    ],
)
def test_no_postcode_is_in_an_address_and_no_council_named_twice(client, typed, found):
    for code, slug, name in (("E06000010", "hull", "Hull"), ("E08000035", "leeds", "Leeds")):
        factories.council(code=code, slug=slug, short_names=[name])
    factories.council(code="S12000033", slug="aberdeen", short_names=["Aberdeen City"])
    assert client.get(reverse("search"), {"q": typed})["Location"] == f"/search/?q={found}"


@pytest.mark.parametrize(
    ("typed", "said"),
    [("JE2 3QQ", "Find your council another way"), ("HU99 9QQ autism", "Find your council another way")],
)
def test_postcode_without_a_council_is_answered_and_shown_nowhere(client, typed, said):
    factories.term(term="Autism")
    html = client.get(reverse("search"), {"q": typed}).text
    assert said in html
    assert typed[:7].casefold() not in html.casefold()
    assert ("Showing results" in html or "Results for “autism”" in html) == ("autism" in typed)


def test_district_offers_its_councils(client):
    factories.council(code="E06000010", name="Hull City Council")
    factories.council(code="E06000011")
    factories.term(term="Respite")
    assert "Hull City Council" in text(client, "hu5")
    shown = text(client, "respite hu5")
    assert ("Hull City Council" in shown, "Results for “respite”" in shown) == (True, True)


@pytest.mark.parametrize("typed", ["section s19", "ks2 sats", "send35a", "year 1 2ab", "p45 2nd form", "16 to 25"])
def test_what_only_looks_like_a_postcode_is_looked_for(client, typed):
    assert "Local help by postcode" not in text(client, typed)


def test_postcode_is_counted_nowhere(client):
    for query in ("zebra ZZ99 9ZZ", "yoga HU99 9QQ", "zoo 12"):
        client.get(reverse("search"), {"q": query})
    assert set(SearchMiss.objects.values_list("words", "count")) == {("zebra", 1), ("zoo", 1)}

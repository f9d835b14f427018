import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bookings.next_call import next_free_call
from guides.models import Council, GlossaryTerm, Guide, Role
from guides.models.reference import LawCheck
from guides.nations import NATIONS
from guides.views.reference import MOST_GUIDES
from tests import factories

pytestmark = pytest.mark.django_db


def test_glossary_lists_terms_under_their_letters(client):
    factories.guide(slug="send-glossary")
    bee, ant = factories.term(term="Bee"), factories.term(term="ant", abbreviation="A")
    html = client.get(reverse("guide", args=["send-glossary"])).content.decode()
    for part in ('id="letter-a"', 'id="letter-b"', 'href="#letter-a"', ant.get_absolute_url(), bee.get_absolute_url()):
        assert part in html, part
    assert 'href="#letter-z"' not in html
    assert html.index(ant.get_absolute_url()) < html.index(bee.get_absolute_url())


def test_term_page_shows_meaning_law_nations_and_see_also(client):
    other = factories.term(term="Other")
    term = factories.term(law="[s.36 CFA 2014](law:cfa/36)", law_check="V", detail={"A": "Your views."})
    term.see_also.add(other)
    html = client.get(term.get_absolute_url()).content.decode()
    for part in (term.definition, "/ukpga/2014/6/section/36", "England", other.get_absolute_url(), "Your views."):
        assert part in html, part


def test_uncertain_law_and_notes_for_editors_are_not_shown(client):
    term = factories.term(law="Some Act 1999 s.1", law_check=LawCheck.UNCERTAIN, editor_note="Between us.")
    html = client.get(term.get_absolute_url()).content.decode()
    assert "Some Act 1999" not in html
    assert "Between us." not in html


def test_proposed_term_says_that_it_is_not_law(client):
    term = factories.term(status=GlossaryTerm.Status.PROPOSED)
    assert "not law" in client.get(term.get_absolute_url()).content.decode()


def test_whos_who_groups_by_sector(client):
    factories.guide(slug="whos-who-in-send")
    lawyer, teacher = factories.role(sector=Role.Sector.LEGAL), factories.role(sector=Role.Sector.EDUCATION)
    html = client.get(reverse("guide", args=["whos-who-in-send"])).content.decode()
    assert html.index('id="sector-education"') < html.index(teacher.title) < html.index('id="sector-legal"')
    assert html.index('id="sector-legal"') < html.index(lawyer.title)


def test_role_page_shows_three_questions_and_who_registers(client):
    role = factories.role(regulator="The register")
    html = client.get(role.get_absolute_url()).content.decode()
    for part in (*role.questions_to_ask, role.what_they_do, role.works_where, "The register"):
        assert part in html, part


def test_local_offer_lists_councils_by_nation_and_region(client):
    factories.guide(slug="the-local-offer")
    north = factories.council(region="North East", name="Durham")
    scot = factories.council(nation="Scotland", region="Scotland", name="Fife")
    html = client.get(reverse("guide", args=["the-local-offer"])).content.decode()
    assert html.index("North East") < html.index(north.get_absolute_url()) < html.index(scot.get_absolute_url())


@pytest.mark.parametrize("confidence", [Council.Confidence.HIGH, Council.Confidence.EVIDENCE_OLD])
def test_unsure_local_offer_link_is_shown_with_a_warning_until_checked(client, confidence):
    council = factories.council(local_offer_url="https://offer.example/", confidence=confidence)
    html = client.get(council.get_absolute_url()).content.decode()
    assert 'href="https://offer.example/"' in html
    assert "have not checked this link yet" in html
    council.mark_link_checked()
    assert "have not checked this link yet" not in client.get(council.get_absolute_url()).content.decode()


def test_seen_local_offer_link_has_no_warning(client):
    council = factories.council(local_offer_url="https://offer.example/", confidence=Council.Confidence.EVIDENCE)
    assert "have not checked this link yet" not in client.get(council.get_absolute_url()).content.decode()


def test_council_without_addresses_says_how_to_find_them(client):
    council = factories.council(name="Harrow", short_names=["Harrow"], confidence=Council.Confidence.UNKNOWN)
    html = client.get(council.get_absolute_url()).content.decode()
    assert "Harrow SEND Local Offer" in html
    assert "Harrow SENDIASS" in html


def test_council_page_is_not_for_search_engines_and_not_in_the_site_map(client):
    council = factories.council()
    response = client.get(council.get_absolute_url())
    assert response["X-Robots-Tag"] == "noindex"
    assert 'content="noindex"' in response.content.decode()
    assert council.get_absolute_url() not in client.get(reverse("sitemap")).content.decode()


def test_council_page_offers_guides_of_its_own_nation_only(client):
    english, scottish = factories.guide(nations=["England"]), factories.guide(nations=["Scotland"])
    html = client.get(factories.council(nation="Scotland", region="Scotland").get_absolute_url()).content.decode()
    assert (scottish.title in html, english.title in html) == (True, False)


def test_guides_about_one_nation_alone_come_first(client):
    everywhere = factories.guide(title="Everywhere", nations=NATIONS, order=1)
    two = factories.guide(title="Two of them", nations=["England", "Wales"], order=3)
    alone = [factories.guide(title=title, nations=["Wales"], order=2) for title in ("B alone", "A alone")]
    factories.guide(nations=["England", "Scotland", "Northern Ireland"])
    assert list(Guide.objects.about("Wales")) == [alone[1], alone[0], two, everywhere]


def test_council_page_takes_the_same_number_of_queries_however_many_guides_there_are(client, django_assert_num_queries):
    council = factories.council()
    factories.guide()
    next_free_call()
    with CaptureQueriesContext(connection) as queries:
        client.get(council.get_absolute_url())
    for _ in range(30):
        factories.guide()
    next_free_call()
    with django_assert_num_queries(len(queries)):
        html = client.get(council.get_absolute_url()).content.decode()
    assert html.count('href="/guides/guide-') == MOST_GUIDES


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("slug", "make", "queries"),
    [
        ("send-glossary", factories.term, 4),
        ("whos-who-in-send", factories.role, 4),
        ("the-local-offer", factories.council, 4),
    ],
)
def test_structured_guide_takes_the_same_number_of_queries(
    client, django_assert_num_queries, slug, make, queries, rows
):
    factories.guide(slug=slug)
    for _ in range(rows):
        make()
    # Worked out once a minute for all pages.
    next_free_call()
    with django_assert_num_queries(queries):
        client.get(reverse("guide", args=[slug]))

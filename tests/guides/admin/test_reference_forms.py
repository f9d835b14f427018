import pytest
from django.utils import timezone

from guides.models import Council, GlossaryTerm, Guide, Situation, Topic
from guides.reading_on import NO_GUIDE
from tests import factories
from tests.guides.admin.posting import act_on, desk, errors_of, fields_of, messages_of, save

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    client.force_login(factories.staff(is_superuser=True))
    return client


def test_lists_are_edited_one_a_line(editor):
    term = factories.term(aliases=["EHC plan"], no_autolink=[], detail={"A": "Views: yours"})
    page = editor.get(desk(term))
    assert (fields_of(page)["aliases"], fields_of(page)["detail"]) == ("EHC plan", "A: Views: yours")
    response = save(
        editor, term, aliases=" EHC plan \r\n\r\nplan\r\n", detail="A: Views: yours\nB: Needs", nations=["Wales"]
    )
    assert errors_of(response) == {}
    term.refresh_from_db()
    assert term.aliases == ["EHC plan", "plan"]
    assert term.detail == {"A": "Views: yours", "B": "Needs"}
    assert term.nations == ["Wales"]


def test_label_is_used_once(editor):
    response = save(editor, factories.term(), detail="A: One\nA: Two")
    assert errors_of(response) == {"detail": ["There are two lines with the label “A”."]}


@pytest.mark.parametrize("line", ["no colon", ": no label", "no text:"])
def test_labelled_line_without_label_or_text_is_named(editor, line):
    response = save(editor, factories.term(), detail=f"A: B\n{line}")
    assert errors_of(response) == {"detail": [f"“{line}” needs a label, a colon and a text: “A: Your views”."]}
    assert fields_of(response)["detail"] == f"A: B\n{line}"


@pytest.mark.parametrize("make", [factories.term, factories.role])
def test_unknown_law_and_dead_link_are_refused_by_name(editor, make):
    row = make()
    response = save(editor, row, law="[x](law:nothing/1)\n[y](/guides/nothing/)")
    assert errors_of(response)["law"][0].startswith("Line 1: “law:nothing/1” names no law we know.")
    assert errors_of(response)["law"][1].startswith("Line 2: The link “/guides/nothing/” is dead")
    assert fields_of(response)["law"] == "[x](law:nothing/1)\n[y](/guides/nothing/)"
    assert errors_of(save(editor, row, law="[s.36(8)](law:cfa/36), [more](/guides/)")) == {}
    row.refresh_from_db()
    assert 'class="law"' in row.law_html


@pytest.mark.parametrize("make", [factories.term, factories.role])
def test_read_on_leads_to_a_section_of_a_guide_or_nowhere(editor, make):
    factories.guide(slug="known")
    row = make()
    dead = "The link “/guides/known/#gone” is dead: the page has no section “gone”."
    for address, sentence in (("/guides/known/#gone", dead), ("/help-now/", NO_GUIDE)):
        assert errors_of(save(editor, row, read_on=address)) == {"read_on": [sentence]}
    for address in (" /guides/known/#first ", ""):
        assert errors_of(save(editor, row, read_on=address)) == {}
        row.refresh_from_db()
        assert row.read_on == address.strip()
    page = editor.get(desk(row, "history")).content.decode()
    assert "/guides/known/#first →" in page


def test_other_words_can_be_mended_while_the_guide_to_read_on_in_is_withdrawn(editor):
    guide = factories.guide(slug="known")
    term = factories.term(read_on="/guides/known/#first")
    Guide.objects.filter(pk=guide.pk).update(status=Guide.Status.DRAFT)
    assert errors_of(save(editor, term, definition="Mended.")) == {}
    term.refresh_from_db()
    assert (term.definition, term.read_on) == ("Mended.", "/guides/known/#first")


@pytest.mark.parametrize(
    "make",
    [factories.term, factories.role, factories.council, factories.topic, factories.testimonial, factories.situation],
)
def test_address_is_written_once(editor, make):
    row = make()
    response = save(editor, row, slug="other")
    assert errors_of(response) == {}
    assert type(row).objects.get(pk=row.pk).slug == row.slug


def test_nations_are_needed(editor):
    assert errors_of(save(editor, factories.term(), nations=[])) == {"nations": ["Please fill this in."]}


def test_council_keeps_its_short_names_and_its_code_in_capitals(editor):
    response = save(editor, Council, name="Kingston upon Hull", slug="hull", code="e06000010", nation="England",
                    region="Yorkshire and The Humber", confidence="high", short_names="Hull\nKingston")  # fmt: skip
    assert errors_of(response) == {}
    council = Council.objects.get(slug="hull")
    assert (council.code, council.short_names) == ("E06000010", ["Hull", "Kingston"])


def test_local_offer_links_are_marked_as_checked_today(editor):
    with_link = factories.council(local_offer_url="https://a.example/")
    without = factories.council()
    assert messages_of(act_on(editor, [with_link, without], "mark_links_checked")) == [
        "1 marked as checked today.",
        "1 of those ticked have no Local Offer link yet.",
    ]
    with_link.refresh_from_db()
    assert with_link.link_checked_on == timezone.localdate()
    assert with_link.history.first().history_user is not None


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("/guides/nothing/", "The link “/guides/nothing/” is dead: there is no published page at /guides/nothing/"),
        ("/guides/known/#gone", "The link “/guides/known/#gone” is dead: the page has no section “gone”."),
        ("https://elsewhere.example/", "Give a page of this site: it starts with /, such as /guides/anxiety/"),
        ("//elsewhere.example/", "Give a page of this site: it starts with /, such as /guides/anxiety/"),
        ("/guides/known/#first", None),
    ],
)
def test_situation_leads_to_a_page_of_ours(editor, address, sentence):
    factories.guide(slug="known")
    response = save(editor, Situation, words="It is hard", slug="hard", address=address, illustration="anxiety")
    assert errors_of(response) == ({"address": [sentence]} if sentence else {})
    assert Situation.objects.exists() is (sentence is None)


def test_drawing_is_chosen_from_those_there_are(editor):
    response = save(editor, Topic, name="Sleep", slug="sleep", summary="Nights.", illustration="../../etc/passwd")
    assert errors_of(response)["illustration"][0].startswith("Choose from what is offered.")
    assert errors_of(save(editor, Topic, name="Sleep", slug="sleep", summary="Nights.", illustration="anxiety")) == {}
    assert Topic.objects.get().illustration == "anxiety"


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("make", "queries"),
    [(factories.term, 8), (factories.role, 5), (factories.council, 6), (factories.topic, 5), (factories.testimonial, 6),
     (factories.situation, 5), (factories.page, 5), (factories.picture, 5)],
)  # fmt: skip
def test_list_takes_the_same_number_of_queries(editor, django_assert_num_queries, make, queries, rows):
    made = [make() for _ in range(rows)]
    model = type(made[0])
    editor.get(desk(model, "changelist"))  # Django keeps content types from now on
    with django_assert_num_queries(queries):
        editor.get(desk(model, "changelist"))


def test_term_is_found_by_its_other_forms(editor):
    factories.term(term="Education, health and care plan", aliases=["EHC plan"])
    factories.term(term="Other")
    found = editor.get(desk(GlossaryTerm, "changelist") + "?q=ehc").context["cl"].result_list
    assert [term.term for term in found] == ["Education, health and care plan"]


def test_new_address_of_a_local_offer_has_not_been_checked_yet(editor):
    council = factories.council(local_offer_url="https://a.example/")
    council.mark_link_checked()
    save(editor, council, name="Renamed")
    council.refresh_from_db()
    assert council.link_checked_on is not None
    save(editor, council, local_offer_url="https://b.example/")
    council.refresh_from_db()
    assert council.link_checked_on is None

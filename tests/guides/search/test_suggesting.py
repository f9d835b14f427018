from guides.search import suggesting
from guides.search.find import suggest
from guides.search.suggesting import Suggestion, Suggestions
from guides.search.synonyms import Synonym
from tests import factories
from tests.guides.search.library import document, library

EHCP = document("Education, health and care plan (EHCP)", "/ehcp/", names=("EHCP",))
AUTISM = document("Autism", "/guides/autism/", kind="Guide")
SPECTRUM = document("Autism spectrum", "/spectrum/")
HULL = document("Hull City Council", "/hull/", kind="Council", names=("Hull",))
SIGNS = document("Signs of anxiety", "/guides/anxiety/#signs", kind="Guide", guide="Anxiety")
MINE = document("My autistic child will not go to school", "/guides/autism/#school", kind="Situation")
ALL = [EHCP, AUTISM, SPECTRUM, HULL, SIGNS, MINE]


def suggested(typed: str, *synonyms: Synonym) -> list[str]:
    made = library(ALL, synonyms)
    return [each.title for each in made.suggestions.for_beginning(typed)]


def test_names_that_begin_with_what_is_typed_come_first_then_the_order_of_kinds():
    assert suggested("auti") == [AUTISM.title, SPECTRUM.title, MINE.title]


def test_any_word_of_a_name_may_begin_with_it():
    assert suggested("cit") == [HULL.title]


def test_all_words_are_needed_in_any_order():
    assert suggested("plan educ") == [EHCP.title]
    assert suggested("plan autism") == []


def test_other_names_suggest_too():
    assert suggested("ehc") == [EHCP.title]


def test_dots_accents_and_case_do_not_matter():
    assert suggested("É.H.C") == [EHCP.title]


def test_one_letter_is_too_little():
    assert suggested("h") == []
    assert suggested("") == []


def test_sections_are_suggested_only_by_what_leads_to_them():
    leads = Synonym("school refusal", "anxiety", targets=("/guides/anxiety/#signs", "/spectrum/"))
    assert suggested("signs") == []
    assert suggested("refusal", leads) == [SIGNS.title]


def test_mistake_suggests_what_was_meant_after_own_names():
    mistake = Synonym("autsim", "autism", targets=("/guides/autism/",), is_mistake=True)
    assert suggested("auts", mistake) == [AUTISM.title]
    assert suggested("aut", mistake) == [AUTISM.title, SPECTRUM.title, MINE.title]


def test_of_two_with_one_address_the_earlier_kind_is_suggested_in_whatever_order_they_came():
    twin = document("Worries", SIGNS.address, kind="Situation", guide="Anxiety")
    leads = [Synonym("nerves", "anxiety", targets=(SIGNS.address,))]
    for documents in ([SIGNS, twin], [twin, SIGNS]):
        found = library(documents, leads).suggestions.for_beginning("nerves")
        assert [each.title for each in found] == ["Worries"]


def test_target_that_is_gone_suggests_nothing():
    assert suggested("refusal", Synonym("refusal", "x", targets=("/gone/",))) == []


def test_page_is_suggested_once_and_says_what_it_is():
    made = library([AUTISM, SIGNS], [Synonym("autism spectrum", "autism", targets=("/guides/autism/",))])
    assert made.suggestions.for_beginning("autism") == [Suggestion("Guide", "Autism", "/guides/autism/")]
    assert library([SIGNS], [Synonym("worry", "anxiety", targets=(SIGNS.address,))]).suggestions.for_beginning(
        "worry"
    ) == [Suggestion("Guide: Anxiety", "Signs of anxiety", "/guides/anxiety/#signs")]


def test_there_are_no_more_than_fit_below_the_box():
    made = library(document(f"Plan {number}") for number in range(20))
    assert len(made.suggestions.for_beginning("plan")) == 5


def test_no_more_is_kept_of_what_was_typed_than_has_room(monkeypatch):
    monkeypatch.setattr(suggesting, "MOST_KNOWN", 3)
    made = library([AUTISM]).suggestions
    for typed in ("au", "aut", "auti", "autis", "autism", "au"):
        assert [each.title for each in made.for_beginning(typed)] == ["Autism"]
        assert len(made.known) <= 3


def test_nothing_is_suggested_without_pages():
    assert Suggestions.of([], [], []).for_beginning("plan") == []


def test_what_is_published_is_suggested_and_what_is_taken_back_is_not(db):
    guide = factories.guide(title="Quokkas")
    assert [each.title for each in suggest("quok")] == ["Quokkas"]
    guide.status = "draft"
    guide.save()
    assert suggest("quok") == []

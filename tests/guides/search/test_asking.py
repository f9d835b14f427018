import pytest
from hypothesis import given
from hypothesis import strategies as st

from guides.search.answers import answer
from guides.search.synonyms import Synonym
from tests.guides.search.library import document, library, titles

PLAN = document("Education, health and care plan", "/plan/", names=("EHCP", "the plan"), text="A legal document.")
REFUSAL = document("Refusal to assess", "/refusal/", names=("refuse to assess",), text="The council says no.")
EBSA = document("Emotionally based school avoidance", "/ebsa/", text="When school is too hard.")
GUIDE = document("Anxiety", "/anxiety/", kind="Guide", about=("Health",), topic="Health", text="What helps.")
TONIGHT = document("What helps tonight", "/anxiety/#tonight", kind="Guide", guide="Anxiety", about=("Anxiety",))
HULL = document("Hull City Council", "/hull/", kind="Council", names=("Hull",), about=("local help",), where="England")
SYNONYMS = [
    Synonym("echp", "EHCP", ("/plan/",), is_mistake=True),
    Synonym("school refusal", "emotionally based school avoidance", ("/ebsa/", "/anxiety/")),
    Synonym("naughty", "anxiety", ("/anxiety/",), never_show=True),
    Synonym("gone", "a page that was withdrawn", ("/gone/",)),
]
MADE = library([PLAN, REFUSAL, EBSA, GUIDE, TONIGHT, HULL], SYNONYMS)


@pytest.mark.parametrize(
    "typed", ["ehcp", "E.H.C.P.", "e h c p", "echp", "what is an EHCP?", "ehpc", "education health and care plan"]
)
def test_plan_is_found_however_it_is_typed(typed):
    assert titles(typed, MADE)[0] == PLAN.title


def test_question_is_answered_like_its_words():
    assert titles("can they refuse to assess", MADE)[0] == titles("refuse assess", MADE)[0] == REFUSAL.title


def test_synonym_leads_to_its_pages_in_their_order():
    assert titles("school refusal", MADE)[:2] == [EBSA.title, GUIDE.title]


def test_synonym_inside_a_search_counts_as_well():
    assert titles("my daughter and school refusal", MADE)[0] == EBSA.title


def test_page_that_is_gone_is_passed_over():
    assert titles("gone", MADE) == []


def test_mistake_is_said_and_can_be_looked_for_all_the_same():
    assert answer("echp", MADE).instead == "EHCP"
    assert answer("anxeity tonigt", MADE).instead == "anxiety tonight"
    assert answer("anxeity", MADE, as_typed=True).results == []
    assert answer("school refusal", MADE).instead == ""


def test_sore_word_is_not_shown_again():
    assert answer("naughty", MADE).never_show
    assert not answer("anxiety", MADE).never_show


def test_beginning_of_a_word_finds_it():
    assert titles("anxi", MADE)[0] == GUIDE.title
    assert answer("anxi", MADE).instead == ""


def test_name_inside_a_search_finds_its_page():
    assert HULL.title in titles("help near hull", MADE)


@pytest.mark.parametrize(
    ("typed", "first"),
    [("plan scotland", "/s/"), ("the welsh plan", "/w/"), ("plan northern ireland", "/n/"), ("plan", "/e/")],
)
def test_nation_in_a_search_chooses_its_page(typed, first):
    wheres = {"/e/": "England", "/s/": "Scotland", "/w/": "England and Wales", "/n/": "Northern Ireland"}
    plans = [document("Plan", address, where=where) for address, where in wheres.items()]
    assert answer(typed, library(plans)).results[0].address == first


def test_english_is_a_subject_at_school():
    wales = document("Resits in Wales", where="Wales", text="English.")
    assert titles("english resits", library([wales, document("Resits", where="England")]))[0] == wales.title


def test_page_for_a_crisis_is_first_also_if_the_words_are_of_another():
    helping = document("Help now", "/help-now/", text="Call.")
    money = document("Money to live on", text="What you want to live.")
    for typed in ("she doesnt want to live any more", "sucide money", "suicide"):
        assert titles(typed, library([money, helping]))[0] == "Help now"
    assert titles("want to live", library([money, helping])) == [money.title]


@pytest.mark.parametrize("typed", ["Dad", "father", "mum", "mother", "mom"])
def test_parents_are_found_by_what_they_are_called(typed):
    assert titles(typed, library([document("Parent carer forum")])) == ["Parent carer forum"]


def test_ordinary_word_is_not_the_beginning_of_another():
    made = library([document("Ealing", "/ealing/"), document("Scopes of law", "/law/", text="Editorial.")])
    assert (titles("EAL", made), titles("ealing", made), titles("edit", made)) == ([], ["Ealing"], [])


def test_nation_alone_is_looked_for():
    assert titles("Scotland", library([document("Law in Scotland", where="Scotland")])) == ["Law in Scotland"]


def test_half_of_the_words_are_enough_and_less_is_not():
    assert titles("council zebra", MADE) == [HULL.title, REFUSAL.title]
    assert titles("council zebra xylophone", MADE) == []


def test_common_words_alone_are_not_enough():
    common = [document(f"School {number}", text="Every child.") for number in range(9)]
    why = document("Find out why", text="It may be bullying at school.")
    assert titles("my child is bullied at school", library([*common, why])) == [why.title]


def test_one_word_of_an_official_term_is_not_the_term():
    made = library([document("Sleep support"), document("SEN support")], [Synonym("bedtime", "sleep support")])
    assert titles("bedtime", made) == ["Sleep support"]


def test_section_answers_a_sentence_and_a_term_is_explained():
    term = document("Suspension", text="When a child may not come to school.")
    section = document(
        "Suspension and exclusion", "/#out", kind="Guide", guide="Meetings", text="What your child needs."
    )
    made = library([term, section])
    assert titles("suspension of a child", made) == [term.title, section.title]
    assert titles("suspension of my child", made) == [section.title, term.title]


def test_page_about_the_site_comes_after_others_with_the_same_words():
    privacy = document("Privacy", kind="About this site", text="To call you we collect a number.")
    home = document(
        "Sent home early", kind="Guide", text="They call, and you collect your child. " + "It is long. " * 30
    )
    made = library([privacy, home])
    assert titles("they call me to collect him", made) == [home.title, privacy.title]
    assert titles("privacy", made) == [privacy.title]


def test_section_that_a_synonym_names_stays_behind_the_page_that_it_names_first():
    made = library([GUIDE, TONIGHT], [Synonym("qualms", "fear", ("/anxiety/", "/anxiety/#tonight"))])
    assert titles("qualms", made) == [GUIDE.title, TONIGHT.title]


def test_nothing_found_names_the_nearest_topics():
    nothing = answer("zebra xylophone helps", MADE)
    assert (nothing.results, nothing.topics) == ([], ("Health",))
    assert answer("zebra xylophone hull", MADE).topics == ()


def test_page_that_is_called_so_is_described_by_its_beginning():
    term = document("Autism", text="A difference that lasts. Autism is no illness.")
    (first,) = answer("autistic", library([term])).results
    assert "".join(text for text, _ in first.line) == term.text
    (first,) = answer("autism illness", library([term])).results
    assert "".join(text for text, _ in first.line) == "Autism is no illness."


def test_page_is_listed_once():
    twice = library([GUIDE, document("I am worried", "/anxiety/", kind="Situation", text="anxiety")])
    assert [found.address for found in answer("anxiety worried", twice).results] == ["/anxiety/"]


HOSTILE = st.text(max_size=300) | st.text(alphabet="aeE\"'*%()<>&;\\-_.\0 ÉŒ́🙂AND OR NOT\n", max_size=300)


@given(HOSTILE)
def test_any_text_gets_an_answer(text):
    found = answer(text, MADE)
    assert len({each.address for each in found.results}) == len(found.results)


@pytest.mark.parametrize("text", ["a" * 10_000, "a " * 5_000, "echp " * 2_000, "'" * 9_999, "." * 9_999, "a." * 5_000])
def test_long_text_gets_an_answer(text):
    assert len(answer(text, MADE).results) <= 6

from guides.search.synonyms import Synonym, Synonyms
from guides.search.words import stem, words_of


def matched(query: str, *rows: Synonym) -> list[tuple[str, bool]]:
    return [(match.synonym.typed, match.is_whole) for match in Synonyms.of(rows).matches(words_of(query))]


def row(typed: str, **fields: object) -> Synonym:
    return Synonym(**{"typed": typed, "official": "official"} | fields)


def test_whole_search_matches_first():
    assert matched("school refusal", row("school"), row("school refusal")) == [("school refusal", True)]


def test_longest_inside_a_search_matches_first_and_none_overlap():
    found = matched("my son won't go to school and tics", row("school"), row("wont go to school"), row("tics"))
    assert found == [("wont go to school", False), ("tics", False)]


def test_other_forms_of_the_words_match():
    assert matched("refusing to go to school", row("refuses to go to school")) == [("refuses to go to school", True)]


def test_exact_words_win_over_those_of_the_same_stem():
    rows = (row("statement"), row("statementing"))
    assert matched("statementing", *rows) == [("statementing", True)]
    assert matched("statement", *rows) == [("statement", True)]


def test_words_of_a_synonym_may_stand_apart():
    assert matched("private adhd assessment", row("private assessment")) == [("private assessment", False)]
    assert matched("private adhd", row("private assessment")) == []


def test_words_that_stand_apart_match_before_one_of_them():
    assert matched("school ignores his ehcp", row("ehcp"), row("ehcp ignored")) == [("ehcp ignored", False)]


def test_official_terms_are_each_a_whole():
    both = row("ocd", official="CAMHS; mental health (Wales) or special school: help")
    assert both.terms == {("camh",), ("mental", "health"), ("wale",), ("special", "school"), ("help",)}


def test_whole_query_only_is_not_used_inside_a_search():
    add = row("add", whole_query_only=True)
    assert matched("ADD", add) == [("add", True)]
    assert matched("add a page", add) == []


def test_only_with_needs_one_of_its_words():
    mediation = row("meditation", only_with=frozenset({stem("tribunal"), stem("council")}))
    assert matched("meditation", mediation) == []
    assert matched("meditation with the council", mediation) == [("meditation", False)]


def test_synonyms_work_one_way_only():
    assert matched("official", row("typed")) == []


def test_mistake_is_not_found_scattered():
    assert matched("code of practise", row("code of practise", is_mistake=True)) == [("code of practise", True)]
    assert matched("practise the code", row("code of practise", is_mistake=True)) == []

import pytest

from guides.search.words import fold, indexed_words, stem, stems_of, telling, words_of


@pytest.mark.parametrize("typed", ["E.H.C.P.", "e.h.c.p", "e h c p", "EHCP", "  ehcp?", "(ehcp)"])
def test_words_of_an_abbreviation_are_one_however_it_is_written(typed):
    assert words_of(typed) == ["ehcp"]


@pytest.mark.parametrize("typed", ["won't", "won’t", "wont", "WON'T", "won`t"])
def test_words_of_do_not_know_apostrophes(typed):
    assert words_of(typed) == ["wont"]


def test_words_of_do_not_know_accents():
    assert words_of("Café Siân naïve") == ["cafe", "sian", "naive"]


def test_words_of_a_sentence_with_a_letter_or_two():
    assert words_of("I need a plan: 1:1 help, and o.t.") == ["i", "need", "a", "plan", "1", "1", "help", "and", "ot"]


@pytest.mark.parametrize("typed", ["", " ", "*", '"', "\0", "🙂", "%(", "...", "'’"])
def test_words_of_signs_are_none(typed):
    assert words_of(typed) == []


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("refusal", "refused"),
        ("refusing", "refuses"),
        ("assessment", "assess"),
        ("diagnosis", "diagnosed"),
        ("anxious", "anxiety"),
        ("autistic", "autism"),
        ("medication", "medicine"),
        ("son", "daughter"),
    ],
)
def test_stem_is_the_same_for_forms_of_a_word(first, second):
    assert stem(first) == stem(second)


@pytest.mark.parametrize(("first", "second"), [("tas", "ta"), ("asd", "as"), ("s19", "s1"), ("send", "sent")])
def test_stem_parts_what_is_not_the_same(first, second):
    assert stem(first) != stem(second)


def test_compound_is_indexed_in_parts_and_as_one():
    assert list(indexed_words("Co-ordinator")) == ["co", "ordinator", "coordinator"]


def test_telling_words_of_a_question():
    assert telling(words_of("Can they refuse to assess?")) == ["refuse", "assess"]
    assert telling(["what", "to", "do"]) == ["what", "to", "do"]


def test_fold_keeps_what_is_no_letter_of_ours():
    assert fold("Ω5") == "ω5"
    assert stems_of("教育 plans") == ["教育", "plan"]

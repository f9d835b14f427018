import pytest

from sendguide.lib.readability import prose, reading, sections, syllables


@pytest.mark.parametrize(
    ("word", "count"),
    [
        *[(word, 1) for word in ("school", "guide", "needs", "asked", "named", "through", "child's", "year")],
        *[(word, 2) for word in ("council", "special", "children", "wanted", "people", "being", "table", "meeting")],
        *[(word, 3) for word in ("autism", "area", "created", "decision", "provision", "assessment")],
        *[(word, 4) for word in ("education", "information", "diagnosis")],
    ],
)
def test_syllables_of_words_that_our_texts_use(word, count):
    assert syllables(word) == count


def test_reading_counts_words_sentences_and_list_items():
    score = reading("You can ask. The council has 6 weeks!\nA list item\n")
    assert (score.words, score.sentences) == (11, 3)


def test_grade_is_flesch_kincaid():
    score = reading("The cat sat on the mat.")  # 6 words, 1 sentence, 6 syllables
    assert score.grade == pytest.approx(0.39 * 6 + 11.8 * 1 - 15.59)


def test_grade_of_hard_text_is_far_above_that_of_plain_text():
    hard = "Notwithstanding the aforementioned statutory provisions, responsible authorities retain discretion."
    assert reading(hard).grade > 15 > 5 > reading("You can ask for help. The school must reply.").grade


def test_grade_of_nothing_is_zero():
    assert reading(" \n").grade == 0.0


def test_prose_leaves_out_headings_addresses_tables_and_box_titles():
    text = '## Who?\n!!! key "Title"\n    - You [can ask](law:cfa/36).\n| a | b |\n|---|---|\n'
    assert prose(text).split() == ["You", "can", "ask."]


def test_sections_are_scored_one_by_one():
    found = sections("Hello you.\n## One\nA cat.\n## Empty\n## Two\nThe dog sat.")
    assert [(heading, score.words) for heading, score in found] == [("", 2), ("One", 2), ("Two", 3)]

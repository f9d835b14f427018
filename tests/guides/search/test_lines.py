from guides.search.lines import LONGEST, Piece, best_line, pieces

SHORT = "A plan says what helps."


def shown(found: list[Piece]) -> str:
    return "".join(f"[{text}]" if is_marked else text for text, is_marked in found)


def line(text: str, *marked: str) -> str:
    return shown(best_line(text, dict.fromkeys(marked, 1.0)))


def test_line_is_the_sentence_with_most_of_the_words():
    assert line(f"Hello. {SHORT}", "plan", "help") == "A [plan] says what [helps]."


def test_line_without_any_of_the_words_is_the_first():
    assert line(f"Hello. {SHORT}", "zebra") == f"Hello. {SHORT}"
    assert line("", "zebra") == ""


def test_short_sentence_is_followed_by_the_next():
    long = "This one is as long as a line that says what it is about has to be."
    assert line(f"You can ask.\nIt is free.\n{long}\nMore.", "zebra") == f"You can ask. It is free. {long}"
    assert line(f"{long} You can ask. {long}", "ask") == f"You can [ask]. {long}"


def test_items_of_a_list_are_told_apart():
    assert (
        line("It helps:\na quiet place\na way in\n“Now.”\nMore", "zebra")
        == "It helps: a quiet place; a way in; “Now.” More"
    )


def test_small_words_are_not_marked():
    assert line(SHORT, "a", "what") == SHORT


def test_long_sentence_is_cut_between_words_around_what_is_marked():
    words = [f"word{number}" for number in range(100)]
    found = pieces(" ".join(words), {"word50"})
    text = shown(found)
    assert text.startswith("… word")
    assert text.endswith(" …")
    assert "[word50]" in text
    assert len(text) <= LONGEST + 8


def test_one_endless_word_is_cut():
    assert len(shown(pieces("x" * 1000, {"x" * 1000}))) <= LONGEST + 8


def test_html_is_text():
    assert line("<b>plan</b>", "plan") == "<b>[plan]</b>"

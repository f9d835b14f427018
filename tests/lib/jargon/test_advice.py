"""What staff are told about a text that is hard to read."""

from sendguide.lib.jargon.advice import advice
from tests.lib.jargon.words import WORDS

EASY = "You can ask the school. It will meet you. You can say no. " * 4
HARD = (
    "Notwithstanding the aforementioned considerations, the administrative authority coordinates multidisciplinary "
    "communication between independent professionals, institutional representatives, international organisations and "
    "everybody else who is responsible.\n"
)


def test_hard_section_is_named_with_what_makes_it_hard():
    found = advice(f"{EASY}\n## Easy {{#easy}}\n{EASY}\n## The hard one {{#hard}}\n{HARD * 2}", WORDS)
    assert [(section.heading, section.is_hard) for section in found.sections] == [
        ("", False),
        ("Easy", False),
        ("The hard one", True),
    ]
    (hard,) = found.to_mend
    assert (hard.sentence_length > 22, hard.long_sentence) == (True, HARD.strip())
    assert len(hard.long_words) == 5
    assert "multidisciplinary" in hard.long_words
    assert hard.age > 15


def test_few_words_are_never_hard():
    assert advice("## One\nMultidisciplinary organisations coordinate.\n", WORDS).to_mend == []


def test_abbreviations_that_no_entry_explains_are_named_once():
    text = (
        "An EHCP and a XYZ. The NHS, McRae's ABc.\n## Two\nXYZ, speech and language (SLT) help, SLT\n"
        "[s.1 QQQ](law:cfa/1)\n"
        "[a WWW link](https://EXAMPLE.org)\n### JJJ\n"
    )
    found = advice(text, WORDS)
    assert [(section.heading, section.unknown) for section in found.to_mend] == [
        ("", ("XYZ", "McRae", "ABc")),
        ("Two", ("WWW",)),
    ]


def test_words_of_the_glossary_do_not_count_as_long():
    text = f"## One\n{HARD}best endeavours, co-ordinated support plan, co-ordinated support plan, international.\n"
    assert "ordinated" not in advice(text, WORDS).to_mend[0].long_words


def test_nothing_to_say_about_no_text():
    assert advice("", WORDS).to_mend == []
    assert not advice("", WORDS).whole.is_hard

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


def test_known_abbreviation_is_known_in_every_form():
    words = "Two EHCPs, SENCOs and an e-SENCO."
    assert advice(words, WORDS).to_mend == []


def test_abbreviation_that_is_explained_once_is_known_in_later_sections():
    found = advice("An extra yearly zone (XYZ).\n## Two\nThe XYZ and two XYZs.\n## Three\nA QQQ (PPP).", WORDS)
    assert [section.unknown for section in found.to_mend] == [("QQQ",)]


def test_abbreviations_in_tables_and_with_numbers_are_named():
    found = advice("## One\nWords in KS2.\n\n| Stage | Body |\n|---|---|\n| KS3 | FFT |\n", WORDS)
    assert [section.unknown for section in found.to_mend] == [("KS2", "KS3", "FFT")]
    assert found.sections[0].reading.words == found.whole.reading.words


def test_references_to_the_law_count_nowhere():
    text = f"{EASY}([Notwithstanding multidisciplinary organisations](law:cfa/36))."
    found = advice(text, WORDS)
    assert found.whole.reading == found.sections[0].reading


def test_very_long_words_of_an_easy_section_are_named():
    (section,) = advice(f"{EASY}It is a multidisciplinary university.", WORDS).sections
    assert (section.is_hard, section.long_words) == (False, ("multidisciplinary",))


def test_words_of_the_glossary_do_not_count_as_long():
    text = f"## One\n{HARD}best endeavours, co-ordinated support plan, co-ordinated support plan, international.\n"
    assert "ordinated" not in advice(text, WORDS).to_mend[0].long_words


def test_nothing_to_say_about_no_text():
    assert advice("", WORDS).to_mend == []
    assert not advice("", WORDS).whole.is_hard

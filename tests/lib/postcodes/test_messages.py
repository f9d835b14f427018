"""What parents read with each answer. The words themselves are in question here, so some are repeated."""

import pytest

from sendguide.lib.postcodes import (
    BestGuess,
    Found,
    NoCouncil,
    NotAPostcode,
    NothingTyped,
    PartOnly,
    Unknown,
    Why,
    message_for,
)
from sendguide.lib.readability import reading

ANSWERS = {
    "found": Found("HU5 2TY", "A"),
    "one guess": BestGuess("HU5 9TY", "HU5", ("A",)),
    "several guesses": BestGuess("HU5 9TY", "HU5", ("A", "B")),
    "part of one": PartOnly("HU1", ("A",)),
    "part of several": PartOnly("HU5", ("A", "B")),
    "unknown": Unknown("HU99 1AA"),
    "none": NotAPostcode("HU5 2TYY"),
    "nothing": NothingTyped(),
    **{f"no council: {why.name}": NoCouncil("XX1 1XX", why) for why in Why},
}
every_answer = pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS.keys())


@pytest.mark.parametrize(
    ("name", "happened"),
    [
        ("one guess", "We do not know this postcode. It may be new, or no longer in use. "),
        ("several guesses", "We do not know this postcode. It may be new, or no longer in use. "),
        ("part of one", "This is the first part of a postcode. All of that area belongs to one council."),
        ("part of several", "This is the first part of a postcode. That area belongs to more than one council."),
        ("unknown", "We do not know this postcode."),
        ("none", "This does not look like a UK postcode. A postcode looks like HU1 2AA."),
        ("nothing", "Type your postcode, such as HU1 2AA."),
        ("no council: FORCES", "This is a Forces address (BFPO). It belongs to no council."),
        ("no council: JERSEY", "This postcode is in Jersey. It is not part of the UK and has its own law."),
    ],
)
def test_message_says_what_happened(name, happened):
    assert message_for(ANSWERS[name]).happened.startswith(happened)


def test_every_answer_has_its_own_message():
    assert len({message_for(answer).happened for answer in ANSWERS.values()}) == len(ANSWERS)


@every_answer
def test_message_offers_a_next_step_in_plain_words_without_the_postcode(answer):
    message = message_for(answer)
    text = f"{message.happened} {message.next_step}"
    assert message.next_step.endswith(".")
    assert reading(text).grade <= 7
    assert len(text.split()) <= 45
    assert "HU5" not in text

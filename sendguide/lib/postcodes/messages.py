"""What parents are told with each answer: what happened, what to do next."""

from dataclasses import dataclass

from sendguide.lib.postcodes.answers import (
    Answer,
    BestGuess,
    Found,
    NoCouncil,
    NotAPostcode,
    NothingTyped,
    PartOnly,
    Unknown,
    Why,
)

CHOOSE = "Or choose your council from the list."
CHECK = "Please check each letter and number, or choose your council from the list."


@dataclass(frozen=True, slots=True)
class Message:
    """Two short texts in plain words. Neither holds the postcode itself, so that both may stand anywhere."""

    happened: str
    next_step: str


NO_COUNCIL = {
    Why.GUERNSEY: Message(
        "This postcode is in the Bailiwick of Guernsey. It is not part of the UK and has its own law.",
        "The States of Guernsey can tell you what help there is. If your home is in the UK, type its postcode.",
    ),
    Why.JERSEY: Message(
        "This postcode is in Jersey. It is not part of the UK and has its own law.",
        "The Government of Jersey can tell you what help there is. If your home is in the UK, type its postcode.",
    ),
    Why.ISLE_OF_MAN: Message(
        "This postcode is on the Isle of Man. It is not part of the UK and has its own law.",
        "The Isle of Man Government can tell you what help there is. If your home is in the UK, type its postcode.",
    ),
    Why.FORCES: Message(
        "This is a Forces address (BFPO). It belongs to no council.",
        "Type the postcode of your home in the UK, or of the place you will move to. " + CHOOSE,
    ),
    Why.OVERSEAS: Message(
        "This looks like a postcode of a British territory overseas. It belongs to no council in the UK.",
        "If your home is in the UK, or will be soon, type its postcode. " + CHOOSE,
    ),
    Why.IRELAND: Message(
        "This looks like an Eircode, from Ireland. We can only help with the law in the UK.",
        "If your home is in the UK, type its postcode. " + CHOOSE,
    ),
    Why.POST_BOX: Message(
        "This postcode is for the post of a large organisation. It belongs to no council.",
        "Type the postcode of your home. " + CHOOSE,
    ),
}


IF_NOT = "If this is your council, go on. If not, "
UNKNOWN = "We do not know this postcode. It may be new, or no longer in use. "
PART = "This is the first part of a postcode. "
# With one council, and with several.
ONE = {
    BestGuess: Message(
        f"{UNKNOWN}All those near it that we know belong to one council.",
        f"{IF_NOT}check the postcode or choose from the list.",
    ),
    PartOnly: Message(f"{PART}All of that area belongs to one council.", f"{IF_NOT}type your full postcode."),
}
SEVERAL = {
    BestGuess: Message(
        f"{UNKNOWN}Those near it belong to more than one council.",
        "Choose yours. If you are not sure, your council tax bill says which it is.",
    ),
    PartOnly: Message(
        f"{PART}That area belongs to more than one council.",
        "Choose yours, or type your full postcode and we will find it.",
    ),
}
OTHERS = {
    Found: Message("We found your council.", "Not your council? Choose another from the list."),
    Unknown: Message("We do not know this postcode.", CHECK),
    NotAPostcode: Message("This does not look like a UK postcode. A postcode looks like HU1 2AA.", CHECK),
    NothingTyped: Message("Type your postcode, such as HU1 2AA.", CHOOSE),
}


def message_for(answer: Answer) -> Message:
    if isinstance(answer, NoCouncil):
        return NO_COUNCIL[answer.why]
    if isinstance(answer, BestGuess | PartOnly):
        return (ONE if len(answer.councils) == 1 else SEVERAL)[type(answer)]
    return OTHERS[type(answer)]

"""What somebody typed, read as a postcode or as the first part of one. Whether it exists is for the table to say.

A postcode is "HU5 2TY": area HU, district HU5, sector HU5 2, unit TY.
"""

import re
import unicodedata
from dataclasses import dataclass

# Every area there is: no other letters begin a postcode.
EVERY_AREA = """
    AB AL B BA BB BD BF BH BL BN BR BS BT BX CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX FK
    FY G GL GU GX GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP
    NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA
    WC WD WF WN WR WS WV YO ZE
"""
AREAS = frozenset(EVERY_AREA.split())
# What follows the area's letters in a district. "S0" does not exist, so that "S01" can only mean SO1; "CR0" does.
DISTRICT_NUMBERS = {1: re.compile(r"[1-9][0-9A-Z]?"), 2: re.compile(r"[0-9]|[1-9][0-9A-Z]")}
# Letters that no unit has, because they are easily misread, are missing.
UNIT = re.compile(r"[ABD-HJLNP-UW-Z]{2}")
DIGITS = frozenset("0123456789")
TO_DIGITS = str.maketrans("OI", "01")
TO_LETTERS = str.maketrans("01", "OI")
# No postcode is nearly as long, however it is spaced out.
LONGEST = 40


@dataclass(frozen=True, slots=True)
class Shape:
    """A postcode ("HU5", "HU5 2", "TY"), a bare sector (``unit`` is "") or a bare district (``sector`` is "" too)."""

    district: str
    sector: str = ""
    unit: str = ""

    def __str__(self) -> str:
        return f"{self.sector}{self.unit}" or self.district


def area_of(place: str) -> str:
    """“HU” for “HU5 2TY”, “B” for “B1”."""
    return place[:2] if place[1].isalpha() else place[0]


def tidy(text: str) -> str:
    """“ hu5.2ty” → “HU5 2TY”, “s0i4 3aa” → “SO14 3AA”, “hu5” → “HU5”. What is no postcode comes back as it was."""
    shape = shape_of(text)
    return str(shape) if shape else text


def shape_of(text: str) -> Shape | None:
    """The postcode, sector or district that ``text`` has the shape of, with O and 0, I and 1 put right by position."""
    words = words_of(text)
    whole = "".join(words)
    if UNIT.fullmatch(whole, max(0, len(whole) - 2)) and (sector := _sector(whole[:-2])):
        return Shape(*sector, whole[-2:])
    # "HU5 2" is a sector only because of its space: HU52 could be a district.
    if len(words) > 1 and len(words[-1]) == 1 and (sector := _sector(whole)):
        return Shape(*sector)
    if district := _district(whole):
        return Shape(district)
    return Shape(*sector) if (sector := _sector(whole)) else None


def words_of(text: str) -> list[str]:
    """Letters and digits of ``text``, upper-case, parted where something else stands.

    None if it is too long, or if a letter is not one of ours: SЕ1 without its Cyrillic Е would be Sheffield's S1.
    """
    text = text.strip()
    words = re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", text)) if len(text) <= LONGEST else []
    return [word.upper() for word in words] if all(word.isascii() for word in words) else []


def _sector(whole: str) -> tuple[str, str] | None:
    """(“SO14”, “SO14 3”) for “SO143”; None if no sector looks like ``whole``."""
    district, digit = _district(whole[:-1]), whole[-1:].translate(TO_DIGITS)
    return (district, f"{district} {digit}") if district and digit in DIGITS else None


def _district(whole: str) -> str:
    """“SO14” for “S0I4”; "" if no district looks like ``whole``."""
    for letters in (2, 1):
        area, numbers = whole[:letters].translate(TO_LETTERS), whole[letters:].translate(TO_DIGITS)
        if area in AREAS and DISTRICT_NUMBERS[letters].fullmatch(numbers):
            return area + numbers
    return ""

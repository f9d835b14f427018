"""Postcodes of places that have no council in the UK, told by their letters alone.

Crown dependencies and the Forces' BF1 from Geo::UK::Postcode::Regex (see docs/places.md); territories from their own
well-known codes.
"""

import re

from sendguide.lib.postcodes.answers import Why

AREAS = {
    "GY": Why.GUERNSEY,
    "JE": Why.JERSEY,
    "IM": Why.ISLE_OF_MAN,
    "BF": Why.FORCES,
    "GX": Why.OVERSEAS,  # Gibraltar
    "BX": Why.POST_BOX,  # banks and tax offices, which are nowhere
}
# Written without spaces.
PATTERNS = {
    # In this order: Ascension, Antarctic, Indian Ocean, Falklands, Pitcairn, South Georgia, St Helena, Tristan, Turks.
    re.compile(r"(ASCN|BBND|BIQQ|FIQQ|PCRN|SIQQ|STHL|TDCU|TKCA)([1I]ZZ)?"): Why.OVERSEAS,
    # Anguilla, Cayman Islands, Montserrat, Virgin Islands
    re.compile(r"AI2640|KY[1-3]\d{4}|MSR1\d{3}|VG11\d\d"): Why.OVERSEAS,
    re.compile(r"BFPO\d{1,4}"): Why.FORCES,
    # An Eircode, such as D02 AF30.
    re.compile(r"[AC-FHKNPRTV-Y]\d[0-9W][0-9AC-FHKNPRTV-Y]{4}"): Why.IRELAND,
}


def why_not(whole: str) -> Why | None:
    """Why ``whole``, not in the usual shape and without spaces, has no council; None if it is nothing we know."""
    return next((why for pattern, why in PATTERNS.items() if pattern.fullmatch(whole)), None)

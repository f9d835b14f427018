"""A postcode in the search box: it is answered and forgotten. See decision 26."""

import re

from guides.search.words import WORD

# As people type one: "hu5 2ab", "HU52AB", "hu5-2ab", O for 0 and I for 1.
POSTCODE = re.compile(r"(?<![^\W_])([a-z]{1,2}[0-9oi][a-z0-9]?[ .,-]{0,3}[0-9oi][a-z]{2})(?![^\W_])", re.IGNORECASE)


def postcode_in(query: str) -> tuple[str, str]:
    """(the postcode in ``query`` or "", the rest). Whether there is such a postcode is for ``places`` to say."""
    found = POSTCODE.search(query)
    if not found or not re.search(r"[0-9]", found.group()):
        return "", query
    rest = f"{query[: found.start()]} {query[found.end() :]}"
    return found.group(), " ".join(rest.split()) if WORD.search(rest) else ""

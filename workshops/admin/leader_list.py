"""Who comes, as a table for whoever leads the workshop."""

import csv
import io
from collections.abc import Iterable

from workshops.models import SignUp

# A cell that begins like this is a formula to Excel and its kin, and people choose their names themselves. The last
# four are =, +, - and @ as wide as Chinese or Japanese letters, which some programs read in the same way.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
# Without it Excel takes the text for Latin-1, and “Zoë” for “ZoÃ«”.
BYTE_ORDER_MARK = "\ufeff"


def leader_list(sign_ups: Iterable[SignUp], *, with_emails: bool) -> str:
    """CSV that can be opened in Excel. E-mail addresses are of use to few leaders: only ``with_emails``."""
    table = io.StringIO()
    writer = csv.writer(table)
    writer.writerow(["Name", "Status", "Access needs", "Council", *(["E-mail"] if with_emails else [])])
    for each in sign_ups:
        council = each.council.name if each.council else ""
        cells = [each.name, each.get_status_display(), each.access_needs, council]
        writer.writerow(defused(cell) for cell in [*cells, *([each.email] if with_emails else [])])
    return BYTE_ORDER_MARK + table.getvalue()


def defused(cell: str) -> str:
    """With an apostrophe in front, which tells Excel that a text follows, where it would see a formula."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell

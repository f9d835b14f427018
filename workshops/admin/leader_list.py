"""Who comes, as a table for whoever leads the workshop."""

from collections.abc import Iterable

from sendguide.lib.csv_tables import csv_table
from workshops.models import SignUp


def leader_list(sign_ups: Iterable[SignUp], *, with_emails: bool) -> str:
    """CSV that can be opened in Excel. E-mail addresses are of use to few leaders: only ``with_emails``."""
    rows = [["Name", "Status", "Access needs", "Council", *(["E-mail"] if with_emails else [])]]
    for each in sign_ups:
        council = each.council.name if each.council else ""
        cells = [each.name, each.get_status_display(), each.access_needs, council]
        rows.append([*cells, *([each.email] if with_emails else [])])
    return csv_table(rows)

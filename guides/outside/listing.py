"""Which links to other sites stand on public pages."""

import html
import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from django.db.models import Model

from guides.addresses import public_texts
from guides.models import Council, OutsideLink

LINK = re.compile(r'href="(https?://[^"#]+)')
LONGEST = 500
COUNCIL_LINKS = ("local_offer_url", "sendiass_url", "council_url")


def list_links(today: date) -> int:
    """Bring the table up to date with the pages; the number of links. What nobody shows any more goes."""
    uses: defaultdict[str, list[list[str]]] = defaultdict(list)
    for page, address in _found():
        use = [str(page), page.get_absolute_url()]  # type: ignore[attr-defined]  # every page has one
        if len(address) <= LONGEST and use not in uses[address]:
            uses[address].append(use)
    rows = [OutsideLink(address=address, used_by=used, listed_on=today) for address, used in uses.items() if used]
    OutsideLink.objects.bulk_create(
        rows,
        batch_size=200,
        update_conflicts=True,
        unique_fields=["address"],
        update_fields=["used_by", "listed_on"],
    )
    OutsideLink.objects.exclude(listed_on=today).delete()
    return len(rows)


def _found() -> Iterator[tuple[Model, str]]:
    for page, texts in public_texts():
        for address in LINK.findall(" ".join(texts)):
            yield page, html.unescape(address)
    for council in Council.objects.only("name", "slug", *COUNCIL_LINKS):
        yield from ((council, url.partition("#")[0]) for name in COUNCIL_LINKS if (url := getattr(council, name)))

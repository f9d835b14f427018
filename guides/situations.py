"""“Start from what is happening”: the situations whose answers can be read now, and where those apply."""

import re
from dataclasses import dataclass

from guides.addresses import lists_all_nations
from guides.models import Guide, Situation
from guides.nations import NATIONS, where_in_words

GUIDE = re.compile(r"/guides/(?P<slug>[\w-]+)/(#|$)")


@dataclass(frozen=True, slots=True)
class OpenSituation:
    """``where`` is empty for an answer that holds in all nations, is a list of all of them, or is no guide."""

    words: str
    address: str
    illustration: str
    tint: str
    where: str


def open_situations() -> list[OpenSituation]:
    """In their order, in two queries. One whose guide is withdrawn is left out until the guide is back."""
    situations = [(each, GUIDE.match(each.address)) for each in Situation.objects.filter(published=True)]
    slugs = {guide["slug"] for _, guide in situations if guide}
    nations_of = dict(Guide.objects.published().filter(slug__in=slugs).values_list("slug", "nations"))
    found = []
    for each, guide in situations:
        if guide and guide["slug"] not in nations_of:
            continue
        nations = nations_of[guide["slug"]] if guide and not lists_all_nations(each.address) else NATIONS
        where = where_in_words(nations)
        found.append(OpenSituation(each.words, each.address, each.illustration, each.tint, where))
    return found

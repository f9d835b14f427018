"""“Start from what is happening”: the situations whose answers can be read now, and where those apply."""

from dataclasses import dataclass

from guides.models import Guide, Situation
from guides.nations import NATIONS, nations_in_words


@dataclass(frozen=True, slots=True)
class OpenSituation:
    """``where`` is empty for an answer that holds in all nations or is no guide."""

    words: str
    address: str
    illustration: str
    tint: str
    where: str


def open_situations() -> list[OpenSituation]:
    """In their order, in two queries. One whose guide is withdrawn is left out until the guide is back."""
    public = {guide.get_absolute_url(): guide.nations for guide in Guide.objects.published().only("slug", "nations")}
    found = []
    for each in Situation.objects.filter(published=True):
        path = each.address.partition("#")[0]
        is_guide = path.startswith("/guides/") and path.count("/") == 3
        if is_guide and path not in public:
            continue
        nations = public.get(path, NATIONS)
        where = "" if nations == NATIONS else nations_in_words(nations)
        found.append(OpenSituation(each.words, each.address, each.illustration, each.tint, where))
    return found

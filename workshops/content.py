"""Workshops as content: how ``content/workshops.yaml`` looks, that texts may link to them and that they are found."""

from collections.abc import Iterator

from guides.addresses import LinkedPages
from guides.content.fields import Field, Flag, Lines, Number, Reference, References, Words
from guides.content.kinds import SLUG, Kind
from guides.search import Candidate, Found, names_of, plain
from workshops.models import Workshop

WORKSHOP = Kind(
    name="workshop",
    plural="workshops",
    pattern="workshops.yaml",
    model=Workshop,
    heading="# The workshops in the order in which parents see them. Their dates are set in the admin.\n",
    order=lambda row: (row.order, row.slug),
    page="workshop",
    markdown=("body",),
    fields=(
        *(SLUG, Field("title"), Reference("topic", to="topic"), Field("summary")),
        *(Field("illustration", default=""), Field("illustration_alt", default="")),
        *(Field("reach", always=True, default="everyone"), Words("nations", default=[]), Words("regions", default=[])),
        *(References("councils", default=[], to="council"), Field("own_words", default="")),
        *(Number("order", always=True, default=100), Flag("published", always=True, default=False)),
        Lines("body", default=""),
    ),
)
PAGES = LinkedPages("workshop", Workshop.objects.published)


def candidates() -> Iterator[Candidate]:
    """Workshops for the site's search."""
    for each in Workshop.objects.published().with_area():
        found = Found("Workshop", each.title, each.summary, each.get_absolute_url(), each.for_whom)
        names = names_of(each.title, each.topic.name, f"{each.title} workshop")
        yield Candidate("Workshop", found, names, plain(f"{each.summary} {each.body} online workshops"))

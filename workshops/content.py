"""Workshops as content: how ``content/workshops.yaml`` looks, that texts may link to them and that they are found."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse

from guides.addresses import LinkedPages
from guides.content.fields import Field, Flag, Lines, Number, Reference, References, Words
from guides.content.kinds import SLUG, Kind
from guides.models import Council, Topic
from guides.search.documents import Source, plain
from guides.search.index import Document
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


def documents(_now: datetime) -> Iterator[Document]:
    """Workshops for the site's search, and the list of all."""
    yield Document(
        "Workshop",
        "Online workshops",
        reverse("workshop_list"),
        names=("Workshops", "Dates of workshops"),
        text="Free online workshops for families, and when the next ones are.",
    )
    for each in Workshop.objects.published().with_area():
        yield Document(
            "Workshop",
            each.title,
            each.get_absolute_url(),
            names=(f"{each.title} workshop", f"{each.title} online workshop"),
            about=(each.topic.name,),
            topic=each.topic.name,
            text=f"{each.summary}\n{plain(each.body_html)}",
            where=each.for_whom,
        )


FOUND = Source("Workshop", (Workshop, Topic, Council), documents)

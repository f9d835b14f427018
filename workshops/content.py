"""Workshops as content: how ``content/workshops.yaml`` looks, and that texts may link to them."""

from guides.addresses import LinkedPages
from guides.content.fields import Field, Flag, Lines, Number, Reference, References, Words
from guides.content.kinds import SLUG, Kind
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

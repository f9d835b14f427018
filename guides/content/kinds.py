"""What each kind of content looks like: its file, its model, its fields. Each kind comes after those it refers to."""

import dataclasses
import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet

from guides.content.fields import (
    REQUIRED,
    Body,
    Changes,
    Day,
    Field,
    Flag,
    Labels,
    Lines,
    Moment,
    Number,
    Prose,
    Reference,
    References,
    Sentences,
    Words,
)
from guides.models import (
    Council,
    GlossaryTerm,
    Guide,
    Role,
    SearchSynonym,
    SitePage,
    Situation,
    Testimonial,
    Topic,
)

SLUG = Field("slug")
Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Kind:
    """``pattern`` is where its files are: one text a file ("guides/*.md"), a list (".yaml") or a table (".csv").

    ``unique`` are the fields besides the slug of which no two items may have the same value. ``order`` sorts rows as
    they stand in the file. ``page`` is the name of the URL of an item's own page. ``markdown`` are the fields that are
    rendered. New rows of a ``plain`` kind, which keeps no history and derives nothing, are written all at once.
    """

    name: str
    plural: str
    pattern: str
    model: type[Model]
    fields: tuple[Field, ...]
    order: Callable[[Any], Any]
    heading: str = ""
    unique: tuple[str, ...] = ()
    page: str = ""
    markdown: tuple[str, ...] = ()
    plain: bool = False
    by_name: dict[str, Field] = dataclasses.field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_name", {field.name: field for field in self.fields})

    @property
    def references(self) -> list[Reference]:
        return [field for field in self.fields if isinstance(field, Reference)]

    def rows(self) -> QuerySet[Any]:
        """All rows, with what their fields need."""
        found = self.model._default_manager.select_related(*(field.column for field in self.references))
        lists = [field.column for field in self.fields if isinstance(field, References | Changes)]
        return found.prefetch_related(*lists)

    def values_of(self, row: Model) -> Values:
        """The fields of ``row`` that a file would have."""
        return self.without_defaults({field.name: field.of(row) for field in self.fields})

    def without_defaults(self, values: Values) -> Values:
        return {
            field.name: values[field.name]
            for field in self.fields
            if field.always or field.default is REQUIRED or values[field.name] != field.default
        }

    def complete(self, values: Values) -> Values:
        """``values`` with the defaults of what is left out."""
        return {field.name: values.get(field.name, field.default) for field in self.fields}

    def fingerprint(self, values: Values) -> str:
        """The same for the same item, whether it comes from a file or a row."""
        compared = {name: value for name, value in values.items() if not self.by_name[name].about}
        form = json.dumps(compared, ensure_ascii=False, default=str)
        return hashlib.sha256(form.encode()).hexdigest()


TOPIC = Kind(
    name="topic",
    plural="topics",
    pattern="topics.yaml",
    model=Topic,
    heading="# The topics in the order in which parents see them.\n",
    order=lambda row: (row.order, row.slug),
    unique=("name",),
    page="topic",
    fields=(
        *(SLUG, Field("name"), Field("summary"), Number("order", always=True, default=0)),
        *(Field("tint", always=True, default="sky"), Field("illustration", default="")),
    ),
)
TERM = Kind(
    name="term",
    plural="glossary terms",
    pattern="glossary.yaml",
    model=GlossaryTerm,
    heading=(
        "# The glossary, A to Z by slug. no_autolink: forms for search only. Parents never see editor_note.\n"
        "# read_on: the guide, or the section of a guide, that says what to do about it.\n"
    ),
    order=lambda row: row.slug,
    page="term",
    markdown=("law",),
    fields=(
        *(SLUG, Field("term"), Field("abbreviation", default=""), Words("aliases", default=[])),
        *(Words("no_autolink", default=[]), Field("category"), Prose("definition"), Labels("detail", default={})),
        *(Words("nations"), References("see_also", default=[], to="term")),
        *(Field("read_on", default=""), Prose("law", default="")),
        *(Field("law_check", default=""), Field("status", default="current"), Prose("editor_note", default="")),
    ),
)
ROLE = Kind(
    name="role",
    plural="roles",
    pattern="whos-who.yaml",
    model=Role,
    heading=(
        "# Who's who, in the order in which parents see the roles of a sector.\n"
        "# read_on: the guide, or the section of a guide, that says what to do with their help.\n"
    ),
    order=lambda row: (row.order, row.slug),
    page="role",
    markdown=("required_by_law",),
    fields=(
        *(SLUG, Field("title"), Words("also_known_as", default=[]), Field("abbreviation", default="")),
        *(Reference("glossary", default="", to="term"), Field("sector"), Prose("works_where"), Prose("what_they_do")),
        *(Prose("when_you_meet_them"), Sentences("questions_to_ask"), Field("read_on", default="")),
        Prose("required_by_law", "law", default=""),
        *(Field("law_check", default=""), Prose("regulator", default=""), Words("nations")),
        Number("order", always=True, default=0),
    ),
)
COUNCIL = Kind(
    name="council",
    plural="councils",
    pattern="places/councils.csv",
    model=Council,
    order=lambda row: row.code,
    unique=("gss_code",),
    page="council",
    fields=(
        *(Field("gss_code", "code"), SLUG, Field("name"), Words("short_names", default=[]), Field("nation")),
        *(Field("region"), Field("local_offer_url", default=""), Field("local_offer_title", default="")),
        *(Field("sendiass_name", default=""), Field("sendiass_url", default=""), Field("council_url", default="")),
        *(Field("source", default=""), Field("confidence")),
        # Whoever opens the link and finds it right leaves the date in the row. That is no edit of the text.
        Day("link_checked_on", default=None, about="local_offer_url"),
    ),
)
GUIDE = Kind(
    name="guide",
    plural="guides",
    pattern="guides/*.md",
    model=Guide,
    order=lambda row: row.slug,
    page="guide",
    markdown=("body", "sources"),
    fields=(
        *(SLUG, Field("title"), Reference("topic", to="topic"), Words("nations"), Field("summary")),
        *(Field("illustration", default=""), Field("illustration_alt", default="")),
        *(Number("order", always=True, default=100), Field("status", always=True, default="draft")),
        *(Moment("publish_at", default=None), Day("reviewed", "reviewed_on")),
        *(
            Number("review_every", always=True, default=6, least=1, most=Guide.MOST_MONTHS),
            Lines("sources", default=""),
        ),
        *(Changes("changes", default=[]), Body("body", default="")),
    ),
)
PAGE = Kind(
    name="page",
    plural="pages",
    pattern="pages/*.md",
    model=SitePage,
    order=lambda row: row.slug,
    page="site_page",
    markdown=("body",),
    fields=(SLUG, Field("title"), Field("summary"), Body("body", default="")),
)
TESTIMONIAL = Kind(
    name="testimonial",
    plural="testimonials",
    pattern="testimonials.yaml",
    model=Testimonial,
    heading="# What parents said. Made-up examples stand here until families give us their own words.\n",
    order=lambda row: row.slug,
    fields=(
        *(SLUG, Prose("quote"), Field("attribution"), Reference("topic", default="", to="topic")),
        Flag("published", always=True, default=False),
    ),
)
SITUATION = Kind(
    name="situation",
    plural="situations",
    pattern="situations.yaml",
    model=Situation,
    heading="# Home page, “Start from what is happening”: each leads to the section that answers it.\n",
    order=lambda row: (row.order, row.slug),
    fields=(
        *(SLUG, Field("words"), Field("address"), Number("order", always=True, default=0)),
        *(Field("illustration", default=""), Field("tint", always=True, default="sky")),
        Flag("published", default=True),
    ),
)
SYNONYM = Kind(
    name="synonym",
    plural="search synonyms",
    pattern="search-synonyms.yaml",
    model=SearchSynonym,
    heading=(
        "# What parents type → the official term and the pages that answer it, the best first. One way only.\n"
        "# targets: guide:slug or guide:slug#section, glossary:…, role:…, council:…, page:…, workshop:…\n"
    ),
    order=lambda row: row.slug,
    unique=("typed",),
    plain=True,
    fields=(
        *(SLUG, Field("typed"), Field("kind"), Field("official"), Words("targets")),
        *(Flag("whole_query_only", default=False), Words("only_with", default=[]), Flag("never_show", default=False)),
        Field("note", default=""),
    ),
)
# Apps above this one add theirs when they are ready.
KINDS = [TOPIC, TERM, ROLE, COUNCIL, GUIDE, PAGE, TESTIMONIAL, SITUATION, SYNONYM]

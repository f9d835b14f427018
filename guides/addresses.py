"""Which of our own addresses exist, and so which links are dead; and which pages link to an address."""

import html
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from django.db.models import Model, Q, QuerySet
from django.urls import Resolver404, resolve, reverse

from guides.models import Council, GlossaryTerm, Guide, Picture, Role, SitePage, Situation, Topic
from sendguide.lib.rich_text import Fault, RichText

# Pages whose existence depends on a row; every other address exists if the site map knows it.
ROW_PAGES = {"guide", "guide_changes", "term", "role", "council", "topic", "site_page", "preview", "picture"}
NO_SECTION = "The link “{target}” is dead: the page has no section “{section}”."


@dataclass(frozen=True, slots=True)
class LinkedPages:
    """Public pages with texts in Markdown that an app above this one has: links lead to them, and from them.

    ``name`` is that of their URL, which takes the slug; ``texts`` are the fields with their HTML.
    """

    name: str
    rows: Callable[[], QuerySet]
    texts: tuple[str, ...] = ("body_html",)


# Apps above this one add theirs when they are ready.
LINKED_PAGES: list[LinkedPages] = []
# Sections of the A–Z, the sectors and the regions, which no text lists: the guide's slug and how their ids begin.
STRUCTURED = {"send-glossary": "letter-", "whos-who-in-send": "sector-", "the-local-offer": "region-"}


def lists_all_nations(address: str) -> bool:
    """Whether ``address`` opens a structured guide: its list is of the whole UK, whichever law its text is about."""
    return address in {reverse("guide", args=[slug]) for slug in STRUCTURED}


@dataclass(slots=True)
class Addresses:
    """``sections`` maps the path of each page that depends on a row to the ids of its sections."""

    sections: dict[str, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def from_database(cls) -> "Addresses":
        """All published pages, in seven queries and one for each of LINKED_PAGES."""
        found = cls()
        for slug, headings in Guide.objects.published().values_list("slug", "headings"):
            found.add_guide(slug, (heading[1] for heading in headings))
        for pages in (LinkedPages("site_page", SitePage.objects.all), *LINKED_PAGES):
            found.add_texts(pages)
        for name, model in (("term", GlossaryTerm), ("role", Role), ("council", Council), ("topic", Topic)):
            for slug in model._default_manager.values_list("slug", flat=True):
                found.add(name, slug)
        for picture in Picture.objects.all():
            for width in picture.widths:
                found.sections[picture.address(width)] = frozenset()
        return found

    def add(self, name: str, slug: str, sections: Iterable[str] = ()) -> None:
        self.sections[reverse(name, args=[slug])] = frozenset(sections)

    def add_texts(self, pages: LinkedPages) -> None:
        for slug, headings in pages.rows().values_list("slug", "headings"):
            self.add(pages.name, slug, (heading[1] for heading in headings))

    def add_guide(self, slug: str, sections: Iterable[str]) -> None:
        self.add("guide", slug, sections)
        self.add("guide_changes", slug)

    def remove_guide(self, slug: str) -> None:
        """As if the guide were not published."""
        self.sections.pop(reverse("guide", args=[slug]), None)
        self.sections.pop(reverse("guide_changes", args=[slug]), None)

    def knows(self, path: str) -> bool:
        if path in self.sections:
            return True
        try:
            return resolve(path).url_name not in ROW_PAGES | {pages.name for pages in LINKED_PAGES}
        except Resolver404:
            return False

    def fault(self, target: str, own_sections: Iterable[str] = ()) -> str | None:
        """What is wrong with a link to ``target`` ("/path/#section" or "#section"), as a sentence, or None."""
        path, _, section = target.partition("#")
        path = path.partition("?")[0]
        if path and not self.knows(path):
            return f"The link “{target}” is dead: there is no published page at {path}"
        sections = self.sections.get(path) if path else frozenset(own_sections)
        if section and sections is not None and section not in sections and not _is_listed(path, section):
            return NO_SECTION.format(target=target, section=section)
        return None

    def faults(self, text: RichText) -> list[Fault]:
        """One fault a dead link of ``text``."""
        own = {heading.id for heading in text.headings}
        found = [(self.fault(link.target, own), link.line) for link in text.links]
        return [Fault(sentence, line) for sentence, line in found if sentence]


def _is_listed(path: str, section: str) -> bool:
    """Whether ``section`` is one of the list that follows the text of a structured guide, or of this very text."""
    return any(
        section.startswith(beginning) and path in {"", reverse("guide", args=[slug])}
        for slug, beginning in STRUCTURED.items()
    )


@dataclass(frozen=True, slots=True)
class Mention:
    """A link to one of our own addresses on ``page``, which the public sees. ``target`` may name a section."""

    page: Model
    target: str


def mentions_of(path: str) -> list[Mention]:
    """Every link of other public pages to ``path`` or to one of its sections, each target once a page."""
    link = re.compile(rf'(?:href|src)="({re.escape(html.escape(path))}(?:[?#][^"]*)?)"')
    found = {}
    for page, texts in _pages_with(html.escape(path)):
        for target in link.findall(" ".join(texts)):
            mention = Mention(page, html.unescape(target))
            found[type(page), page.pk, mention.target] = mention
    for rows, name in _fields_with_an_address():
        for row in rows.filter(**{f"{name}__startswith": path}):
            target = getattr(row, name)
            if re.split("[?#]", target)[0] == path:
                found[type(row), row.pk, target] = Mention(row, target)
    return list(found.values())


def _fields_with_an_address() -> Iterator[tuple[QuerySet, str]]:
    """Those that are one address of ours, instead of a text with links."""
    yield GlossaryTerm.objects.all(), "read_on"
    yield Role.objects.all(), "read_on"
    yield Situation.objects.filter(published=True), "address"


def pages_with_picture(picture: Picture) -> list[Model]:
    """Texts that show ``picture``, drafts too."""
    mark = f"/{picture.name}-"
    models: list[type[Model]] = [Guide, SitePage, *(linked.rows().model for linked in LINKED_PAGES)]
    return [page for model in models for page in model._default_manager.filter(body__contains=mark)]


def public_texts() -> Iterator[tuple[Model, list[str]]]:
    """Every public page, with its texts as HTML."""
    return _pages_with("")


def _pages_with(words: str) -> Iterator[tuple[Model, list[str]]]:
    """Public pages that hold ``words`` in one of their texts, with these texts as HTML."""
    places: list[tuple[QuerySet, tuple[str, ...]]] = [
        (Guide.objects.published(), ("body_html", "sources_html")),
        (SitePage.objects.all(), ("body_html",)),
        (GlossaryTerm.objects.all(), ("law_html",)),
        (Role.objects.all(), ("law_html",)),
        *((linked.rows(), linked.texts) for linked in LINKED_PAGES),
    ]
    for pages, fields in places:
        holds = Q()
        for name in fields:
            holds |= Q(**{f"{name}__contains": words})
        for page in pages.filter(holds):
            if words != page.get_absolute_url():
                yield page, [getattr(page, name) for name in fields]

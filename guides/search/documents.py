"""What of the site can be found, as documents: each page, and each section of a guide."""

import html
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache

from django.db.models import Model

from guides.addresses import lists_all_nations
from guides.models import Council, GlossaryTerm, Guide, Role, SitePage, Situation, Topic
from guides.nations import where_in_words
from guides.search.index import Document

HEADING = re.compile(r'<h([2-4]) id="([^"]+)">(.*?)</h\1>', re.DOTALL)
# "(s.36(8) CFA 2014)" is of no use in a line below a result. Without brackets it is a part of its sentence.
LAW_LINK = r'<a class="law"[^>]*>(?:(?!</a>).)*</a>'
LAW_IN_BRACKETS = re.compile(rf"\s*\((?:{LAW_LINK}|\s|,|;|and|or)+\)", re.DOTALL)
TITLE = re.compile(r'(<p class="box-title">[^<]*[^<.?!:])</p>')
END_OF_BLOCK = re.compile(r"</(?:p|li|td|th|tr|h\d|dt|dd|div|blockquote)>|<br>")
TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True, slots=True)
class Source:
    """Documents of one kind, and the models that they are made from: when one of these changes, they are made anew."""

    kind: str
    models: tuple[type[Model], ...]
    documents: Callable[[datetime], Iterable[Document]]


@dataclass(frozen=True, slots=True)
class Section:
    level: int
    id: str
    heading: str
    text: str


@lru_cache(maxsize=4000)
def sections_of(body_html: str) -> tuple[str, tuple[Section, ...]]:
    """What stands before the first heading, and the sections. Each ends where the next one begins, also a smaller.

    One that consists of smaller ones alone has the text of the first of them.
    """
    beginning, *parts = HEADING.split(body_html)
    sections: list[Section] = []
    for level, section, heading, body in reversed(list(zip(*(parts[first::4] for first in range(4)), strict=True))):
        below = sections[-1] if sections and sections[-1].level > int(level) else None
        text = plain(body) or (below.text if below else "")
        sections.append(Section(int(level), section, plain(heading), text))
    return plain(beginning), tuple(reversed(sections))


def plain(body_html: str) -> str:
    """The words of ``body_html``, a line for each paragraph, without references to the law in brackets."""
    text = TITLE.sub(r"\1:</p>", LAW_IN_BRACKETS.sub("", body_html.replace("\n", " ")))
    text = END_OF_BLOCK.sub("\n", text)
    text = html.unescape(TAG.sub("", text))
    return "\n".join(line for line in (" ".join(each.split()) for each in text.split("\n")) if line)


def _guides(now: datetime) -> Iterator[Document]:
    fields = ("slug", "title", "summary", "nations", "body_html", "topic__name")
    for guide in Guide.objects.published(now).select_related("topic").only(*fields):
        page = Document("Guide", guide.title, guide.get_absolute_url(), where=where_in_words(guide.nations))
        yield from _with_sections(page, guide.topic.name, guide.summary, guide.body_html)


def _pages(_now: datetime) -> Iterator[Document]:
    for page in SitePage.objects.only("slug", "title", "summary", "body_html"):
        document = Document("About this site", page.title, page.get_absolute_url())
        yield from _with_sections(document, "", page.summary, page.body_html)


def _with_sections(page: Document, topic: str, summary: str, body_html: str) -> Iterator[Document]:
    beginning, sections = sections_of(body_html)
    yield replace(page, topic=topic, about=(topic,) if topic else (), text=f"{summary}\n{beginning}")
    above = ""
    for section in sections:
        if section.level == 2:
            above = section.heading
        yield replace(
            page,
            title=section.heading,
            address=f"{page.address}#{section.id}",
            # The address says it in the words of the field: "…#refused".
            about=(page.title, section.id.replace("-", " "), *([above] if section.level > 2 else [])),
            text=section.text,
            guide=page.title,
        )


def _situations(now: datetime) -> Iterator[Document]:
    """A situation is found by all that the section it leads to is found by."""
    published = list(Situation.objects.filter(published=True))
    paths = {situation.address.partition("#")[0] for situation in published}
    there = {each.address: each for each in _guides(now)} if any(path.startswith("/guides/") for path in paths) else {}
    for situation in published:
        path = situation.address.partition("#")[0]
        answer = there.get(situation.address)
        if answer:
            names = (answer.title,) if "#" in situation.address else ()
            where = "" if lists_all_nations(situation.address) else answer.where
            yield replace(answer, kind="What is happening", title=situation.words, names=names, where=where)
        elif not _is_of_a_guide(path):
            yield Document("What is happening", situation.words, situation.address)


def _is_of_a_guide(path: str) -> bool:
    """Whose answer is gone until the guide is back."""
    return bool(re.fullmatch(r"/guides/[\w-]+/", path))


def _terms(_now: datetime) -> Iterator[Document]:
    for term in GlossaryTerm.objects.defer("law", "law_html", "editor_note"):
        yield Document(
            "Glossary",
            str(term),
            term.get_absolute_url(),
            names=tuple(filter(None, (term.term, term.abbreviation, *term.aliases, *term.no_autolink))),
            text="\n".join([term.definition, *(f"{label}: {text}" for label, text in sorted(term.detail.items()))]),
            where=where_in_words(term.nations),
        )


def _roles(_now: datetime) -> Iterator[Document]:
    for role in Role.objects.defer("law", "law_html"):
        yield Document(
            "Who's who",
            str(role),
            role.get_absolute_url(),
            names=tuple(filter(None, (role.title, *role.abbreviation.split(" / "), *role.also_known_as))),
            text="\n".join([role.what_they_do, role.when_you_meet_them, role.works_where]),
            where=where_in_words(role.nations),
        )


def _councils(_now: datetime) -> Iterator[Document]:
    for council in Council.objects.defer("source"):
        yield Document(
            "Local help",
            council.name,
            council.get_absolute_url(),
            names=tuple(council.short_names),
            about=("local help council services",),
            text="\n".join(filter(None, (f"Local help in {council.short_name}.", council.local_offer_title))),
            where=council.nation,
        )


# Of two that fit equally well, that of the earlier source comes first. Apps above this one add theirs when ready.
SOURCES = [
    Source("What is happening", (Situation, Guide, Topic), _situations),
    Source("Guide", (Guide, Topic), _guides),
    Source("Glossary", (GlossaryTerm,), _terms),
    Source("Who's who", (Role,), _roles),
    Source("Local help", (Council,), _councils),
    Source("About this site", (SitePage,), _pages),
]


def next_publishing(now: datetime) -> datetime | None:
    """When a guide that is scheduled becomes public by itself."""
    scheduled = Guide.objects.filter(status=Guide.Status.SCHEDULED, publish_at__gt=now)
    moment: datetime | None = scheduled.order_by("publish_at").values_list("publish_at", flat=True).first()
    return moment

"""Finding pages by words: guides (titles, sections, texts), glossary, roles, councils and site pages."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from guides.models import Council, GlossaryTerm, Guide, Role, SitePage

MOST_WORDS = 8
# Left out of a question: "can they refuse to assess" is looked for as "refuse assess".
SMALL_WORDS = {"a", "an", "and", "are", "at", "by", "for", "from", "in", "is", "it", "of", "on", "or", "the", "to"}
ASKING_WORDS = {"can", "do", "does", "how", "i", "me", "my", "they", "we", "what", "with"}


@dataclass(frozen=True, slots=True)
class Found:
    kind: str
    title: str
    summary: str
    address: str


def words_of(query: str) -> list[str]:
    """The words of ``query`` that can be looked for, lower-case; small words only when there are no others."""
    words = re.findall(r"\w+", query.replace("'", "").replace("’", "").casefold())[:MOST_WORDS]
    return [word for word in words if word not in SMALL_WORDS | ASKING_WORDS] or words


def find(query: str, most: int = 40) -> list[Found]:
    """Pages that hold every word of ``query`` (as the start of a word), the best first."""
    words = words_of(query)
    if not words:
        return []
    beginnings = [word.removesuffix("s") if len(word) > 4 else word for word in words]
    patterns = [re.compile(rf"\b{re.escape(beginning)}") for beginning in beginnings]
    scored = []
    for found, names, text in _everything(beginnings):
        name_hits = sum(bool(pattern.search(names)) for pattern in patterns)
        if all(pattern.search(names) or pattern.search(text) for pattern in patterns):
            exact = " ".join(words) in {part.strip() for part in names.split("\n")}
            scored.append((-exact, -name_hits, len(names), found))
    scored.sort(key=lambda score: score[:3])
    return [found for *_, found in scored[:most]]


def _guides_with(beginnings: list[str]) -> QuerySet[Guide]:
    """Guides that hold all ``beginnings`` of words somewhere. The database looks: the texts themselves stay there."""
    found = Guide.objects.published().select_related("topic")
    for beginning in beginnings:
        places = ("title", "summary", "body", "topic__name")
        found = found.filter(Q(*((f"{place}__icontains", beginning) for place in places), _connector=Q.OR))
    return found.only("slug", "title", "summary", "headings", "topic__name")


def _everything(beginnings: list[str]) -> Iterator[tuple[Found, str, str]]:
    """Pages as (what to show, its names, its text), both lower-case without apostrophes."""
    for guide in _guides_with(beginnings):
        found = Found("Guide", guide.title, guide.summary, guide.get_absolute_url())
        # The database has found every beginning in this guide.
        yield found, _plain(f"{guide.title}\n{guide.topic.name}"), " ".join(beginnings)
        for _level, section, heading in guide.headings:
            found = Found(guide.title, heading, guide.summary, f"{guide.get_absolute_url()}#{section}")
            yield found, _plain(heading), _plain(guide.title)
    for term in GlossaryTerm.objects.all():
        names = "\n".join([term.term, term.abbreviation, *term.aliases, *term.no_autolink])
        yield (
            Found("Glossary", str(term), term.definition, term.get_absolute_url()),
            _plain(names),
            _plain(term.definition),
        )
    for role in Role.objects.all():
        names = "\n".join([role.title, role.abbreviation, *role.also_known_as])
        yield Found("Who's who", str(role), role.what_they_do, role.get_absolute_url()), _plain(names), ""
    for council in Council.objects.all():
        names = "\n".join([council.name, *council.short_names])
        summary = f"Local help in {council.short_name}"
        yield Found("Local help", council.name, summary, council.get_absolute_url()), _plain(names), "local help offer"
    for page in SitePage.objects.all():
        yield Found("About this site", page.title, page.summary, page.get_absolute_url()), _plain(page.title), ""


def _plain(text: str) -> str:
    return text.replace("'", "").replace("’", "").casefold()

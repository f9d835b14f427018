"""Finding pages by words: situations, guides with their sections, workshops, glossary, roles, councils, site pages."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import reduce
from operator import add, or_

from django.db.models import Case, Q, QuerySet, Value, When

from guides.models import Council, GlossaryTerm, Guide, Role, SitePage
from guides.situations import open_situations

MOST_WORDS = 8
# Left out of a question: "can they refuse to assess" is looked for as "refuse assess".
SMALL_WORDS = {"a", "an", "and", "are", "at", "by", "for", "from", "in", "is", "it", "of", "on", "or", "the", "to"}
ASKING_WORDS = {"can", "do", "does", "how", "i", "me", "my", "our", "they", "we", "what", "with", "your"}
# "refused", "refuses" and "refusing" are looked for as "refus".
ENDINGS = re.compile(r"(?<=\w{4})(ments?|ing|ed|es|al|e|s)$")
# Of two pages that fit equally well, that of the earlier kind comes first.
KINDS = ["What is happening", "Guide", "Workshop", "Glossary", "Who's who", "Local help", "About this site"]
# Whoever types one of these is shown first where to get help at once.
CRISIS = re.compile(
    r"\b(suicid|self[ -]?harm|hurt(s|ing)? (my|him|her|them)|kill|overdose|die\b|dying|not safe|crisis|abus)"
)


@dataclass(frozen=True, slots=True)
class Found:
    kind: str
    title: str
    summary: str
    address: str
    where: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """``names`` and ``text`` are lower-case, a name a line; ``hits_in_text`` counts what the database found already."""

    kind: str
    found: Found
    names: str
    text: str = ""
    hits_in_text: int = 0


# Apps above this one add what they have to be found when they are ready.
MORE: list[Callable[[], Iterable[Candidate]]] = []


def is_crisis(query: str) -> bool:
    return bool(CRISIS.search(query.casefold()))


def words_of(query: str) -> list[str]:
    """The words of ``query`` that can be looked for, lower-case; small words only when there are no others."""
    words = re.findall(r"\w+", plain(query))[:MOST_WORDS]
    return [word for word in words if word not in SMALL_WORDS | ASKING_WORDS] or words


def find(query: str, most: int = 40) -> list[Found]:
    """Pages that hold at least half of the words of ``query`` (as the start of a word), the best first."""
    words = words_of(query)
    if not words:
        return []
    beginnings = [ENDINGS.sub("", word) for word in words]
    patterns = [re.compile(rf"\b{re.escape(beginning)}") for beginning in beginnings]
    enough = (len(words) + 1) // 2
    scored = []
    for each in _candidates(beginnings, enough):
        in_names = sum(bool(pattern.search(each.names)) for pattern in patterns)
        anywhere = sum(bool(pattern.search(each.names) or pattern.search(each.text)) for pattern in patterns)
        if max(anywhere, each.hits_in_text) >= enough:
            is_name = " ".join(words) in each.names.split("\n")
            hits = in_names + max(anywhere, each.hits_in_text)
            score = (is_name, in_names == len(words), hits, -KINDS.index(each.kind), -len(each.names))
            scored.append((score, each.found))
    scored.sort(key=lambda pair: pair[0], reverse=True)
    # A situation and the section that it leads to are one answer.
    first = {found.address: found for _, found in reversed(scored)}
    return [found for _, found in scored if first[found.address] is found][:most]


def _candidates(beginnings: list[str], enough: int) -> Iterator[Candidate]:
    for situation in open_situations():
        found = Found("What is happening", situation.words, "", situation.address, situation.where)
        # The address says it in the words of the field: "…#refused".
        yield Candidate("What is happening", found, names_of(situation.words, f"{situation.words} {situation.address}"))
    yield from _guides(_guides_with(beginnings, enough))
    for term in GlossaryTerm.objects.all():
        found = Found("Glossary", str(term), term.definition, term.get_absolute_url(), term.where)
        names = names_of(term.term, term.abbreviation, *term.aliases, *term.no_autolink)
        yield Candidate("Glossary", found, names, plain(term.definition))
    for role in Role.objects.all():
        found = Found("Who's who", str(role), role.what_they_do, role.get_absolute_url(), role.where)
        names = names_of(role.title, role.abbreviation, *role.also_known_as)
        yield Candidate("Who's who", found, names, plain(role.what_they_do))
    for council in Council.objects.all():
        summary = f"Local help in {council.short_name}"
        found = Found("Local help", council.name, summary, council.get_absolute_url(), council.nation)
        yield Candidate("Local help", found, names_of(council.name, *council.short_names), "local help offer council")
    for more in MORE:
        yield from more()
    for page in SitePage.objects.all():
        found = Found("About this site", page.title, page.summary, page.get_absolute_url())
        headings = (heading[2] for heading in page.headings)
        yield Candidate("About this site", found, names_of(page.title, *headings), plain(f"{page.summary} {page.body}"))


def _guides(guides: Iterable[Guide]) -> Iterator[Candidate]:
    for guide in guides:
        found = Found("Guide", guide.title, guide.summary, guide.get_absolute_url(), guide.where)
        hits: int = guide.hits  # type: ignore[attr-defined]  # annotated
        yield Candidate("Guide", found, names_of(guide.title, guide.topic.name), hits_in_text=hits)
        for _level, section, heading in guide.headings:
            found = Found(guide.title, heading, guide.summary, f"{guide.get_absolute_url()}#{section}", guide.where)
            yield Candidate("Guide", found, names_of(heading, f"{heading} {section}"), plain(guide.title))


def _guides_with(beginnings: list[str], enough: int) -> QuerySet[Guide]:
    """Guides that hold ``enough`` of ``beginnings``, counted as ``hits``. The database looks: the texts stay there."""
    places = ("title", "summary", "body", "topic__name")
    holds = [reduce(or_, (Q(**{f"{place}__icontains": each}) for place in places)) for each in beginnings]
    hits = reduce(add, (Case(When(hold, then=Value(1)), default=Value(0)) for hold in holds))
    guides = Guide.objects.published().select_related("topic").annotate(hits=hits).filter(hits__gte=enough)
    return guides.only("slug", "title", "summary", "nations", "headings", "topic__name")


def names_of(*names: str) -> str:
    return plain("\n".join(names))


def plain(text: str) -> str:
    return text.replace("'", "").replace("’", "").casefold()

"""What somebody means who types a few words: our words for it, and pages that are known to answer it."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from guides.search.crisis import HELP_NOW, is_crisis
from guides.search.index import Hit, Index, Wanted
from guides.search.spelling import Speller
from guides.search.suggesting import Suggestions
from guides.search.synonyms import Match, Stems, Synonyms
from guides.search.words import SMALL_WORDS, ordinary_words, stem, telling, words_of

MOST_WORDS = 16
# A word that begins with what was typed, and a word of the official term, count for less than what was typed.
BEGINS, OFFICIAL = 0.5, 0.6
# What a page gets that a synonym leads to, for the whole search; the second best gets less. Its sections get a part.
TARGET, STEP, SECTION = 1.0, 0.08, 0.25
# What a page gets that is called exactly this; and what for a name inside a longer search.
NAME, NAME_INSIDE, TARGET_INSIDE = 0.8, 0.6, 0.8
LONGEST_NAME = 6
# How much words count for in pages about the site: they have everybody's words, such as "call", "collect" and "forms".
ABOUT_SITE = {"About this site": 0.5}
# Whoever speaks of somebody, or asks, wants to know what to do: a page that says what a word means counts for less.
SENTENCE_WORDS = frozenset(
    word
    for words in (
        "he her him his i ill im ive me my our she their them they theyre us we weve you your",
        "can could how if should why",
    )
    for word in words.split()
)
IN_SENTENCE = {"Glossary": 0.6}
# Whoever names a nation wants its pages, and none of another's.
NATION_WORDS: dict[str, tuple[str, ...]] = {
    "England": ("england",),  # "English" is a subject at school
    "Scotland": ("scotland", "scottish"),
    "Wales": ("wales", "welsh"),
    "Northern Ireland": ("northern ireland", "ni"),
}


@dataclass(slots=True)
class Library:
    """All that a search needs, of one moment."""

    index: Index = field(default_factory=Index)
    synonyms: Synonyms = field(default_factory=Synonyms)
    speller: Speller = field(default_factory=lambda: Speller.of({}))
    suggestions: Suggestions = field(default_factory=Suggestions)
    by_address: Mapping[str, list[int]] = field(default_factory=dict)
    # The topic of each page that has one, by its address.
    topics: Mapping[str, str] = field(default_factory=dict)

    def refresh(self) -> None:
        """After documents or synonyms have changed."""
        self.speller = Speller.of(self.index.vocabulary, self.synonyms.words, ordinary_words())
        by_address: dict[str, list[int]] = defaultdict(list)
        for number, document in self.index.documents.items():
            by_address[document.address].append(number)
            page = document.address.partition("#")[0]
            if page != document.address:
                by_address[f"{page}#"].append(number)
        self.by_address = by_address
        documents = self.index.documents.values()
        self.suggestions = Suggestions.of(documents, self.synonyms.exact.values(), self.index.kinds)
        self.topics = {each.address: each.topic for each in documents if each.topic}

    def topics_of(self, hits: list[Hit]) -> tuple[str, ...]:
        """Of the pages among ``hits``, in their order."""
        pages = (hit.document.address.partition("#")[0] for hit in hits)
        return tuple(dict.fromkeys(self.topics[page] for page in pages if page in self.topics))


@dataclass(frozen=True, slots=True)
class Asked:
    """``words``: what is looked for, ``marked``: the stems of it that readers know again in a text.

    ``targets``: pages that are known to answer it. ``kinds``: what words count for in each kind of page.
    ``instead``: the words as they are shown if what was typed was put right.
    """

    words: list[str]
    wanted: list[Wanted]
    extra: Mapping[int, float]
    targets: frozenset[int] = frozenset()
    nations: frozenset[str] = frozenset()
    kinds: Mapping[str, float] = field(default_factory=dict)
    marked: frozenset[str] = frozenset()
    instead: str = ""
    never_show: bool = False


def ask(typed: str, library: Library, *, as_typed: bool = False) -> Asked:
    """``as_typed`` leaves mistakes as they are."""
    as_it_was = words_of(typed)[:MOST_WORDS]
    extra: dict[int, float] = defaultdict(float)
    never_show = False
    words = shown = as_it_was if as_typed else _put_right(as_it_was, library.speller)
    matches = library.synonyms.matches(words)
    if not as_typed and (mistakes := [match for match in matches if match.synonym.is_mistake]):
        for match in mistakes:
            _add_targets(extra, match, words, library)
        words, shown = _without_mistakes(words, mistakes)
        matches = library.synonyms.matches(words)
    matches = [match for match in matches if not match.synonym.is_mistake]
    if is_crisis(typed) or is_crisis(" ".join(words)):
        for number in library.by_address.get(HELP_NOW, ()):
            extra[number] += TARGET
    also: dict[str, set[Stems]] = defaultdict(set)
    for match in matches:
        never_show |= match.synonym.never_show
        _add_targets(extra, match, words, library)
        for word in (words[place] for place in match.places):
            also[word] |= match.synonym.terms
    nations, rest = _without_nations(words)
    key = telling(rest or words)
    kinds = ABOUT_SITE | ({} if SENTENCE_WORDS.isdisjoint(words) else IN_SENTENCE)
    targets = frozenset(extra)
    for number, worth in _names([stem(word) for word in key], library.index).items():
        extra[number] += worth * kinds.get(library.index.documents[number].kind, 1.0)
    wanted = [Wanted(word, _stems(word, library.speller), dict.fromkeys(also[word], OFFICIAL)) for word in key]
    instead = " ".join(shown) if shown != as_it_was else ""
    marked = frozenset({one for each in wanted for one in each.stems} | {stem(word) for word in words})
    return Asked(words, wanted, extra, targets, nations, kinds, marked, instead, never_show)


def _without_nations(words: list[str]) -> tuple[frozenset[str], list[str]]:
    """The nations that are named, and the other words."""
    named = set()
    said: set[str] = set()
    text = f" {' '.join(words)} "
    for nation, spellings in NATION_WORDS.items():
        for spelling in spellings:
            if f" {spelling} " in text:
                named.add(nation)
                said.update(spelling.split())
    return frozenset(named), [word for word in words if word not in said]


def _put_right(words: list[str], speller: Speller) -> list[str]:
    right = []
    for word in words:
        is_ours = word in SMALL_WORDS or speller.knows(word) or speller.beginning_with(word)
        right.append(word if is_ours else speller.correct(word) or word)
    return right


def _without_mistakes(words: list[str], mistakes: list[Match]) -> tuple[list[str], list[str]]:
    """``words`` with the official term in the place of each slip of the finger, and the same as it is shown."""
    words, shown = list(words), list(words)
    for match in sorted(mistakes, key=lambda each: each.places, reverse=True):
        part = slice(match.places[0], match.places[-1] + 1)
        words[part] = words_of(match.synonym.official)
        shown[part] = [match.synonym.official]
    return words, shown


def _stems(word: str, speller: Speller) -> dict[str, float]:
    found = {} if speller.knows(word) else {stem(each): BEGINS for each in speller.beginning_with(word)}
    return found | {stem(word): 1.0}


def _add_targets(extra: dict[int, float], match: Match, words: list[str], library: Library) -> None:
    part = [words[place] for place in match.places]
    share = 1.0 if match.is_whole else TARGET_INSIDE * len(telling(part)) / len(telling(words))
    worths: dict[int, float] = {}
    for place, target in enumerate(match.synonym.targets):
        worths |= dict.fromkeys(library.by_address.get(target, ()), TARGET - STEP * place)
    for target in match.synonym.targets:
        for number in library.by_address.get(f"{target}#", ()):
            worths.setdefault(number, SECTION)
    for number, worth in worths.items():
        extra[number] += share * worth


def _names(stems: list[str], index: Index) -> dict[int, float]:
    """What pages and sections get whose names are among ``stems``."""
    best: dict[int, float] = {}
    for length in range(1, min(len(stems), LONGEST_NAME) + 1):
        for start in range(len(stems) - length + 1):
            worth = NAME if length == len(stems) else NAME_INSIDE * (length / len(stems)) ** 2
            for number in index.named.get(tuple(stems[start : start + length]), ()):
                best[number] = max(best.get(number, 0), worth)
    return best

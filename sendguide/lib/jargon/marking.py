"""Marks in HTML: the first use of each word on a page opens its meaning.

The word itself stays text, so that it can be selected, copied, translated and read aloud, and breaks over two lines
like its neighbours; programs that show "only the text" of a page leave out buttons with what is in them. So the button
is empty and lies over the word, and the label makes every line of the word open it. The link is for browsers that know
no popovers.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from html import escape, unescape
from html.parser import HTMLParser

from sendguide.lib.jargon.vocabulary import Entry, Found, Vocabulary, plain

HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6", "th", "dt", "caption", "legend"}
QUOTES = {"blockquote", "q", "cite"}
CODE = {"code", "pre", "kbd", "samp", "script", "style"}
CONTROLS = {"a", "button", "label", "summary", "select", "option", "textarea"}
UNMARKED = HEADINGS | QUOTES | CODE | CONTROLS
UNMARKED_CLASSES = {"box-title"}
NATION_BOXES = {f"box-{name.lower().replace(' ', '-')}": name for name in ("England", "Scotland", "Wales")} | {
    "box-northern-ireland": "Northern Ireland"
}
VOID = {"br", "hr", "img", "input", "wbr"}
# Tags inside a word or a sentence: what stands before and after them belongs together.
INLINE = {"a", "strong", "em", "code", "label", "button"}
TARGET = "term_"


@dataclass(frozen=True, slots=True)
class MarkedPage:
    """The texts of a page with their marks, and the slugs of the words that they open, in their order."""

    texts: dict[str, str]
    slugs: tuple[str, ...]


def mark_page(
    texts: Mapping[str, str], vocabulary: Vocabulary, *, nations: Iterable[str] = (), own: str = ""
) -> MarkedPage:
    """``texts`` are the page's, in their order, by name: HTML that has been made safe (``as_html`` makes it of text).

    They come back the same but for their marks. ``nations``: whose law the page is about, if any. ``own``: the slug of
    the entry that the page itself explains.
    """
    tokens = {name: _tokens(html) for name, html in texts.items()}
    words = " ".join(unescape(token.text) for found in tokens.values() for token in found if not token.tag)
    marker = _Marker(vocabulary, frozenset(nations), own, words)
    return MarkedPage({name: marker.mark(texts[name], found) for name, found in tokens.items()}, tuple(marker.used))


@dataclass(frozen=True, slots=True)
class _Token:
    """``text`` as it stands in the HTML; ``tag`` is empty for text. What is ``quiet`` takes no mark."""

    text: str
    tag: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
    quiet: bool = False
    nation: str = ""


@dataclass
class _Marker:
    vocabulary: Vocabulary
    nations: frozenset[str]
    own: str
    words: str
    used: list[str] = field(default_factory=list)

    def mark(self, html: str, tokens: list[_Token]) -> str:
        if "".join(token.text for token in tokens) != html:
            return html  # not as our own renderer writes it: better unmarked than changed
        parts = []
        position = 0
        while position < len(tokens):
            word = self._linked_word(tokens[position : position + 3])
            parts.append(word or self._part(tokens, position))
            position += 3 if word else 1
        return "".join(parts)

    def _part(self, tokens: list[_Token], position: int) -> str:
        token = tokens[position]
        if token.attributes.get("class") == "term-open":  # marked before
            self.used.append(token.attributes.get("popovertarget", "").removeprefix(TARGET))
        if token.tag or token.quiet:
            return token.text
        text = unescape(token.text)
        before, after = _text_beside(tokens, position, -1)[-2:], _text_beside(tokens, position, 1)[:2]
        parts, done, all_text = [], len(before), f"{before}{text}{after}"
        for found in self.vocabulary.find(all_text, len(before), len(before) + len(text)):
            if self._takes(found.form.entry, token.nation) and self._is_meant(found):
                words = all_text[found.start : found.end]
                parts += [as_html(all_text[done : found.start]), self._marked(as_html(words), found.form.entry)]
                done = found.end
        return "".join([*parts, as_html(all_text[done : len(before) + len(text)])])

    def _linked_word(self, tokens: list[_Token]) -> str:
        """A link that somebody made to the page of a word, if it is the word's first use: it opens in place as well."""
        start, *rest = tokens
        if start.tag != "a" or start.quiet or set(start.attributes) != {"href"} or [t.tag for t in rest] != ["", "/a"]:
            return ""
        entry = self.vocabulary.by_address.get(start.attributes["href"])
        return self._marked(rest[0].text, entry) if entry and self._takes(entry, start.nation) else ""

    def _takes(self, entry: Entry, nation: str) -> bool:
        if entry.slug == self.own or entry.slug in self.used:
            return False
        if self.nations and entry.nations.isdisjoint(self.nations):
            return False
        return not nation or nation in entry.nations

    def _is_meant(self, found: Found) -> bool:
        return not found.form.is_part_of_plan or (self.nations == {"England"} and self.names_a_plan)

    @cached_property
    def names_a_plan(self) -> bool:
        return self.vocabulary.names_a_plan(self.words)

    def _marked(self, words: str, entry: Entry) -> str:
        self.used.append(entry.slug)
        name = escape(plain(unescape(words)))
        return (
            f'<label class="term">{words}<button class="term-open" type="button" popovertarget="{TARGET}{entry.slug}" '
            f'aria-label="{name}: meaning"></button></label>'
            f'<a class="term-page" href="{escape(entry.address)}" aria-label="{name}: meaning"> (meaning)</a>'
        )


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.tokens: list[_Token] = []
        self.open: list[tuple[str, bool, str]] = []
        self.words: list[str] = []

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def handle_entityref(self, name: str) -> None:
        self.words.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.words.append(f"&#{name};")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.end_of_text()
        attributes = {name: value or "" for name, value in attrs}
        self.tokens.append(_Token(self.get_starttag_text() or "", tag, attributes, self.quiet, self.nation))
        if tag not in VOID:
            classes = set(attributes.get("class", "").split())
            quiet = self.quiet or tag in UNMARKED or not UNMARKED_CLASSES.isdisjoint(classes)
            nation = next((NATION_BOXES[name] for name in classes if name in NATION_BOXES), self.nation)
            self.open.append((tag, quiet, nation))

    def handle_endtag(self, tag: str) -> None:
        self.end_of_text()
        while self.open and self.open.pop()[0] != tag:
            pass
        self.tokens.append(_Token(f"</{tag}>", f"/{tag}"))

    def end_of_text(self) -> None:
        if self.words:
            # An entity that our renderer would not write: its text would come back changed.
            raw = "".join(self.words)
            quiet = self.quiet or as_html(unescape(raw)) != raw
            self.tokens.append(_Token(raw, quiet=quiet, nation=self.nation))
            self.words = []

    @property
    def quiet(self) -> bool:
        return self.open[-1][1] if self.open else False

    @property
    def nation(self) -> str:
        return self.open[-1][2] if self.open else ""


def _tokens(html: str) -> list[_Token]:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.end_of_text()
    return reader.tokens


def _text_beside(tokens: list[_Token], position: int, step: int) -> str:
    """The text that goes on before or after, with nothing but tags inside a sentence in between."""
    position += step
    while 0 <= position < len(tokens) and tokens[position].tag.removeprefix("/") in INLINE:
        position += step
    return unescape(tokens[position].text) if 0 <= position < len(tokens) and not tokens[position].tag else ""


def as_html(text: str) -> str:
    """Plain text as our renderer writes it."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\u00a0", "&nbsp;")

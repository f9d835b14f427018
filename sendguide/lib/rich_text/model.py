"""What rendering Markdown gives back."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in the text that a reader would trip over.

    ``line`` counts from 1 and is None when the fault is about the whole text. A fault with ``even_in_draft`` makes
    saving impossible; the others make publishing impossible.
    """

    text: str
    line: int | None = None
    even_in_draft: bool = False

    def __str__(self) -> str:
        return f"Line {self.line}: {self.text}" if self.line else self.text


@dataclass(frozen=True, slots=True)
class Heading:
    level: int
    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """A link to one of our own pages: ``target`` starts with "/" or "#"."""

    target: str
    line: int | None


@dataclass(frozen=True, slots=True)
class PictureSizes:
    """An uploaded picture: addresses by width, and the size of the largest in pixels."""

    src: str
    srcset: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class RichText:
    html: str
    headings: list[Heading]
    links: list[Link]
    faults: list[Fault]


PictureLookup = Callable[[str], PictureSizes | None]

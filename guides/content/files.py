"""Finding the files of a content folder and decoding them, with a line number for everything that is wrong."""

import re
from dataclasses import dataclass
from pathlib import Path

from guides.content.fields import INVISIBLE, plain_line_ends

FENCE = "---\n"


@dataclass(frozen=True, slots=True, order=True)
class FileFault:
    """Something wrong in a content file: ``place`` is the file's path as it is shown."""

    place: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.place}:{self.line}: {self.text}"


class Unreadable(Exception):
    """The file cannot be read at all; ``fault`` says why."""

    def __init__(self, fault: FileFault) -> None:
        super().__init__(str(fault))
        self.fault = fault


def place_of(path: Path, folder: Path) -> str:
    """content/guides/autism.md"""
    return f"{folder.resolve().name}/{path.relative_to(folder).as_posix()}"


def paths_of(folder: Path, pattern: str) -> list[Path]:
    """The files of ``folder`` that match ``pattern`` ("guides/*.md", "topics.yaml"), A to Z, without hidden ones."""
    return sorted(path for path in folder.glob(pattern) if not path.name.startswith("."))


def text_of(path: Path, place: str) -> str:
    """The file as text with plain line ends and without a byte order mark. Raises Unreadable."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise Unreadable(FileFault(place, 1, f"The file cannot be read: {error.strerror}.")) from error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = len(re.findall(rb"\r\n|\r|\n", data[: error.start])) + 1
        sentence = "The file is not in UTF-8 from here on. Save it with the encoding “UTF-8”."
        raise Unreadable(FileFault(place, line, sentence)) from error
    text = plain_line_ends(text)
    if odd := INVISIBLE.search(text):
        line = text.count("\n", 0, odd.start()) + 1
        raise Unreadable(FileFault(place, line, f"There is an invisible character (U+{ord(odd[0]):04X}). Delete it."))
    return text


def front_matter_and_body(text: str, place: str) -> tuple[str, str, int]:
    """(front matter, body, the line of the file on which the body starts). Raises Unreadable.

    The front matter starts on line 2: line 1 is its opening ``---``.
    """
    lines = [line.rstrip() + "\n" for line in text.split("\n")]
    if lines[0] != FENCE:
        sentence = "The file must start with a line “---”, then the front matter, then another line “---”."
        raise Unreadable(FileFault(place, 1, sentence))
    if FENCE not in lines[1:]:
        raise Unreadable(FileFault(place, 1, "The front matter has no end: a line “---” is missing before the text."))
    end = lines.index(FENCE, 1)
    rest = text.split("\n")
    start = end + 1
    while start < len(rest) - 1 and not rest[start].strip():
        start += 1
    return "\n".join(rest[1:end]) + "\n", "\n".join(rest[start:]), start + 1

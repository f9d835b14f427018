"""Searches that were judged: what is typed, and the pages that answer it."""

from dataclasses import dataclass
from pathlib import Path

JUDGED = Path(__file__).with_name("judged.txt")
HELD_OUT = Path(__file__).with_name("held_out.txt")
PAGES = {
    "g": "/guides/{}/",
    "t": "/guides/send-glossary/{}/",
    "r": "/guides/whos-who-in-send/{}/",
    "c": "/guides/the-local-offer/{}/",
    "w": "/workshops/{}/",
    "p": "/{}/",
}


@dataclass(frozen=True, slots=True)
class Judged:
    typed: str
    answers: frozenset[str]


def read(path: Path) -> list[Judged]:
    lines = (line for line in path.read_text("utf-8").splitlines() if line and not line.startswith("#"))
    return [_judged(*line.split(" | ")) for line in lines]


def _judged(typed: str, answers: str) -> Judged:
    return Judged(typed, frozenset(map(_address, answers.split())))


def _address(answer: str) -> str:
    kind, _, page = answer.partition(":")
    slug, hash_sign, section = page.partition("#")
    return PAGES[kind].format(slug) + hash_sign + section

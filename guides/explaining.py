"""Bringing pages up to date with the glossary: after a word is new, changed or gone.

Each text keeps the state of the glossary that it was marked with, so what is left to do can be read from the texts
themselves: work that was broken off goes on where it stopped, and several machines may do it together.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from django.apps import apps

from guides.models.explained import Explained, Glossary

# Marking takes about 20 ms a guide; in between the job worker does its other work, and notices when it is to stop.
PORTION = 25


@dataclass(frozen=True, slots=True)
class Progress:
    """How many pages show the glossary as it is."""

    done: int
    total: int

    @property
    def is_done(self) -> bool:
        return self.done == self.total


def progress() -> Progress:
    """Two queries."""
    first, *others = (model._default_manager.order_by().values_list("marked_with", flat=True) for model in _models())
    states = list(first.union(*others, all=True))
    return Progress(states.count(Glossary.now().state), len(states))


def bring_up_to_date(*, at_most: int | None = None) -> bool:
    """Mark texts that were marked with another state of the glossary. Whether there may be more.

    No edit of anybody's: neither the history nor the time of the last saving changes.
    """
    glossary = Glossary.now()
    behind = list(islice(_behind(glossary), at_most))
    before = [{name: getattr(text, name) for name in ("marked_with", *text.SOURCES)} for text in behind]
    for text in behind:
        text.mark(glossary)
    written = 0
    for text, same in zip(behind, before, strict=True):
        # Whoever saves in the meantime has marked a newer text: then nothing is written here. One row at a time, so
        # that nobody who holds several waits for us. The plain manager, as search has nothing to learn from marks.
        found = type(text)._base_manager.filter(pk=text.pk, **same)
        written += found.update(**{name: getattr(text, name) for name in Explained.MARKS})
    return bool(written) and len(behind) == at_most


def _models() -> list[type[Explained]]:
    """Also those of apps above this one."""
    return [model for model in apps.get_models() if issubclass(model, Explained)]


def _behind(glossary: Glossary) -> Iterator[Explained]:
    for model in _models():
        yield from model._default_manager.exclude(marked_with=glossary.state).order_by("pk")

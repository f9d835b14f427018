"""Which kinds of e-mail there are: one function each, in the modules ``emails`` of the apps.

    @email("workshops.placed", called="Workshop: you have a place")
    def placed(about: int, details: dict[str, Any]) -> Email: ...

The function runs when the e-mail is sent, outside any transaction, and reads what it needs then: what was true when
the e-mail was queued may have moved on. ``called`` is how staff know it in their list of e-mails.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Calendar:
    """A calendar file. ``method`` is what its METHOD says: "REQUEST", "CANCEL" or "PUBLISH" (RFC 5546)."""

    content: bytes
    method: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Email:
    """What is to be sent. ``template`` without its ending: "emails/workshops/placed" has a .txt and an .html.

    ``only_to``: the address on the record, as it stands now. To another one, such as the one that was mistyped before,
    the e-mail is not sent: it may hold a link that nobody else should have.
    """

    subject: str
    template: str
    context: dict[str, Any]
    calendar: Calendar | None = None
    only_to: str = ""


class NotNeeded(Exception):
    """What the e-mail is about has moved on. The message is a sentence for staff; the e-mail is skipped."""


class UnknownKind(Exception):
    """No function is registered under this name."""


Writer = Callable[[int, dict[str, Any]], Email]

_writers: dict[str, Writer] = {}
_called: dict[str, str] = {}


def email(kind: str, *, called: str) -> Callable[[Writer], Writer]:
    """Registers the function that writes e-mails of ``kind``. A kind has one function."""

    def register(writer: Writer) -> Writer:
        if kind in _writers:
            raise ValueError(f"There are two functions for e-mails of the kind {kind}")
        _writers[kind], _called[kind] = writer, called
        return writer

    return register


def writer_of(kind: str) -> Writer:
    """The function registered for ``kind``; raises UnknownKind."""
    try:
        return _writers[kind]
    except KeyError:
        raise UnknownKind(kind) from None


def kinds() -> list[str]:
    """All that are registered, in the order of the alphabet."""
    return sorted(_writers)


def in_words(kind: str) -> str:
    """workshops.given_back → Workshop: you gave your place back. A kind that there is no more stays as it is."""
    return _called.get(kind, kind)

"""How one field of a content file is read, compared and written."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Model
from django.utils import timezone

from guides.content.yaml_lines import Flow, Folded, Literal
from sendguide.lib.dates import LONDON

REQUIRED = object()
# Control characters, odd line ends and marks that no editor shows; some are not allowed in YAML or PostgreSQL.
INVISIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


class WrongValue(ValueError):
    """A field cannot have this value: the message is a sentence. ``path`` leads to the part of it that is wrong."""

    def __init__(self, sentence: str, *path: str | int) -> None:
        super().__init__(sentence)
        self.path = path


@dataclass(frozen=True, slots=True)
class Field:
    """A text on one line; the subclasses are other kinds of value.

    ``name`` is what the field is called in files, ``attribute`` on the model where that differs. Without a
    ``default`` the field must be there. A value that is the default is left out of files, unless ``always``. A field
    that is ``about`` another one may change in the database without counting as an edit by staff; a file that leaves
    it out keeps it, unless the other one changes.
    """

    name: str
    attribute: str = ""
    default: Any = REQUIRED
    always: bool = False
    about: str = ""

    @property
    def column(self) -> str:
        return self.attribute or self.name

    def read(self, value: Any) -> Any:
        """The value as it is kept, from what YAML or a cell gives. Raises WrongValue."""
        if not isinstance(value, str):
            raise WrongValue(f"“{self.name}” must be text. Put it in quotes.")
        return tidy(value)

    def of(self, row: Model) -> Any:
        """The value that ``row`` has, as ``read`` would give it."""
        return tidy(getattr(row, self.column))

    def put(self, row: Model, value: Any) -> None:
        setattr(row, self.column, value)

    def written(self, value: Any) -> Any:
        """``value`` as the YAML writer wants it."""
        return value


class Prose(Field):
    """A text of several sentences."""

    def written(self, value: str) -> Folded:
        return Folded(value)


class Lines(Field):
    """A text in Markdown of which each line matters."""

    def written(self, value: str) -> Literal:
        return Literal(value + "\n")


class Body(Field):
    """The text below the front matter. It may begin with an indented line."""

    def read(self, value: Any) -> str:
        return re.sub(r"\A(?:[ \t]*\n)+", "", _visible(value)).rstrip()

    def of(self, row: Model) -> str:
        return self.read(getattr(row, self.column))


@dataclass(frozen=True, slots=True)
class Number(Field):
    least: int = 0
    most: int = 32767

    def read(self, value: Any) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or not self.least <= value <= self.most:
            raise WrongValue(f"“{self.name}” must be a whole number from {self.least} to {self.most}.")
        return value

    def of(self, row: Model) -> int:
        return getattr(row, self.column)


class Flag(Field):
    def read(self, value: Any) -> bool:
        if not isinstance(value, bool):
            raise WrongValue(f"“{self.name}” must be true or false.")
        return value

    def of(self, row: Model) -> bool:
        return getattr(row, self.column)


class Day(Field):
    def read(self, value: Any) -> date:
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        try:
            return date.fromisoformat(value)
        except (TypeError, ValueError):
            raise WrongValue(f"“{self.name}” must be a date such as 2026-11-24.") from None

    def of(self, row: Model) -> date | None:
        return getattr(row, self.column)


class Moment(Field):
    """A date with a time; without an offset it is UK time."""

    def read(self, value: Any) -> datetime:
        try:
            moment = value if isinstance(value, datetime) else datetime.fromisoformat(value)
        except (TypeError, ValueError):
            raise WrongValue(f"“{self.name}” must be a date and a time such as 2026-11-24 09:00.") from None
        return moment.astimezone(LONDON) if moment.tzinfo else moment.replace(tzinfo=LONDON)

    def of(self, row: Model) -> datetime | None:
        moment = getattr(row, self.column)
        return moment and timezone.localtime(moment, LONDON)

    def written(self, value: datetime) -> str:
        return value.isoformat(" ")


class Words(Field):
    """A list of short texts."""

    def read(self, value: Any) -> list[str]:
        if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
            raise WrongValue(f"“{self.name}” must be a list of texts: [one, two]. Put words such as “no” in quotes.")
        return [word for word in map(tidy, value) if word]

    def of(self, row: Model) -> list[str]:
        return [word for word in map(tidy, getattr(row, self.column)) if word]

    def put(self, row: Model, value: list[str]) -> None:
        setattr(row, self.column, list(value))

    def written(self, value: list[str]) -> list:
        return Flow(value)


class Sentences(Words):
    """A list of sentences, each on a line of its own."""

    def written(self, value: list[str]) -> list:
        return [Folded(sentence) for sentence in value]


class Labels(Field):
    """Texts with a label each, A to Z: a mapping keeps no order in PostgreSQL."""

    def read(self, value: Any) -> dict[str, str]:
        if not isinstance(value, dict) or not all(isinstance(text, str) for text in value.values()):
            raise WrongValue(f"“{self.name}” must be lines of “label: text”.")
        return _labelled(value)

    def of(self, row: Model) -> dict[str, str]:
        return _labelled(getattr(row, self.column))

    def put(self, row: Model, value: dict[str, str]) -> None:
        setattr(row, self.column, dict(value))

    def written(self, value: dict[str, str]) -> dict[str, Folded]:
        return {label: Folded(text) for label, text in value.items()}


@dataclass(frozen=True, slots=True)
class Reference(Field):
    """The slug of another item, of the kind named ``to``."""

    to: str = ""

    def of(self, row: Model) -> str:
        other = getattr(row, self.column)
        return other.slug if other else ""


@dataclass(frozen=True, slots=True)
class References(Words):
    """Slugs of other items of the kind named ``to``. The database keeps no order: they stand A to Z."""

    to: str = ""

    def read(self, value: Any) -> list[str]:
        return sorted(set(Words.read(self, value)))

    def of(self, row: Model) -> list[str]:
        return sorted(other.slug for other in getattr(row, self.column).all())


class Changes(Field):
    """What changed in a guide, newest first."""

    longest = 300

    def read(self, value: Any) -> list[dict[str, Any]]:
        if not isinstance(value, list):
            raise WrongValue(f"“{self.name}” must be a list of entries with a date and a note each.")
        entries = [self._change(index, each) for index, each in enumerate(value)]
        return sorted(entries, key=lambda entry: entry["date"], reverse=True)

    def of(self, row: Model) -> list[dict[str, Any]]:
        return [{"date": change.date, "note": tidy(change.note)} for change in getattr(row, self.column).all()]

    def _change(self, index: int, value: Any) -> dict[str, Any]:
        if not isinstance(value, dict) or set(value) != {"date", "note"}:
            raise WrongValue(f"An entry of “{self.name}” must have a date and a note.", index)
        try:
            day = Day("date").read(value["date"])
        except WrongValue as error:
            raise WrongValue(str(error), index, "date") from error
        note = value["note"]
        if not isinstance(note, str) or not 0 < len(tidy(note)) <= self.longest:
            raise WrongValue(f"“note” must be a text of at most {self.longest} characters.", index, "note")
        return {"date": day, "note": tidy(note)}


def plain_line_ends(text: str) -> str:
    """A browser sends a text with two characters at each line end."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _labelled(texts: dict[str, Any]) -> dict[str, str]:
    return dict(sorted((tidy(label), tidy(str(text))) for label, text in texts.items()))


def tidy(text: str) -> str:
    return _visible(text).strip()


def _visible(text: str) -> str:
    """What staff pasted may have characters that a file must not have."""
    text = re.sub("[\x85\u2028\u2029]", "\n", plain_line_ends(text))
    return INVISIBLE.sub("", text)

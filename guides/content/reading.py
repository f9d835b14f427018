"""Turning files into items, each value with the line it stands on."""

import csv
import dataclasses
import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from guides.content.fields import REQUIRED, Body, Field, Words, WrongValue
from guides.content.files import FileFault, Unreadable, front_matter_and_body, paths_of, place_of, text_of
from guides.content.kinds import KINDS, Kind, Values
from guides.content.yaml_lines import Document, NotYaml, parse
from guides.content.yaml_lines import Path as ValuePath

FRONT_MATTER_LINE = 2


@dataclass(slots=True)
class Item:
    """One guide, term, council … of a file. ``values`` lacks the fields that could not be read.

    ``lines`` has the line of each field that is there, ``text_lines`` the line on which a text of several lines begins.
    """

    kind: Kind
    place: str
    line: int
    values: Values = dataclasses.field(default_factory=dict)
    lines: dict[str, int] = dataclasses.field(default_factory=dict)
    text_lines: dict[str, int] = dataclasses.field(default_factory=dict)

    @property
    def slug(self) -> str:
        return self.values.get("slug", "")

    @property
    def key(self) -> tuple[str, str]:
        return self.kind.name, self.slug

    def fault(self, text: str, name: str = "", line_of_text: int | None = None) -> FileFault:
        """A fault of the field ``name``, or of its ``line_of_text`` (from 1) where its lines are known."""
        line = self.lines.get(name, self.line)
        if name in self.text_lines:
            line = self.text_lines[name] + (line_of_text or 1) - 1
        return FileFault(self.place, line, text)


@dataclass(slots=True)
class Content:
    items: list[Item] = dataclasses.field(default_factory=list)
    faults: list[FileFault] = dataclasses.field(default_factory=list)


def read_folder(folder: Path) -> Content:
    """All items of the content folder, kind by kind."""
    content = Content()
    for kind in KINDS:
        for path in paths_of(folder, kind.pattern):
            file = _File(kind, place_of(path, folder), path.stem)
            try:
                file.read(text_of(path, file.place))
            except Unreadable as unreadable:
                content.faults.append(unreadable.fault)
            content.items += file.items
            content.faults += file.faults
    return content


@dataclass(slots=True)
class _File:
    kind: Kind
    place: str
    stem: str
    first_line: int = 1
    document: Document = dataclasses.field(default_factory=Document)
    items: list[Item] = dataclasses.field(default_factory=list)
    faults: list[FileFault] = dataclasses.field(default_factory=list)

    def read(self, text: str) -> None:
        """Fills ``items`` and ``faults``. Raises Unreadable where there is no going on."""
        if self.kind.pattern.endswith(".md"):
            self._read_text(text)
        elif self.kind.pattern.endswith(".csv"):
            self._read_table(text)
        else:
            self._read_list(text)

    def _read_text(self, text: str) -> None:
        front_matter, body, body_line = front_matter_and_body(text, self.place)
        self.first_line = FRONT_MATTER_LINE
        raw = self._yaml(front_matter)
        if not isinstance(raw, dict):
            raise Unreadable(FileFault(self.place, self.first_line, "The front matter must be lines of “name: value”."))
        if raw.get("slug", self.stem) != self.stem:
            self._fault(("slug",), f"“slug” must be the name of the file, “{self.stem}”, or be left out.")
        if "body" in raw:
            self._fault(("body",), "“body” does not belong here: the text stands below the “---”.")
        item = Item(self.kind, self.place, 1, text_lines={"body": body_line})
        self._add(item, raw | {"slug": self.stem, "body": body}, ())

    def _read_list(self, text: str) -> None:
        entries = self._yaml(text)
        if not isinstance(entries, list | None):
            sentence = f"The file must be a list of {self.kind.plural}, each beginning with “- ”."
            raise Unreadable(FileFault(self.place, 1, sentence))
        for index, raw in enumerate(entries or []):
            if isinstance(raw, dict):
                self._add(Item(self.kind, self.place, self.document.lines[(index,)]), raw, (index,))
            else:
                self._fault((index,), f"A {self.kind.name} must be lines of “name: value”.")

    def _read_table(self, text: str) -> None:
        names = [field.name for field in self.kind.fields]
        reader = csv.reader(io.StringIO(text), strict=True)
        try:
            if next(reader, []) != names:
                raise Unreadable(FileFault(self.place, 1, f"The first line must be {','.join(names)}"))
            line = reader.line_num + 1
            for cells in reader:
                if len(cells) == len(names):
                    self._add(Item(self.kind, self.place, line), self._from_cells(cells), ())
                elif cells:
                    sentence = f"The row has {len(cells)} cells, not {len(names)}. Put a cell with a comma in quotes."
                    self.faults.append(FileFault(self.place, line, sentence))
                line = reader.line_num + 1
        except csv.Error as error:
            raise Unreadable(FileFault(self.place, reader.line_num, f"This is not a table: {error}.")) from error

    def _from_cells(self, cells: list[str]) -> Values:
        filled = ((field, cell) for field, cell in zip(self.kind.fields, cells, strict=True) if cell.strip())
        return {field.name: cell.split(";") if isinstance(field, Words) else cell for field, cell in filled}

    def _yaml(self, text: str) -> Any:
        try:
            self.document = parse(text)
        except NotYaml as error:
            raise Unreadable(FileFault(self.place, error.line + self.first_line - 1, str(error))) from error
        self.faults += [
            FileFault(self.place, line + self.first_line - 1, sentence) for line, sentence in self.document.faults
        ]
        return self.document.value

    def _fault(self, path: ValuePath, sentence: str) -> None:
        self.faults.append(FileFault(self.place, self.document.lines[path] + self.first_line - 1, sentence))

    def _add(self, item: Item, raw: Values, path: ValuePath) -> None:
        """Read ``raw``, which stands at ``path`` of the document, into ``item``."""
        for name in raw:
            if (*path, name) in self.document.lines:
                item.lines[name] = self.document.lines[(*path, name)] + self.first_line - 1
            if (*path, name) in self.document.blocks:
                item.text_lines[name] = item.lines[name] + 1
            if name not in item.kind.by_name:
                known = ", ".join(field.name for field in item.kind.fields if not isinstance(field, Body))
                sentence = f"“{name}” is not a field of a {item.kind.name}. There are: {known}."
                self.faults.append(item.fault(sentence, name))
        for field in item.kind.fields:
            self._read_field(item, field, raw.get(field.name), path)
        self.items.append(item)

    def _read_field(self, item: Item, field: Field, value: Any, path: ValuePath) -> None:
        if value is None:
            if field.default is REQUIRED:
                self.faults.append(item.fault(f"“{field.name}” is missing.", field.name))
            else:
                item.values[field.name] = field.default
            return
        try:
            item.values[field.name] = field.read(value)
        except WrongValue as error:
            line = self.document.lines.get((*path, field.name, *error.path))
            self.faults.append(FileFault(self.place, line + self.first_line - 1 if line else item.line, str(error)))

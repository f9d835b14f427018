"""Writing the database back as content files: the same database always gives the same bytes."""

import csv
import io
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from guides.content.fields import Words
from guides.content.kinds import KINDS, Kind, Values
from guides.content.yaml_lines import write


def export_files() -> Iterator[tuple[str, str]]:
    """(path in the content folder, text) of each file. A kind of which there is no row has no file."""
    for kind in KINDS:
        rows = sorted(kind.rows(), key=kind.order)
        items = [kind.values_of(row) for row in rows]
        if kind.pattern.endswith(".md"):
            yield from ((kind.pattern.replace("*", values["slug"]), text_file(kind, values)) for values in items)
        elif items:
            yield kind.pattern, table(kind, items) if kind.pattern.endswith(".csv") else list_file(kind, items)


def text_file(kind: Kind, values: Values) -> str:
    front_matter = {name: value for name, value in _written(kind, values).items() if name not in {"slug", "body"}}
    body = values.get("body", "")
    return f"---\n{write(front_matter)}---\n{body}\n" if body else f"---\n{write(front_matter)}---\n"


def list_file(kind: Kind, items: list[Values]) -> str:
    return kind.heading + write([_written(kind, values) for values in items])


def table(kind: Kind, items: list[Values]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([field.name for field in kind.fields])
    for values in items:
        writer.writerow([_cell(field, values.get(field.name)) for field in kind.fields])
    return text.getvalue()


def _written(kind: Kind, values: Values) -> dict[str, Any]:
    return {name: kind.by_name[name].written(value) for name, value in values.items()}


def _cell(field: object, value: Any) -> str:
    if value is None:
        return ""
    return "; ".join(value) if isinstance(field, Words) else str(value)


def write_file(path: Path, text: str) -> bool:
    """Replace the file in one step, so that nobody ever reads half of it. False if it was the same already."""
    data = text.encode()
    if path.exists() and path.read_bytes() == data:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".export-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return True

"""Finding what is wrong with items: values, references, texts and links. Reads the database, changes nothing."""

import re
from collections.abc import Iterable, Iterator

from django.core.exceptions import ValidationError
from django.db.models import Field as ModelField
from django.db.models import Model
from django.urls import reverse

from guides.addresses import Addresses
from guides.content.fields import Changes, Field, Reference, References
from guides.content.files import FileFault
from guides.content.kinds import GUIDE, KINDS, SITUATION, SYNONYM, Kind
from guides.content.reading import Item
from guides.models import Guide, picture_sizes
from guides.reading_on import fault_of
from guides.search.targets import address_of
from sendguide.lib.rich_text import Fault, render

SLUG = re.compile(r"[-\w]+", re.ASCII)


def faults_of(items: list[Item]) -> list[FileFault]:
    """Everything that is wrong with ``items``, in the order of files and lines, each once."""
    found = [*_repeated(items), *_unknown_references(items)]
    for item in items:
        found += _wrong_values(item)
    found += _faults_of_texts(items)
    return sorted(set(found))


def unsaved_row(item: Item) -> Model:
    """The item as a row that is not in the database, without its references."""
    row = item.kind.model()
    fill(row, item)
    return row


def fill(row: Model, item: Item) -> None:
    """Give ``row`` all values of ``item`` that stand in the row itself, except references."""
    for field in item.kind.fields:
        if not isinstance(field, Reference | References | Changes) and field.name in item.values:
            field.put(row, item.values[field.name])


def _repeated(items: list[Item]) -> Iterator[FileFault]:
    for kind in KINDS:
        for name in ("slug", *kind.unique):
            first: dict[str, Item] = {}
            for item in items:
                if item.kind is kind and (value := item.values.get(name)):
                    if value in first:
                        where = f"{first[value].place}:{first[value].lines.get(name, first[value].line)}"
                        yield item.fault(f"“{name}” is “{value}” twice: it stands in {where} too.", name)
                    first.setdefault(value, item)
        yield from _taken_in_database(kind, [item for item in items if item.kind is kind])


def _taken_in_database(kind: Kind, items: list[Item]) -> Iterator[FileFault]:
    in_files = {item.slug for item in items}
    for name in kind.unique:
        column = kind.by_name[name].column
        others = kind.model._default_manager.exclude(slug__in=in_files).values_list(column, "slug")
        taken = dict(others)
        for item in items:
            if (value := item.values.get(name)) in taken:
                yield item.fault(f"“{value}” is taken by the {kind.name} “{taken[value]}” in the database.", name)


def _unknown_references(items: list[Item]) -> Iterator[FileFault]:
    known = {kind.name: set(kind.model._default_manager.values_list("slug", flat=True)) for kind in KINDS}
    for item in items:
        known[item.kind.name].add(item.slug)
    for item in items:
        for field in item.kind.fields:
            if isinstance(field, Reference | References) and (value := item.values.get(field.name)):
                for slug in [value] if isinstance(value, str) else value:
                    if slug not in known[field.to]:
                        yield item.fault(f"“{slug}” is not a {field.to} we have.", field.name)
                    elif item.key == (field.to, slug):
                        yield item.fault(f"“{slug}” refers to itself.", field.name)


def _wrong_values(item: Item) -> Iterator[FileFault]:
    """What the model's own checks of single fields find."""
    columns = {
        field.column: field
        for field in item.kind.fields
        if not isinstance(field, Reference | References | Changes) and field.name in item.values
    }
    row = unsaved_row(item)
    yield from _errors(item, row, columns)
    if item.kind is GUIDE and item.values.get("status") == Guide.Status.SCHEDULED and not item.values.get("publish_at"):
        yield item.fault("A guide that is “scheduled” needs “publish_at”, a date and a time.", "status")


def _errors(item: Item, row: Model, columns: dict[str, Field]) -> Iterator[FileFault]:
    for column, field in columns.items():
        limit = _column(row, column).max_length
        value = getattr(row, column)
        # A form checks the length of a long text, the model does not.
        if limit and isinstance(value, str) and len(value) > limit:
            yield item.fault(f"“{field.name}” has {len(value)} characters, at most {limit} fit.", field.name)
    try:
        row.clean_fields(exclude={column.name for column in row._meta.fields} - set(columns))
    except ValidationError as error:
        for column, problems in error.error_dict.items():
            for problem in problems:
                if problem.code != "max_length":
                    name = columns[column].name
                    yield item.fault(f"“{name}”: {_sentence(problem, row, column)}", name)


def _sentence(problem: ValidationError, row: Model, column: str) -> str:
    if problem.code == "invalid_choice":
        choices = ", ".join(value for value, _ in _column(row, column).flatchoices)
        return f"“{getattr(row, column)}” is not one of {choices}."
    return " ".join(problem.messages)


def _column(row: Model, name: str) -> ModelField:
    return next(column for column in row._meta.fields if column.name == name)


def _faults_of_texts(items: list[Item]) -> Iterator[FileFault]:
    rendered = [
        (item, name, render(item.values[name], pictures=picture_sizes))
        for item in items
        for name in item.kind.markdown
        if item.values.get(name)
    ]
    sections = {item.key: {heading.id for heading in text.headings} for item, name, text in rendered if name == "body"}
    addresses = _addresses(items, sections)
    for item, name, text in rendered:
        own = sections.get(item.key, set())
        dead = [Fault(sentence, link.line) for link in text.links if (sentence := addresses.fault(link.target, own))]
        for fault in [*text.faults, *dead]:
            if fault.even_in_draft or item.values.get("status") != Guide.Status.DRAFT:
                yield item.fault(fault.text, name, fault.line)
    for item in items:
        if item.kind is SITUATION and (sentence := addresses.fault(item.values.get("address", ""))):
            yield item.fault(sentence, "address")
        if (address := item.values.get("read_on")) and (sentence := fault_of(address, addresses)):
            yield item.fault(sentence, "read_on")
        if item.kind is SYNONYM:
            yield from _dead_targets(item, addresses)


def _dead_targets(item: Item, addresses: Addresses) -> Iterator[FileFault]:
    for target in item.values.get("targets", ()):
        address = address_of(target)
        if address is None:
            yield item.fault(
                f"“{target}” is not written like a page, such as guide:anxiety or glossary:ehcp.", "targets"
            )
        elif addresses.fault(address):
            yield item.fault(f"“{target}” is not a page we have.", "targets")


def _addresses(items: Iterable[Item], sections: dict[tuple[str, str], set[str]]) -> Addresses:
    """The pages as ``items`` would have them, with those that only the database has.

    What staff have made of the same pages does not count: whether files are whole must not depend on that.
    """
    addresses = Addresses.from_database()
    for item in items:
        if item.kind.page and SLUG.fullmatch(item.slug):
            addresses.add(item.kind.page, item.slug, sections.get(item.key, ()))
            if item.kind is GUIDE:
                addresses.add("guide_changes", item.slug)
                if not _is_published(item):
                    del addresses.sections[reverse("guide", args=[item.slug])]
                    del addresses.sections[reverse("guide_changes", args=[item.slug])]
    return addresses


def _is_published(item: Item) -> bool:
    return Guide(status=item.values.get("status", ""), publish_at=item.values.get("publish_at")).is_published()

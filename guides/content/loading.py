"""Writing items to the database without overwriting what staff have done."""

import dataclasses
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db import transaction
from django.db.models import Model

from guides.content.checking import fill
from guides.content.fields import Changes, Reference, References
from guides.content.files import FileFault
from guides.content.kinds import KINDS, Kind, Values
from guides.content.reading import Item
from guides.explaining import bring_up_to_date
from guides.models import Guide, LoadedItem
from guides.models.explained import marking_later

REASON = "Loaded from content files"
Key = tuple[str, str]


class Fate(StrEnum):
    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    KEPT = "kept"
    DELETED = "deleted"
    MISSING = "missing"


class CannotLoad(Exception):
    """Nothing was written; ``fault`` says why."""

    def __init__(self, fault: FileFault) -> None:
        super().__init__(str(fault))
        self.fault = fault


@dataclass(slots=True)
class Report:
    """What became of each item, as (kind, slug). MISSING: loaded once, and in no file any more."""

    fates: dict[Fate, list[Key]] = dataclasses.field(default_factory=lambda: defaultdict(list))

    def count(self, kind: Kind, fate: Fate) -> int:
        return sum(name == kind.name for name, _ in self.fates[fate])


def load(items: list[Item], *, forced: Iterable[Key] = ()) -> Report:
    """Write ``items``, which must be free of faults, to the database: all of them or, on any error, none.

    An item that staff have edited or deleted stays as they left it, unless it is ``forced``. Raises CannotLoad.
    """
    # The models render their Markdown when they are saved, so inside the transaction; on a database with content
    # that is the one text or two that changed.
    with transaction.atomic():
        with marking_later():
            report = _Loading(items, set(forced)).run()
        bring_up_to_date()
        return report


class _Loading:
    def __init__(self, items: list[Item], forced: set[Key]) -> None:
        self.items = items
        self.forced = forced
        self.report = Report()
        self.rows: dict[str, dict[str, Any]] = {
            kind.name: {row.slug: row for row in kind.rows().select_for_update(of=("self",))} for kind in KINDS
        }
        self.new: dict[str, list[Any]] = defaultdict(list)
        self.models = {kind.name: kind.model for kind in KINDS}
        self.loaded = {(each.kind, each.key): each.fingerprint for each in LoadedItem.objects.all()}
        # Rows that staff deleted, and with them the references of other rows to them. Those count as still there
        # when a row is compared: a row is not edited because its neighbour is gone.
        self.gone = {key for key in self.loaded if key[1] not in self.rows.get(key[0], {})}

    def run(self) -> Report:
        remember: list[LoadedItem] = []
        written: list[Item] = []
        for item in self.items:
            fate, fingerprint = self._fate(item), item.kind.fingerprint(item.kind.without_defaults(item.values))
            self.report.fates[fate].append(item.key)
            if fate in {Fate.CREATED, Fate.UPDATED}:
                self._write(item)
                written.append(item)
            if fate in {Fate.CREATED, Fate.UPDATED, Fate.UNCHANGED} and self.loaded.get(item.key) != fingerprint:
                remember.append(LoadedItem(kind=item.kind.name, key=item.slug, fingerprint=fingerprint))
        for name, rows in self.new.items():
            self.models[name]._default_manager.bulk_create(rows)
        for item in written:
            self._link(item)
        LoadedItem.objects.bulk_create(
            remember, update_conflicts=True, unique_fields=["kind", "key"], update_fields=["fingerprint"]
        )
        in_files = {item.key for item in self.items}
        self.report.fates[Fate.MISSING] = sorted(set(self.loaded) - in_files - self.gone)
        return self.report

    def _fate(self, item: Item) -> Fate:
        kind, row = item.kind, self.rows[item.kind.name].get(item.slug)
        if row is None:
            return Fate.DELETED if item.key in self.gone - self.forced else Fate.CREATED
        file = kind.fingerprint(kind.without_defaults(item.values))
        values = kind.values_of(row)
        if file == kind.fingerprint(self._with_references_to(self.gone - self.forced, values, item)):
            return Fate.UNCHANGED
        before = kind.fingerprint(self._with_references_to(self.gone, values, item))
        untouched = before in {file, self.loaded.get(item.key)}
        return Fate.UPDATED if untouched or item.key in self.forced else Fate.KEPT

    def _with_references_to(self, gone: set[Key], values: Values, item: Item) -> Values:
        """``values`` of a row, with those references of ``item`` that the row lost because their targets are gone."""
        complete = item.kind.complete(values)
        for field in item.kind.fields:
            wanted = item.values[field.name]
            if isinstance(field, References):
                lost = {slug for slug in wanted if (field.to, slug) in gone}
                complete[field.name] = sorted({*complete[field.name], *lost})
            elif isinstance(field, Reference) and not complete[field.name] and (field.to, wanted) in gone:
                complete[field.name] = wanted
        return item.kind.without_defaults(complete)

    def _write(self, item: Item) -> None:
        rows = self.rows[item.kind.name]
        row = rows.setdefault(item.slug, item.kind.model())
        before = {field.name: field.of(row) for field in item.kind.fields if field.about} if row.pk else {}
        fill(row, self._with_what_is_kept(item, before, row))
        for field in item.kind.fields:
            if isinstance(field, Reference):
                setattr(row, field.column, self._target(item, field))
        if item.kind.plain and not row.pk:
            self.new[item.kind.name].append(row)
            return
        row._change_reason = REASON
        row.save()
        for field in item.kind.fields:
            if isinstance(field, Changes):
                _write_changes(row, item.values[field.name])

    def _with_what_is_kept(self, item: Item, before: Values, row: Any) -> Item:
        """``item`` with the values ``before`` that it leaves out and that are still true of ``row``."""
        kept = {
            name: value
            for name, value in before.items()
            if item.values[name] == item.kind.by_name[name].default
            and item.values[about := item.kind.by_name[name].about] == item.kind.by_name[about].of(row)
        }
        return dataclasses.replace(item, values=item.values | kept)

    def _target(self, item: Item, field: Reference) -> Model | None:
        target = self.rows[field.to].get(item.values[field.name])
        if target is None and not item.kind.model._meta.get_field(field.column).null:
            slug = item.values[field.name]
            sentence = f"Staff have deleted the {field.to} “{slug}”. Choose another, or add --force {field.to}:{slug}."
            raise CannotLoad(item.fault(sentence, field.name))
        return target

    def _link(self, item: Item) -> None:
        """The many-to-many references: they need all rows."""
        for field in item.kind.fields:
            if isinstance(field, References):
                targets = [self.rows[field.to][slug] for slug in item.values[field.name] if slug in self.rows[field.to]]
                getattr(self.rows[item.kind.name][item.slug], field.column).set(targets)


def _write_changes(guide: Guide, wanted: list[dict[str, Any]]) -> None:
    """Lines that stay keep their row, because feed readers know them by it; rows of a day are in order of age."""
    new = [(change["date"], change["note"]) for change in reversed(wanted)]
    old = sorted(guide.changes.all(), key=lambda change: (change.date, change.pk))
    same = 0
    while same < min(len(old), len(new)) and (old[same].date, old[same].note) == new[same]:
        same += 1
    for change in old[same:]:
        change.delete()
    for day, note in new[same:]:
        guide.changes.create(date=day, note=note)

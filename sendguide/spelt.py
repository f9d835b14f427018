"""``name__spelt="oneill"`` in a filter: as ``icontains``, however it is spelt. For staff who search a list."""

from typing import Any

from django.db.models import Field, JSONField, Lookup
from django.db.models.lookups import IRegex

from sendguide.lib.spellings import pattern_of


class Spelt(Lookup):
    lookup_name = "spelt"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        # SQLite keeps the text as it came, in which Django writes "ô" by its number.
        in_json = connection.vendor == "sqlite" and isinstance(self.lhs.output_field, JSONField)
        return compiler.compile(IRegex(self.lhs, pattern_of(str(self.rhs), in_json=in_json)))


def register() -> None:
    Field.register_lookup(Spelt)

from collections.abc import Iterable
from typing import Any

from django.db import models


class Derived(models.Model):
    """Keeps what follows from some fields (rendered text, say) beside them: reading is far more frequent than saving.

    DERIVED names the fields that ``derive`` fills, SOURCES those that they follow from.
    """

    SOURCES: tuple[str, ...] = ()
    DERIVED: tuple[str, ...] = ()

    class Meta:
        abstract = True

    def save(self, *, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        if update_fields is None or not set(self.SOURCES).isdisjoint(update_fields):
            self.derive()
            update_fields = None if update_fields is None else {*update_fields, *self.DERIVED}
        super().save(update_fields=update_fields, **kwargs)

    def derive(self) -> None:
        """Fill the fields of DERIVED from those of SOURCES; nothing is written."""
        raise NotImplementedError

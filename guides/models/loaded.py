from django.db import models


class LoadedItem(models.Model):
    """What ``load_content`` last wrote for one item of ``content/``.

    An item whose present fingerprint differs from this one was edited by staff, an item that is gone was deleted by
    staff: the loader leaves both alone.
    """

    kind = models.CharField(max_length=30)
    key = models.CharField(max_length=120)
    fingerprint = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="one_fingerprint_per_item")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"

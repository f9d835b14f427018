from django.db import models


class Counter(models.Model):
    """How often something was done by somebody in one stretch of time. Who it was cannot be told from it."""

    key = models.CharField(max_length=64)
    ends_at = models.DateTimeField(db_index=True)
    count = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "ends_at"], name="guard_one_counter_per_key_and_window")]

    def __str__(self) -> str:
        return f"{self.count} until {self.ends_at:%Y-%m-%d %H:%M}"

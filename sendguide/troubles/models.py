from datetime import datetime, timedelta

from django.db import models

KEPT = timedelta(days=30)
LATELY = timedelta(hours=24)


class Trouble(models.Model):
    """How often something went wrong at one place within an hour. ``where``: the name of a page or of a job.

    ``longest_ms``: of slow queries.
    """

    class Kind(models.TextChoices):
        ERROR = "error", "failed"
        SLOW_QUERY = "slow_query", "database was slow"

    hour = models.DateTimeField()
    kind = models.CharField("what", max_length=20, choices=Kind.choices)
    where = models.CharField(max_length=100)
    times = models.PositiveIntegerField()
    longest_ms = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-hour", "kind", "where"]
        verbose_name = "error or slow page"
        verbose_name_plural = "errors and slow pages"
        default_permissions = ("view",)
        constraints = [models.UniqueConstraint(fields=["hour", "kind", "where"], name="trouble_counted_once")]

    def __str__(self) -> str:
        return f"{self.where}: {self.get_kind_display()}"


def lately(now: datetime) -> dict[str, float]:
    """For the start page: how many errors and slow queries there were, and how long the longest took."""
    found = dict.fromkeys(Trouble.Kind.values, (0, 0))
    rows = Trouble.objects.filter(hour__gt=now - LATELY).order_by().values("kind")
    for row in rows.annotate(all=models.Sum("times"), longest=models.Max("longest_ms")):
        found[row["kind"]] = row["all"], row["longest"]
    errors, slow = found[Trouble.Kind.ERROR], found[Trouble.Kind.SLOW_QUERY]
    return {"errors": errors[0], "slow_queries": slow[0], "slowest_seconds": slow[1] / 1000}


def forget_old(now: datetime) -> None:
    Trouble.objects.filter(hour__lt=now - KEPT).delete()

"""Links to other sites, and whether they could be reached."""

from datetime import date, timedelta
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

# One bad night is nothing; after so many in a row readers are told.
FAILURES = 3
# For how long a person's word counts for more than ours: many sites answer people and not programs.
TRUSTED = timedelta(days=90)


class OutsideLinkQuerySet(models.QuerySet["OutsideLink"]):
    def unreached(self) -> Self:
        """Those that readers and editors are told of."""
        return self.filter(nights__gte=FAILURES)

    def due(self, today: date) -> Self:
        """To be looked at tonight, those first that were left alone for the longest time."""
        others = Q(checked_on__isnull=True) | Q(checked_on__lt=today)
        trusted = Q(trusted_until__gte=today)
        return self.filter(others).exclude(trusted).order_by(F("checked_on").asc(nulls_first=True), "pk")


class OutsideLink(models.Model):
    """``used_by`` lists the public pages with this link as [title, path]; ``nights`` counts failures in a row.

    ``look_again``: an editor asked for it, so that nobody waits for the night.
    """

    address = models.CharField("link", max_length=500, unique=True)
    used_by = models.JSONField("where it stands", default=list)
    listed_on = models.DateField()
    checked_on = models.DateField("last looked at", null=True)
    reached_on = models.DateField("last reached", null=True)
    failing_since = models.DateField("failing since", null=True)
    nights = models.PositiveSmallIntegerField("nights in a row", default=0)
    problem = models.CharField("what happened", max_length=200, blank=True)
    look_again = models.BooleanField(default=False, db_index=True)
    trusted_until = models.DateField(null=True)

    objects = OutsideLinkQuerySet.as_manager()

    class Meta:
        verbose_name = "link to another site"
        verbose_name_plural = "links to other sites"
        ordering = ["-nights", "address"]
        default_permissions = ["view", "change"]
        indexes = [models.Index(fields=["checked_on"], name="guides_outside_checked")]

    def __str__(self) -> str:
        return self.address

    def was_reached(self, today: date) -> None:
        OutsideLink.objects.filter(pk=self.pk).update(
            reached_on=today, checked_on=today, failing_since=None, nights=0, problem=""
        )

    def was_not_reached(self, problem: str, today: date, *, counts: bool) -> None:
        """``counts``: the look was the one of a night; several on one day say no more than one."""
        OutsideLink.objects.filter(pk=self.pk).update(
            checked_on=today,
            problem=problem[:200],
            failing_since=Coalesce("failing_since", today, output_field=models.DateField()),
            nights=F("nights") + int(counts),
        )

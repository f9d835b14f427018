from django.db import models


class Generation(models.Model):
    """The site's generation, where it is kept in the database: one row."""

    only = models.PositiveSmallIntegerField(primary_key=True, default=1)
    token = models.CharField(max_length=32)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(only=1), name="one_generation")]

    def __str__(self) -> str:
        return self.token

    @staticmethod
    def now() -> str:
        """Empty before the first change."""
        return Generation.objects.values_list("token", flat=True).first() or ""

    @staticmethod
    def renew(token: str) -> None:
        Generation.objects.bulk_create(
            [Generation(token=token)], update_conflicts=True, unique_fields=["only"], update_fields=["token"]
        )

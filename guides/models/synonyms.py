"""What parents type → the official term and the pages that answer it."""

from django.db import models

from guides.models.searched import Searched


class SearchSynonym(Searched):
    """``targets`` are pages as the content files name them, the best first: "guide:anxiety#signs", "glossary:ehcp"."""

    class Kind(models.TextChoices):
        MISSPELLING = "misspelling", "a spelling mistake"
        VARIANT = "variant", "another way to write it"
        ABBREVIATION = "abbreviation", "a short form"
        EVERYDAY = "everyday", "everyday words"
        OLDER_TERM = "older-term", "an older word"
        NATION_TERM = "nation-term", "a word of one nation"

    slug = models.SlugField(max_length=100, unique=True, help_text="A short name for staff.")
    typed = models.CharField(max_length=100, unique=True)
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.EVERYDAY)
    official = models.CharField(max_length=120)
    targets = models.JSONField(default=list)
    whole_query_only = models.BooleanField(default=False)
    only_with = models.JSONField(default=list, blank=True)
    never_show = models.BooleanField(default=False)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["slug"]
        verbose_name = "search synonym"

    def __str__(self) -> str:
        return f"{self.typed} → {self.official}"


class SearchMiss(models.Model):
    """How often words were looked for in vain in a month. Only words of a closed list are kept: nobody is in them.

    ``words`` is "" for all searches that had none of these.
    """

    words = models.CharField(max_length=120)
    month = models.DateField(help_text="Its first day.")
    count = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-month", "-count", "words"]
        verbose_name = "search without a result"
        verbose_name_plural = "searches without a result"
        constraints = [models.UniqueConstraint(fields=["words", "month"], name="one_count_of_words_and_month")]

    def __str__(self) -> str:
        return self.words or "(no word that we may keep)"

from django.db import models

from guides.models.reading import Tint, Topic
from guides.models.searched import Searched


class Testimonial(models.Model):
    """What a parent said, shown below guides."""

    slug = models.SlugField(unique=True, help_text="A short name for staff, such as “listened”.")
    quote = models.TextField(max_length=500, help_text="Without quotation marks. Two or three sentences.")
    attribution = models.CharField(max_length=120, help_text="For example: A parent after a support call.")
    topic = models.ForeignKey(
        Topic, null=True, blank=True, on_delete=models.SET_NULL, help_text="Shown first on guides of this topic."
    )
    published = models.BooleanField(default=False)

    class Meta:
        ordering = ["slug"]

    def __str__(self) -> str:
        return f"{self.quote[:60]}…" if len(self.quote) > 60 else self.quote


class Situation(Searched):
    """One line of “Start from what is happening” on the home page."""

    slug = models.SlugField(unique=True, help_text="A short name for staff.")
    words = models.CharField(max_length=80, help_text="In a parent's words, such as “My child can't face school”.")
    address = models.CharField(
        max_length=200,
        help_text="Where the answer is: a page of this site and its section, such as /guides/anxiety/#signs",
    )
    illustration = models.SlugField(blank=True)
    tint = models.CharField(max_length=10, choices=Tint.choices, default=Tint.SKY)
    order = models.PositiveSmallIntegerField(default=0)
    published = models.BooleanField(default=True)

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.words

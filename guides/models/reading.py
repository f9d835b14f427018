from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Func, IntegerField, Q
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone
from simple_history.models import HistoricalRecords

from guides.models.explained import Explained
from guides.models.pictures import picture_sizes
from guides.models.searched import Searched, SearchedQuerySet
from guides.nations import nations_in_words, validate_nations
from sendguide.lib.dates import months_after
from sendguide.lib.rich_text import Heading, RichText, render

# Of a review: what the law of that time said holds nowhere any more.
EARLIEST_YEAR = 2000


class Tint(models.TextChoices):
    """The soft background colours; never the only carrier of a meaning."""

    SKY = "sky"
    LAVENDER = "lavender"
    MINT = "mint"
    SAND = "sand"
    PEACH = "peach"
    ROSE = "rose"
    NIGHT = "night"


class Topic(Searched):
    name = models.CharField(max_length=60, unique=True)
    slug = models.SlugField(unique=True)
    summary = models.CharField(max_length=200)
    illustration = models.SlugField(blank=True, help_text="The name of a drawing in static/illustrations.")
    tint = models.CharField(max_length=10, choices=Tint.choices, default=Tint.SKY)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("topic", args=[self.slug])


def validate_not_in_future(day: date) -> None:
    """Nor so long ago that it must be a slip, such as 1026. A migration knows it by this name."""
    if day > timezone.localdate():
        raise ValidationError("This day has not come yet. Please look at the year.")
    if day.year < EARLIEST_YEAR:
        raise ValidationError("This is long ago. Please look at the year.")


class Text(Explained, Searched):
    """A text in Markdown, kept with what it renders to: safe HTML, the same with its words explained, its headings.

    FIXED names the slugs that menus, other pages or addresses name: those texts can be edited, but must be there.
    """

    SOURCES: tuple[str, ...] = ("body",)
    DERIVED: tuple[str, ...] = ("body_html", "headings", *Explained.MARKS)
    EXPLAINED = ("body",)
    # What lists leave in the database.
    LONG: tuple[str, ...] = ("body", "body_html", "headings", "marked", "words")
    FIXED: frozenset[str] = frozenset()

    slug: str

    body = models.TextField("text", blank=True)
    body_html = models.TextField(editable=False, blank=True)
    headings = models.JSONField(editable=False, default=list)

    class Meta:
        abstract = True

    def derive(self) -> None:
        text = self.rendered()
        self.body_html = text.html
        self.headings = [[heading.level, heading.id, heading.text] for heading in text.headings]
        super().derive()

    def rendered(self) -> RichText:
        """The text as it would be saved now, with its faults. Reads the pictures it names from the database.

        Kept while the text stays the same: checking and saving need it several times, and 1,000 words cost 40 ms.
        """
        kept: tuple[str, RichText] | None = self.__dict__.get("_rendered")
        if kept is None or kept[0] != self.body:
            kept = self.__dict__["_rendered"] = (self.body, render(self.body, pictures=picture_sizes))
        return kept[1]

    @property
    def is_fixed(self) -> bool:
        return self.slug in self.FIXED

    def contents(self) -> list[Heading]:
        """The main headings, for the contents list."""
        return [Heading(*heading) for heading in self.headings if heading[0] == 2]


class NumberOf(Func):
    """How many there are in a JSON list."""

    function = "JSONB_ARRAY_LENGTH"
    output_field = IntegerField()

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return self.as_sql(compiler, connection, function="JSON_ARRAY_LENGTH", **extra)


class GuideQuerySet(SearchedQuerySet["Guide"]):
    def published(self, now: datetime | None = None) -> "GuideQuerySet":
        """What the public sees. Its twin for one row is ``Guide.is_published``."""
        due = Q(status=Guide.Status.SCHEDULED, publish_at__lte=now or timezone.now())
        return self.filter(Q(status=Guide.Status.PUBLISHED) | due)

    def about(self, nation: str) -> "GuideQuerySet":
        """What holds in ``nation``: what is about it alone comes before what is about several."""
        # What is in a JSON list cannot be asked for on SQLite; what is in its text can, on both.
        written = self.annotate(in_nations=NumberOf("nations"), nations_text=Cast("nations", models.TextField()))
        return written.filter(nations_text__contains=f'"{nation}"').order_by("in_nations", "order", "title")

    def for_cards(self) -> "GuideQuerySet":
        """Enough for a list of cards: the long texts stay in the database."""
        return self.select_related("topic").only(
            *("slug", "title", "summary", "nations", "illustration", "order", "review_due", "status", "publish_at"),
            *("topic__name", "topic__slug", "topic__tint", "topic__illustration", "topic__order"),
        )


class Guide(Text):
    SOURCES = ("body", "sources", "reviewed_on", "review_every", "nations")
    DERIVED = (*Text.DERIVED, "sources_html", "review_due")
    FIXED = frozenset({"send-glossary", "send-law-in-scotland", "the-local-offer", "whos-who-in-send"})

    # Between two reviews. Later years have no calendar in the end, and nobody would be reminded.
    MOST_MONTHS = 60

    class Status(models.TextChoices):
        DRAFT = "draft"
        SCHEDULED = "scheduled"
        PUBLISHED = "published"

    title = models.CharField(max_length=120)
    slug = models.SlugField(
        "address", max_length=80, unique=True, help_text="The last part of the page's address. It stays as it is."
    )
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="guides")
    nations = models.JSONField(validators=[validate_nations], help_text="Where what it says about the law applies.")
    summary = models.CharField(max_length=200, help_text="One plain sentence, shown on cards and by search engines.")
    sources = models.TextField(blank=True, help_text="A list in Markdown: one “- [name](address)” a line.")
    sources_html = models.TextField(editable=False, blank=True)
    illustration = models.SlugField(blank=True, help_text="The name of a drawing in static/illustrations.")
    illustration_alt = models.CharField(
        "description of the illustration", max_length=200, blank=True, help_text="What is to be seen."
    )
    reviewed_on = models.DateField("last reviewed", validators=[validate_not_in_future])
    review_every = models.PositiveSmallIntegerField("review every (months)", default=6)
    review_due = models.DateField(editable=False, db_index=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAFT, db_index=True)
    publish_at = models.DateTimeField(
        "publish at", null=True, blank=True, help_text="UK time. Only for the status “scheduled”."
    )
    order = models.PositiveSmallIntegerField(default=100, help_text="Guides with a lower number come first.")
    preview_version = models.PositiveIntegerField(editable=False, default=1)
    updated_at = models.DateTimeField(auto_now=True)

    objects = GuideQuerySet.as_manager()  # type: ignore[misc]  # the stubs think of one manager for all models
    history = HistoricalRecords(excluded_fields=[*DERIVED, "preview_version", "updated_at"])

    class Meta:
        ordering = ["order", "title"]
        indexes = [models.Index(fields=["order", "title"], name="guide_order")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="scheduled") | Q(publish_at__isnull=False), name="scheduled_guide_has_a_time"
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("guide", args=[self.slug])

    def derive(self) -> None:
        super().derive()
        self.sources_html = render(self.sources).html
        self.review_due = months_after(self.reviewed_on, self.review_every)

    def law_of(self) -> list[str]:
        return self.nations

    def is_published(self, now: datetime | None = None) -> bool:
        if self.status == self.Status.SCHEDULED:
            return self.publish_at is not None and self.publish_at <= (now or timezone.now())
        return self.status == self.Status.PUBLISHED

    def is_review_due(self, today: date | None = None) -> bool:
        return self.review_due <= (today or timezone.localdate())

    @property
    def where(self) -> str:
        return nations_in_words(self.nations)


class GuideChange(models.Model):
    """A line of “what changed and why”, for readers."""

    guide = models.ForeignKey(Guide, on_delete=models.CASCADE, related_name="changes")
    date = models.DateField(default=timezone.localdate)
    note = models.CharField(max_length=300, help_text="What changed and why, in a sentence for parents.")

    class Meta:
        ordering = ["-date", "-pk"]
        # The feed reads the newest few of all.
        indexes = [models.Index(fields=["-date", "-id"], name="guide_change_newest")]

    def __str__(self) -> str:
        return self.note


class SitePage(Text):
    """About us, privacy and the like: one page with one text."""

    FIXED = frozenset({"about", "accessibility", "contact", "help-now", "privacy", "support-call"})

    slug = models.SlugField("address", unique=True, help_text="The page's address. It stays as it is.")
    title = models.CharField(max_length=120)
    summary = models.CharField(max_length=200, help_text="One plain sentence, shown by search engines.")
    updated_at = models.DateTimeField(auto_now=True)

    history = HistoricalRecords(excluded_fields=[*Text.DERIVED, "updated_at"])

    class Meta:
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("site_page", args=[self.slug])

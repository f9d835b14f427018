"""The three structured guides: words, people and councils."""

from django.db import models
from django.urls import reverse
from django.utils import timezone
from simple_history.models import HistoricalRecords

from guides.models.explained import Explained
from guides.models.searched import Searched
from guides.nations import CHOICES, nations_in_words, validate_nations
from sendguide.lib.rich_text import render


class LawCheck(models.TextChoices):
    """How sure we are of a citation. What is not checked is never shown as settled."""

    CHECKED = "V", "Checked against the law"
    GENERAL = "GK", "Well known, not checked again"
    UNCERTAIN = "CHECK", "Uncertain: not shown to parents"


class Lawful(Explained, Searched):
    """Something with a legal source, written in Markdown with law links."""

    SOURCES: tuple[str, ...] = ("law", "nations")
    DERIVED: tuple[str, ...] = ("law_html", *Explained.MARKS)

    law = models.TextField("legal source", blank=True, help_text="With links such as [s.36(8) CFA 2014](law:cfa/36).")
    law_html = models.TextField(editable=False, blank=True)
    law_check = models.CharField("certainty", max_length=5, choices=LawCheck.choices, blank=True)
    nations = models.JSONField(validators=[validate_nations])
    read_on = models.CharField(
        "read on in",
        max_length=200,
        blank=True,
        default="",
        db_default="",
        help_text="The guide, or the section of a guide, that says what to do about it. For example "
        "/guides/understanding-ehcps/#refused. Open the section on the site and copy its address, from /guides/ on. "
        "Readers see a link while that guide is published. Leave it empty if nothing fits.",
    )

    class Meta:
        abstract = True

    def derive(self) -> None:
        self.law_html = render(self.law).html
        super().derive()

    def law_of(self) -> list[str]:
        return self.nations

    @property
    def where(self) -> str:
        return nations_in_words(self.nations)

    @property
    def shown_law_html(self) -> str:
        return "" if self.law_check == LawCheck.UNCERTAIN else self.law_html


class GlossaryTerm(Lawful):
    SOURCES = (*Lawful.SOURCES, "slug", "definition")
    EXPLAINED = ("definition",)

    class Status(models.TextChoices):
        CURRENT = "current"
        PROPOSED = "proposed-not-law", "Proposed, not law"

    slug = models.SlugField("address", max_length=80, unique=True, help_text="It stays as it is.")
    term = models.CharField(max_length=120)
    abbreviation = models.CharField(max_length=30, blank=True)
    aliases = models.JSONField("other forms", default=list, blank=True, help_text="Other forms found in texts.")
    no_autolink = models.JSONField(
        "forms that are never linked", default=list, blank=True, help_text="Too short or too common: for search only."
    )
    category = models.SlugField()
    definition = models.TextField(help_text="One to three plain sentences for parents.")
    detail = models.JSONField(default=dict, blank=True, help_text="Labelled extra facts, such as the parts of a plan.")
    see_also = models.ManyToManyField("self", symmetrical=False, blank=True, related_name="seen_from")
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.CURRENT)
    editor_note = models.TextField("note for editors", blank=True, help_text="Never shown to parents.")

    history = HistoricalRecords(excluded_fields=[*Lawful.DERIVED])

    class Meta:
        ordering = ["term"]

    def __str__(self) -> str:
        return f"{self.term} ({self.abbreviation})" if self.abbreviation else self.term

    def get_absolute_url(self) -> str:
        return reverse("term", args=[self.slug])

    def explains_itself(self) -> str:
        return self.slug

    @property
    def letter(self) -> str:
        return self.term[0].upper()


class Role(Lawful):
    EXPLAINED = ("what_they_do", "works_where", "when_you_meet_them", "regulator")
    SOURCES = (*Lawful.SOURCES, *EXPLAINED, "glossary")

    class Sector(models.TextChoices):
        EDUCATION = "education"
        HEALTH = "health"
        SOCIAL_CARE = "social care"
        LOCAL_AUTHORITY = "local authority"
        INDEPENDENT = "independent"
        LEGAL = "legal"

    slug = models.SlugField("address", max_length=80, unique=True, help_text="It stays as it is.")
    title = models.CharField(max_length=120)
    abbreviation = models.CharField(max_length=30, blank=True)
    also_known_as = models.JSONField(default=list, blank=True)
    glossary = models.ForeignKey(GlossaryTerm, null=True, blank=True, on_delete=models.SET_NULL, related_name="roles")
    sector = models.CharField(max_length=20, choices=Sector.choices)
    works_where = models.TextField()
    what_they_do = models.TextField()
    when_you_meet_them = models.TextField()
    questions_to_ask = models.JSONField(default=list)
    regulator = models.TextField(blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    history = HistoricalRecords(excluded_fields=[*Lawful.DERIVED])

    class Meta:
        ordering = ["order", "title"]

    def __str__(self) -> str:
        return f"{self.title} ({self.abbreviation})" if self.abbreviation else self.title

    def get_absolute_url(self) -> str:
        return reverse("role", args=[self.slug])

    def explains_itself(self) -> str:
        return self.glossary.slug if self.glossary else ""


class Council(Searched):
    """A council with a duty for education (in Northern Ireland also the Education Authority), and its local help."""

    class Confidence(models.TextChoices):
        EVIDENCE = "evidence", "Seen"
        EVIDENCE_OLD = "evidence-old", "Seen, but long ago"
        HIGH = "high", "Not seen, from general knowledge"
        UNKNOWN = "unknown", "No address found"
        NOT_APPLICABLE = "n/a", "No Local Offer in this nation"

    code = models.CharField("GSS code", max_length=9, unique=True)
    slug = models.SlugField("address", max_length=80, unique=True, help_text="It stays as it is.")
    name = models.CharField(max_length=120)
    short_names = models.JSONField(default=list, blank=True, help_text="What people call it; the first one is shown.")
    nation = models.CharField(max_length=20, choices=CHOICES)
    region = models.CharField(max_length=40)
    local_offer_url = models.URLField("Local Offer address", max_length=300, blank=True)
    local_offer_title = models.CharField(max_length=200, blank=True)
    sendiass_name = models.CharField("SENDIASS", max_length=200, blank=True)
    sendiass_url = models.URLField("SENDIASS address", max_length=300, blank=True)
    council_url = models.URLField("council's home page", max_length=300, blank=True)
    source = models.TextField(blank=True, help_text="Where the addresses are from. For staff.")
    confidence = models.CharField(max_length=12, choices=Confidence.choices)
    link_checked_on = models.DateField(
        null=True, blank=True, help_text="When somebody last opened the Local Offer link and found it right."
    )

    history = HistoricalRecords()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("council", args=[self.slug])

    @property
    def short_name(self) -> str:
        return self.short_names[0] if self.short_names else self.name

    @property
    def is_link_unchecked(self) -> bool:
        """The Local Offer link is shown with a warning until the checker or a person has opened it."""
        unsure = {self.Confidence.HIGH, self.Confidence.EVIDENCE_OLD}
        return bool(self.local_offer_url) and self.link_checked_on is None and self.confidence in unsure

    def mark_link_checked(self) -> None:
        self.link_checked_on = timezone.localdate()
        self.save(update_fields=["link_checked_on"])

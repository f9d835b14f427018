"""What a workshop is about and whom it is for; when it takes place is a WorkshopDate."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.db import models
from django.urls import reverse
from simple_history.models import HistoricalRecords

from guides.models import Council, SearchedQuerySet, Topic
from guides.models.reading import Text
from guides.nations import NATIONS
from workshops.eligibility import Area, Home, Reach, brief, is_open_to, reach_in_words, region_in_words

# Addresses below /workshops/ that are no workshop's.
RESERVED = {"past", "place"}


def validate_area_nations(value: object) -> None:
    if not isinstance(value, list) or value != [nation for nation in NATIONS if nation in value]:
        raise ValidationError(f"Choose from {', '.join(NATIONS)}, each once, in this order.")


def validate_not_reserved(slug: str) -> None:
    if slug in RESERVED:
        raise ValidationError(f"Another page has the address “{slug}”. Choose another one.")


def home_of(council: Council) -> Home:
    return Home(council=council.code, region=council.region, nation=council.nation)


class WorkshopQuerySet(SearchedQuerySet["Workshop"]):
    def published(self) -> "WorkshopQuerySet":
        return self.filter(published=True)

    def with_area(self) -> "WorkshopQuerySet":
        """With what ``is_open_to`` and ``for_whom`` need, in one more query for all of them."""
        return self.select_related("topic").prefetch_related("councils")


class Workshop(Text):
    """``councils``, ``regions`` and ``nations`` together are the area that ``reach`` speaks of."""

    title = models.CharField(max_length=120)
    slug = models.SlugField(
        "address",
        max_length=80,
        unique=True,
        validators=[validate_slug, validate_not_reserved],
        help_text="The last part of the page's address. It stays as it is.",
    )
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="workshops")
    summary = models.CharField(max_length=200, help_text="One plain sentence, shown on cards and by search engines.")
    illustration = models.SlugField(blank=True, help_text="The name of a drawing in static/illustrations.")
    illustration_alt = models.CharField(
        "description of the illustration", max_length=200, blank=True, help_text="What is to be seen."
    )
    reach = models.CharField(
        "open to",
        max_length=10,
        choices=[
            (Reach.EVERYONE.value, "everyone"),
            (Reach.EXCEPT.value, "everywhere except the places below"),
            (Reach.ONLY.value, "only the places below"),
        ],
        default=Reach.EVERYONE.value,
    )
    councils = models.ManyToManyField(Council, blank=True, related_name="+")
    regions = models.JSONField(default=list, blank=True)
    nations = models.JSONField(default=list, blank=True, validators=[validate_area_nations])
    own_words = models.CharField(
        "for whom, in your own words",
        max_length=200,
        blank=True,
        help_text="Shown instead of what the site writes, such as “For all areas outside Hull and ERYC”.",
    )
    order = models.PositiveSmallIntegerField(default=100, help_text="Workshops with a lower number come first.")
    published = models.BooleanField(default=False, help_text="Without this tick only staff see it.")
    updated_at = models.DateTimeField(auto_now=True)

    objects = WorkshopQuerySet.as_manager()  # type: ignore[misc]  # as for Guide
    history = HistoricalRecords(m2m_fields=[councils], excluded_fields=[*Text.DERIVED, "updated_at"])

    class Meta:
        ordering = ["order", "title"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("workshop", args=[self.slug])

    @property
    def is_for_everyone(self) -> bool:
        return self.reach == Reach.EVERYONE

    @property
    def area(self) -> Area:
        codes = frozenset(council.code for council in self.councils.all())
        return Area(codes, frozenset(self.regions), frozenset(self.nations))

    def is_open_to(self, council: Council) -> bool:
        return is_open_to(home_of(council), Reach(self.reach), self.area)

    @property
    def for_whom(self) -> str:
        """“For all areas outside Hull, ERYC, N & NE Lincs”"""
        return self.own_words or reach_in_words(Reach(self.reach), self.place_names())

    def place_names(self) -> list[str]:
        """Nations, then regions, then councils by code, as they are called in a list."""
        councils = sorted(self.councils.all(), key=lambda council: council.code)
        brief_names = [brief(council.short_names or [council.name]) for council in councils]
        return [*self.nations, *map(region_in_words, self.regions), *brief_names]

    def full_place_names(self) -> list[str]:
        """The same in full: a short form is not known to everybody."""
        councils = sorted(self.councils.all(), key=lambda council: council.code)
        return [*self.nations, *map(region_in_words, self.regions), *(council.name for council in councils)]

"""The staff's form for a workshop: what it is about, and whom it is for."""

from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter
from typing import Any

from django import forms
from django.db.models import F
from markdownx.widgets import AdminMarkdownxWidget

from guides.forms.fields import DrawingField, NationsField
from guides.forms.how_to_write import HOW_TO_WRITE
from guides.forms.texts import TextForm
from guides.models import Council
from guides.nations import NATIONS
from guides.publishing import Faults, text_faults
from sendguide.lib.rich_text import Fault
from workshops.eligibility import Area, Home, Reach
from workshops.models import Workshop
from workshops.models.workshops import home_of

PLACES = ("nations", "regions", "councils")
NO_PLACE = "Choose at least one nation, region or council below, or “everyone”."
PLACES_AND_EVERYONE = "You chose “everyone”, and places as well. Take the places out, or choose another answer here."

NOBODY = "Everywhere is left out by the places below, so nobody could sign up. Take at least one place out."


def regions() -> list[tuple[str, str]]:
    """Those of England. Elsewhere the nation is the only region: it has its own tick box."""
    names = Council.objects.exclude(region=F("nation")).order_by("region").values_list("region", flat=True)
    return [(name, name) for name in names.distinct()]


class RegionByRegion(forms.models.ModelChoiceIterator):
    """England's regions A to Z, then the other nations."""

    def __iter__(self) -> Iterator[Any]:
        councils = sorted(self.queryset, key=lambda each: (NATIONS.index(each.nation), each.region, each.name))
        for region, inside in groupby(councils, key=attrgetter("region")):
            yield region, [self.choice(council) for council in inside]


class CouncilBoxes(forms.CheckboxSelectMultiple):
    """Tick boxes under the name of their region, which opens: there are more than 200."""

    template_name = "admin/workshops/council_boxes.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["regions"] = [
            {"name": region, "boxes": boxes, "ticked": sum(box["selected"] for box in boxes)}
            for region, boxes, _ in context["widget"]["optgroups"]
        ]
        return context


class CouncilsField(forms.ModelMultipleChoiceField):
    iterator = RegionByRegion
    widget = CouncilBoxes

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Council.objects.only("name", "nation", "region"), required=False, **kwargs)


class WorkshopForm(TextForm):
    illustration = DrawingField(label="Drawing")
    nations = NationsField(label="Whole nations", required=False)
    regions = forms.MultipleChoiceField(
        label="Whole regions of England", required=False, choices=regions, widget=forms.CheckboxSelectMultiple
    )
    councils = CouncilsField(label="Councils", help_text="Open a region to see its councils.")

    class Meta:
        model = Workshop
        fields = (
            *("title", "slug", "topic", "summary", "body", "illustration", "illustration_alt"),
            *("reach", *PLACES, "own_words", "order", "published"),
        )
        widgets = {
            "body": AdminMarkdownxWidget,
            "summary": forms.Textarea(attrs={"rows": 2}),
            "reach": forms.RadioSelect,
        }
        labels = {"illustration_alt": "What the drawing shows"}
        help_texts = {
            "slug": "The last part of the page's address. Once saved it stays, so that links go on working.",
            "body": HOW_TO_WRITE,
            "illustration_alt": "For people who cannot see it. Needed if there is a drawing.",
            "own_words": (
                "Leave it empty, and the site writes it from your choice above. What you write here is shown instead; "
                "who can sign up is still decided by the choice above."
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if version := getattr(self.instance, "_history", None):
            self.initial["councils"] = [row.council_id for row in version.councils.all()]

    def is_public(self) -> bool:
        return self.instance.published

    def faults(self) -> Faults:
        workshop, found = self.instance, {}
        if workshop.slug:
            self.addresses.add("workshop", workshop.slug, (heading.id for heading in workshop.rendered().headings))
        if faults := text_faults(workshop.rendered(), self.addresses):
            found["body"] = faults
        if workshop.illustration and not workshop.illustration_alt.strip():
            found["illustration_alt"] = [Fault("The drawing has no description. Write what is to be seen.")]
        return found

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        has_places = any(cleaned.get(name) for name in PLACES)
        if cleaned.get("reach") == Reach.EVERYONE and has_places:
            self.add_error("reach", PLACES_AND_EVERYONE)
        elif cleaned.get("reach") in {Reach.EXCEPT, Reach.ONLY} and not has_places and not self._has_bad_place():
            self.add_error("reach", NO_PLACE)
        elif cleaned.get("reach") == Reach.EXCEPT and not self._has_bad_place() and _is_everywhere(cleaned):
            self.add_error("reach", NOBODY)
        return cleaned

    def _has_bad_place(self) -> bool:
        return any(name in self.errors for name in PLACES)

    def area_changed(self) -> bool:
        return not {"reach", *PLACES}.isdisjoint(self.changed_data)


def _is_everywhere(places: dict[str, Any]) -> bool:
    """Whether the ``places`` that are ticked, taken together, leave no council out."""
    ticked = frozenset(council.code for council in places["councils"])
    area = Area(ticked, frozenset(places["regions"]), frozenset(places["nations"]))
    homes = [home_of(council) for council in Council.objects.only("code", "region", "nation")]
    # A nation whose councils are not here yet has families too.
    without = set(NATIONS) - {home.nation for home in homes}
    return all(home in area for home in [*homes, *(Home("", "", nation) for nation in without)])

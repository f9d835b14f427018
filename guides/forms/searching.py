"""The form for a search synonym, and the pages that one may lead to."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import slugify

from guides.addresses import LINKED_PAGES
from guides.forms.fields import LinesField
from guides.forms.sentences import KindSentences
from guides.models import Council, GlossaryTerm, Guide, Role, SearchSynonym, SitePage
from guides.search.words import SMALL_WORDS, words_of

Choice = tuple[str, str]
PAGE_FIELDS = ("page_1", "page_2", "page_3", "page_4")
# The list of all, which has no row.
WORKSHOPS = ("page:workshops", "All online workshops")
GONE = "This page is not there any more. Choose another one, or none."


def pages() -> list[tuple[str, list[Choice]]]:
    """Every page that a search may lead to, by kind, A to Z: as content files name it, and as staff know it."""
    guides = Guide.objects.published().order_by("title").values_list("slug", "title", "headings")
    site_pages = SitePage.objects.values_list("slug", "title", "headings")
    workshops = [row for linked in LINKED_PAGES for row in linked.rows() if linked.name == "workshop"]
    return [
        ("Guides", list(_with_sections("guide", guides))),
        ("Glossary", [(f"glossary:{term.slug}", str(term)) for term in GlossaryTerm.objects.all()]),
        ("Who's who", [(f"role:{role.slug}", str(role)) for role in Role.objects.order_by("title")]),
        ("Pages of the site", list(_with_sections("page", site_pages))),
        ("Workshops", [WORKSHOPS, *((f"workshop:{workshop.slug}", str(workshop)) for workshop in workshops)]),
        ("Councils", [(f"council:{council.slug}", str(council)) for council in Council.objects.all()]),
    ]


def _with_sections(kind: str, rows: Any) -> Iterator[Choice]:
    for slug, title, headings in rows:
        yield f"{kind}:{slug}", title
        yield from ((f"{kind}:{slug}#{section}", f"{title} – {heading}") for _level, section, heading in headings)


class PageField(forms.ChoiceField):
    """One of the pages that a search may lead to; which there are, the form says."""

    def __init__(self, label: str, none: str, *, required: bool = False) -> None:
        messages = {"required": "Choose the page that answers it.", "invalid_choice": GONE}
        super().__init__(label=label, required=required, error_messages=messages)
        self.none = none


class SearchSynonymForm(KindSentences, forms.ModelForm):
    only_with = LinesField(
        label="Only with one of these words",
        required=False,
        help_text="One a line. Then it counts only in a search that has one of these words too. Usually empty.",
    )
    page_1 = PageField("The best page", "Choose a page", required=True)
    page_2 = PageField("The second best", "None")
    page_3 = PageField("The third", "None")
    page_4 = PageField("The fourth", "None")

    class Meta:
        model = SearchSynonym
        fields = ("typed", "kind", "official", "whole_query_only", "only_with", "never_show", "note")
        labels = {
            "typed": "What people type",
            "kind": "What it is",
            "official": "The right term",
            "whole_query_only": "Only when it is the whole search",
            "never_show": "Never show these words on our pages",
            "note": "Note for staff",
        }
        help_texts = {
            "typed": "In small letters, such as “cant face school”. Apostrophes, capitals and endings do not matter.",
            "kind": "A spelling mistake is put right, and the page says so. Of the others the page says nothing.",
            "official": "Our own term for it, such as EHCP.",
            "whole_query_only": "For a word that is common inside other searches, such as “add” or “unit”.",
            "never_show": "For an old word, or one that hurts. It still leads to the page.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        now: list[str] = self.instance.targets or []
        groups = pages()
        known = {value for _, choices in groups for value, _ in choices}
        self.gone = [target for target in now if target not in known]
        gone = [("Not there any more", [(target, target) for target in self.gone])] if self.gone else []
        for place, name in enumerate(PAGE_FIELDS):
            field: Any = self.fields[name]
            field.choices = [("", field.none), *gone, *groups]
            self.initial[name] = now[place] if place < len(now) else ""

    def clean_typed(self) -> str:
        typed: str = " ".join(self.cleaned_data["typed"].split()).lower()
        words = words_of(typed)
        if not words:
            raise ValidationError("Write at least one word.")
        others = SearchSynonym.objects.exclude(pk=self.instance.pk).values_list("typed", flat=True)
        if same := next((other for other in others if words_of(other) == words), None):
            raise ValidationError(f"There is an entry for “{same}” already. Change that one.")
        return typed

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name in PAGE_FIELDS:
            if cleaned.get(name) in self.gone:
                self.add_error(name, GONE)
        chosen = self._chosen()
        for place, target in enumerate(chosen):
            if target in chosen[:place]:
                self.add_error(None, "The same page is chosen twice.")
                break
        words = set(words_of(cleaned.get("typed", "")))
        if words and words <= SMALL_WORDS and not cleaned.get("whole_query_only"):
            sentence = "Such words stand in many searches. Tick “Only when it is the whole search”."
            self.add_error("whole_query_only", sentence)
        return cleaned

    def _chosen(self) -> list[str]:
        return [target for name in PAGE_FIELDS if (target := self.cleaned_data.get(name))]

    def save(self, commit: bool = True) -> SearchSynonym:
        synonym: SearchSynonym = self.instance
        synonym.targets = self._chosen()
        synonym.slug = synonym.slug or _free_slug(synonym.typed)
        return super().save(commit=commit)


def _free_slug(typed: str) -> str:
    beginning = slugify(typed)[:90] or "synonym"
    taken = set(SearchSynonym.objects.filter(slug__startswith=beginning).values_list("slug", flat=True))
    slug, number = beginning, 2
    while slug in taken:
        slug, number = f"{beginning}-{number}", number + 1
    return slug

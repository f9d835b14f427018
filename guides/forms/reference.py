"""Forms for words, people, councils and the home page's situations."""

from typing import Any

from django import forms

from guides.addresses import Addresses
from guides.forms.fields import LabelledLinesField, LinesField, NationsField
from guides.models import Council, GlossaryTerm, Role, Situation
from guides.publishing import text_faults
from sendguide.lib.rich_text import render

LAW_HELP = "With law links such as [s.36(8) CFA 2014](law:cfa/36)."


class LawfulForm(forms.ModelForm):
    """A legal source with an unknown law or a dead link is refused, and the message names it."""

    nations = NationsField()

    def clean_law(self) -> str:
        law: str = self.cleaned_data["law"]
        for fault in text_faults(render(law), Addresses()):
            self.add_error("law", str(fault))
        return law


class GlossaryTermForm(LawfulForm):
    aliases = LinesField(label="Other forms", required=False)
    no_autolink = LinesField(
        label="Forms that are never linked", required=False, help_text="Too short or too common: for search only."
    )
    detail = LabelledLinesField(label="Labelled extra facts", required=False)

    class Meta:
        model = GlossaryTerm
        fields = (
            *("term", "abbreviation", "slug", "definition", "detail", "nations", "category", "aliases", "no_autolink"),
            *("see_also", "law", "law_check", "status", "editor_note"),
        )


class RoleForm(LawfulForm):
    also_known_as = LinesField(required=False)
    questions_to_ask = LinesField()

    class Meta:
        model = Role
        fields = (
            *("title", "abbreviation", "slug", "sector", "also_known_as", "works_where", "what_they_do"),
            *(
                "when_you_meet_them",
                "questions_to_ask",
                "glossary",
                "law",
                "law_check",
                "regulator",
                "nations",
                "order",
            ),
        )


class CouncilForm(forms.ModelForm):
    short_names = LinesField(required=False, help_text="What people call it, one a line; the first one is shown.")

    class Meta:
        model = Council
        fields = (
            *("name", "short_names", "slug", "code", "nation", "region", "local_offer_url", "local_offer_title"),
            *("confidence", "link_checked_on", "sendiass_name", "sendiass_url", "council_url", "source"),
        )


class SituationForm(forms.ModelForm):
    class Meta:
        model = Situation
        fields = ("words", "slug", "address", "illustration", "tint", "order", "published")

    def clean_address(self) -> Any:
        address: str = self.cleaned_data["address"]
        fault = (
            Addresses.from_database().fault(address) if address.startswith("/") else "Start with / : a page of ours."
        )
        if fault:
            self.add_error("address", fault)
        return address

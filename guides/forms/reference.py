"""Forms for words, people and councils."""

import re
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from guides.addresses import Addresses
from guides.forms.fields import LabelledLinesField, LinesField, NationsField
from guides.forms.sentences import A_WHOLE_ADDRESS, KindSentences
from guides.models import Council, GlossaryTerm, Role
from guides.models.explained import Glossary
from guides.nations import NATIONS, REGIONS
from guides.publishing import text_faults
from guides.reading_on import fault_of
from sendguide.lib.rich_text import render

CODE = re.compile(r"[A-Z][0-9]{8}")
ADDRESSES = ("local_offer_url", "sendiass_url", "council_url")
SLUG_HELP = "The last part of the page's address. Once saved it stays, so that links go on working."
CLASH = (
    "“{form}” is a form of another entry already: {slug}. In a text it can open one meaning only. Write it under "
    "“Forms for search only”, here or there."
)
LAW_HELPS = {
    "law": "Where the law says it, with links such as [section 36(8) CFA 2014](law:cfa/36).",
    "law_check": "How sure we are. A source that is uncertain is not shown to parents.",
}


class LawfulForm(KindSentences, forms.ModelForm):
    """A legal source with an unknown law or a dead link is refused, and the message names it."""

    nations = NationsField(help_text="Where it applies.")

    def clean_law(self) -> str:
        law: str = self.cleaned_data["law"]
        text = render(law)
        addresses = Addresses.from_database() if text.links else Addresses()
        for fault in text_faults(text, addresses):
            self.add_error("law", str(fault))
        return law

    def clean_read_on(self) -> str:
        """What was right when it was written stays: the guide may be withdrawn for a day, and the link waits for it."""
        address: str = self.cleaned_data["read_on"]
        if address and "read_on" in self.changed_data and (fault := fault_of(address, Addresses.from_database())):
            self.add_error("read_on", fault)
        return address


class GlossaryTermForm(LawfulForm):
    aliases = LinesField(
        label="Other forms",
        required=False,
        help_text="Other words for it, one a line. Search finds it by them, and in texts they open its meaning.",
    )
    no_autolink = LinesField(
        label="Forms for search only",
        required=False,
        help_text="Too short or too common to be explained in texts, such as “plan”. Capitals matter. One a line.",
    )
    detail = LabelledLinesField(label="Labelled extra facts", required=False)

    class Meta:
        model = GlossaryTerm
        fields = (
            *("term", "abbreviation", "slug", "definition", "read_on", "detail", "nations", "category"),
            *("aliases", "no_autolink", "see_also", "law", "law_check", "status", "editor_note"),
        )
        widgets = {"see_also": forms.CheckboxSelectMultiple(attrs={"class": "long-choice"})}
        help_texts = LAW_HELPS | {
            "slug": SLUG_HELP,
            "abbreviation": "For example EHCP.",
            "category": "Small letters and hyphens, such as law-and-plans: the same as similar terms have.",
            "see_also": "Terms that a reader may want next.",
            "status": "“Proposed, not law” marks the term as something that may come.",
        }

    def clean(self) -> dict[str, Any]:
        """A form in a text can open one meaning only."""
        cleaned = super().clean() or {}
        vocabulary = Glossary.now().vocabulary
        slug, barred = self.instance.slug or cleaned.get("slug"), cleaned.get("no_autolink") or []
        for name in ("term", "abbreviation", "aliases"):
            value = cleaned.get(name) or []
            for form in [value] if isinstance(value, str) else value:
                owner = vocabulary.entry_with(form)
                if owner and owner.slug != slug and form not in barred:
                    self.add_error(name, CLASH.format(form=form, slug=owner.slug))
        return cleaned


class RoleForm(LawfulForm):
    also_known_as = LinesField(required=False, help_text="Other names for the role, one a line.")
    questions_to_ask = LinesField(help_text="Questions a parent could ask this person, one a line.")

    class Meta:
        model = Role
        fields = (
            *("title", "abbreviation", "slug", "sector", "also_known_as", "works_where", "what_they_do"),
            *(
                "when_you_meet_them",
                "questions_to_ask",
                "read_on",
                "glossary",
                "law",
                "law_check",
                "regulator",
                "nations",
                "order",
            ),
        )
        labels = {"glossary": "glossary term"}
        help_texts = LAW_HELPS | {
            "slug": SLUG_HELP,
            "abbreviation": "For example SENCO.",
            "glossary": "The term of the glossary that explains this role, if there is one.",
            "regulator": "Who checks on them, and where to complain.",
            "order": "Roles with a lower number come first.",
        }


class CouncilForm(KindSentences, forms.ModelForm):
    """A wrong code would leave the council's families without their page: postcodes lead to the code."""

    short_names = LinesField(
        required=False, help_text="What people call it, one a line, such as “Hull”; the first one is shown."
    )
    region = forms.ChoiceField(
        choices=[("", "Choose a region"), *((nation, [(name, name) for name in REGIONS[nation]]) for nation in NATIONS)]
    )

    class Meta:
        model = Council
        fields = (
            *("name", "short_names", "slug", "code", "nation", "region", "local_offer_url", "local_offer_title"),
            *("confidence", "link_checked_on", "sendiass_name", "sendiass_url", "council_url", "source"),
        )
        labels = {"code": "official code (GSS)", "link_checked_on": "link checked on"}
        help_texts = {
            "slug": SLUG_HELP,
            "code": "Nine characters, such as E06000010. Postcodes are matched to the council by it.",
            "local_offer_title": "What the council calls its page.",
            "confidence": "How we know the addresses. Readers get a warning until the link was checked.",
            "link_checked_on": "When somebody last opened the Local Offer link and found it right.",
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        # Another address has not been opened yet, whatever was found at the old one.
        if self.instance.pk and "local_offer_url" in self.changed_data and "link_checked_on" not in self.changed_data:
            cleaned["link_checked_on"] = None
        nation, code, region = (cleaned.get(name) for name in ("nation", "code", "region"))
        if nation and code and code[0] != nation[0]:
            self.add_error("code", f"The codes of {nation} begin with {nation[0]}. Look at the code and at the nation.")
        if nation and region and region not in REGIONS[nation]:
            self.add_error("region", f"{region} is not in {nation}. Choose a region of {nation}.")
        for name in ADDRESSES:
            if (address := cleaned.get(name)) and not _is_out_there(address):
                self.add_error(name, A_WHOLE_ADDRESS)
        return cleaned

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"].upper()
        if not CODE.fullmatch(code):
            raise ValidationError("An official code is a letter and eight digits, such as E06000010.")
        return code

    def clean_link_checked_on(self) -> date | None:
        day: date | None = self.cleaned_data["link_checked_on"]
        if day and day > timezone.localdate():
            raise ValidationError("This day has not come yet. Please look at the year.")
        return day


def _is_out_there(address: str) -> bool:
    """Whether it is of the web, and its site has a name that others know too: not “localhost”."""
    parts = urlsplit(address)
    return parts.scheme in {"http", "https"} and "." in (parts.hostname or "").strip(".")

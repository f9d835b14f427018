"""Forms for the texts: guides and site pages."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import resolve
from django.utils import timezone
from markdownx.widgets import AdminMarkdownxWidget

from guides.actions import MUST_STAY
from guides.addresses import Addresses
from guides.forms.fields import DrawingField, MomentField, NationsField
from guides.forms.how_to_write import HOW_TO_WRITE
from guides.forms.unseen_changes import UnseenChangesForm
from guides.models import Guide, SitePage
from guides.publishing import Faults, guide_faults, page_faults
from sendguide.lib.dates import date_and_time

LONGEST = 200_000


class TextForm(UnseenChangesForm):
    """Says what is wrong and where, and notices when somebody else saved in the meantime."""

    addresses: Addresses
    warnings: list[str]

    note = forms.CharField(
        label="Note for the history",
        max_length=100,
        required=False,
        help_text="For colleagues: what you changed and why. Readers do not see it.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if version := getattr(self.instance, "_history", None):
            self.initial["note"] = f"Back to the version of {date_and_time(version.history_date)}"

    def faults(self) -> Faults:
        """What stands between the text as typed and the public, by field. Uses ``addresses``."""
        raise NotImplementedError

    def is_public(self) -> bool:
        raise NotImplementedError

    def clean_body(self) -> str:
        body: str = self.cleaned_data["body"]
        if len(body) > LONGEST:
            raise ValidationError(f"This text has {len(body):,} characters. At most {LONGEST:,} fit on a page.")
        return body

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]  # fills the instance with what was typed
        self.addresses = Addresses.from_database()
        self.warnings = []
        for field, faults in self.faults().items():
            for fault in faults:
                if self.is_public() or fault.even_in_draft:
                    self.add_error(field, str(fault))
                else:
                    self.warnings.append(str(fault))


class GuideForm(TextForm):
    nations = NationsField(help_text="Where what it says about the law applies. Readers see it below the title.")
    illustration = DrawingField(label="Drawing")
    review_every = forms.IntegerField(
        label="Review every (months)",
        min_value=1,
        max_value=Guide.MOST_MONTHS,
        initial=6,
        error_messages=dict.fromkeys(("min_value", "max_value"), f"Choose from 1 to {Guide.MOST_MONTHS} months."),
        help_text="The start page reminds you when the next review is due.",
    )
    publish_at = MomentField(
        required=False,
        help_text="UK time, such as 01/12/2026 and 9:30am. Only for the status “Scheduled”.",
    )

    class Meta:
        model = Guide
        fields = (
            *("title", "slug", "topic", "nations", "summary", "body", "sources", "illustration", "illustration_alt"),
            *("reviewed_on", "review_every", "status", "publish_at", "order"),
        )
        widgets = {
            "body": AdminMarkdownxWidget,
            "summary": forms.Textarea(attrs={"rows": 2}),
            "sources": forms.Textarea(attrs={"rows": 6}),
        }
        labels = {"illustration_alt": "What the drawing shows"}
        help_texts = {
            "slug": "The last part of the page's address. Once saved it stays, so that links go on working.",
            "body": HOW_TO_WRITE,
            "sources": "One source a line, like this: - [NHS: autism](https://www.nhs.uk/conditions/autism/)",
            "illustration_alt": "For people who cannot see it. Needed if there is a drawing.",
            "reviewed_on": "When somebody last checked all of it. Readers see this date.",
            "status": "Draft: only staff see it. Scheduled: readers see it from the time below. Published: now.",
            "order": "Guides with a lower number come first in lists.",
        }

    def is_public(self) -> bool:
        return self.instance.status != Guide.Status.DRAFT

    def faults(self) -> Faults:
        if self.instance.slug:
            self.addresses.add_guide(self.instance.slug, (heading.id for heading in self.instance.rendered().headings))
        return guide_faults(self.instance, self.addresses)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        status, publish_at = cleaned.get("status"), cleaned.get("publish_at")
        if self.instance.pk and self.instance.is_fixed and status not in {None, Guide.Status.PUBLISHED}:
            self.add_error("status", MUST_STAY)
        if status == Guide.Status.SCHEDULED:
            if not publish_at and "publish_at" not in self.errors:
                self.add_error("publish_at", "Say when it is to be published: a date and a time.")
            elif publish_at and publish_at <= timezone.now() and {"status", "publish_at"} & set(self.changed_data):
                self.add_error("publish_at", "This time has passed. Choose a later one, or the status “Published”.")
        elif publish_at and "publish_at" in self.changed_data:
            self.add_error("status", "You gave a time for publishing: choose “Scheduled”, or take the time out.")
        else:
            cleaned["publish_at"] = None
        return cleaned


class SitePageForm(TextForm):
    class Meta:
        model = SitePage
        fields = ("title", "slug", "summary", "body")
        widgets = {"body": AdminMarkdownxWidget, "summary": forms.Textarea(attrs={"rows": 2})}
        help_texts = {
            "slug": "The page's address, such as “about”. Once saved it stays, so that links go on working.",
            "body": HOW_TO_WRITE,
        }

    def is_public(self) -> bool:
        return True

    def clean_slug(self) -> str:
        """Another page may stand at this address already, one that is no site page."""
        slug: str = self.cleaned_data["slug"]
        if slug not in SitePage.FIXED and resolve(f"/{slug}/").url_name != "site_page":
            raise ValidationError(f"The address /{slug}/ is taken by another part of the site. Choose another one.")
        return slug

    def faults(self) -> Faults:
        if self.instance.slug:
            self.addresses.add("site_page", self.instance.slug, (h.id for h in self.instance.rendered().headings))
        return page_faults(self.instance, self.addresses)

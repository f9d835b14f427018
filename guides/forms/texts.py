"""Forms for the texts: guides and site pages."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from markdownx.widgets import AdminMarkdownxWidget

from guides.addresses import Addresses
from guides.forms.fields import NationsField
from guides.models import Guide, SitePage
from guides.publishing import Faults, guide_faults, page_faults
from sendguide.lib.dates import clock_time, long_date

MARKDOWN_HELP = (
    "Headings start with ##. A link: [words](/guides/anxiety/). A law: [s.36(8) CFA 2014](law:cfa/36). "
    'A box: !!! key "Title", then lines that start with four spaces; other boxes: law, good, urgent, scotland, wales, '
    "northern-ireland, and !!! proposed 2026-07-02 with the date of its facts."
)


class TextForm(forms.ModelForm):
    """Says what is wrong and where, and notices when somebody else saved in the meantime."""

    note = forms.CharField(
        label="Note for the history",
        max_length=100,
        required=False,
        help_text="For colleagues: what you changed and why. Readers do not see it.",
    )
    opened_at = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["opened_at"] = self.instance.updated_at.isoformat()

    def faults(self) -> Faults:
        """What stands between the text as typed and the public, by field."""
        raise NotImplementedError

    def is_public(self) -> bool:
        raise NotImplementedError

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self._refuse_unseen_changes()
        return cleaned

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc] - fills the instance with what was typed
        self.warnings: list[str] = []
        for field, faults in self.faults().items():
            for fault in faults:
                if self.is_public() or fault.even_in_draft:
                    self.add_error(field, str(fault))
                else:
                    self.warnings.append(str(fault))

    def _refuse_unseen_changes(self) -> None:
        """Two people with the same text open: the second is told, and loses nothing that was typed."""
        opened_at = self.cleaned_data.get("opened_at")
        if not self.instance.pk or not opened_at:
            return
        saved_at: datetime = (
            type(self.instance)._default_manager.values_list("updated_at", flat=True).get(pk=self.instance.pk)
        )
        if saved_at.isoformat() != opened_at:
            self.data = self.data.copy()
            self.data[self.add_prefix("opened_at")] = saved_at.isoformat()
            raise ValidationError(
                f"Somebody saved this on {long_date(timezone.localdate(saved_at))} at {clock_time(saved_at)} while you "
                "had it open. What you typed is still here. Look at the history to see their changes; if you save "
                "again, yours replace theirs."
            )


class GuideForm(TextForm):
    nations = NationsField(help_text="Where what it says about the law applies.")

    class Meta:
        model = Guide
        fields = (
            *("title", "slug", "topic", "nations", "summary", "body", "sources", "illustration", "illustration_alt"),
            *("reviewed_on", "review_every", "status", "publish_at", "order"),
        )
        widgets = {"body": AdminMarkdownxWidget, "summary": forms.Textarea(attrs={"rows": 2})}
        help_texts = {"body": MARKDOWN_HELP}

    def is_public(self) -> bool:
        return self.instance.status != Guide.Status.DRAFT

    def faults(self) -> Faults:
        addresses = Addresses.from_database()
        if self.instance.slug:
            addresses.add("guide", self.instance.slug, (heading.id for heading in self.instance.rendered().headings))
        return guide_faults(self.instance, addresses)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        scheduled = cleaned.get("status") == Guide.Status.SCHEDULED
        if scheduled and not cleaned.get("publish_at"):
            self.add_error("publish_at", "Say when it is to be published.")
        if not scheduled:
            cleaned["publish_at"] = None
        return cleaned


class SitePageForm(TextForm):
    class Meta:
        model = SitePage
        fields = ("title", "slug", "summary", "body")
        widgets = {"body": AdminMarkdownxWidget, "summary": forms.Textarea(attrs={"rows": 2})}
        help_texts = {"body": MARKDOWN_HELP}

    def is_public(self) -> bool:
        return True

    def faults(self) -> Faults:
        return page_faults(self.instance, Addresses.from_database())

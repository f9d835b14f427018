from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminDateWidget, AdminTextInputWidget
from django.db.models import QuerySet
from django.forms import BaseInlineFormSet, CharField, HiddenInput, ModelForm
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from guides import actions
from guides.addresses import Addresses
from guides.admin.addresses import warn_of_dead_links
from guides.admin.texts import TextAdmin
from guides.forms.sentences import KindSentences
from guides.forms.texts import GuideForm, SitePageForm
from guides.models import Guide, GuideChange, SitePage
from guides.preview import preview_path
from guides.publishing import in_words
from sendguide.lib.dates import date_and_time, long_date
from sendguide.templatetags.page import absolute

SOON = timedelta(days=30)


class ReviewDueFilter(admin.SimpleListFilter):
    title = "review"
    parameter_name = "review"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("due", "Due now"), ("soon", "Due in the next 30 days"), ("later", "Later")]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        today = timezone.localdate()
        wanted = {
            "due": {"review_due__lte": today},
            "soon": {"review_due__gt": today, "review_due__lte": today + SOON},
            "later": {"review_due__gt": today + SOON},
        }
        return queryset.filter(**wanted.get(self.value() or "", {}))


class LinesForReaders(BaseInlineFormSet):
    """A line that a colleague deleted in the meantime is passed over: nobody could mend an error about it."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        is_old = index is not None and index < self.initial_form_count()
        if self.is_bound and is_old and form.instance.pk is None:
            form.fields["id"] = CharField(widget=HiddenInput)
            for field in form.fields.values():
                field.required = False


class LineForReadersForm(KindSentences, ModelForm):
    """Django's table has headings, but no labels."""

    class Meta:
        model = GuideChange
        fields = ("date", "note")
        widgets = {
            "date": AdminDateWidget(attrs={"aria-label": "Date"}),
            "note": AdminTextInputWidget(attrs={"aria-label": "Note"}),
        }


class GuideChangeInline(admin.TabularInline):
    model = GuideChange
    form = LineForReadersForm
    formset = LinesForReaders
    extra = 1
    fields = ("date", "note")
    verbose_name = "line of “what changed and why”"
    verbose_name_plural = "What changed and why: shown to readers"


@admin.register(Guide)
class GuideAdmin(TextAdmin):
    form = GuideForm
    inlines = (GuideChangeInline,)
    list_display = ("title", "topic", "status_in_words", "where", "review_due_in_words", "saved")
    list_filter = ("topic", "status", ReviewDueFilter)
    list_per_page = 50
    list_select_related = ("topic",)
    search_fields = ("title__spelt", "summary__spelt", "body__spelt")
    search_help_text = "Searches titles, summaries and texts."
    ordering = ("order", "title")
    actions = ("publish", "withdraw", "renew_preview_links", "delete_selected")
    slug_from = "title"
    save_on_top = True
    readonly_fields = ("preview_link",)
    fieldsets = (
        (None, {"fields": ("title", "slug", "topic", "nations", "summary")}),
        ("Text", {"fields": ("body", "sources")}),
        ("Drawing", {"fields": ("illustration", "illustration_alt")}),
        ("Review", {"fields": ("reviewed_on", "review_every")}),
        ("Publishing", {"fields": ("status", "publish_at", "order", "preview_link")}),
        ("History", {"fields": ("note", "opened_at")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Guide]:
        guides = super().get_queryset(request)
        is_list = request.resolver_match is not None and request.resolver_match.url_name == "guides_guide_changelist"
        return guides.defer(*Guide.LONG, "sources", "sources_html") if is_list else guides

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {"reviewed_on": timezone.localdate(), **super().get_changeform_initial_data(request)}

    def view_on_site(self, obj: Guide) -> str:
        return obj.get_absolute_url() if obj.is_published() else preview_path(obj)

    def addresses_after(self, obj: Guide, form: Any) -> Addresses:
        addresses = super().addresses_after(obj, form)
        if not obj.is_published():
            addresses.remove_guide(obj.slug)
        return addresses

    @admin.display(description="status", ordering="status")
    def status_in_words(self, guide: Guide) -> str:
        if guide.status != Guide.Status.SCHEDULED or guide.publish_at is None:
            return guide.get_status_display()
        if guide.is_published():
            return "Published (was scheduled)"
        return f"Scheduled for {date_and_time(guide.publish_at)}"

    @admin.display(description="where", ordering="nations")
    def where(self, guide: Guide) -> str:
        return guide.where

    @admin.display(description="next review", ordering="review_due")
    def review_due_in_words(self, guide: Guide) -> SafeString | str:
        if guide.is_review_due():
            return format_html("<strong>Due since {}</strong>", long_date(guide.review_due))
        return long_date(guide.review_due)

    @admin.display(description="preview link")
    def preview_link(self, guide: Guide) -> SafeString | str:
        if not guide.pk:
            return "Save the guide once. Then there is a link here, for anybody who should read the draft."
        last_day = timezone.localdate() + timedelta(days=settings.DRAFT_PREVIEW_DAYS)
        return format_html(
            '<a href="{0}">{0}</a><br>Anybody who has this link can read the guide as it was last saved, until {1}. '
            "To stop it earlier, tick the guide in the list of guides and choose “Make new preview links”.",
            absolute(preview_path(guide)),
            long_date(last_day),
        )

    @admin.action(description="Publish", permissions=["change"])
    def publish(self, request: HttpRequest, queryset: QuerySet[Guide]) -> None:
        # Those that are public stay as they are, also in their history.
        guides = [guide for guide in Guide.objects.filter(pk__in=queryset) if guide.status != Guide.Status.PUBLISHED]
        refused = actions.publish(guides=guides, by=request.user)  # type: ignore[arg-type]
        for guide, faults in refused.items():
            sentences = format_html_join("", "<li>{}</li>", ((sentence,) for sentence in in_words(faults)))
            messages.error(request, format_html("“{}” was not published. <ul>{}</ul>", guide, sentences))
        published = [guide for guide in guides if guide not in refused]
        self._log(request, published, "Published from the list.")
        if published:
            messages.success(request, f"{_guides(len(published))} published.")

    @admin.action(description="Withdraw: back to draft", permissions=["change"])
    def withdraw(self, request: HttpRequest, queryset: QuerySet[Guide]) -> None:
        guides = list(Guide.objects.filter(pk__in=queryset))
        left = actions.withdraw(guides=guides, by=request.user)  # type: ignore[arg-type]
        for guide, reason in left.items():
            messages.error(request, f"“{guide}” was not withdrawn. {reason}")
        withdrawn = [guide for guide in guides if guide not in left]
        self._log(request, withdrawn, "Withdrawn from the list: a draft again.")
        if withdrawn:
            messages.success(request, f"{_guides(len(withdrawn))} withdrawn. Readers no longer see them.")
        warn_of_dead_links(request, [guide.get_absolute_url() for guide in withdrawn], Addresses.from_database())

    @admin.action(description="Make new preview links (the old ones stop working)", permissions=["change"])
    def renew_preview_links(self, request: HttpRequest, queryset: QuerySet[Guide]) -> None:
        guides = list(queryset)
        actions.renew_preview_links(guides=guides)
        self._log(request, guides, "Made a new preview link.")
        messages.success(request, "The old preview links no longer work. Each guide's own page has its new one.")

    def _log(self, request: HttpRequest, guides: Iterable[Guide], entry: str) -> None:
        for guide in guides:
            self.log_change(request, guide, entry)


def _guides(number: int) -> str:
    return "1 guide" if number == 1 else f"{number} guides"


@admin.register(SitePage)
class SitePageAdmin(TextAdmin):
    form = SitePageForm
    list_display = ("title", "slug", "saved")
    search_fields = ("title__spelt", "body__spelt")
    slug_from = "title"
    save_on_top = True
    fieldsets = (
        (None, {"fields": ("title", "slug", "summary")}),
        ("Text", {"fields": ("body",)}),
        ("History", {"fields": ("note", "opened_at")}),
    )

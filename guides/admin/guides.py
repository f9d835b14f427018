from datetime import timedelta
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from guides import actions
from guides.admin.texts import TextAdmin
from guides.forms.texts import GuideForm, SitePageForm
from guides.models import Guide, GuideChange, SitePage
from guides.preview import preview_path
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


class GuideChangeInline(admin.TabularInline):
    model = GuideChange
    extra = 1
    fields = ("date", "note")
    verbose_name = "line of “what changed and why”"
    verbose_name_plural = "What changed and why: shown to readers"


@admin.register(Guide)
class GuideAdmin(TextAdmin):
    form = GuideForm
    inlines = (GuideChangeInline,)
    list_display = ("title", "topic", "status_in_words", "where", "reviewed_on", "review_due_in_words", "updated_at")
    list_filter = ("topic", "status", ReviewDueFilter)
    list_per_page = 50
    search_fields = ("title", "summary", "body")
    search_help_text = "Searches titles, summaries and texts."
    ordering = ("order", "title")
    actions = ("publish", "withdraw", "renew_preview_links")
    prepopulated_fields = {"slug": ("title",)}
    save_on_top = True
    readonly_fields = ("preview_link",)
    fieldsets = (
        (None, {"fields": ("title", "slug", "topic", "nations", "summary")}),
        ("Text", {"fields": ("body", "sources")}),
        ("Illustration", {"fields": ("illustration", "illustration_alt")}),
        ("Review", {"fields": ("reviewed_on", "review_every")}),
        ("Publishing", {"fields": ("status", "publish_at", "order", "preview_link")}),
        ("History", {"fields": ("note", "opened_at")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Guide]:
        guides = super().get_queryset(request).select_related("topic")
        is_list = request.resolver_match is not None and request.resolver_match.url_name == "guides_guide_changelist"
        return guides.defer("body", "body_html", "headings", "sources", "sources_html") if is_list else guides

    def get_prepopulated_fields(self, request: HttpRequest, obj: Guide | None = None) -> dict:
        return {} if obj else super().get_prepopulated_fields(request, obj)

    def view_on_site(self, obj: Guide) -> str:
        return obj.get_absolute_url() if obj.is_published() else preview_path(obj)

    @admin.display(description="status", ordering="status")
    def status_in_words(self, guide: Guide) -> str:
        if guide.status == Guide.Status.SCHEDULED and guide.is_published():
            return "Published (was scheduled)"
        return guide.get_status_display()

    @admin.display(description="next review", ordering="review_due")
    def review_due_in_words(self, guide: Guide) -> SafeString | str:
        if guide.is_review_due():
            return format_html("<strong>Due since {}</strong>", guide.review_due.strftime("%-d %B %Y"))
        return guide.review_due.strftime("%-d %B %Y")

    @admin.display(description="preview link")
    def preview_link(self, guide: Guide) -> SafeString | str:
        if not guide.pk:
            return "Save the guide once; then you can send its preview to anybody."
        address = absolute(preview_path(guide))
        return format_html('<a href="{0}">{0}</a><br>Anybody who has this link can read the guide.', address)

    @admin.action(description="Publish", permissions=["change"])
    def publish(self, request: HttpRequest, queryset: QuerySet[Guide]) -> None:
        guides = list(Guide.objects.filter(pk__in=queryset))
        refused = actions.publish(guides=guides, by=request.user)  # type: ignore[arg-type]
        for guide, faults in refused.items():
            sentences = " ".join(str(fault) for found in faults.values() for fault in found)
            messages.error(request, f"“{guide}” was not published. {sentences}")
        if published := len(guides) - len(refused):
            messages.success(request, f"{published} published.")

    @admin.action(description="Withdraw: back to draft", permissions=["change"])
    def withdraw(self, request: HttpRequest, queryset: QuerySet[Guide]) -> None:
        guides = list(Guide.objects.filter(pk__in=queryset))
        actions.withdraw(guides=guides, by=request.user)  # type: ignore[arg-type]
        messages.success(request, f"{len(guides)} withdrawn. Readers no longer see them.")

    @admin.action(description="Make new preview links (the old ones stop working)", permissions=["change"])
    def renew_preview_links(self, request: HttpRequest, queryset: QuerySet[Guide]) -> None:
        actions.renew_preview_links(guides=queryset)
        messages.success(request, "The old preview links no longer work.")


@admin.register(SitePage)
class SitePageAdmin(TextAdmin):
    form = SitePageForm
    list_display = ("title", "slug", "updated_at")
    search_fields = ("title", "body")
    fieldsets = (
        (None, {"fields": ("title", "slug", "summary")}),
        ("Text", {"fields": ("body",)}),
        ("History", {"fields": ("note", "opened_at")}),
    )

"""The staff's list of e-mails: what was sent, what was not, and why. Nothing can be written or deleted here."""

from operator import itemgetter
from typing import Any, cast

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from sendguide.lib.dates import date_and_time
from sendguide.outbox import actions
from sendguide.outbox.models import QueuedEmail, QueuedEmailQuerySet
from sendguide.outbox.registry import NotNeeded, in_words, kinds
from sendguide.outbox.writing import Written, write

BODY = ("subject", "text", "html")


class StuckFilter(admin.SimpleListFilter):
    """What the start page and /readyz count."""

    title = "stuck"
    parameter_name = "stuck"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", "Somebody should look at it")]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        emails = cast(QueuedEmailQuerySet, queryset)
        return emails.stuck(timezone.now()) if self.value() == "yes" else emails


class KindFilter(admin.SimpleListFilter):
    title = "kind"
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return sorted(((kind, in_words(kind)) for kind in kinds()), key=itemgetter(1))

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(kind=self.value()) if self.value() in kinds() else queryset


@admin.register(QueuedEmail)
class QueuedEmailAdmin(admin.ModelAdmin):
    list_display: Any = ("queued", "kind_in_words", "sent_subject", "to", "status", "attempts", "why")
    list_filter = (StuckFilter, "status", KindFilter, "created_at")
    list_per_page = 50
    search_fields = ("to",)
    search_help_text = "Searches addresses."
    actions = ("send_again", "set_aside")
    change_form_template = "admin/outbox/email.html"
    fieldsets = (
        (None, {"fields": ("kind_in_words", "to", "status", "why")}),
        ("When", {"fields": ("queued", "attempts", "next_attempt", "sent", "message_id")}),
    )
    body_fieldset = ("What it says", {"fields": BODY})

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest) -> bool:
        """No more than the filters ask for: others could feel out texts that one may not read, or stop a database."""
        if lookup in {"created_at__gte", "created_at__lt"}:
            # Near the ends of the calendar a moment cannot be told in every time zone.
            return str(value).startswith("20")
        if lookup == "status__exact":
            return value in QueuedEmail.Status.values
        return lookup in {"stuck", "kind"}

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: QueuedEmail | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: QueuedEmail | None = None) -> bool:
        return False

    def has_send_again_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("outbox.send_email_again")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """The list does without texts that may be long; a subject is short."""
        emails = super().get_queryset(request)
        is_list = request.resolver_match and request.resolver_match.url_name == "outbox_queuedemail_changelist"
        return emails.defer("details", "sent_text", "sent_html") if is_list else emails

    def get_list_display(self, request: HttpRequest) -> Any:
        may_read = request.user.has_perm("outbox.view_email_body")
        return self.list_display if may_read else [name for name in self.list_display if name != "sent_subject"]

    def get_urls(self) -> list[Any]:
        own = [("send_again", self.send_one_again), ("set_aside", self.set_one_aside)]
        acts = [
            path(
                f"<int:pk>/{name.replace('_', '-')}/",
                self.admin_site.admin_view(require_POST(view)),
                name=f"outbox_queuedemail_{name}",
            )
            for name, view in own
        ]
        return [*acts, *super().get_urls()]

    def get_fieldsets(self, request: HttpRequest, obj: QueuedEmail | None = None) -> Any:
        may_read = request.user.has_perm("outbox.view_email_body")
        return [*self.fieldsets, self.body_fieldset] if may_read else self.fieldsets

    def get_readonly_fields(self, request: HttpRequest, obj: QueuedEmail | None = None) -> Any:
        return ("kind_in_words", "queued", "next_attempt", "sent", *BODY)

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> QueuedEmail | None:
        """With its words, for those who may read them: as sent, or as they would be sent now."""
        row = super().get_object(request, object_id, from_field)
        if row and request.user.has_perm("outbox.view_email_body"):
            row.words = _words_of(row)
        return row

    @admin.action(description="Send again", permissions=["send_again"])
    def send_again(self, request: HttpRequest, queryset: QueuedEmailQuerySet) -> None:
        chosen = queryset.count()
        queued = actions.send_again(queryset)
        for row in queued:
            self.log_change(request, row, "Put back into the queue, to be sent again.")
        if queued:
            messages.success(request, f"{_emails(len(queued))} put back into the queue. We try to send them now.")
        if left := chosen - len(queued):
            messages.warning(request, f"{_emails(left)} left alone: still to be sent, or without an address by now.")

    @admin.action(description="Set aside: nothing more can be done", permissions=["send_again"])
    def set_aside(self, request: HttpRequest, queryset: QueuedEmailQuerySet) -> None:
        chosen = queryset.count()
        given_up = actions.set_aside(queryset)
        for row in given_up:
            self.log_change(request, row, "Set aside.")
        if given_up:
            messages.success(request, f"{_emails(len(given_up))} set aside. You can still have them sent again.")
        if left := chosen - len(given_up):
            messages.warning(request, f"{_emails(left)} left alone: only what could not be sent can be set aside.")

    def send_one_again(self, request: HttpRequest, pk: int) -> HttpResponse:
        """For the button on the e-mail's own page."""
        return self._act_on_one(request, pk, self.send_again)

    def set_one_aside(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._act_on_one(request, pk, self.set_aside)

    def _act_on_one(self, request: HttpRequest, pk: int, act: Any) -> HttpResponse:
        if not (self.has_view_permission(request) and self.has_send_again_permission(request)):
            raise PermissionDenied
        one = QueuedEmail.objects.filter(pk=pk)
        if not one.exists():
            raise Http404
        act(request, one)
        return redirect("admin:outbox_queuedemail_change", pk)

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        row: QueuedEmail = kwargs["obj"]
        may = self.has_send_again_permission(request)
        context["may_send_again"] = may and row.can_be_sent_again
        context["may_set_aside"] = may and row.status == QueuedEmail.Status.DEAD
        return super().render_change_form(request, context, *args, **kwargs)

    @admin.display(description="queued", ordering="created_at")
    def queued(self, row: QueuedEmail) -> str:
        return date_and_time(row.created_at)

    @admin.display(description="kind", ordering="kind")
    def kind_in_words(self, row: QueuedEmail) -> str:
        return row.kind_in_words

    @admin.display(description="next attempt")
    def next_attempt(self, row: QueuedEmail) -> str:
        return date_and_time(row.next_attempt_at) if row.status == QueuedEmail.Status.WAITING else "None"

    @admin.display(description="sent")
    def sent(self, row: QueuedEmail) -> str:
        return date_and_time(row.sent_at) if row.sent_at else "Not sent"

    @admin.display(description="subject")
    def subject(self, row: Any) -> str:
        return row.words.subject if isinstance(row.words, Written) else row.words

    @admin.display(description="text")
    def text(self, row: Any) -> SafeString | str:
        return _block(row.words.text) if isinstance(row.words, Written) else ""

    @admin.display(description="the same for programs that show HTML")
    def html(self, row: Any) -> SafeString | str:
        """As source: shown as a page it would need styles that the site's security policy refuses."""
        return _block(row.words.html) if isinstance(row.words, Written) else ""


def _block(text: str) -> SafeString:
    return format_html('<pre class="email-body" tabindex="0">{}</pre>', text)


def _words_of(row: QueuedEmail) -> Written | str:
    """The e-mail, or a sentence that says why there is none."""
    if row.status == QueuedEmail.Status.SENT:
        return Written(subject=row.sent_subject, text=row.sent_text, html=row.sent_html, calendar=None)
    try:
        return write(row)
    except NotNeeded as reason:
        return f"It would not be sent any more: {reason}"
    except DatabaseError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever keeps it from being sent; the sender writes the log
        return f"It cannot be written ({type(error).__name__}): a fault of the site."


def _emails(number: int) -> str:
    return "1 e-mail" if number == 1 else f"{number} e-mails"

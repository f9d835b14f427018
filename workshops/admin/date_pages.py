"""The pages of a date besides its form: who comes, copies, cancelling, a message to everybody.

Looking (GET) changes nothing; every act is a POST.
"""

from typing import Any

from django.contrib import messages
from django.contrib.admin.helpers import AdminForm
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join

from guides.admin.addresses import NoPatterns
from sendguide.lib.dates import full_date_and_time, uk_day
from workshops.actions import cancel_date, duplicate_date, queue_message
from workshops.actions.places import lock_date
from workshops.admin.leader_list import leader_list
from workshops.forms.acts import CancelForm, CopiesForm, MessageForm
from workshops.models import SignUp, WorkshopDate
from workshops.models.sign_ups import SignUpQuerySet
from workshops.places import Closed
from workshops.words import people

SEE_PEOPLE = "workshops.view_signup"
CHANGE = "workshops.change_workshopdate"
ADD = "workshops.add_workshopdate"
TOO_LATE = {
    Closed.CANCELLED: "This date was cancelled. Everybody has been told.",
    Closed.PAST: "This date has begun or is over.",
}
NO_LINK_YET = (
    "They have no link to join yet. Give each its own: with one for all, people of one date could enter another."
)


class DatePages(NoPatterns):
    def get_urls(self) -> list[Any]:
        own = [
            ("people/", self.people_view, "people"),
            ("people.csv", self.leader_list_view, "leader_list"),
            ("copies/", self.copies_view, "copies"),
            ("cancel/", self.cancel_view, "cancel"),
            ("message/", self.message_view, "message"),
        ]
        pages = [
            path(f"<int:pk>/{end}", self.admin_site.admin_view(view), name=f"workshops_workshopdate_{name}")
            for end, view, name in own
        ]
        return [*pages, *super().get_urls()]

    def people_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        date = self._date(request, pk, SEE_PEOPLE)
        placed, waiting = _people_of(date)
        may_change = request.user.has_perm(CHANGE)
        context = {
            "placed": placed,
            "waiting": waiting,
            "may_change": may_change,
            "may_give_back": may_change and too_late(date) is None,
            "may_message": may_change and date.can_be_written_to(),
        }
        return self._page(request, "admin/workshops/people.html", date, "People", **context)

    def leader_list_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        date = self._date(request, pk, SEE_PEOPLE)
        with_emails = "emails" in request.GET
        if with_emails and not request.user.has_perm(CHANGE):
            raise PermissionDenied
        placed, waiting = _people_of(date)
        table = leader_list([*placed, *waiting], with_emails=with_emails)
        name = f"{date.workshop.slug}-{uk_day(date.starts_at)}.csv"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return HttpResponse(table, content_type="text/csv; charset=utf-8", headers=headers)

    @transaction.atomic
    def copies_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        date = self._date(request, pk, ADD)
        if request.method == "POST":
            # Of two presses of the button the second waits here. Then it sees what the first made, and is refused.
            lock_date(date.pk)
        form = CopiesForm(request.POST or None, date=date)
        if not form.is_valid():
            return self._page(request, "admin/workshops/copies.html", date, "Duplicate this date", form=form)
        copies = [duplicate_date(date=date, by=by) for by in form.steps()]
        for copy in copies:
            self.log_addition(request, copy, "Duplicated.")
        links = format_html_join("", '<li><a href="{}">{}</a></li>', ((_desk(c), _when(c)) for c in copies))
        messages.success(request, format_html("Made as drafts, which only staff see:<ul>{}</ul>", links))
        messages.warning(request, NO_LINK_YET)
        return redirect("admin:workshops_workshopdate_changelist")

    def cancel_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        date = self._date(request, pk, CHANGE)
        form = CancelForm(request.POST or None)
        if too_late(date) or not form.is_valid():
            concerned = list(date.sign_ups.live())
            context = {"form": form, "concerned": concerned, "too_late": too_late(date)}
            return self._page(request, "admin/workshops/cancel.html", date, "Cancel this date", **context)
        told = cancel_date(date=date, because=form.cleaned_data["because"], now=timezone.now())
        self.log_change(request, date, f"Cancelled: {form.cleaned_data['because']}")
        messages.success(request, f"The date is cancelled. {people(told)} will be e-mailed.")
        return redirect(_desk(date))

    def message_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        date = self._date(request, pk, CHANGE)
        form = MessageForm(request.POST or None)
        can_be_sent = date.can_be_written_to()
        is_ready = form.is_valid() and can_be_sent
        if not (is_ready and "send" in request.POST):
            context = {
                "form": form,
                "is_preview": is_ready and "edit" not in request.POST,
                "to": date.sign_ups.placed().count(),
                "too_late": None if can_be_sent else _over(date),
                "has_begun": date.starts_at <= timezone.now(),
            }
            return self._page(request, "admin/workshops/message.html", date, "Message to everyone", **context)
        told = queue_message(date=date, **form.cleaned_data)
        if told:
            self.log_change(request, date, f"Message to {people(told)}: {form.cleaned_data['subject']}")
            messages.success(request, f"{people(told)} will be e-mailed your message.")
        else:
            messages.warning(request, "Nothing was sent: this message had been sent before, or nobody has a place.")
        return redirect(_desk(date))

    def _date(self, request: HttpRequest, pk: int, permission: str) -> WorkshopDate:
        if not request.user.has_perm(permission):
            raise PermissionDenied
        return get_object_or_404(WorkshopDate.objects.with_waiting(), pk=pk)

    def _page(
        self, request: HttpRequest, template: str, date: WorkshopDate, title: str, **context: Any
    ) -> TemplateResponse:
        if isinstance(form := context.get("form"), Form):
            fieldsets = [(None, {"fields": list(form.fields)})]
            context["adminform"] = AdminForm(form, fieldsets, {}, model_admin=self)  # type: ignore[arg-type]  # any form will do
            context["media"] = self.media + form.media
        own = {"opts": self.opts, "date": date, "title": title, "subtitle": str(date.workshop)}
        return TemplateResponse(request, template, {**self.admin_site.each_context(request), **own, **context})


def too_late(date: WorkshopDate) -> str | None:
    """Why nothing can be done to it any more. Until it begins all can, also when nobody can sign up any more."""
    closed = date.closed_because()
    return TOO_LATE.get(closed) if closed else None


def _over(date: WorkshopDate) -> str:
    return TOO_LATE[Closed.CANCELLED if date.is_cancelled else Closed.PAST]


def _people_of(date: WorkshopDate) -> tuple[SignUpQuerySet, SignUpQuerySet]:
    """Those with a place and those who wait; on a cancelled date those who had one or waited until then."""
    sign_ups = date.sign_ups.select_related("council")
    if not date.is_cancelled:
        return sign_ups.placed(), sign_ups.waiting()
    ended = sign_ups.filter(status=SignUp.Status.CANCELLED)
    return ended.filter(placed_at__isnull=False), ended.filter(placed_at=None)


def _desk(date: WorkshopDate) -> str:
    return reverse("admin:workshops_workshopdate_change", args=[date.pk])


def _when(date: WorkshopDate) -> str:
    return full_date_and_time(date.starts_at)

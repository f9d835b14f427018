"""Signing up for one date: where do you live → who are you → what became of it.

Where somebody lives is asked first, and alone: nobody fills in a form for a workshop that is not for them.
"""

from dataclasses import dataclass
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from guides.models import Council
from guides.views.http import UNKEPT, with_headers
from guides.views.places import asked_council, near
from sendguide.guard.answers import form_for_later
from sendguide.guard.rate_limit import wait_after
from workshops.actions import Applicant, Outcome, Reason, Refused, sign_up
from workshops.forms import SignUpForm
from workshops.links import place_path
from workshops.models import WorkshopDate
from workshops.upcoming import open_in

OTHERS_SHOWN = 6


@require_http_methods(["GET", "HEAD", "POST"])
def workshop_date(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    visit = Visit(request, _public_date(slug, pk), asked_council(request))
    if visit.date.closed_because():
        return visit.closed_page()
    if visit.council is None:
        return visit.page("workshops/where.html")
    if not visit.date.workshop.is_open_to(visit.council):
        return visit.not_your_area_page(visit.council)
    if request.method != "POST":
        return visit.form_page(SignUpForm())
    form = SignUpForm(request.POST)
    if not form.is_valid():
        return visit.form_page(form, HTTPStatus.UNPROCESSABLE_ENTITY)
    return _signed_up(visit, visit.council, form)


@require_safe
def check_your_email(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Where an address leads that had signed up before. What it has is told by e-mail alone, to its owner."""
    return Visit(request, _public_date(slug, pk)).page("workshops/check_your_email.html")


def _public_date(slug: str, pk: int) -> WorkshopDate:
    return get_object_or_404(WorkshopDate.objects.public().for_cards(), workshop__slug=slug, pk=pk)


def _signed_up(visit: "Visit", council: Council, form: SignUpForm) -> HttpResponse:
    elsewhere = redirect("check_your_email", visit.date.workshop.slug, visit.date.pk)
    if form.is_bot:
        return elsewhere
    email, an_hour = form.cleaned_data["email"], settings.SIGN_UPS_AN_HOUR
    if wait := wait_after("workshops.sign_up", visit.request, email, an_hour=an_hour, now=timezone.now()):
        context = visit.context(**visit.about_form(form))
        return with_headers(form_for_later(visit.request, "workshops/sign_up.html", context, wait=wait), UNKEPT)
    try:
        outcome = _outcome(visit, council, form)
    except Refused as refused:
        # Something changed between the page and the click.
        fresh = Visit(visit.request, _public_date(visit.date.workshop.slug, visit.date.pk), council)
        return fresh.not_your_area_page(council) if refused.reason == Reason.NOT_YOUR_AREA else fresh.closed_page()
    return redirect(place_path(outcome.sign_up)) if outcome.is_theirs else elsewhere


def _outcome(visit: "Visit", council: Council, form: SignUpForm) -> Outcome:
    names = ("name", "email", "access_needs", "submission_id")
    applicant = Applicant(council=council, **{name: form.cleaned_data[name] for name in names})
    return sign_up(date_id=visit.date.pk, applicant=applicant, now=timezone.now())


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody who asks for a date: the pages they may get. None is kept: what it says of places holds for now."""

    request: HttpRequest
    date: WorkshopDate
    council: Council | None = None

    def context(self, **more: object) -> dict[str, object]:
        path = self.date.get_absolute_url()
        beside = near(self.request, self.council, path) if self.council else []
        return {"date": self.date, "workshop": self.date.workshop, "council": self.council, "near": beside, **more}

    def page(self, template: str, status: int = HTTPStatus.OK, **more: object) -> HttpResponse:
        return with_headers(render(self.request, template, self.context(**more), status=status), UNKEPT)

    def about_form(self, form: SignUpForm) -> dict[str, object]:
        waiting = self.date.sign_ups.waiting().count() if self.date.is_full else 0
        hours, days = settings.WAITING_CUT_OFF_HOURS, settings.PLACE_KEPT_DAYS
        return {"form": form, "waiting": waiting, "cut_off_hours": hours, "kept_days": days}

    def form_page(self, form: SignUpForm, status: int = HTTPStatus.OK) -> HttpResponse:
        return self.page("workshops/sign_up.html", status, **self.about_form(form))

    def not_your_area_page(self, council: Council) -> HttpResponse:
        """The reason, their own council's help, and the workshops that they can come to."""
        status = self._unless_only_looking(HTTPStatus.FORBIDDEN)
        others = open_in(council, OTHERS_SHOWN)
        return self.page("workshops/not_your_area.html", status, others=others)

    def closed_page(self) -> HttpResponse:
        """Why, and the other dates of the workshop."""
        workshop = self.date.workshop
        others = [each for each in workshop.dates.upcoming() if each.pk != self.date.pk and not each.is_cancelled]
        for each in others:
            each.workshop = workshop
        status = self._unless_only_looking(HTTPStatus.CONFLICT)
        return self.page("workshops/closed.html", status, reason=self.date.closed_because(), others=others)

    def _unless_only_looking(self, status: int) -> int:
        return status if self.request.method == "POST" else HTTPStatus.OK

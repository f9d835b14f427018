"""Signing up for one date: where do you live → who are you → what became of it.

Where somebody lives is asked first, and alone: nobody fills in a form for a workshop that is not for them.
"""

from datetime import timedelta
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from guides.models import Council
from guides.views.http import UNKEPT, with_headers
from sendguide.guard.rate_limit import count_hit, visitor_address
from workshops.actions import Refused, sign_up
from workshops.actions.sign_ups import Reason
from workshops.forms import SignUpForm
from workshops.links import place_path
from workshops.models import WorkshopDate
from workshops.upcoming import open_in
from workshops.views.lists import asked_council

OTHERS_SHOWN = 6
TOO_MANY = "Too many sign-ups came from your connection in the last hour. Please try again in an hour."


@require_http_methods(["GET", "HEAD", "POST"])
def workshop_date(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    date = _public_date(slug, pk)
    council = asked_council(request)
    if date.closed_because():
        return _closed_page(request, date, council)
    if council is None:
        return _page(request, "workshops/where.html", date, None)
    if not date.workshop.is_open_to(council):
        return _not_your_area(request, date, council)
    if request.method == "POST":
        return _signed_up(request, date, council)
    return _form_page(request, date, council, SignUpForm())


@require_safe
def check_your_email(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The same for everybody: whether an address was known is told by e-mail alone."""
    return _page(request, "workshops/check_your_email.html", _public_date(slug, pk), None)


def _public_date(slug: str, pk: int) -> WorkshopDate:
    return get_object_or_404(WorkshopDate.objects.public().for_cards(), workshop__slug=slug, pk=pk)


def _signed_up(request: HttpRequest, date: WorkshopDate, council: Council) -> HttpResponse:
    form = SignUpForm(request.POST)
    if not form.is_valid():
        return _form_page(request, date, council, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    if form.is_bot:
        return redirect("check_your_email", date.workshop.slug, date.pk)
    hour, most = timedelta(hours=1), settings.SIGN_UPS_AN_HOUR
    if not count_hit("workshops.sign_up", visitor_address(request), per=hour, most=most, now=timezone.now()):
        form.add_error(None, TOO_MANY)
        return _form_page(request, date, council, form, status=HTTPStatus.TOO_MANY_REQUESTS)
    try:
        outcome = sign_up(
            date_id=date.pk,
            name=form.cleaned_data["name"],
            email=form.cleaned_data["email"],
            council=council,
            access_needs=form.cleaned_data["access_needs"],
            submission_id=form.cleaned_data["submission_id"],
            now=timezone.now(),
        )
    except Refused as refused:
        # Something changed between the page and the click.
        fresh = _public_date(date.workshop.slug, date.pk)
        if refused.reason == Reason.NOT_YOUR_AREA:
            return _not_your_area(request, fresh, council)
        return _closed_page(request, fresh, council)
    if outcome.is_theirs:
        return redirect(place_path(outcome.sign_up))
    return redirect("check_your_email", date.workshop.slug, date.pk)


def _form_page(
    request: HttpRequest, date: WorkshopDate, council: Council, form: SignUpForm, status: int = HTTPStatus.OK
) -> HttpResponse:
    waiting = date.sign_ups.waiting().count() if date.is_full else 0
    more = {"form": form, "waiting": waiting}
    return _page(request, "workshops/sign_up.html", date, council, status=status, more=more)


def _not_your_area(request: HttpRequest, date: WorkshopDate, council: Council) -> HttpResponse:
    """The reason, their own council's help, and the workshops that they can come to."""
    status = HTTPStatus.FORBIDDEN if request.method == "POST" else HTTPStatus.OK
    more = {"others": open_in(council, OTHERS_SHOWN)}
    return _page(request, "workshops/not_your_area.html", date, council, status=status, more=more)


def _closed_page(request: HttpRequest, date: WorkshopDate, council: Council | None) -> HttpResponse:
    status = HTTPStatus.CONFLICT if request.method == "POST" else HTTPStatus.OK
    others = [other for other in date.workshop.dates.upcoming() if other.pk != date.pk and not other.is_cancelled]
    for other in others:
        other.workshop = date.workshop
    more = {"reason": date.closed_because(), "others": others}
    return _page(request, "workshops/closed.html", date, council, status=status, more=more)


def _page(
    request: HttpRequest,
    template: str,
    date: WorkshopDate,
    council: Council | None,
    *,
    status: int = HTTPStatus.OK,
    more: dict | None = None,
) -> HttpResponse:
    """Never kept: what it says about places is true for this moment only."""
    context = {"date": date, "workshop": date.workshop, "council": council, **(more or {})}
    return with_headers(render(request, template, context, status=status), UNKEPT)

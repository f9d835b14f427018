"""Somebody's phone is lost: who looks after the accounts lets them set up a new one."""

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse

from sendguide.accounts import second_step

DONE = "Reset the second step of logging in."


def reset_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks first (GET), then does it (POST). Nobody gets more rights by it than they have."""
    if not settings.STAFF_TWO_FACTOR:
        raise Http404
    person = get_object_or_404(User, pk=pk)
    if not request.user.has_perm("auth.change_user") or (person.is_superuser and not request.user.is_superuser):
        raise PermissionDenied
    if request.method == "POST":
        reset_and_log(person=person, by=request.user, message=DONE)  # type: ignore[arg-type]  # staff are logged in
        sentence = f"“{person}” is logged out everywhere, and sets up a new second step at the next log-in."
        messages.success(request, sentence)
        return redirect("admin:auth_user_change", pk)
    context = {
        **admin.site.each_context(request),
        "title": "Reset the second step",
        "person": person,
        "has_one": second_step.has_second_step(person),
    }
    return TemplateResponse(request, "admin/accounts/reset.html", context)


def reset_and_log(*, person: User, by: User, message: str) -> None:
    second_step.reset(person=person)
    LogEntry.objects.create(
        user=by,
        content_type=ContentType.objects.get_for_model(User),
        object_id=str(person.pk),
        object_repr=str(person),
        action_flag=CHANGE,
        change_message=message,
    )

"""The pages between the password and the desk, and those about one's own second step."""

from base64 import b32encode
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

import segno
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth import REDIRECT_FIELD_NAME, logout
from django.contrib.auth.models import User
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_POST
from django_otp import login as pass_second_step
from django_otp.models import Device
from django_otp.plugins.otp_static.models import StaticDevice

from sendguide.accounts import second_step
from sendguide.accounts.forms import USED_DIGITS, WRONG_CODE, WRONG_DIGITS, CodeForm
from sendguide.accounts.middleware import who_knows_the_password

# Of the phone that is being set up, in the session of whoever showed that they have it.
BEGUN = "second_step_begun"
FEW_CODES = 3
View = Callable[..., HttpResponse]


def knows_password(view: View) -> View:
    """For pages that take the step after the password: they get that person. Others are sent to log in."""

    @never_cache
    @csrf_protect
    @wraps(view)
    def checked(request: HttpRequest) -> HttpResponse:
        if not settings.STAFF_TWO_FACTOR:
            raise Http404
        person = who_knows_the_password(request)
        if not person.is_staff:
            return redirect_to_login(_next(request), reverse("admin:login"))
        return view(request, person)

    return checked


@knows_password
def code_view(request: HttpRequest, person: User) -> HttpResponse:
    """The second step of each log-in."""
    if request.user.is_authenticated:
        return redirect(_next(request))
    if not second_step.has_second_step(person):
        return redirect(_with_next(request, "second_step_set_up"))
    form = CodeForm(request.POST or None, label="Six digits, or a recovery code")
    if request.method == "POST" and form.is_valid() and (device := _taken(form, person)):
        _pass(request, person, device)
        _tell_of_codes(request, person, device)
        return redirect(_next(request))
    return _page(request, "admin/accounts/code.html", "One more step", form=form)


def _taken(form: CodeForm, person: User) -> Device | None:
    typed = form.cleaned_data["code"]
    if wait := second_step.wait_before(person, typed):
        form.refuse_for(wait)
    elif device := second_step.check_code(person=person, typed=typed):
        return device
    elif second_step.were_just_used(person=person, typed=typed):
        form.refuse(USED_DIGITS)
    else:
        form.refuse(WRONG_DIGITS if len(second_step.tidy(typed)) == second_step.DIGITS else WRONG_CODE)
    return None


@knows_password
def set_up_view(request: HttpRequest, person: User) -> HttpResponse:
    """The first step to a second step, or to another phone. Never for somebody whose phone has not been asked for."""
    has_one = second_step.has_second_step(person)
    if has_one and not request.user.is_authenticated:
        return redirect(_with_next(request, "second_step"))
    key = second_step.key_for(person, request.session)
    form = CodeForm(request.POST or None, label="The six digits from the app", only_digits=True)
    if request.method == "POST" and form.is_valid():
        if phone := second_step.begin(person=person, key=key, code=form.cleaned_data["code"]):
            request.session[BEGUN] = phone.pk
            return redirect(_with_next(request, "recovery_codes"))
        form.refuse(WRONG_DIGITS)
    letters = b32encode(bytes.fromhex(key)).decode("ascii").lower()
    address = second_step.new_phone(person, key).config_url
    context = {
        "form": form,
        "has_one": has_one,
        "key": " ".join(letters[start : start + 4] for start in range(0, len(letters), 4)),
        "square": segno.make(address, error="m").svg_data_uri(scale=5, border=4, dark="#000", light="#fff"),
        "app_link": address,
    }
    return _page(request, "admin/accounts/set_up.html", "Set up your second step", **context)


@knows_password
def recovery_codes_view(request: HttpRequest, person: User) -> HttpResponse:
    """Shown until they are kept, and then never again."""
    may_replace = request.user.is_authenticated
    phone = request.session.get(BEGUN)
    if request.method == "POST":
        kept = second_step.keep_codes(person=person, phone=phone, may_replace=may_replace)
        if kept is None:
            return redirect(_with_next(request, "second_step"))
        _pass(request, person, kept)
        messages.success(request, "Done. Only you, with your phone or one of your recovery codes, can log in now.")
        return redirect(_next(request))
    codes = second_step.codes_to_keep(person) if phone or may_replace else []
    if not codes:
        return redirect(_with_next(request, "second_step"))
    return _page(
        request, "admin/accounts/recovery_codes.html", "Keep your recovery codes", codes=codes, is_first=not may_replace
    )


@knows_password
def my_second_step_view(request: HttpRequest, person: User) -> HttpResponse:
    if not request.user.is_authenticated:
        return redirect(_with_next(request, "second_step"))
    if request.method == "POST":
        second_step.make_codes(person=person)
        back = urlencode({REDIRECT_FIELD_NAME: reverse("admin:my_second_step")})
        return redirect(f"{reverse('admin:recovery_codes')}?{back}")
    return _page(
        request, "admin/accounts/my_second_step.html", "My second step", codes_left=second_step.codes_left(person)
    )


@require_POST
@knows_password
def start_again_view(request: HttpRequest, person: User) -> HttpResponse:
    """Who stands at the second step is somebody else, or wants to begin anew."""
    logout(request)
    return redirect("admin:login")


def _pass(request: HttpRequest, person: User, device: Device) -> None:
    """All steps are done. The session gets another name, from which the key of a phone cannot be worked out."""
    request.user = person
    pass_second_step(request, device)
    request.session.pop(BEGUN, None)
    request.session.cycle_key()


def _tell_of_codes(request: HttpRequest, person: User, device: Device) -> None:
    """Who used one, and who has few, hears how many are left."""
    left = second_step.codes_left(person)
    used = isinstance(device, StaticDevice)
    if not used and left > FEW_CODES:
        return
    has_left = f"You have {left or 'no'} recovery code{'' if left == 1 else 's'} left."
    page = reverse("admin:my_second_step")
    sentence = '{} <a href="{}">Make new ones</a>, or set up another phone, on the page “Second step”.'
    messages.warning(request, format_html(sentence, has_left, page))


def _next(request: HttpRequest) -> str:
    """Where somebody was going: a page of ours, never one of the steps."""
    wanted = request.GET.get(REDIRECT_FIELD_NAME, "")
    is_ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    is_a_step = wanted.startswith(reverse("admin:login"))
    return wanted if is_ours and not is_a_step else reverse("admin:index")


def _with_next(request: HttpRequest, name: str) -> str:
    return f"{reverse(f'admin:{name}')}?{urlencode({REDIRECT_FIELD_NAME: _next(request)})}"


def _page(request: HttpRequest, template: str, title: str, **context: Any) -> HttpResponse:
    context = {**admin.site.each_context(request), "title": title, **context}
    return TemplateResponse(request, template, context)

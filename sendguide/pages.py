"""Pages that need more than one app: home, errors."""

from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBadRequest,
    HttpResponseForbidden,
    HttpResponseNotFound,
)
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from guides.models import Guide, Testimonial, Topic
from guides.situations import open_situations
from guides.views.http import UNKEPT, public, with_headers


@require_safe
@public
def home(request: HttpRequest) -> HttpResponse:
    context = {
        "situations": open_situations(),
        "topics": Topic.objects.all(),
        "guides": Guide.objects.published().for_cards()[:6],
        "testimonial": Testimonial.objects.filter(published=True).first(),
    }
    return render(request, "home.html", context)


def form_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without the cookie that belongs to it: the browser takes none, or threw it away in the meantime."""
    return with_headers(HttpResponseForbidden(render_to_string("403_form.html", request=request)), UNKEPT)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """For staff whose account may not do this."""
    return with_headers(HttpResponseForbidden(render_to_string("403.html", request=request)), UNKEPT)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Needs neither database nor request: what is wrong may be anything, also the name of the site."""
    return with_headers(HttpResponseBadRequest(render_to_string("400.html")), UNKEPT)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return HttpResponseNotFound(render_to_string("404.html", request=request))

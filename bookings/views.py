from django.http import Http404, HttpRequest, HttpResponse

from guides.views.reading import site_page


def support_call(request: HttpRequest) -> HttpResponse:
    """The page that staff edit as “support-call”."""
    return site_page(request, "support-call")


def adviser_calendar(request: HttpRequest, token: str) -> HttpResponse:
    """Stands in until the calendar itself is there."""
    raise Http404

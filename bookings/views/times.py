from django.http import HttpRequest, HttpResponse

from guides.views.reading import site_page


def support_call(request: HttpRequest) -> HttpResponse:
    """The page that staff edit as “support-call”."""
    return site_page(request, "support-call")

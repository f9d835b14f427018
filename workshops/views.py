from django.http import HttpRequest, HttpResponse

from guides.views.reading import site_page


def workshop_list(request: HttpRequest) -> HttpResponse:
    """The page that staff edit as “workshops”."""
    return site_page(request, "workshops")

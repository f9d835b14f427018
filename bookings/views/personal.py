from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse

from bookings.links import DeadLink
from guides.views.http import PERSONAL, dead_link, with_headers

View = Callable[[HttpRequest, str], HttpResponse]


def personal(view: View) -> View:
    """For pages that a secret link opens: kept by nobody, and one page for every link that opens nothing."""

    @wraps(view)
    def answer(request: HttpRequest, token: str) -> HttpResponse:
        try:
            return with_headers(view(request, token), PERSONAL)
        except DeadLink:
            return dead_link(request, "bookings/dead_link.html")

    return answer

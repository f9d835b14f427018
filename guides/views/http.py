from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import wraps
from http import HTTPStatus
from typing import TypeVar

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import patch_cache_control

View = Callable[..., HttpResponse]
Response = TypeVar("Response", bound=HttpResponseBase)

# For pages that nobody in between may keep and no search engine may list.
UNKEPT = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex"}
# For pages that a secret link opens: nobody learns the link from us. With "no-referrer" browsers would send
# "Origin: null" with a form of the page, which Django has to refuse.
PERSONAL = {**UNKEPT, "Referrer-Policy": "strict-origin"}


class SeeOther(HttpResponseRedirect):
    """The answer to a form is another page: a browser asks for it with GET, and sends nothing of the form again."""

    status_code = 303


def with_headers(response: Response, headers: dict[str, str]) -> Response:
    for name, value in headers.items():
        response.headers[name] = value
    return response


def dead_link(request: HttpRequest, template: str) -> HttpResponse:
    """For a personal link that opens nothing: forged, revoked and unknown alike, so that nobody learns which it is.

    ``template`` extends "dead_link.html" and says how to get a new link.
    """
    return with_headers(render(request, template, status=HTTPStatus.NOT_FOUND), UNKEPT)


@dataclass(frozen=True, slots=True)
class Reads:
    """What a page depends on beside its path: ``names`` in the query string, of each the last value.

    With one of ``never_with`` in it the page is made anew each time. ``from_memory``: see ``answered_from_memory``.
    """

    names: tuple[str, ...] = ()
    never_with: frozenset[str] = frozenset()
    from_memory: Callable[..., str] | None = None


def public(view: View) -> View:
    """For pages that are the same for everybody: may be kept, must be asked about each time (ETag, 304).

    So what staff save is seen at once, and a page that has not changed costs a few bytes. The site keeps them too, see
    sendguide.page_cache. The view reads nothing of the request but its path; it may be shown under any query string.
    """
    return public_reading()(view)


def public_reading(*names: str, never_with: Iterable[str] = ()) -> Callable[[View], View]:
    """The same for pages that read these ``names`` of the query string, as ``Reads`` says, and nothing else."""

    def decorator(view: View) -> View:
        @wraps(view)
        def with_header(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            response = view(request, *args, **kwargs)
            patch_cache_control(response, public=True, no_cache=True)
            return response

        # Decorators around this one hand it on.
        vars(with_header)["reads"] = Reads(names, frozenset(never_with))
        return with_header

    return decorator


def answered_from_memory(*names: str, by: Callable[..., str]) -> Callable[[View], View]:
    """For answers to each letter that somebody types: worked out in microseconds, and the same for everybody.

    The view reads these ``names`` of the query string, as ``Reads`` says, and nothing else. The site asks it once,
    without a question, for the headers; it must leave in memory what ``by`` needs, which from then on gives the body
    for the values of ``names`` (those that were sent, by name), as long as nothing on the site changes.
    """

    def decorator(view: View) -> View:
        @wraps(view)
        def same(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            return view(request, *args, **kwargs)

        vars(same)["reads"] = Reads(names, from_memory=by)
        return same

    return decorator

"""The waiting list for calls."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from guides.views.http import UNKEPT, with_headers


@require_safe
def join(request: HttpRequest) -> HttpResponse:
    return with_headers(render(request, "bookings/waiting_list.html"), UNKEPT)

"""What staff do on the page of a call, and what they read there."""

from typing import Any

from django.contrib.admin.models import LogEntry
from django.http import HttpResponse
from django.test import Client
from django.utils.html import strip_tags

from bookings.models import Booking
from tests.guides.admin.posting import fields_of


def act_address(call: Booking, act: str) -> str:
    return f"/admin/bookings/booking/{call.pk}/{act}/"


def press(client: Client, call: Booking, act: str, button: str = "go", **typed: Any) -> HttpResponse:
    """Open the page, fill in the form, press its button."""
    fields = fields_of(client.get(act_address(call, act)))
    return client.post(act_address(call, act), fields | typed | {button: "1"}, follow=True)


def words_of(response: HttpResponse) -> str:
    """What is to be read in the page itself."""
    main = response.content.decode().partition('<div id="content-main">')[2].partition("<footer")[0]
    return " ".join(strip_tags(main.replace("<", " <")).split()).replace(" ,", ",")


def offered(response: HttpResponse) -> dict[str, list[str]]:
    """Times on the page, in words, by day."""
    days = response.context["form"].times.days
    return {str(day): [words for _, words in times] for day, times in days.items()}


def logged() -> list[tuple[str, str]]:
    return [(entry.object_repr, entry.change_message) for entry in LogEntry.objects.order_by("pk")]

"""Workshops for search engines: schema.org Event."""

from typing import Any

from django.urls import reverse

from sendguide.templatetags.page import absolute
from workshops.models import WorkshopDate


def event_data(date: WorkshopDate) -> dict[str, Any]:
    """One date as schema.org Event. The joining link is not in it."""
    workshop, page = date.workshop, absolute(date.workshop.get_absolute_url())
    status = "EventCancelled" if date.is_cancelled else "EventScheduled"
    return {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": workshop.title,
        "description": f"{workshop.summary} {workshop.for_whom}.",
        "startDate": date.starts_at.isoformat(timespec="seconds"),
        "endDate": date.ends_at.isoformat(timespec="seconds"),
        "eventStatus": f"https://schema.org/{status}",
        "eventAttendanceMode": "https://schema.org/OnlineEventAttendanceMode",
        "location": {"@type": "VirtualLocation", "url": page},
        "organizer": {"@type": "Organization", "name": "SEND Guide", "url": absolute(reverse("home"))},
        "isAccessibleForFree": True,
        "offers": {
            "@type": "Offer",
            "price": 0,
            "priceCurrency": "GBP",
            "availability": f"https://schema.org/{'SoldOut' if date.is_full else 'InStock'}",
            "url": absolute(date.get_absolute_url()),
        },
    }

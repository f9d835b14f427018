"""Pages at the desk that are no list and no row of one."""

from typing import Any

from django.contrib.admin import AdminSite
from django.urls import path

from bookings.admin.book_for import book_view
from bookings.admin.by_month import calls_by_month_pages
from bookings.admin.diary import diary_view
from bookings.admin.my_calendar import my_calendar_view, new_calendar_view
from bookings.admin.reports import supply_pages
from bookings.models import Adviser


def own_pages(site: AdminSite) -> list[Any]:
    """To stand before the lists among the addresses of ``site``."""
    advisers: Any = site.get_model_admin(Adviser)
    views = {
        "diary": diary_view,
        "book": book_view,
        "my_hours": advisers.my_hours_view,
        "my_calendar": my_calendar_view,
    }
    pages = [
        path(f"bookings/{name.replace('_', '-')}/", site.admin_view(view), name=f"bookings_{name}")
        for name, view in views.items()
    ]
    new_calendar = path(
        "bookings/adviser/<int:pk>/new-calendar/",
        site.admin_view(new_calendar_view),
        name="bookings_adviser_new_calendar",
    )
    return [*pages, new_calendar, *supply_pages(site), *calls_by_month_pages(site)]

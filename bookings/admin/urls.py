"""Pages at the desk that are no list and no row of one."""

from typing import Any

from django.contrib.admin import AdminSite
from django.urls import path

from bookings.models import Adviser


def own_pages(site: AdminSite) -> list[Any]:
    """To stand before the lists among the addresses of ``site``."""
    advisers: Any = site.get_model_admin(Adviser)
    return [path("bookings/my-hours/", site.admin_view(advisers.my_hours_view), name="bookings_my_hours")]

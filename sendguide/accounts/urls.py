from typing import Any

from django.contrib.admin import AdminSite
from django.urls import path

from sendguide.accounts import resetting, views


def own_pages(site: AdminSite) -> list[Any]:
    """To stand before the lists among the addresses of ``site``. Those that lead into it cannot ask to be in it."""
    return [
        path("login/code/", views.code_view, name="second_step"),
        path("login/set-up/", views.set_up_view, name="second_step_set_up"),
        path("login/recovery-codes/", views.recovery_codes_view, name="recovery_codes"),
        path("login/start-again/", views.start_again_view, name="start_again"),
        path("my-second-step/", views.my_second_step_view, name="my_second_step"),
        path(
            "auth/user/<int:pk>/reset-second-step/",
            site.admin_view(resetting.reset_view),
            name="reset_second_step",
        ),
    ]

"""The list of wrong passwords: who looks after the accounts lets somebody in again before their time is over."""

from datetime import datetime

from django.conf import settings
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from sendguide.accounts.models import FailedLogin
from sendguide.lib.dates import date_and_time

# Their own pages show keys and codes, which are nobody's to see but their owner's.
admin.site.unregister([TOTPDevice, StaticDevice])


@admin.register(FailedLogin)
class FailedLoginAdmin(admin.ModelAdmin):
    list_display = ["name", "ip_address", "tries", "last_try", "locked_until"]
    list_display_links = None
    search_fields = ["username", "ip_address"]
    search_help_text = "A user name, or the address of a connection."
    actions = ["let_in"]
    ordering = ["-attempt_time"]

    def get_actions(self, request: HttpRequest) -> dict:
        """“Let them in again” is how deleting is called here."""
        return {name: action for name, action in super().get_actions(request).items() if name != "delete_selected"}

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: FailedLogin | None = None) -> bool:
        return False

    @admin.action(description="Let them in again now", permissions=["delete"])
    def let_in(self, request: HttpRequest, rows: QuerySet[FailedLogin]) -> None:
        self.log_deletions(request, rows)
        names = ", ".join(sorted({row.username or "nobody" for row in rows}))
        rows.delete()
        self.message_user(request, f"They can try again now: {names}.")

    @admin.display(description="user name typed", ordering="username")
    def name(self, row: FailedLogin) -> str:
        return row.username or ""

    @admin.display(description="wrong passwords", ordering="failures_since_start")
    def tries(self, row: FailedLogin) -> int:
        return row.failures_since_start

    @admin.display(description="last try", ordering="attempt_time")
    def last_try(self, row: FailedLogin) -> str:
        return date_and_time(row.attempt_time)

    @admin.display(description="locked out until")
    def locked_until(self, row: FailedLogin) -> str:
        end: datetime = row.attempt_time + settings.AXES_COOLOFF_TIME
        is_locked = row.failures_since_start >= settings.AXES_FAILURE_LIMIT and end > timezone.now()
        return date_and_time(end) if is_locked else "not locked out"

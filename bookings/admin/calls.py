from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from bookings.models import Booking
from bookings.rights import calls_for
from guides.admin.addresses import NoPatterns


@admin.register(Booking)
class BookingAdmin(NoPatterns):
    def get_queryset(self, request: HttpRequest) -> QuerySet[Booking]:
        return calls_for(request.user)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Booking | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Booking | None = None) -> bool:
        return False

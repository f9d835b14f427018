from django.urls import path

from bookings import views

urlpatterns = [
    path("", views.support_call, name="support_call"),
    path("diary/<str:token>/calls.ics", views.adviser_calendar, name="adviser_calendar"),
]

from django.urls import path

from bookings.views import feed, times

urlpatterns = [
    path("", times.support_call, name="support_call"),
    path("diary/<str:token>/calls.ics", feed.adviser_calendar, name="adviser_calendar"),
]

from django.urls import path

from bookings.views import call, details, feed, move, offer, times, waiting

urlpatterns = [
    path("", times.support_call, name="support_call"),
    path("details/", details.call_details, name="call_details"),
    path("details/check-your-email/", details.check_your_email, name="call_check_your_email"),
    path("call/<str:token>/", call.call, name="call"),
    path("call/<str:token>/call.ics", call.calendar, name="call_calendar"),
    path("call/<str:token>/move/", move.call_move, name="call_move"),
    path("call/<str:token>/cancel/", call.call_cancel, name="call_cancel"),
    path("waiting-list/", waiting.join_page, name="call_waiting_join"),
    path("waiting-list/joined/", waiting.joined, name="call_waiting_joined"),
    path("waiting-list/<str:token>/", waiting.own_place, name="call_waiting"),
    path("offer/<str:token>/", offer.call_offer, name="call_offer"),
    path("diary/<str:token>/calls.ics", feed.adviser_calendar, name="adviser_calendar"),
]

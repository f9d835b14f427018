from django.urls import path

from workshops.views import calendars, lists, place, sign_up

urlpatterns = [
    path("", lists.workshop_list, name="workshop_list"),
    path("past/", lists.past, name="past_workshops"),
    path("calendar.ics", calendars.all_dates, name="workshop_calendar"),
    path("place/<str:token>/", place.place, name="place"),
    path("place/<str:token>/calendar.ics", place.calendar, name="place_calendar"),
    path("<slug:slug>/", lists.workshop, name="workshop"),
    path("<slug:slug>/calendar.ics", calendars.one_workshop, name="one_workshop_calendar"),
    path("<slug:slug>/dates/<int:pk>/", sign_up.workshop_date, name="workshop_date"),
    path("<slug:slug>/dates/<int:pk>/check-your-email/", sign_up.check_your_email, name="check_your_email"),
]

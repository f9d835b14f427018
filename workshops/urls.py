from django.urls import path

from workshops import views

urlpatterns = [path("", views.workshop_list, name="workshop_list")]

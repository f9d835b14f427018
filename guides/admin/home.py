from django.contrib import admin

from guides.forms.reference import SituationForm
from guides.models import Situation, Testimonial, Topic


@admin.register(Topic)
class TopicAdmin(admin.ModelAdmin):
    list_display = ("name", "summary", "tint", "order")
    list_editable = ("order",)
    prepopulated_fields = {"slug": ("name",)}


@admin.register(Testimonial)
class TestimonialAdmin(admin.ModelAdmin):
    list_display = ("__str__", "attribution", "topic", "published")
    list_filter = ("published", "topic")
    list_editable = ("published",)
    search_fields = ("quote", "attribution")


@admin.register(Situation)
class SituationAdmin(admin.ModelAdmin):
    form = SituationForm
    list_display = ("words", "address", "order", "published")
    list_editable = ("order", "published")
    prepopulated_fields = {"slug": ("words",)}

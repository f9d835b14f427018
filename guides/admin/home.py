from django.contrib import admin

from guides.admin.addresses import AddressStays, PageAdmin
from guides.forms.home import SituationForm, TestimonialForm, TopicForm
from guides.models import Situation, Testimonial, Topic


@admin.register(Topic)
class TopicAdmin(PageAdmin):
    form = TopicForm
    list_display = ("name", "summary", "tint", "order")
    list_editable = ("order",)
    slug_from = "name"


@admin.register(Testimonial)
class TestimonialAdmin(AddressStays):
    form = TestimonialForm
    list_display = ("__str__", "attribution", "topic", "published")
    list_filter = ("published", "topic")
    list_editable = ("published",)
    list_select_related = ("topic",)
    search_fields = ("quote__spelt", "attribution__spelt")


@admin.register(Situation)
class SituationAdmin(AddressStays):
    form = SituationForm
    list_display = ("words", "leads_to", "order", "published")
    list_editable = ("order",)
    search_fields = ("words__spelt", "address")
    slug_from = "words"

    @admin.display(description="leads to", ordering="address")
    def leads_to(self, situation: Situation) -> str:
        return situation.address

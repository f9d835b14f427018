"""Forms for topics and for what stands on the home page."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from guides.addresses import Addresses
from guides.forms.fields import DrawingField
from guides.forms.sentences import KindSentences
from guides.models import Situation, Testimonial, Topic

NAME_HELP = "A short name for staff, in small letters and hyphens. Once saved it stays."
TINT_HELP = "The soft colour behind it."
ORDER_HELP = "Lower numbers come first."


class TopicForm(KindSentences, forms.ModelForm):
    illustration = DrawingField(label="Drawing")

    class Meta:
        model = Topic
        fields = ("name", "slug", "summary", "illustration", "tint", "order")
        labels = {"slug": "address", "tint": "colour"}
        help_texts = {
            "slug": "The last part of the page's address. Once saved it stays, so that links go on working.",
            "summary": "One plain sentence.",
            "tint": TINT_HELP,
            "order": ORDER_HELP,
        }


class TestimonialForm(KindSentences, forms.ModelForm):
    class Meta:
        model = Testimonial
        fields = ("slug", "quote", "attribution", "topic", "published")
        labels = {"slug": "short name", "attribution": "who said it"}
        help_texts = {
            "slug": NAME_HELP,
            "attribution": "For example: A parent after a support call. Never a child's or a parent's name.",
            "published": "Only with the parent's permission.",
        }


class SituationForm(KindSentences, forms.ModelForm):
    illustration = DrawingField(label="Drawing")

    class Meta:
        model = Situation
        fields = ("words", "slug", "address", "illustration", "tint", "order", "published")
        labels = {"slug": "short name", "tint": "colour", "address": "where it leads"}
        help_texts = {"slug": NAME_HELP, "tint": TINT_HELP, "order": ORDER_HELP}

    def clean_address(self) -> Any:
        address: str = self.cleaned_data["address"]
        if not address.startswith("/") or address.startswith("//"):
            raise ValidationError("Give a page of this site: it starts with /, such as /guides/anxiety/")
        if fault := Addresses.from_database().fault(address):
            raise ValidationError(fault)
        return address

"""A page with every kind of field, for tests to look at, and what those see who come too often."""

from pathlib import Path

from django import forms
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from sendguide import urls
from sendguide.guard.forms import GuardedForm

PAGE = Path(__file__).with_name("gallery.html")


class GalleryForm(GuardedForm):
    name = forms.CharField(
        label="Your name",
        max_length=100,
        widget=forms.TextInput({"autocomplete": "name"}),
        error_messages={"required": "Enter your name"},
    )
    email = forms.EmailField(
        label="E-mail address",
        help_text="We will e-mail you the link to join.",
        widget=forms.EmailInput({"autocomplete": "email"}),
        error_messages={
            "required": "Enter your e-mail address",
            "invalid": "Enter an e-mail address like name@example.com",
        },
    )
    phone = forms.CharField(
        label="Phone number",
        required=False,
        widget=forms.TextInput({"type": "tel", "autocomplete": "tel", "inputmode": "tel"}),
    )
    area = forms.ChoiceField(
        label="Your council",
        help_text="You find it on your council tax bill.",
        choices=[("", "Choose your council"), ("hull", "Hull"), ("leeds", "Leeds")],
        error_messages={"required": "Choose your council"},
    )
    caller = forms.ChoiceField(
        label="May we say who is calling if someone else answers?",
        help_text="If not, we say that it is a personal call.",
        choices=[("yes", "Yes, say that it is SEND Guide"), ("no", "No, do not say who it is")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether we may say who is calling"},
    )
    needs = forms.MultipleChoiceField(
        label="What would help you on the call",
        required=False,
        choices=[("relay", "Relay UK"), ("bsl", "A British Sign Language interpreter"), ("other", "Something else")],
        widget=forms.CheckboxSelectMultiple,
    )
    about = forms.CharField(
        label="What would you like to talk about?",
        required=False,
        max_length=20,
        help_text="Please leave out names and diagnoses. At most 20 characters.",
        widget=forms.Textarea({"rows": 4}),
        error_messages={"max_length": "Use at most 20 characters: you have used %(show_value)s"},
    )
    agreed = forms.BooleanField(
        label="I have read that this is not an emergency line",
        help_text="If a life is at risk, call 999.",
        error_messages={"required": "Tick that you have read that this is not an emergency line"},
    )


def gallery(request: HttpRequest) -> HttpResponse:
    """Shows the form again, whatever is sent."""
    page = engines["django"].from_string(PAGE.read_text("utf-8"))
    return HttpResponse(page.render({"form": GalleryForm(request.POST or None)}, request))


urlpatterns = [path("gallery/", gallery), *urls.urlpatterns]
handler404, handler500 = urls.handler404, urls.handler500

"""What every form of the staff's says where something is missing or does not fit."""

from datetime import date

import pytest
from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.test import RequestFactory

from guides.forms.fields import MomentField
from guides.forms.sentences import LIMITS, OURS, KindSentences
from tests import factories
from workshops.forms.acts import CancelForm, CopiesForm, MessageForm

pytestmark = pytest.mark.django_db


class Example(KindSentences, forms.Form):
    name = forms.CharField(max_length=3)
    own = forms.CharField(error_messages={"required": "Tell us."})
    number = forms.IntegerField(min_value=2, max_value=4)
    day = forms.DateField()
    link = forms.URLField(assume_scheme="https")
    choice = forms.ChoiceField(choices=[("a", "A")])


@pytest.fixture
def staff_forms():
    """Every form of our apps that staff fill in, by its name."""
    request = RequestFactory().get("/")
    request.user = factories.staff(is_superuser=True)
    found = {"cancel": CancelForm(), "message": MessageForm(), "copies": CopiesForm(date=factories.workshop_date())}
    for model, desk in admin.site._registry.items():
        if model._meta.app_label in {"guides", "workshops"} and desk.has_change_permission(request):
            found[model.__name__] = desk.get_form(request)()
            for inline in desk.get_inline_instances(request):
                found[f"{model.__name__}: {inline.model.__name__}"] = inline.get_formset(request).form()
    return found


def test_no_form_of_the_staff_says_what_django_says(staff_forms):
    assert len(staff_forms) > 12
    curt = {
        (name, field): str(sentence)
        for name, form in staff_forms.items()
        for field, details in form.fields.items()
        for sentence in details.error_messages.values()
        if str(sentence) in OURS
    }
    assert curt == {}
    without = [
        (name, field)
        for name, form in staff_forms.items()
        for field in form.fields.values()
        if not LIMITS.keys() <= field.error_messages.keys()
    ]
    assert without == []


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("name", "", "Please fill this in."),
        ("name", "Annabel", "This is too long. At most 3 characters fit, and it has 7."),
        ("own", "", "Tell us."),
        ("number", "x", "Enter a number in digits, such as 10."),
        ("number", "1", "Enter 2 or more."),
        ("number", "5", "Enter 4 or less."),
        ("day", "soon", "Enter a date such as 01/12/2026."),
        ("link", "x y", "Enter a whole web address, such as https://www.example.org/"),
        ("choice", "b", "Choose from what is offered. “b” is not among it."),
    ],
)
def test_sentence_is_kind(field, typed, sentence):
    right = {
        "name": "Ann",
        "own": "x",
        "number": "3",
        "day": date(2026, 12, 1),
        "link": "https://a.example",
        "choice": "a",
    }
    assert Example(right).is_valid()
    assert dict(Example(right | {field: typed}).errors) == {field: [sentence]}


@pytest.mark.parametrize("typed", [["28/03/2027", "1:30am"], ["31/10/2027", "01:30"]])
def test_time_at_which_the_clocks_change_is_refused_in_our_words(typed):
    with pytest.raises(ValidationError) as raised:
        MomentField().clean(typed)
    assert raised.value.messages == [
        "The clocks change that night, and this time does not exist or comes twice: choose another time."
    ]

"""Whoever comes too often is told when to go on, and finds everything that was typed."""

from datetime import timedelta

import pytest
from django import forms
from django.test import RequestFactory

from sendguide.guard.answers import form_for_later, in_words
from tests.whole_site.checks import CHECKS
from tests.whole_site.pages import Page

SENTENCE = (
    "We have had too many tries from your internet connection, or with this e-mail address. "
    "Wait 10 minutes, then press the button again. Everything you typed is still here. "
    'Does that not help? <a href="/contact/">Write to us, and we will do it for you</a>'
)


class NameForm(forms.Form):
    name = forms.CharField()


def test_form_is_shown_again_with_what_was_typed_and_when_to_go_on():
    request = RequestFactory().post("/")
    form = NameForm({"name": "Ada"})
    wait = timedelta(minutes=9, milliseconds=1)
    response = form_for_later(request, "components/form/form.html", {"form": form}, wait=wait)
    assert (response.status_code, response["Retry-After"], response["Cache-Control"]) == (429, "541", "no-store")
    assert form.non_field_errors() == [SENTENCE]
    assert SENTENCE in response.text
    assert 'value="Ada"' in response.text


@pytest.mark.urls("tests.guard.gallery")
@pytest.mark.django_db
def test_page_with_every_kind_of_field_is_whole(client):
    response = client.get("/gallery/")
    page = Page("/gallery/", response.status_code, dict(response.items()), tuple(response.cookies), response.text)
    assert page.status == 200
    assert [fault for check in CHECKS for fault in check(page)] == []


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "1 minute"),
        (60, "1 minute"),
        (61, "2 minutes"),
        (3600, "60 minutes"),
        (3601, "2 hours"),
        (86400, "24 hours"),
    ],
)
def test_wait_is_rounded_up(seconds, text):
    assert in_words(timedelta(seconds=seconds)) == text

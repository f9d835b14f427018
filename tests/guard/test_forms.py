"""What public forms carry along: which submission this is, when the page was opened, and a trap for programs."""

import re
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
import time_machine
from django import forms
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.core.signing import Signer

from sendguide.guard.fields import EmailAddressField, LongText
from sendguide.guard.forms import SEND_AGAIN, TOO_QUICK, FormWithEmail, GuardedForm
from tests.guard.posting import by_a_person, by_a_program

NOW = datetime(2026, 12, 1, 10, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def at_half_past_ten():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


class CallForm(GuardedForm):
    name = forms.CharField(error_messages={"required": "Enter your name"})


class GroupForm(GuardedForm, forms.ModelForm):
    class Meta:
        model = Group
        fields = ("name",)


def sent(**typed):
    form = CallForm(by_a_person(**{"name": "Ada"} | typed))
    assert form.errors == {}
    return form


def test_each_page_has_its_own_submission():
    first, second = CallForm()["submission_id"].value(), CallForm()["submission_id"].value()
    assert len({UUID(first), UUID(second)}) == 2


def test_page_with_errors_keeps_submission_and_moment():
    data = by_a_person(name="")
    form = CallForm(data)
    assert form.errors == {"name": ["Enter your name"]}
    assert str(form["submission_id"].value()) == data["submission_id"]
    assert form["opened"].value() == data["opened"]


def test_form_gives_the_submission_it_came_with():
    number = "0c4e9cd0-8ea1-4e5f-b36c-c3a1f5e4a3b1"
    assert sent(submission_id=number).cleaned_data["submission_id"] == UUID(number)


def test_form_filled_in_by_a_person_is_not_taken_for_a_program():
    assert sent().is_bot is False


@pytest.mark.parametrize(("seconds", "errors"), [(0, [TOO_QUICK]), (1.9, [TOO_QUICK]), (2, []), (60, [])])
def test_form_sent_sooner_than_anybody_reads_has_to_be_sent_once_more(seconds, errors, at_half_past_ten):
    form = CallForm(by_a_person(name="Ada", opened=NOW - timedelta(seconds=seconds)))
    assert form.non_field_errors() == errors


def test_form_that_was_too_quick_goes_through_when_sent_again(at_half_past_ten):
    data = by_a_person(name="Ada", opened=NOW)
    assert not CallForm(data).is_valid()
    at_half_past_ten.shift(3)
    assert CallForm(data).is_valid()


def test_shortest_time_is_a_setting(settings, at_half_past_ten):
    settings.FORM_FASTEST_SECONDS = 90
    assert CallForm(by_a_person(name="Ada")).non_field_errors() == [TOO_QUICK]


def test_page_that_was_open_for_a_week_is_as_good_as_any():
    assert sent(opened=NOW - timedelta(days=7)).is_bot is False


def test_form_as_its_own_page_sends_it_is_valid(at_half_past_ten):
    page = CallForm()
    data = {name: page[name].value() for name in ("submission_id", "opened")}
    at_half_past_ten.shift(3)
    form = CallForm({**data, "other_reason": "", "name": "Ada"})
    assert form.errors == {}
    assert form.is_bot is False


def test_filled_trap_is_a_programs():
    form = CallForm(by_a_program(name="Ada"))
    assert form.errors == {}
    assert form.is_bot is True


@pytest.mark.parametrize("space", [" ", "\n"])
def test_trap_with_nothing_but_space_is_a_persons(space):
    assert sent(other_reason=space).is_bot is False


@pytest.mark.parametrize(
    "opened",
    [
        "",
        "1796121000",
        "made:up",
        Signer(key="another", salt="sendguide.guard.opened").sign_object(NOW.timestamp()),
        "\0",
    ],
)
def test_moment_that_we_did_not_sign_is_replaced_and_the_form_can_be_sent_again(opened, at_half_past_ten):
    data = by_a_person(name="Ada") | {"opened": opened}
    form = CallForm(data)
    assert form.errors == {"opened": [SEND_AGAIN]}
    assert form["name"].value() == "Ada"
    mended = data | {"opened": form["opened"].value()}
    at_half_past_ten.shift(3)
    assert CallForm(mended).errors == {}


@pytest.mark.parametrize("number", ["", "7", "no-number", "\0"])
def test_submission_that_is_no_number_of_ours_is_replaced_and_the_form_can_be_sent_again(number):
    data = by_a_person(name="Ada", submission_id=number)
    form = CallForm(data)
    assert form.errors == {"submission_id": [SEND_AGAIN]}
    assert CallForm(data | {"submission_id": form["submission_id"].value()}).errors == {}


def test_form_without_any_guard_is_not_valid():
    form = CallForm({"name": "Ada"})
    assert form.errors == {"submission_id": [SEND_AGAIN], "opened": [SEND_AGAIN]}
    assert "Something on our side changed" in form.render()


def test_trap_tells_people_and_password_managers_to_leave_it_alone():
    assert re.sub(r"\s+", " ", CallForm()["other_reason"].as_widget()).strip() == (
        '<div class="off-page" aria-hidden="true"> <label for="id_other_reason">Leave this box empty</label> '
        '<input type="text" name="other_reason" tabindex="-1" autocomplete="off" data-1p-ignore data-lpignore="true" '
        'id="id_other_reason"> </div>'
    )


def test_fields_of_the_form_are_those_that_are_shown():
    assert [field.name for field in CallForm().visible_fields()] == ["name"]


@pytest.mark.django_db
def test_form_of_a_model_is_guarded_too():
    form = GroupForm(by_a_program(name="Advisers"))
    assert form.is_valid()
    assert form.is_bot is True
    assert form.save(commit=False).name == "Advisers"


def test_end_of_a_line_counts_once():
    field = LongText(max_length=5)
    assert field.clean("ab\r\ncd") == "ab\ncd"
    with pytest.raises(ValidationError):
        field.clean("ab\r\ncde")


class WaitForm(FormWithEmail):
    email = EmailAddressField(why="we write to you")


def shown_again(form):
    """What the page with ``form`` sends when the button is pressed."""
    return {name: form[name].value() for name in form.fields}


def test_address_that_looks_mistyped_is_asked_about_once():
    first = WaitForm(by_a_person(email="ann@gmial.com"))
    asked = "Did you mean ann@gmail.com? If ann@gmial.com is right, press the button again."
    assert first.errors == {"email": [asked]}
    again = WaitForm(shown_again(first))
    assert again.errors == {}
    assert again.cleaned_data["email"] == "ann@gmial.com"


def test_another_address_that_looks_mistyped_is_asked_about_too():
    first = WaitForm(by_a_person(email="ann@gmial.com"))
    second = WaitForm(shown_again(first) | {"email": "ann@gmail.con"})
    assert second.errors == {
        "email": ["Did you mean ann@gmail.com? If ann@gmail.con is right, press the button again."]
    }
    assert WaitForm(shown_again(second) | {"email": "ann@gmail.com"}).errors == {}
    assert WaitForm(shown_again(second)).errors == {}


def test_question_about_an_address_carries_no_script():
    form = WaitForm(by_a_person(email="a&b'c@gmial.com"))
    assert "a&amp;b&#x27;c@gmail.com" in str(form.errors["email"])

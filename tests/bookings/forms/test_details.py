import pytest

from bookings.forms import DetailsForm
from bookings.forms.times import GONE

SENT = {
    "start": "20261201T1030Z",
    "name": "Ann",
    "phone": "07700 900123",
    "may_say_who": "no",
    "may_leave_message": "yes",
    "email": "ann@example.org",
    "word": "sunshine",
}


@pytest.fixture(autouse=True)
def _quick(settings) -> None:
    settings.FORM_FASTEST_SECONDS = 0


def sent(**fields: object) -> DetailsForm:
    hidden = {name: DetailsForm()[name].initial for name in ("submission_id", "opened")}
    return DetailsForm({**SENT, **hidden, **fields})


@pytest.mark.parametrize("word", ["sun", "Sunshine", "blue bird", "forget-me-not", "d’accord", "słońce", "太阳花"])
def test_words_of_any_language_will_do(word: str):
    form = sent(word=f" {word} ")
    assert (form.is_valid(), form.cleaned_data.get("word")) == (True, word)


def test_spaces_in_a_word_are_single():
    form = sent(word="blue \t bird")
    assert (form.is_valid(), form.cleaned_data["word"]) == (True, "blue bird")


def test_yes_is_only_what_was_said():
    form = sent()
    assert form.is_valid()
    assert (form.cleaned_data["may_say_who"], form.cleaned_data["may_leave_message"]) == (False, True)
    assert (DetailsForm()["may_say_who"].value(), DetailsForm()["may_leave_message"].value()) == ("no", "no")


def test_time_is_unseen_until_another_has_to_be_chosen():
    form = sent()
    assert (form.is_valid(), form["start"].is_hidden) == (True, True)
    form.choose_again([])
    assert (form["start"].is_hidden, form.errors) == (False, {"start": [GONE]})


def test_what_is_wrong_is_listed_in_the_order_of_the_page():
    form = sent(start="", name="", email="")
    assert list(form.errors) == ["start", "name", "email"]


@pytest.mark.parametrize(
    ("needs", "sentence"),
    [
        (["language"], "Say which language you need, so that we can look for an interpreter."),
        (["relay", "other"], "Say what else you need, so that we can prepare."),
    ],
)
def test_need_that_nobody_can_prepare_for_is_asked_about(needs, sentence):
    assert sent(access_needs=needs, access_details=" ").errors == {"access_details": [sentence]}
    assert sent(access_needs=needs, access_details="Polish").errors == {}
    assert sent(access_needs=["relay", "bsl"], access_details="").errors == {}

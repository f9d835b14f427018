"""Our own sentences where Django's are curt, in one place for all forms of the staff's."""

from typing import Any

A_WHOLE_ADDRESS = "Enter a whole web address, such as https://www.example.org/"
CLOCKS_CHANGE = "The clocks change that night, and this time does not exist or comes twice: choose another time."
# Django's → ours.
OURS = {
    "This field is required.": "Please fill this in.",
    "Enter a whole number.": "Enter a number in digits, such as 10.",
    "Enter a valid date.": "Enter a date such as 01/12/2026.",
    "Enter a valid URL.": A_WHOLE_ADDRESS,
    "Select a valid choice. %(value)s is not one of the available choices.": (
        "Choose from what is offered. “%(value)s” is not among it."
    ),
    "Select a valid choice. That choice is not one of the available choices.": (
        "Choose from what is offered. What you chose is not there any more."
    ),
}
# Django asks for these by their code, and has its own sentence only where a field has none.
LIMITS = {
    "max_length": "This is too long. At most %(limit_value)d characters fit, and it has %(show_value)d.",
    "min_value": "Enter %(limit_value)s or more.",
    "max_value": "Enter %(limit_value)s or less.",
}


class KindSentences:
    """For a form; stands before ``Form`` or ``ModelForm`` in the list of bases. What a form says itself stays."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():  # type: ignore[attr-defined]
            said = {code: OURS.get(str(sentence), sentence) for code, sentence in field.error_messages.items()}
            field.error_messages = LIMITS | said

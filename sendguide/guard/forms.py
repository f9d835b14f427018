"""What every form that the public sends has in common: how it is shown, and how it tells people from programs."""

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.utils import timezone

from sendguide.lib.email_addresses import meant

# Never the visitor's fault: only a new SECRET_KEY, or somebody who made the form up, leads here.
SEND_AGAIN = "Something on our side changed while this page was open. Please press the button again."
TOO_QUICK = "That was very quick. Please look it over, then press the button once more."
SIGNER = Signer(salt="sendguide.guard.opened")


def signed_now() -> str:
    """The present moment, in a form that nobody else can write."""
    return SIGNER.sign_object(timezone.now().timestamp())


class SubmissionId(forms.UUIDField):
    """Tells a form that is sent twice from two forms. New on each page, kept while its errors are mended."""

    widget = forms.HiddenInput
    default_error_messages = {"required": SEND_AGAIN, "invalid": SEND_AGAIN}

    def bound_data(self, data: Any, initial: Any) -> Any:
        """What the page shows again: one that is of no use is replaced."""
        try:
            return UUID(data)
        except (TypeError, ValueError):
            return initial


class Opened(forms.Field):
    """When the page with the form was asked for: signed in the page, seconds since 1970 when cleaned."""

    widget = forms.HiddenInput
    default_error_messages = {"required": SEND_AGAIN, "invalid": SEND_AGAIN}

    def to_python(self, value: Any) -> Any:
        try:
            return float(SIGNER.unsign_object(value)) if value else None
        except BadSignature as forged:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from forged

    def bound_data(self, data: Any, initial: Any) -> Any:
        """What the page shows again: one that is of no use is replaced."""
        try:
            self.clean(data)
        except forms.ValidationError:
            return initial
        return data


class Trap(forms.TextInput):
    """A box that people neither see nor reach, and that simple programs fill in.

    Its name means nothing to browsers and password managers, which fill in names and addresses by themselves. Where
    there is no stylesheet its label says what to do. To Django it counts as hidden: it belongs with the other fields
    that a page shows without label.
    """

    is_hidden = True
    template_name = "guard/trap.html"

    def __init__(self) -> None:
        super().__init__({"tabindex": "-1", "autocomplete": "off", "data-1p-ignore": True, "data-lpignore": "true"})


class GuardedForm(forms.Form):
    """Base of the forms for the public; stands before ``ModelForm`` in the list of bases.

    ``{{ form }}`` shows all of it; or a page includes ``components/form/errors.html``, ``hidden.html`` and, for each
    field, ``field.html``. Its <form> says ``novalidate``, so that people read our sentences and not the browser's.

    A form that was open for days is as good as any: parents come back to a page. One that was not made by us at all,
    or before SECRET_KEY was changed, is an error that goes away by sending it again; nothing typed is lost.
    """

    template_name = "components/form/form.html"
    use_required_attribute = False

    submission_id = SubmissionId(initial=uuid4)
    opened = Opened(initial=signed_now)
    other_reason = forms.CharField(required=False, widget=Trap)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field.widget, forms.Textarea):
                # A browser would silently cut off the end of what is pasted; the form says that it is too long.
                field.widget.attrs.pop("maxlength", None)

    def clean(self) -> dict[str, Any] | None:
        """Refuses what was sent quicker than people can read. Some can, with what the browser fills in: they go on."""
        opened = self.cleaned_data.get("opened")
        if opened and timezone.now().timestamp() - opened < settings.FORM_FASTEST_SECONDS:
            raise forms.ValidationError(TOO_QUICK, code="too_quick")
        return super().clean()

    @property
    def is_bot(self) -> bool:
        """Whether a program filled in this valid form: it wrote into the box that nobody sees.

        The view answers as ever and stores nothing, so that whoever wrote the program does not learn from it.
        """
        return bool(self.cleaned_data["other_reason"])


class FormWithEmail(GuardedForm):
    """Base of those with a field ``email``, by which alone people hear from us: what looks mistyped is asked about.

    Once: whoever sends the same address again means it.
    """

    asked_about = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        name, better = self.add_prefix("asked_about"), meant(email)
        if better and self.data.get(name) != email:
            data: Any = self.data
            self.data = data = data.copy()
            data[name] = email
            raise forms.ValidationError(
                f"Did you mean {better}? If {email} is right, press the button again.", code="mistyped"
            )
        return email

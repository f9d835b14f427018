"""“Are you sure?” between the form of a date and the e-mails that saving it sends."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from workshops.forms.dates import WorkshopDateForm
from workshops.words import people

NOT_SAVED = "Nothing is saved yet. What you typed is still here."


class AsksFirst:
    """For a ModelAdmin whose page has forms of dates, one of its own or several below.

    The page that asks holds all that was typed, in hidden fields: whichever button is pressed sends it again.
    """

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST" and not context["errors"]:
            if asking := [form for form in _date_forms(context) if form.asks]:
                return self._asking(request, asking, context)
            if WorkshopDateForm.GO_BACK in request.POST:
                messages.info(request, NOT_SAVED)
        return super().render_change_form(request, context, *args, **kwargs)  # type: ignore[misc]

    def _asking(self, request: HttpRequest, asking: list[WorkshopDateForm], context: Any) -> TemplateResponse:
        buttons = {WorkshopDateForm.SURE, WorkshopDateForm.GO_BACK, "csrfmiddlewaretoken"}
        typed = [(name, value) for name, values in request.POST.lists() if name not in buttons for value in values]
        more = {
            "title": "Are you sure?",
            "subtitle": None,
            "forms": asking,
            "typed": typed,
            "sure": WorkshopDateForm.SURE,
            "go_back": WorkshopDateForm.GO_BACK,
            "button": f"Save and e-mail {people(sum(len(form.concerned) for form in asking))}",
            "opts": self.opts,  # type: ignore[attr-defined]
        }
        return TemplateResponse(request, "admin/workshops/sure.html", {**context, **more})


def _date_forms(context: Any) -> list[WorkshopDateForm]:
    inline = [form for formset in context["inline_admin_formsets"] for form in formset.formset.forms]
    return [form for form in [context["adminform"].form, *inline] if isinstance(form, WorkshopDateForm)]

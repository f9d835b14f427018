"""What a browser sends when staff press “Save”."""

from html.parser import HTMLParser
from typing import Any

from django.db.models import Model
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags


class _Fields(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, Any] = {}
        self.textarea = self.select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = dict(attrs)
        name, value = has.get("name") or "", has.get("value") or ""
        if tag == "textarea":
            self.textarea, self.found[name] = name, ""
        elif tag == "select":
            self.select = name
        elif tag == "option" and "selected" in has and self.select:
            self._add(self.select, value)
        elif tag == "input" and name and _is_sent(has):
            self._add(name, value or ("on" if has.get("type") == "checkbox" else ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            # A browser leaves out the first line break.
            self.found[self.textarea] = self.found[self.textarea].removeprefix("\n").removeprefix("\r\n")
            self.textarea = ""
        elif tag == "select":
            self.select = ""

    def handle_data(self, data: str) -> None:
        if self.textarea:
            self.found[self.textarea] += data

    def _add(self, name: str, value: str) -> None:
        self.found.setdefault(name, [])
        self.found[name] = [*self.found[name], value] if isinstance(self.found[name], list) else [value]


def _is_sent(has: dict[str, str | None]) -> bool:
    kind = has.get("type")
    return "checked" in has if kind in {"checkbox", "radio"} else kind not in {"submit", "file"}


def fields_of(response: HttpResponse) -> dict[str, Any]:
    """The names and values of the form fields on a page, as a browser would send them back."""
    parser = _Fields()
    parser.feed(response.content.decode())
    return parser.found


def desk(row: Model | type[Model], act: str = "change") -> str:
    """The admin's address to add, change, delete … ``row``, or its list (“changelist”)."""
    name = f"admin:{row._meta.app_label}_{row._meta.model_name}_{act}"
    return reverse(name, args=[row.pk] if isinstance(row, Model) else [])


def save(client: Client, row: Model | type[Model], **changes: Any) -> HttpResponse:
    """Open the form, change some fields, press “Save”; follows to the next page if it was saved."""
    address = desk(row) if isinstance(row, Model) else desk(row, "add")
    return client.post(address, fields_of(client.get(address)) | changes, follow=True)


def act_on(client: Client, rows: list[Any], action: str, **more: Any) -> HttpResponse:
    """Tick ``rows`` in their list and choose ``action``."""
    data = {"action": action, "_selected_action": [row.pk for row in rows], **more}
    return client.post(desk(type(rows[0]), "changelist"), data, follow=True)


def messages_of(response: HttpResponse) -> list[str]:
    """The messages on top of the page, without markup."""
    return [" ".join(strip_tags(str(message).replace("<li>", " ")).split()) for message in response.context["messages"]]


def errors_of(response: HttpResponse) -> dict[str, list[str]]:
    """The form's messages by field; empty if it was saved."""
    form = response.context.get("adminform")
    return {name: list(errors) for name, errors in form.form.errors.items()} if form else {}

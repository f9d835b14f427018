"""One person asks for one page."""

from http.cookies import SimpleCookie

from django.db import transaction
from django.http import HttpResponse

from tests.access.people import Person

STATUSES = {403: "kept out", 404: "kept out", 405: "not taken"}


def answer_of(response: HttpResponse, person: Person) -> str:
    """Whoever is not let in is led to the login page, from the button to log out by way of the start page."""
    to_login = ("/admin/login/",) if person.is_let_in else ("/admin/login/", "/admin/")
    if response.status_code == 302 and response["Location"].partition("?")[0] in to_login:
        return "login"
    return STATUSES.get(response.status_code, "in")


def ask(person: Person, method: str, address: str) -> str:
    """What is done by it is undone; who logs out is logged in again."""
    cookies = person.client.cookies.output()
    with transaction.atomic():
        answer = answer_of(getattr(person.client, method)(address), person)
        transaction.set_rollback(True)
    person.client.cookies = SimpleCookie()
    person.client.cookies.load(cookies.replace("Set-Cookie: ", "").replace("\r\n", "; "))
    return answer

"""What browsers are told: with a page, a static file, an upload, an error and a redirect alike."""

import re

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client

from sendguide.headers import UNUSED
from tests import factories

pytestmark = pytest.mark.django_db
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in UNUSED),
}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
UPLOAD = "sandbox; default-src 'none'"


def parts(policy):
    return set(policy.split("; "))


def upload():
    name = "pictures/abc-480.webp"
    if not default_storage.exists(name):
        default_storage.save(name, ContentFile(b"RIFF"))
    return f"/media/{name}"


def static_file(client, name, **extra):
    answer = client.get(f"/static/{name}", **extra)
    assert len(answer.getvalue()) > 100
    answer.close()
    return answer


def no_page(client):
    factories.guide(slug="the-local-offer")
    return client.get("/nothing-here/")


ANSWERS = {
    "page": (200, POLICY, lambda client: client.get("/guides/")),
    "log-in": (200, POLICY, lambda client: client.get("/admin/login/")),
    "static file": (200, POLICY, lambda client: static_file(client, "favicon.svg")),
    "upload": (200, UPLOAD, lambda client: client.get(upload())),
    "no page": (404, POLICY, no_page),
    "method that is not taken": (405, POLICY, lambda client: client.put("/guides/")),
    "form without its cookie": (403, POLICY, lambda client: Client(enforce_csrf_checks=True).post("/admin/login/")),
    "too large": (413, POLICY, lambda client: client.post("/admin/login/", CONTENT_LENGTH=str(10**9))),
    "redirect": (302, POLICY, lambda client: client.get("/admin/")),
    "slash that is missing": (301, POLICY, lambda client: client.get("/guides")),
}


@pytest.mark.parametrize(("status", "policy", "ask"), ANSWERS.values(), ids=ANSWERS)
def test_every_answer_has_the_headers(client, settings, status, policy, ask):
    settings.WHITENOISE_AUTOREFRESH = settings.WHITENOISE_USE_FINDERS = True
    answer = ask(client)
    assert answer.status_code == status
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
    assert parts(answer["Content-Security-Policy"]) == parts(policy)
    assert "Access-Control-Allow-Origin" not in answer.headers


def test_error_of_ours_has_the_headers(client, monkeypatch):
    monkeypatch.setattr("guides.views.reading.Topic.objects", None)
    client.raise_request_exception = False
    answer = client.get("/guides/")
    assert answer.status_code == 500
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
    assert parts(answer["Content-Security-Policy"]) == parts(POLICY)


def test_redirect_to_https_has_the_headers(client, settings):
    settings.SECURE_SSL_REDIRECT = True
    answer = client.get("/guides/")
    assert (answer.status_code, answer["Location"]) == (301, "https://testserver/guides/")
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS


@pytest.mark.parametrize(
    "ask",
    [
        lambda client: client.get("/guides/", secure=True),
        lambda client: static_file(client, "favicon.svg", secure=True),
    ],
    ids=["page", "static file"],
)
def test_https_is_for_ever(client, settings, ask):
    settings.WHITENOISE_AUTOREFRESH = settings.WHITENOISE_USE_FINDERS = True
    settings.SECURE_HSTS_SECONDS = 31536000
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = settings.SECURE_HSTS_PRELOAD = True
    assert ask(client)["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"


def test_picture_that_stands_beside_links_may_be_shown_elsewhere(client, settings):
    settings.WHITENOISE_AUTOREFRESH = settings.WHITENOISE_USE_FINDERS = True
    assert static_file(client, "images/og.png")["Cross-Origin-Resource-Policy"] == "cross-origin"


def test_names_of_features_are_names():
    assert [feature for feature in UNUSED if not re.fullmatch(r"[a-z]+(-[a-z]+)*", feature)] == []
    assert len(set(UNUSED)) == len(UNUSED)

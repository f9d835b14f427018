"""What the Markdown editor asks of the server."""

import pytest
from django.test import Client
from django.urls import reverse

from tests import factories

pytestmark = pytest.mark.django_db
ADDRESSES = {reverse("markdown_preview"): "view_guide", reverse("markdown_upload"): "add_picture"}


@pytest.mark.parametrize("address", ADDRESSES)
def test_visitors_are_refused_and_told_that_their_text_is_still_there(client, address):
    response = client.post(address, {"content": "x"})
    assert (response.status_code, response["Cache-Control"]) == (403, "no-store")
    assert (
        response.content.decode()
        == "You are logged out. Your text is still here: log in again in another tab, then go on."
    )


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("fields", [{}, {"is_staff": False, "is_superuser": True}])
def test_staff_without_the_right_are_refused(client, address, fields):
    client.force_login(factories.staff(*({"view_guide", "add_picture"} - {ADDRESSES[address]}), **fields))
    response = client.post(address, {"content": "x"})
    assert (response.status_code, response["Cache-Control"]) == (403, "no-store")
    assert response.content.decode().startswith("Your account does not have the right to do this.")


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("method", ["get", "head", "put"])
def test_only_posting_is_allowed(client, address, method):
    client.force_login(factories.staff(is_superuser=True))
    assert getattr(client, method)(address).status_code == 405


@pytest.mark.parametrize("address", ADDRESSES)
def test_other_sites_cannot_post(address):
    client = Client(enforce_csrf_checks=True)
    client.force_login(factories.staff(is_superuser=True))
    assert client.post(address, {"content": "x"}).status_code == 403


@pytest.fixture
def editor(client):
    client.force_login(factories.staff("view_guide"))
    return client


def preview(client, text):
    response = client.post(reverse("markdown_preview"), {"content": text})
    assert (response.status_code, response["Cache-Control"]) == (200, "no-store")
    return response.content.decode()


def test_preview_shows_what_readers_will_see(editor):
    page = preview(editor, "## One\n\n!!! key\n    Say it in writing.\n\n[s.36](law:cfa/36)")
    assert '<h2 id="one">One</h2>' in page
    assert '<div class="box box-key">' in page
    assert "https://www.legislation.gov.uk/ukpga/2014/6/section/36" in page
    assert "Before this can be published" not in page


def test_preview_names_every_fault_with_its_line(editor):
    page = preview(editor, "Text.\n\n[x](/nowhere/)\n\n[y](law:no/1)\n\n![](/z.png)")
    assert "Before this can be published" in page
    for words in (
        "Line 3: The link “/nowhere/” is dead",
        "Line 5: “law:no/1” names no law",
        "Line 7: The picture “/z.png” has",
    ):
        assert words in page


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "[x](javascript:alert(1))", '<img src=x onerror="alert(1)">']
)
def test_preview_runs_nothing(editor, text):
    page = preview(editor, text)
    assert "<script" not in page
    assert "<img" not in page
    assert 'href="javascript' not in page


@pytest.mark.parametrize(
    "text", ["", "\0", "[" * 2000, "!!!", "|||\n|-|", "[^1]: x", "\ud800".encode("utf-8", "surrogatepass")]
)
def test_preview_of_nonsense_never_fails(editor, text):
    preview(editor, text)


def test_preview_without_content_is_empty(editor):
    assert editor.post(reverse("markdown_preview")).status_code == 200

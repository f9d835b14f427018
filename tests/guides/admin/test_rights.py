"""Who may do what at the staff's desk."""

import pytest
from django.urls import NoReverseMatch, reverse

from tests import factories
from tests.guides.admin.posting import desk

pytestmark = pytest.mark.django_db
MAKERS = [
    *(factories.guide, factories.page, factories.term, factories.role, factories.council, factories.topic),
    *(factories.testimonial, factories.situation, factories.picture),
]


def name(row):
    return row._meta.model_name


@pytest.mark.parametrize("make", MAKERS)
@pytest.mark.parametrize("act", ["changelist", "add", "change", "delete", "history"])
def test_visitors_are_sent_to_the_login_page(client, make, act):
    row = make()
    address = desk(type(row) if act in {"changelist", "add"} else row, act)
    response = client.get(address)
    assert (response.status_code, response["Location"]) == (302, f"/admin/login/?next={address}")


@pytest.mark.parametrize("make", MAKERS)
@pytest.mark.parametrize("act", ["changelist", "add", "change", "delete", "history"])
def test_staff_without_the_right_are_refused(client, make, act):
    row = make()
    client.force_login(factories.staff())
    assert client.get(desk(type(row) if act in {"changelist", "add"} else row, act)).status_code == 403


@pytest.mark.parametrize("make", MAKERS)
def test_the_right_to_view_changes_nothing(client, make):
    row = make()
    before = type(row).objects.values().get(pk=row.pk)
    client.force_login(factories.staff(f"view_{name(row)}"))
    page = client.get(desk(row))
    assert page.status_code == 200
    assert 'name="_save"' not in page.content.decode()
    assert "Note for the history" not in page.content.decode()
    for act in ("change", "delete"):
        assert client.post(desk(row, act), {"post": "yes", "title": "X"}).status_code == 403
    assert client.post(desk(type(row), "add"), {"title": "X"}).status_code == 403
    client.post(
        desk(type(row), "changelist"), {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"}
    )
    assert type(row).objects.values().get(pk=row.pk) == before


def test_start_page_shows_only_what_this_person_may_see(client):
    factories.guide(title="Secret draft", status="draft")
    factories.council(local_offer_url="https://a.example/", confidence="high")
    client.force_login(factories.staff("view_council"))
    page = client.get(reverse("admin:index")).content.decode()
    assert "Local Offer links nobody has checked yet" in page
    assert "Secret draft" not in page
    assert "Guides due for review" not in page


def test_addresses_of_markdownx_itself_do_not_exist(client):
    client.force_login(factories.staff(is_superuser=True))
    for other in ("markdownx_markdownify", "markdownx_upload"):
        with pytest.raises(NoReverseMatch):
            reverse(other)
    for path in ("/markdownx/markdownify/", "/markdownx/upload/", "/admin/markdownx/upload/"):
        assert client.post(path, {"content": "x"}).status_code == 404

"""A manager gives somebody a new password."""

import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from tests import factories
from tests.guides.admin.posting import fields_of, messages_of
from tests.staff.people import MANAGER, with_role

pytestmark = pytest.mark.django_db
GOOD = "a quite long one 7"


@pytest.fixture
def manager(client):
    client.force_login(with_role(MANAGER))
    return client


@pytest.fixture
def nia():
    return factories.staff(username="nia")


def page_for(person):
    return reverse("admin:auth_user_password_change", args=[person.pk])


def test_page_has_two_boxes_and_our_words(manager, nia):
    response = manager.get(page_for(nia))
    sent = fields_of(response)
    assert set(sent) - {"csrfmiddlewaretoken", "csrf_token"} == {"username", "password1", "password2"}
    words = " ".join(strip_tags(response.content.decode()).split())
    for part in ("A new password for nia", "New password:", "The same again:", "nia is logged out everywhere"):
        assert part in words
    for part in ("authentication", "LDAP", "Single Sign-On", "verification"):
        assert part not in words


def test_new_password_counts_at_once(manager, nia):
    response = manager.post(page_for(nia), {"password1": GOOD, "password2": GOOD}, follow=True)
    assert messages_of(response) == ["Password changed successfully."]
    nia.refresh_from_db()
    assert nia.check_password(GOOD)


@pytest.mark.parametrize(
    ("typed", "field"),
    [(("", ""), "password1"), ((GOOD, "other"), "password2"), (("nia", "nia"), "password2"), ((GOOD, ""), "password2")],
)
def test_password_that_does_not_do_is_refused_at_its_box(manager, nia, typed, field):
    before = nia.password
    response = manager.post(page_for(nia), {"password1": typed[0], "password2": typed[1], "unset-password": "1"})
    assert field in response.context["form"].errors
    assert "The password is still the old one." in response.content.decode()
    nia.refresh_from_db()
    assert nia.password == before


def test_login_by_password_cannot_be_switched_off(manager, nia):
    manager.post(page_for(nia), {"usable_password": "false", "unset-password": "1"})
    nia.refresh_from_db()
    assert nia.has_usable_password()


@pytest.mark.parametrize("page", ["admin:auth_user_change", "admin:auth_user_password_change"])
def test_way_back_names_the_accounts(manager, nia, page):
    found = manager.get(reverse(page, args=[nia.pk])).content.decode()
    assert f'<a href="{reverse("admin:app_list", args=["auth"])}">Accounts</a>' in found

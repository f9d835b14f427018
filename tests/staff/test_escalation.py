"""Whoever looks after accounts cannot become more than they are, nor make others so."""

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.urls import reverse

from tests import factories
from tests.guides.admin.posting import desk, errors_of, fields_of, save
from tests.staff.people import ADVISER, EDITOR, MANAGER, ORGANISER, make_roles, with_role

pytestmark = pytest.mark.django_db
PASSWORD = {"password1": "a quite long one 7", "password2": "a quite long one 7"}


@pytest.fixture
def manager(client):
    person = with_role(MANAGER, username="mira")
    client.force_login(person)
    return person


def state_of(account):
    account = User.objects.get(pk=account.pk)
    return (
        *(account.username, account.password, account.is_active, account.is_staff, account.is_superuser),
        *(sorted(account.groups.values_list("name", flat=True)), sorted(account.user_permissions.all(), key=str)),
    )


def roles(*names):
    return [role.pk for role in Group.objects.filter(name__in=names)]


def everything():
    """What a form could be made to send."""
    return {
        "groups": roles(EDITOR, MANAGER),
        "is_superuser": "on",
        "is_staff": "on",
        "is_active": "on",
        "user_permissions": [each.pk for each in Permission.objects.all()],
    }


def names_of(account):
    return sorted(account.groups.values_list("name", flat=True))


def test_manager_makes_an_account_with_roles(client, manager):
    page = save(client, User, username="nia", first_name="Nia", groups=roles(EDITOR, ORGANISER), **PASSWORD)
    assert page.status_code == 200
    nia = User.objects.get(username="nia")
    assert (nia.is_staff, nia.is_active, nia.is_superuser, names_of(nia)) == (True, True, False, [EDITOR, ORGANISER])
    assert nia.check_password(PASSWORD["password1"])


def test_new_account_gets_no_rights_that_are_smuggled_into_its_form(client, manager):
    save(client, User, username="nia", **(everything() | PASSWORD | {"groups": []}))
    nia = User.objects.get(username="nia")
    assert (nia.is_superuser, names_of(nia), nia.user_permissions.count()) == (False, [], 0)


def test_manager_gives_and_takes_the_role_of_a_colleague(client, manager):
    nia = with_role(EDITOR)
    save(client, nia, groups=roles(ADVISER))
    assert names_of(nia) == [ADVISER]
    save(client, nia, groups=[])
    assert names_of(nia) == []


def test_manager_closes_and_opens_an_account(client, manager):
    nia = with_role(EDITOR)
    data = fields_of(client.get(desk(nia)))
    data.pop("is_active")
    client.post(desk(nia), data)
    assert not User.objects.get(pk=nia.pk).is_active
    save(client, nia, is_active="on")
    assert User.objects.get(pk=nia.pk).is_active


def test_rights_smuggled_into_the_form_of_a_colleague_are_not_given(client, manager):
    nia = with_role(EDITOR)
    save(client, nia, **(everything() | {"groups": roles(EDITOR)}))
    nia.refresh_from_db()
    assert (nia.is_superuser, names_of(nia), nia.user_permissions.count()) == (False, [EDITOR], 0)


def test_single_rights_that_a_superuser_gave_stay_when_a_manager_saves(client, manager):
    nia = factories.staff("view_guide")
    save(client, nia, first_name="Nia")
    assert [each.codename for each in nia.user_permissions.all()] == ["view_guide"]


@pytest.mark.parametrize("fields", [{}, {"is_active": False}])
def test_superuser_is_out_of_reach(client, manager, fields):
    owner = factories.staff(is_superuser=True, **fields)
    before = state_of(owner)
    assert client.get(desk(owner)).status_code == 200
    assert 'name="_save"' not in client.get(desk(owner)).content.decode()
    password = reverse("admin:auth_user_password_change", args=[owner.pk])
    posts = [(desk(owner), everything()), (password, PASSWORD), (desk(owner, "delete"), {"post": "yes"})]
    assert [client.post(*each).status_code for each in posts] == [403, 403, 403]
    assert client.get(password).status_code == 403
    assert state_of(owner) == before


@pytest.mark.parametrize("fields", [{}, {"is_active": False}])
def test_account_with_a_right_that_the_manager_lacks_is_out_of_reach(client, manager, fields):
    """Also a closed one: it could be opened again, and its password be set."""
    other = factories.staff("change_group", **fields)
    before = state_of(other)
    password = reverse("admin:auth_user_password_change", args=[other.pk])
    assert [client.post(*each).status_code for each in ((desk(other), everything()), (password, PASSWORD))] == [403] * 2
    assert state_of(other) == before


def test_nobody_changes_their_own_rights(client, manager):
    before = state_of(manager)
    page = client.get(desk(manager)).content.decode()
    assert [name for name in ("groups", "is_active", "is_superuser") if f'name="{name}"' in page] == []
    data = fields_of(client.get(desk(manager))) | everything()
    client.post(desk(manager), data | {"is_active": "", "groups": []})
    assert state_of(manager) == before


def test_owner_cannot_shut_themselves_out(client):
    owner = factories.staff(is_superuser=True)
    client.force_login(owner)
    client.post(desk(owner), {"username": owner.username})
    owner.refresh_from_db()
    assert (owner.is_superuser, owner.is_staff, owner.is_active) == (True, True, True)


def test_role_with_a_right_that_the_giver_lacks_is_neither_offered_nor_taken(client):
    make_roles()
    giver = factories.staff("view_user", "change_user", "view_guide", "view_booking", "change_booking")
    nia = factories.staff()
    client.force_login(giver)
    form = client.get(desk(nia)).context["adminform"].form
    assert [role.name for role in form.fields["groups"].queryset] == [ADVISER]
    answer = client.post(desk(nia), fields_of(client.get(desk(nia))) | {"groups": roles(MANAGER)})
    assert list(errors_of(answer)) == ["groups"]
    assert names_of(nia) == []


def test_role_that_was_widened_cannot_be_given_any_more(client, manager):
    Group.objects.get(name=EDITOR).permissions.add(Permission.objects.get(codename="change_group"))
    nia = factories.staff()
    form = client.get(desk(nia)).context["adminform"].form
    assert [role.name for role in form.fields["groups"].queryset] == [ORGANISER, ADVISER, MANAGER]


def test_roles_themselves_are_for_superusers_even_with_the_right_to_change_them(client):
    make_roles()
    role = Group.objects.get(name=ADVISER)
    client.force_login(factories.staff("view_group", "add_group", "change_group", "delete_group"))
    addresses = [desk(Group, "changelist"), desk(Group, "add"), desk(role), desk(role, "delete")]
    assert [client.get(each).status_code for each in addresses] == [403] * 4
    assert client.post(desk(role), {"name": "X", "permissions": []}).status_code == 403


def test_superuser_sees_single_rights_and_a_manager_does_not(client, manager):
    nia = with_role(EDITOR)
    assert "user_permissions" not in client.get(desk(nia)).content.decode()
    client.force_login(factories.staff(is_superuser=True))
    assert "user_permissions" in client.get(desk(nia)).content.decode()


def test_account_that_did_something_is_closed_and_not_deleted(client, manager):
    save(client, User, username="nia", **PASSWORD)
    client.force_login(factories.staff(is_superuser=True))
    assert client.post(desk(manager, "delete"), {"post": "yes"}).status_code == 403
    nia = User.objects.get(username="nia")
    assert client.post(desk(nia, "delete"), {"post": "yes"}).status_code == 302
    assert not User.objects.filter(pk=nia.pk).exists()


def test_list_of_accounts_takes_no_lookups_but_its_own(client, manager):
    for query in ("username__regex=(", "password__startswith=a", "groups__permissions__codename=x", "is_superuser=1"):
        assert client.get(f"{desk(User, 'changelist')}?{query}").status_code == 400
    assert client.get(f"{desk(User, 'changelist')}?is_active__exact=1&groups__id__exact=1").status_code == 200

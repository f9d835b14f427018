"""Roles are groups with a name that says what somebody does here; a migration makes them.

Whoever looks after accounts gives no more than they have: no role with a right that they lack, and they touch no
account that has one. Otherwise they could set that one's password, and then be that person.
"""

from typing import Any

from django.contrib.auth.models import Group, Permission, User
from django.db.models import Q, QuerySet

# What each role is for, in a sentence. One that somebody adds by hand has only its name.
IN_WORDS = {
    "Editor": "writes guides, the glossary, who’s who, local help and all other pages.",
    "Workshop organiser": "writes workshops and their dates, sees who comes, and e-mails them.",
    "Adviser": "has a diary of their own calls. Choose their account at the adviser, too.",
    "Manager": "does all of this, for everybody’s calls; sees every e-mail and what staff did; gives roles.",
}


def rights_of(person: Any) -> set[str]:
    """Such as “guides.change_guide”. Of a closed account: those that it would have again if it were opened."""
    if person.is_superuser:
        return _names(Permission.objects.all())
    held = Q(group__user=person.pk) | Q(user=person.pk)
    return _names(Permission.objects.filter(held).distinct())


def _names(permissions: QuerySet[Permission]) -> set[str]:
    return {f"{app}.{codename}" for app, codename in permissions.values_list("content_type__app_label", "codename")}


def may_look_after(person: Any, *, account: User) -> bool:
    """Whether ``person``, who may change accounts, may change this one."""
    if person.is_superuser:
        return True
    return not account.is_superuser and rights_of(account) <= rights_of(person)


def roles_to_give(person: Any) -> QuerySet[Group]:
    """Those with nothing in them that ``person`` lacks."""
    if person.is_superuser:
        return Group.objects.order_by("pk")
    held = Permission.objects.filter(Q(group__user=person.pk) | Q(user=person.pk))
    return Group.objects.exclude(permissions__in=Permission.objects.exclude(pk__in=held)).order_by("pk")

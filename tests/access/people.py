"""Who walks through the site."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.contrib.auth.models import User
from django.test import Client
from django_otp import DEVICE_ID_SESSION_KEY

from sendguide.staff.roles import rights_of
from tests import factories
from tests.access.table import BACK, EVERYONE, HALF_IN, LINK, NOBODY, NOT_TAKEN, OWNER, STAFF, TOKEN
from tests.staff.people import ADVISER, EDITOR, MANAGER, ORGANISER, with_role

# How each gets their account, and whether the staff site lets them in with it; if not, they are answered like nobody.
PEOPLE: dict[str, tuple[Callable[[], User] | None, bool]] = {
    "nobody": (None, False),
    "an account that is not of staff": (partial(with_role, MANAGER, is_staff=False), False),
    "staff without the second step": (partial(with_role, MANAGER), False),
    "staff without a role": (factories.staff, True),
    **{role: (partial(with_role, role), True) for role in (EDITOR, ORGANISER, ADVISER, MANAGER)},
    "the owner": (partial(factories.staff, is_superuser=True), True),
}


def take_second_step(client: Client, account: User) -> None:
    session = client.session
    session[DEVICE_ID_SESSION_KEY] = account.staticdevice_set.create(name="Paper").persistent_id
    session.save()


@dataclass(frozen=True)
class Person:
    client: Client
    account: User | None
    is_let_in: bool
    rights: frozenset[str]

    @classmethod
    def called(cls, name: str) -> "Person":
        make, is_let_in = PEOPLE[name]
        client, account = Client(), make() if make else None
        if account:
            client.force_login(account)
        if account and is_let_in:
            take_second_step(client, account)
        return cls(client, account, is_let_in, frozenset(rights_of(account) if account and is_let_in else ()))

    def expected(self, name: str, who: str) -> str:
        """What the table says of this person and the page called ``name``."""
        if who in {EVERYONE, LINK}:
            return "in"
        if who == HALF_IN:
            return "in" if self.account is not None and self.account.is_staff else "login"
        if name == "admin:start_again":
            return {NOT_TAKEN: "not taken", BACK: "login"}[who]
        if name.startswith(("admin:", "admin/")) and not self.is_let_in:
            return "login"
        fixed = {STAFF: "in", NOBODY: "kept out", TOKEN: "kept out", NOT_TAKEN: "not taken"}
        if who in fixed:
            return fixed[who]
        is_owner = self.account is not None and self.account.is_superuser
        may = is_owner if who == OWNER else any(self._has(part) for part in who.split(" or "))
        return "in" if may else "kept out"

    def _has(self, rights: str) -> bool:
        return self.rights.issuperset(rights.split(" and "))

"""The account "owner", which may do everything on the staff site. Its password is generated and shown once."""

import secrets

from django.contrib.auth import get_user_model

OWNER = "owner"
# No letter or digit that looks like another one.
CHARACTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def create_owner() -> str | None:
    """The new owner's password, or None when there is an owner already."""
    if get_user_model().objects.filter(username=OWNER).exists():
        return None
    return renew_owner_password()


def renew_owner_password() -> str:
    """Give the owner a new password and every right, and return the password. Makes the account if there is none."""
    password = "-".join("".join(secrets.choice(CHARACTERS) for _ in range(4)) for _ in range(4))
    owner, _ = get_user_model().objects.get_or_create(username=OWNER)
    owner.is_active = owner.is_staff = owner.is_superuser = True
    owner.set_password(password)
    owner.save()
    return password

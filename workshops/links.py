"""Links that open somebody's place: signed, for this purpose only, and revocable by raising ``link_version``."""

from django.core import signing
from django.urls import reverse

from workshops.models import SignUp

SIGNER = signing.Signer(salt="workshops.place")


def place_path(sign_up: SignUp, name: str = "place") -> str:
    """The path of ``sign_up``'s own page, or of another page of theirs called ``name``."""
    return reverse(name, args=[SIGNER.sign_object([sign_up.pk, sign_up.link_version], compress=False)])


def sign_up_for(token: str) -> SignUp:
    """The sign-up that ``token`` opens.

    Raises signing.BadSignature for a forged token and SignUp.DoesNotExist for one that is revoked.
    """
    pk, version = SIGNER.unsign_object(token)
    places = SignUp.objects.select_related("date__workshop__topic", "council")
    return places.get(pk=pk, link_version=version)

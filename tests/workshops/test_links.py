import pytest
from django.core import signing

from tests import factories
from workshops.links import SIGNER, place_path, sign_up_for
from workshops.models import SignUp

pytestmark = pytest.mark.django_db


def token_of(sign_up: SignUp) -> str:
    return place_path(sign_up).split("/")[3]


def test_link_opens_its_sign_up_and_stays_the_same():
    sign_up = factories.sign_up()
    assert sign_up_for(token_of(sign_up)) == sign_up
    assert place_path(sign_up) == place_path(SignUp.objects.get())


def test_revoked_link_opens_nothing():
    sign_up = factories.sign_up()
    token = token_of(sign_up)
    SignUp.objects.update(link_version=2)
    with pytest.raises(SignUp.DoesNotExist):
        sign_up_for(token)


@pytest.mark.parametrize("form", ["x{}", "{}x", "", "{}:"])
def test_changed_link_opens_nothing(form):
    token = token_of(factories.sign_up())
    with pytest.raises(signing.BadSignature):
        sign_up_for(form.format(token))


def test_signature_for_another_purpose_opens_nothing():
    sign_up = factories.sign_up()
    with pytest.raises(signing.BadSignature):
        sign_up_for(signing.Signer(salt="something.else").sign_object([sign_up.pk, 1]))
    assert sign_up_for(SIGNER.sign_object([sign_up.pk, 1])) == sign_up

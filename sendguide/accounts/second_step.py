"""The second step of logging in: a code from an app on a phone, or one of ten recovery codes.

Setting it up is one thing, done or not done: phone and recovery codes count from the moment when somebody says that
they have kept the codes. Who stops before that begins again the next time.
"""

from datetime import timedelta

from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django_otp.models import Device
from django_otp.oath import hotp
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from sendguide.accounts.sessions import end_sessions

CODES = 10
DIGITS = 6
# Of 30 seconds: a phone's clock may go before or after ours.
STEPS_SHOWN = 2
BETWEEN = str.maketrans("", "", " -–.\t\u00a0")
# What is written on paper is misread. No recovery code has one of these figures.
MISREAD = str.maketrans("018", "olb")
KINDS: tuple[type[Device], ...] = (TOTPDevice, StaticDevice)


def has_second_step(person: User) -> bool:
    return TOTPDevice.objects.filter(user=person, confirmed=True).exists()


def codes_left(person: User) -> int:
    return StaticToken.objects.filter(device__user=person, device__confirmed=True).count()


def key_for(person: User, session: SessionBase) -> str:
    """The new key for an app, in hex: the same while ``session`` lasts, so that a page can be loaded again.

    It is stored nowhere before it is used, and nobody without SECRET_KEY can work it out.
    """
    about = f"{person.pk}\n{session.session_key}"
    return salted_hmac("sendguide.accounts.key", about, algorithm="sha1").hexdigest()


def new_phone(person: User, key: str) -> TOTPDevice:
    """Not saved."""
    return TOTPDevice(user=person, name="Phone", key=key, confirmed=False)


@transaction.atomic
def begin(*, person: User, key: str, code: str) -> TOTPDevice | None:
    """A phone that counts when ``keep_codes`` says so, with its recovery codes; None if ``code`` is not from it."""
    code = tidy(code)
    phone = new_phone(person, key)
    TOTPDevice.objects.filter(user=person, confirmed=False).delete()
    phone.save()
    if len(code) != DIGITS or not phone.verify_token(code):
        phone.delete()
        return None
    make_codes(person=person)
    return phone


@transaction.atomic
def make_codes(*, person: User) -> None:
    """Ten new recovery codes. The old ones count until the new ones are kept."""
    StaticDevice.objects.filter(user=person, confirmed=False).delete()
    device = StaticDevice.objects.create(user=person, name="Recovery codes", confirmed=False)
    StaticToken.objects.bulk_create(StaticToken(device=device, token=StaticToken.random_token()) for _ in range(CODES))


def codes_to_keep(person: User) -> list[str]:
    """In two halves, which are easier to copy. Empty when there are none that nobody has kept yet."""
    tokens = StaticToken.objects.filter(device__user=person, device__confirmed=False).order_by("pk")
    return [f"{each.token[:4]} {each.token[4:]}" for each in tokens]


@transaction.atomic
def keep_codes(*, person: User, phone: int | None, may_replace: bool) -> TOTPDevice | None:
    """What was made last counts, and nothing older. Gives the phone that counts; None if there is none.

    ``phone`` is the key of the one that ``begin`` made. Where another one counts already it is taken in its place only
    if ``may_replace``: two may have known the password and begun at the same time.
    """
    get_user_model().objects.select_for_update().get(pk=person.pk)
    counts = TOTPDevice.objects.filter(user=person, confirmed=True)
    new = TOTPDevice.objects.filter(user=person, confirmed=False, pk=phone or 0).first()
    if new and counts.exists() and not may_replace:
        return None
    if new:
        counts.delete()
        new.confirmed = True
        new.save(update_fields=["confirmed"])
    codes = StaticDevice.objects.filter(user=person, confirmed=False).first()
    if codes and (new or may_replace):
        StaticDevice.objects.filter(user=person, confirmed=True).delete()
        codes.confirmed = True
        codes.save(update_fields=["confirmed"])
    return new or (counts.first() if may_replace else None)


def tidy(typed: str) -> str:
    """Six digits as they are; a recovery code as it was given: "MFRG-GZ D0" → "mfrggzdo"."""
    code = typed.lower().translate(BETWEEN)
    return code if len(code) == DIGITS else code.translate(MISREAD)


def check_code(*, person: User, typed: str) -> Device | None:
    """What ``typed`` is a code of, or None. No code is taken twice; after a wrong one it takes longer each time."""
    code = tidy(typed)
    kind: type[Device] = TOTPDevice if len(code) == DIGITS else StaticDevice
    with transaction.atomic():
        for device in kind.objects.filter(user=person, confirmed=True).select_for_update():
            if device.verify_token(code):
                return device
    return None


def were_just_used(*, person: User, typed: str) -> bool:
    """Whether ``typed`` are the digits that were taken last, and the app may show them still.

    To be asked after ``check_code`` refused them. Whoever learns it has the password, and digits that count no more.
    """
    code = tidy(typed)
    for phone in TOTPDevice.objects.filter(user=person, confirmed=True):
        step = int(timezone.now().timestamp()) // phone.step
        if abs(step - phone.last_t) <= STEPS_SHOWN and code == f"{hotp(phone.bin_key, phone.last_t):0{DIGITS}}":
            return True
    return False


def wait_before(person: User, typed: str) -> timedelta:
    """How long no code like ``typed`` is looked at, after wrong ones; nought if it is at once."""
    kind: type[Device] = TOTPDevice if len(tidy(typed)) == DIGITS else StaticDevice
    now = timezone.now()
    waits = [timedelta()]
    for device in kind.objects.filter(user=person, confirmed=True):
        _, why = device.verify_is_allowed()
        waits += [why["locked_until"] - now] if why and "locked_until" in why else []
    return max(waits)


@transaction.atomic
def reset(*, person: User) -> None:
    """The phone is lost: ``person`` is logged out everywhere, and sets up a new one with their password."""
    get_user_model().objects.select_for_update().get(pk=person.pk)
    for kind in KINDS:
        kind.objects.filter(user=person).delete()
    end_sessions(person)

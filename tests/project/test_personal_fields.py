"""Every field that sounds personal is declared as personal, or as not personal with a reason."""

import re
from collections.abc import Iterable, Iterator

from django.apps import apps
from django.conf import settings
from django.db import models
from django.test.utils import isolate_apps

from sendguide.privacy.registry import Personal, personal_models
from tests.privacy.people.models import Guest, Stay

# What the charity publishes is not personal; accounts of staff are Django's.
OURS = re.compile(r"(sendguide|workshops|bookings|tests)\b")
SOUNDS_PERSONAL = re.compile(
    r"(?:^|_)(?:name|e?mails?|phone|mobile|tel|to|recipient|postcode|address|contact|notes?|needs|word|comments?|"
    r"message|details|ip)(?:_|$)"
)


def undeclared(chosen: Iterable[type[models.Model]]) -> Iterator[str]:
    """One sentence a fault."""
    for model in chosen:
        personal = getattr(model, "PERSONAL", None)
        reasons = getattr(model, "NOT_PERSONAL", {})
        names = {field.name for field in model._meta.get_fields()}
        declared = {*(personal.fields if personal else ()), *reasons}
        yield from (f"{model.__name__}.{name} is not a field" for name in sorted(declared - names))
        yield from (f"{model.__name__}.{name} has no reason" for name, reason in reasons.items() if not reason)
        sounding = {field.name for field in model._meta.local_fields if SOUNDS_PERSONAL.search(field.name)}
        yield from (f"{model.__name__}.{name} sounds personal" for name in sorted(sounding - declared))


def cannot_be_blank(model: type[models.Model], personal: Personal) -> Iterator[str]:
    """Fields for which the database would refuse what they are to become, and keys that a purge cannot follow."""
    for name, blank in personal.fields.items():
        field = model._meta.get_field(name)
        if blank is None and not field.null:
            yield f"{model.__name__}.{name} cannot be None"
        if blank is None and isinstance(field, models.JSONField):
            yield f"{model.__name__}.{name} is JSON, where None is a value: let it become {{}}"
    if not isinstance(model._meta.pk, models.AutoField | models.IntegerField):
        yield f"{model.__name__} has a key that the staff site's log writes otherwise than the database"


def own_models() -> list[type[models.Model]]:
    """Without the tables that hold older versions: they have the fields of their model."""
    return [m for m in apps.get_models() if OURS.match(m.__module__) and not hasattr(m, "history_object")]


def test_every_field_that_sounds_personal_is_declared():
    assert list(undeclared(own_models())) == []


def test_every_personal_field_can_be_blanked():
    assert [fault for each in personal_models().items() for fault in cannot_be_blank(*each)] == []


def test_every_rule_names_a_setting_and_says_from_when():
    rules = {model: (getattr(settings, each.kept), bool(each.after)) for model, each in personal_models().items()}
    assert {model for model, (days, said) in rules.items() if not (days > 0 and said)} == set()


def test_models_are_found_once():
    assert Guest in own_models()
    assert personal_models()[Guest] is Guest.PERSONAL
    assert [model for model in personal_models() if issubclass(model, Guest)] == [Guest]
    assert Stay not in personal_models()


def made_up(**attributes: object) -> type[models.Model]:
    """A model that no other test sees."""
    meta = type("Meta", (), {"app_label": "people"})
    with isolate_apps("tests.privacy.people"):
        return type("Caller", (models.Model,), {"__module__": __name__, "Meta": meta} | attributes)


def test_undeclared_field_is_seen():
    caller = made_up(
        home_phone=models.TextField(),
        to=models.TextField(),
        notes=models.TextField(),
        total=models.IntegerField(),
        surnames_known=models.IntegerField(),
        NOT_PERSONAL={"notes": "", "gone": "was here once"},
    )
    assert list(undeclared([caller])) == [
        "Caller.gone is not a field",
        "Caller.notes has no reason",
        "Caller.home_phone sounds personal",
        "Caller.to sounds personal",
    ]


def test_field_that_cannot_be_blanked_is_seen():
    caller = made_up(
        id=models.UUIDField(primary_key=True), name=models.TextField(), details=models.JSONField(null=True)
    )
    personal = Personal(fields={"name": None, "details": None}, kept="", after="", due=lambda rows, moment: rows)
    assert list(cannot_be_blank(caller, personal)) == [
        "Caller.name cannot be None",
        "Caller.details is JSON, where None is a value: let it become {}",
        "Caller has a key that the staff site's log writes otherwise than the database",
    ]

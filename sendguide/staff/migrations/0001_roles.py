"""The four roles, as groups. Whoever has one keeps it: a group that is there already only gets what it lacks.

Django makes permissions after all migrations have run. Here they are made before, with Django's own function, for the
models as they are at this point: it passes over those that are there.
"""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

WRITE = ("view", "add", "change", "delete")
GUIDES = {
    **dict.fromkeys(
        (
            *("guide", "guidechange", "sitepage", "topic", "testimonial", "situation", "picture"),
            *("glossaryterm", "role", "council", "searchsynonym"),
        ),
        WRITE,
    ),
    "searchmiss": ("view", "delete"),
    "outsidelink": ("view", "change"),
}
WORKSHOPS = {"workshop": WRITE, "workshopdate": WRITE, "signup": ("view",)}
OWN_CALLS = {"booking": ("view", "change")}
ALL_CALLS = {
    "booking": ("view", "change", "see_all_calls"),
    "adviser": WRITE,
    "waitingentry": ("view", "change"),
}
E_MAILS = {"queuedemail": ("view", "view_email_body", "send_email_again")}
# The text of a workshop has the editor of the guides: its preview asks for the first, its pictures for the others.
TEXTS_OF_WORKSHOPS = {"guide": ("view",), "picture": ("view", "add")}
ACCOUNTS = {"user": ("view", "add", "change")}
LOGGING_IN = {"failedlogin": ("view", "delete")}
ACTIVITY = {"logentry": ("view",)}
# Nobody can give more than they have: managers have all that they give.
ROLES = {
    "Editor": {"guides": GUIDES},
    "Workshop organiser": {"workshops": WORKSHOPS, "guides": TEXTS_OF_WORKSHOPS},
    "Adviser": {"bookings": OWN_CALLS},
    "Manager": {
        "guides": GUIDES,
        "workshops": WORKSHOPS,
        "bookings": ALL_CALLS,
        "outbox": E_MAILS,
        "auth": ACCOUNTS,
        "accounts": LOGGING_IN,
        "admin": ACTIVITY,
    },
}


def make(apps, schema_editor=None):
    """Can be called again at any time."""
    for label in ROLES["Manager"]:
        create_permissions(installed.get_app_config(label), verbosity=0, apps=apps)
    for name, rights in ROLES.items():
        group, _ = apps.get_model("auth.Group").objects.get_or_create(name=name)
        group.permissions.add(*(_permission(apps, *right) for right in _each(rights)))


def remove(apps, schema_editor=None):
    apps.get_model("auth.Group").objects.filter(name__in=ROLES).delete()


def _each(rights):
    for app, models in rights.items():
        for model, acts in models.items():
            for act in acts:
                yield app, model, f"{act}_{model}" if act in WRITE else act


def _permission(apps, app, model, codename):
    known = apps.get_model("auth.Permission").objects
    return known.get(content_type__app_label=app, content_type__model=model, codename=codename)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_failed_login"),
        ("admin", "0003_logentry_add_action_flag_choices"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("outbox", "0002_one_index_of_states"),
        ("guides", "0005_outside_links"),
        ("workshops", "0002_words_explained"),
        ("bookings", "0001_initial"),
    ]
    operations = [migrations.RunPython(make, remove)]

"""Managers see errors and slow pages."""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations


def give(apps, schema_editor):
    create_permissions(installed.get_app_config("troubles"), verbosity=0, apps=apps)
    for group in apps.get_model("auth.Group").objects.filter(name="Manager"):
        group.permissions.add(_right(apps))


def take_back(apps, schema_editor):
    for group in apps.get_model("auth.Group").objects.filter(name="Manager"):
        group.permissions.remove(_right(apps))


def _right(apps):
    known = apps.get_model("auth.Permission").objects
    return known.get(content_type__app_label="troubles", codename="view_trouble")


class Migration(migrations.Migration):
    dependencies = [("staff", "0001_roles"), ("troubles", "0001_initial")]
    operations = [migrations.RunPython(give, take_back)]

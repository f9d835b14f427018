"""The page “workshops” said that dates would come. Its address shows them now."""

from django.db import migrations


def remove(apps, schema_editor):
    apps.get_model("guides", "SitePage").objects.filter(slug="workshops").delete()
    apps.get_model("guides", "LoadedItem").objects.filter(kind="page", key="workshops").delete()


class Migration(migrations.Migration):
    dependencies = [("guides", "0001_initial")]
    # Backwards: load_content brings the page back if its file is there.
    operations = [migrations.RunPython(remove, migrations.RunPython.noop)]

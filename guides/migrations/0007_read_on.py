from django.db import migrations, models

READ_ON = models.CharField(
    blank=True,
    db_default="",
    default="",
    help_text="The guide, or the section of a guide, that says what to do about it. For example "
    "/guides/understanding-ehcps/#refused. Open the section on the site and copy its address, from /guides/ on. "
    "Readers see a link while that guide is published. Leave it empty if nothing fits.",
    max_length=200,
    verbose_name="read on in",
)


class Migration(migrations.Migration):

    dependencies = [("guides", "0006_newest_changes")]

    operations = [
        migrations.AddField(model_name=name, name="read_on", field=READ_ON.clone())
        for name in ("glossaryterm", "historicalglossaryterm", "role", "historicalrole")
    ]

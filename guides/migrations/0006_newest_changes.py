from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("guides", "0005_outside_links")]

    operations = [
        migrations.AddIndex(
            model_name="guidechange",
            index=models.Index(fields=["-date", "-id"], name="guide_change_newest"),
        ),
    ]

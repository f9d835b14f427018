"""Staff search calls that still have details: an index has only these."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('bookings', '0001_initial'),
        ('guides', '0006_newest_changes'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name='booking',
            index=models.Index(condition=models.Q(('name', ''), _negated=True), fields=['starts_at'], name='call_with_details_by_start'),
        ),
    ]

"""Accounts found by name."""

from django.db import migrations, models
from django.db.models.functions import Lower


class Migration(migrations.Migration):
    dependencies = [("readers", "0006_closures")]

    operations = [
        migrations.AddIndex(
            model_name="reader", index=models.Index(Lower("display_name"), "id", name="readers_by_name")
        )
    ]

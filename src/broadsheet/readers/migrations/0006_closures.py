"""Accounts that the moderators deleted."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("readers", "0005_one_form_of_addresses")]

    operations = [
        migrations.CreateModel(
            name="Closure",
            fields=[
                (
                    "reader",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="closure",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("began_at", models.DateTimeField()),
                ("deadline", models.DateTimeField(db_index=True)),
            ],
            options={"db_table": "readers_closure"},
        ),
    ]

"""Identities that wait for their account's address to be confirmed."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("readers", "0003_entrance")]

    operations = [
        migrations.CreateModel(
            name="AwaitedIdentity",
            fields=[
                (
                    "reader",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("provider", models.CharField(max_length=200)),
                ("uid", models.CharField(max_length=191)),
                ("shown", models.CharField(blank=True, max_length=254)),
                ("picture", models.TextField(blank=True)),
            ],
            options={"db_table": "readers_awaited_identity"},
        ),
        migrations.AddIndex(
            model_name="awaitedidentity",
            index=models.Index(fields=["provider", "uid"], name="readers_awaited"),
        ),
    ]

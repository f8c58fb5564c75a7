"""Clauses that flag where they would hold, until a chief has looked (MOD-10)."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("newsroom", "0010_helplines")]

    operations = [
        migrations.CreateModel(
            name="LoweredClause",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=40)),
                ("since", models.DateTimeField()),
                ("edition", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="newsroom.editionpage")),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("edition", "code"), name="newsroom_lowered_once")],
            },
        ),
    ]

"""Changes that many readers are told, and mail that goes when nothing else waits."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notifications", "0001_initial")]

    operations = [
        migrations.AlterField(
            model_name="message",
            name="urgency",
            field=models.PositiveSmallIntegerField(choices=[(0, "at once"), (5, "in its turn"), (9, "when nothing else waits")], default=5),
        ),
        migrations.CreateModel(
            name="Telling",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("edition_id", models.BigIntegerField()),
                ("kind", models.CharField(max_length=20, verbose_name="kind")),
                ("number", models.PositiveIntegerField(verbose_name="version")),
                ("came_since", models.BooleanField(default=False)),
                ("after", models.BigIntegerField(default=0)),
                ("begun_at", models.DateTimeField(verbose_name="begun")),
                ("ended_at", models.DateTimeField(null=True, verbose_name="ended")),
            ],
            options={
                "verbose_name": "telling of a change",
                "verbose_name_plural": "tellings of changes",
                "db_table": "notifications_telling",
                "indexes": [models.Index(condition=models.Q(("ended_at__isnull", True)), fields=["id"], name="notifications_telling_on")],
                "constraints": [models.UniqueConstraint(fields=("edition_id", "kind", "number", "came_since"), name="notifications_telling_once")],
            },
        ),
    ]

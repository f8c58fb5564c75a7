"""Mail that came back, and addresses that get no optional mail for it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notifications", "0006_newsletters")]

    operations = [
        migrations.AddField(
            model_name="message",
            name="recipient",
            field=models.CharField(blank=True, default="", max_length=80),
            preserve_default=False,
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(
                condition=models.Q(("recipient", ""), _negated=True),
                fields=["recipient"],
                name="notifications_message_to",
            ),
        ),
        migrations.CreateModel(
            name="ReturnedMail",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("message_number", models.BigIntegerField()),
                ("recipient", models.CharField(max_length=80)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("hard", "no such mailbox"),
                            ("soft", "not taken this time"),
                            ("complaint", "complaint"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("status", models.CharField(blank=True, max_length=12, verbose_name="status")),
                ("purpose", models.CharField(max_length=40, verbose_name="purpose")),
                ("at", models.DateTimeField(db_index=True, verbose_name="when")),
                ("forgiven_at", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name": "returned mail",
                "verbose_name_plural": "returned mails",
                "db_table": "notifications_returned_mail",
                "indexes": [models.Index(fields=["recipient", "at"], name="notifications_returned_to")],
                "constraints": [
                    models.UniqueConstraint(fields=("message_number", "kind"), name="notifications_returned_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="StoppedAddress",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("recipient", models.CharField(max_length=80, unique=True)),
                (
                    "why",
                    models.CharField(
                        choices=[
                            ("pause", "mail to it was not taken lately"),
                            ("bounces", "mail to it comes back"),
                            ("complaint", "its owner called our mail unwanted"),
                        ],
                        max_length=10,
                        verbose_name="why",
                    ),
                ),
                ("at", models.DateTimeField(db_index=True, verbose_name="when")),
                ("until", models.DateTimeField(null=True, verbose_name="until")),
            ],
            options={
                "verbose_name": "stopped address",
                "verbose_name_plural": "stopped addresses",
                "db_table": "notifications_stopped_address",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("until__isnull", False), ("why", "pause"))
                        | models.Q(models.Q(("why", "pause"), _negated=True), ("until", None)),
                        name="notifications_a_pause_ends",
                    )
                ],
            },
        ),
    ]

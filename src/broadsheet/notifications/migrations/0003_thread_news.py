"""News of discussions, told to those who follow them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notifications", "0002_tellings")]

    operations = [
        migrations.CreateModel(
            name="ThreadNews",
            fields=[
                ("thread_id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("waiting", models.JSONField(default=list)),
                ("telling", models.JSONField(default=list)),
                ("after", models.BigIntegerField(default=0)),
                ("due_at", models.DateTimeField(null=True, verbose_name="due")),
                ("told_at", models.DateTimeField(null=True, verbose_name="told")),
            ],
            options={
                "verbose_name": "news of a discussion",
                "verbose_name_plural": "news of discussions",
                "db_table": "notifications_thread_news",
                "indexes": [
                    models.Index(
                        condition=models.Q(("due_at__isnull", False)), fields=["due_at"], name="notifications_news_due"
                    )
                ],
            },
        ),
    ]

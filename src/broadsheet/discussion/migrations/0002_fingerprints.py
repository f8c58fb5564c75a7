"""Fingerprints, flash mobs, notes of shadow mode, and how often each clause is found."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("discussion", "0001_threads")]

    operations = [
        migrations.CreateModel(
            name="FlashMob",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("first_at", models.DateTimeField()),
                ("last_at", models.DateTimeField()),
                ("announced", models.PositiveIntegerField(default=0)),
            ],
            options={"db_table": "discussion_flash_mob"},
        ),
        migrations.CreateModel(
            name="CommentFingerprint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(db_index=True)),
                ("data", models.BinaryField()),
                ("comment", models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name="fingerprint", to="discussion.comment")),
                ("mob", models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="discussion.flashmob")),
            ],
            options={"db_table": "discussion_fingerprint"},
        ),
        migrations.CreateModel(
            name="ShadowNote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("edition_id", models.BigIntegerField()),
                ("number", models.PositiveIntegerField()),
                ("at", models.DateTimeField()),
                ("failed", models.BooleanField(default=False)),
                ("differs", models.BooleanField(default=False)),
                ("live_outcome", models.CharField(max_length=12)),
                ("live_clauses", models.JSONField(default=list)),
                ("outcome", models.CharField(blank=True, max_length=12)),
                ("clauses", models.JSONField(default=list)),
                ("comment", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="discussion.comment")),
            ],
            options={
                "db_table": "discussion_shadow_note",
                "indexes": [models.Index(fields=["edition_id", "number"], name="discussion_in_shadow")],
            },
        ),
        migrations.CreateModel(
            name="JudgedHour",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("edition_id", models.BigIntegerField()),
                ("hour", models.DateTimeField()),
                ("kind", models.CharField(choices=[("judged", "judged"), ("clause", "clause"), ("failing", "failing")], max_length=8)),
                ("what", models.CharField(blank=True, max_length=60)),
                ("found", models.PositiveIntegerField(default=0)),
            ],
            options={
                "db_table": "discussion_judged_hour",
                "constraints": [models.UniqueConstraint(fields=("edition_id", "hour", "kind", "what"), name="discussion_counted_once")],
            },
        ),
        migrations.CreateModel(
            name="JudgedUpTo",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("judgement_id", models.BigIntegerField(default=0)),
            ],
            options={"db_table": "discussion_judged_up_to"},
        ),
    ]

"""Versions of rulebooks, which the database itself doesn't let anybody change once they are sealed."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

SEALED = "edition_id, number, base, after, changes, content, heads, digest"
SQLITE = (
    f"""
CREATE TRIGGER newsroom_rulebook_stays BEFORE UPDATE OF {SEALED} ON newsroom_rulebookversion
WHEN OLD.state <> 'draft'
BEGIN SELECT RAISE(ABORT, 'a sealed version of a rulebook never changes'); END
""",
    """
CREATE TRIGGER newsroom_rulebook_goes_on BEFORE UPDATE OF state ON newsroom_rulebookversion
WHEN (OLD.state = 'past' AND NEW.state <> 'past') OR (OLD.state = 'live' AND NEW.state NOT IN ('live', 'past'))
BEGIN SELECT RAISE(ABORT, 'a version of a rulebook that was live is past afterwards'); END
""",
)
POSTGRESQL = (
    """
CREATE FUNCTION newsroom_rulebook_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a sealed version of a rulebook never changes' USING ERRCODE = 'integrity_constraint_violation';
END $$
""",
    f"""
CREATE TRIGGER newsroom_rulebook_stays BEFORE UPDATE OF {SEALED} ON newsroom_rulebookversion
FOR EACH ROW WHEN (OLD.state <> 'draft') EXECUTE FUNCTION newsroom_rulebook_stays()
""",
    """
CREATE TRIGGER newsroom_rulebook_goes_on BEFORE UPDATE OF state ON newsroom_rulebookversion
FOR EACH ROW WHEN (
    (OLD.state = 'past' AND NEW.state <> 'past') OR (OLD.state = 'live' AND NEW.state NOT IN ('live', 'past'))
) EXECUTE FUNCTION newsroom_rulebook_stays()
""",
)


def guard(apps, schema_editor):
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement, params=None)


def unguard(apps, schema_editor):
    for name in ("newsroom_rulebook_goes_on", "newsroom_rulebook_stays"):
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP TRIGGER {name} ON newsroom_rulebookversion", params=None)
        else:
            schema_editor.execute(f"DROP TRIGGER {name}", params=None)
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION newsroom_rulebook_stays()", params=None)


class Migration(migrations.Migration):
    dependencies = [
        ("newsroom", "0007_privacy_policy"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="RulebookVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(verbose_name="version")),
                ("state", models.CharField(choices=[("draft", "Draft"), ("shadow", "In shadow mode"), ("live", "Live"), ("past", "Past")], default="draft", max_length=10)),
                ("base", models.PositiveIntegerField()),
                ("after", models.PositiveIntegerField(default=0)),
                ("changes", models.JSONField(blank=True, default=dict)),
                ("content", models.TextField(blank=True)),
                ("heads", models.JSONField(blank=True, default=dict)),
                ("digest", models.CharField(blank=True, max_length=64)),
                ("why", models.TextField(blank=True, max_length=2000, verbose_name="why")),
                ("effective_at", models.DateTimeField(blank=True, null=True, verbose_name="in force from")),
                ("by", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("edition", models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name="+", to="newsroom.editionpage", verbose_name="edition")),
            ],
            options={
                "verbose_name": "version of a rulebook",
                "verbose_name_plural": "rulebooks",
                "ordering": ["edition", "-number"],
                "constraints": [
                    models.UniqueConstraint(fields=("edition", "number"), name="newsroom_rulebook_number"),
                    models.UniqueConstraint(condition=models.Q(("state", "past"), _negated=True), fields=("edition", "state"), name="newsroom_one_rulebook_each"),
                    models.CheckConstraint(condition=models.Q(models.Q(("content", ""), ("digest", ""), ("state", "draft")), models.Q(models.Q(("state", "draft"), _negated=True), models.Q(("content", ""), _negated=True), models.Q(("digest", ""), _negated=True)), _connector="OR"), name="newsroom_rulebook_sealed_whole"),
                    models.CheckConstraint(condition=models.Q(models.Q(("effective_at__isnull", True), ("state__in", ("draft", "shadow"))), models.Q(("effective_at__isnull", False), ("state__in", ("live", "past"))), _connector="OR"), name="newsroom_rulebook_in_force_since"),
                ],
            },
        ),
        migrations.RunPython(guard, unguard),
    ]

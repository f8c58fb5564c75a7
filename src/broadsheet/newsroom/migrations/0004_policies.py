"""Versions of policies, which the database itself doesn't let anybody change once they are published."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

FIXED = (
    "edition_id, kind, number, title, text, names, document, rulebook_version, digest, what_changed, why, "
    "effective_at, published_at"
)
SQLITE = f"""
CREATE TRIGGER newsroom_policy_stays BEFORE UPDATE OF {FIXED} ON newsroom_policyversion
WHEN OLD.published_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a published version of a policy never changes'); END
"""
POSTGRESQL = (
    """
CREATE FUNCTION newsroom_policy_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a published version of a policy never changes' USING ERRCODE = 'integrity_constraint_violation';
END $$
""",
    f"""
CREATE TRIGGER newsroom_policy_stays BEFORE UPDATE OF {FIXED} ON newsroom_policyversion
FOR EACH ROW WHEN (OLD.published_at IS NOT NULL) EXECUTE FUNCTION newsroom_policy_stays()
""",
)


def guard(apps, schema_editor):
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else (SQLITE,):
        schema_editor.execute(statement, params=None)


def unguard(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER newsroom_policy_stays ON newsroom_policyversion", params=None)
        schema_editor.execute("DROP FUNCTION newsroom_policy_stays()", params=None)
    else:
        schema_editor.execute("DROP TRIGGER newsroom_policy_stays", params=None)


class Migration(migrations.Migration):
    dependencies = [
        ("newsroom", "0003_paragraph_features"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PolicyVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=[("privacy", "Privacy policy"), ("terms", "Terms of use"), ("standards", "Community standards")], max_length=20, verbose_name="kind")),
                ("number", models.PositiveIntegerField(verbose_name="version")),
                ("title", models.CharField(max_length=120, verbose_name="title")),
                ("text", models.TextField(blank=True, verbose_name="text")),
                ("names", models.JSONField(blank=True, default=dict, editable=False)),
                ("document", models.JSONField(blank=True, editable=False, null=True)),
                ("rulebook_version", models.PositiveIntegerField(blank=True, editable=False, null=True)),
                ("digest", models.CharField(blank=True, editable=False, max_length=64)),
                ("what_changed", models.TextField(blank=True, max_length=2000, verbose_name="what changed")),
                ("why", models.TextField(blank=True, max_length=2000, verbose_name="why")),
                ("effective_at", models.DateTimeField(blank=True, null=True, verbose_name="in force from")),
                ("published_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("edition", models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name="+", to="newsroom.editionpage", verbose_name="edition")),
                ("published_by", models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "verbose_name": "version of a policy",
                "verbose_name_plural": "policies",
                "ordering": ["edition", "kind", "-number"],
                "constraints": [
                    models.UniqueConstraint(fields=("edition", "kind", "number"), name="newsroom_policy_number"),
                    models.UniqueConstraint(condition=models.Q(("published_at__isnull", True)), fields=("edition", "kind"), name="newsroom_one_policy_draft"),
                    models.CheckConstraint(condition=models.Q(models.Q(("digest", ""), ("published_at__isnull", True)), models.Q(("effective_at__isnull", False), ("published_at__isnull", False), models.Q(("digest", ""), _negated=True)), _connector="OR"), name="newsroom_policy_published_whole"),
                ],
            },
        ),
        migrations.RunPython(guard, unguard),
    ]

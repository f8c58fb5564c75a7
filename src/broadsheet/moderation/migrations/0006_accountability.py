"""What the public's figures are made of; back to 0003 the tallies of letters that are erased by now are lost."""

from django.conf import settings
from django.db import migrations, models


def fill(apps, _schema):
    """Say of decisions and letters that are there what is written with new ones; how long comments waited nobody knows."""
    decisions = apps.get_model("moderation", "DecisionRow").objects
    for row in decisions.exclude(value={}).only("pk", "value").iterator(chunk_size=500):
        source = row.value.get("noticed", {}).get("source", "own")
        if source != "own":
            decisions.filter(pk=row.pk).update(source=source)
    tallies = apps.get_model("moderation", "Tally").objects
    letters = apps.get_model("moderation", "Letter").objects.filter(state__in=["open", "answered"])
    for row in letters.select_related("decision").iterator(chunk_size=500):
        outcome = ""
        if row.answered_at is not None:
            wrong = row.decision is not None and row.decision.undone_at == row.answered_at
            outcome = ("overturned" if wrong else "granted") if row.granted else "refused"
        tallies.create(
            kind="letter", number=row.pk, edition=row.edition, at=row.verified_at or row.at,
            settled_at=row.answered_at, outcome=outcome,
        )
    done = apps.get_model("moderation", "Annulment").objects.filter(confirmed_at__isnull=False)
    for row in done.select_related("sanction__decision").iterator(chunk_size=500):
        if row.sanction.decision is not None:
            tallies.create(
                kind="annulment", number=row.pk, edition=row.sanction.decision.edition, at=row.confirmed_at,
                settled_at=row.confirmed_at, outcome="annulled",
            )


class Migration(migrations.Migration):

    dependencies = [
        ('moderation', '0005_trials_and_lowered_clauses'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Tally',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('letter', 'letter'), ('annulment', 'annulment')], max_length=10)),
                ('number', models.BigIntegerField()),
                ('edition', models.CharField(max_length=20)),
                ('at', models.DateTimeField()),
                ('settled_at', models.DateTimeField(null=True)),
                ('outcome', models.CharField(blank=True, choices=[('granted', 'granted'), ('overturned', 'overturned'), ('refused', 'refused'), ('annulled', 'annulled')], max_length=10)),
            ],
            options={
                'db_table': 'moderation_tally',
            },
        ),
        migrations.RemoveIndex(
            model_name='decisionrow',
            name='moderation_of_edition',
        ),
        migrations.AddField(
            model_name='decisionrow',
            name='source',
            field=models.CharField(default='own', max_length=16),
        ),
        migrations.AddField(
            model_name='decisionrow',
            name='waited',
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.AddIndex(
            model_name='decisionrow',
            index=models.Index(fields=['edition', 'at', 'restricts', 'source', 'by_machine', 'undone_for', 'waited', 'measures'], name='moderation_of_edition'),
        ),
        migrations.AddIndex(
            model_name='tally',
            index=models.Index(fields=['edition', 'kind', 'at'], name='moderation_tallies'),
        ),
        migrations.AddConstraint(
            model_name='tally',
            constraint=models.UniqueConstraint(fields=('kind', 'number'), name='moderation_tallied_once'),
        ),
        migrations.AddConstraint(
            model_name='tally',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('outcome', ''), ('settled_at__isnull', True)), models.Q(('settled_at__isnull', False), models.Q(('outcome', ''), _negated=True)), _connector='OR'), name='moderation_tally_is_settled'),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]

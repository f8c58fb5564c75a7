"""Trials of rulebooks on what people decided, and clauses that were lowered until a chief looks (STD-06, MOD-10)."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('moderation', '0004_roster'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Trial',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('backtest', 'Backtest'), ('learn', 'Learn')], max_length=10)),
                ('edition_id', models.BigIntegerField()),
                ('number', models.PositiveIntegerField()),
                ('seal', models.CharField(max_length=64)),
                ('changes', models.JSONField(default=dict)),
                ('heads', models.JSONField(default=dict)),
                ('clause', models.CharField(blank=True, max_length=40)),
                ('since', models.DateTimeField()),
                ('days', models.PositiveIntegerField()),
                ('state', models.CharField(choices=[('open', 'Open'), ('done', 'Done'), ('failed', 'Failed'), ('cancelled', 'Cancelled')], default='open', max_length=10)),
                ('total', models.PositiveIntegerField(null=True)),
                ('done', models.PositiveIntegerField(default=0)),
                ('left_out', models.JSONField(default=dict)),
                ('result', models.JSONField(default=dict)),
                ('why', models.CharField(blank=True, max_length=40)),
                ('made_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('made_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'moderation_trial',
            },
        ),
        migrations.CreateModel(
            name='TrialRow',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('decision_id', models.BigIntegerField()),
                ('comment_id', models.BigIntegerField(null=True)),
                ('at', models.DateTimeField(null=True)),
                ('decided', models.JSONField(default=list)),
                ('before', models.JSONField(null=True)),
                ('after', models.JSONField(null=True)),
                ('judged', models.BooleanField(default=False)),
                ('trial', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='moderation.trial')),
            ],
            options={
                'db_table': 'moderation_trial_row',
            },
        ),
        migrations.CreateModel(
            name='Lowering',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('edition_id', models.BigIntegerField()),
                ('clause', models.CharField(max_length=40)),
                ('since', models.DateTimeField()),
                ('decisions', models.PositiveIntegerField()),
                ('overturned', models.PositiveIntegerField()),
                ('holds', models.BooleanField(default=False)),
                ('looked_at', models.DateTimeField(null=True)),
                ('looked_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'moderation_lowered',
                'constraints': [models.UniqueConstraint(condition=models.Q(('looked_at__isnull', True)), fields=('edition_id', 'clause'), name='moderation_lowered_once')],
            },
        ),
        migrations.AddIndex(
            model_name='trial',
            index=models.Index(fields=['edition_id', '-id'], name='moderation_trials_of'),
        ),
        migrations.AddConstraint(
            model_name='trial',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('edition_id',), name='moderation_one_open_trial'),
        ),
        migrations.AddIndex(
            model_name='trialrow',
            index=models.Index(condition=models.Q(('judged', False)), fields=['trial', 'id'], name='moderation_left_to_try'),
        ),
        migrations.AddConstraint(
            model_name='trialrow',
            constraint=models.UniqueConstraint(fields=('trial', 'decision_id'), name='moderation_tried_once'),
        ),
    ]

"""Incidents, decisions, statements, sanctions, marks and the audit log."""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='AuditEntry',
            fields=[
                ('seq', models.BigIntegerField(primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('actor', models.CharField(max_length=60)),
                ('action', models.CharField(max_length=40)),
                ('subject', models.CharField(max_length=80)),
                ('payload_hash', models.CharField(max_length=64)),
                ('previous', models.CharField(max_length=64)),
                ('hash', models.CharField(max_length=64)),
            ],
            options={
                'db_table': 'moderation_audit',
            },
        ),
        migrations.CreateModel(
            name='DecisionRow',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('comment_id', models.BigIntegerField(null=True)),
                ('thread_id', models.BigIntegerField(null=True)),
                ('edition', models.CharField(max_length=20)),
                ('actor_role', models.CharField(max_length=12)),
                ('restricts', models.BooleanField()),
                ('by_machine', models.BooleanField()),
                ('measures', models.JSONField(default=list)),
                ('value', models.JSONField(default=dict)),
                ('inverse', models.JSONField(default=dict)),
                ('contested_until', models.DateTimeField()),
                ('undone_at', models.DateTimeField(null=True)),
                ('undone_for', models.CharField(blank=True, max_length=10)),
                ('erased', models.BooleanField(default=False)),
                ('actor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('reader', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('undone_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'moderation_decision',
            },
        ),
        migrations.CreateModel(
            name='AuditPayload',
            fields=[
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.DO_NOTHING, primary_key=True, related_name='payload', serialize=False, to='moderation.auditentry')),
                ('reader_id', models.BigIntegerField(db_index=True, null=True)),
                ('body', models.JSONField()),
                ('ends_at', models.DateTimeField(db_index=True, null=True)),
            ],
            options={
                'db_table': 'moderation_audit_payload',
            },
        ),
        migrations.CreateModel(
            name='Statement',
            fields=[
                ('decision', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='statement', serialize=False, to='moderation.decisionrow')),
                ('puid', models.CharField(max_length=40, unique=True)),
                ('language', models.CharField(max_length=12)),
                ('text', models.TextField()),
                ('html', models.TextField()),
                ('dsa', models.JSONField(null=True)),
            ],
            options={
                'db_table': 'moderation_statement',
            },
        ),
        migrations.CreateModel(
            name='Incident',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('comment_id', models.BigIntegerField(null=True)),
                ('origin', models.UUIDField(default=uuid.uuid4)),
                ('opened_at', models.DateTimeField()),
                ('reader', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'moderation_incident',
            },
        ),
        migrations.AddField(
            model_name='decisionrow',
            name='incident',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='decisions', to='moderation.incident'),
        ),
        migrations.CreateModel(
            name='Mark',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('digest', models.CharField(max_length=64)),
                ('ends_at', models.DateTimeField(db_index=True, null=True)),
                ('incident', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='marks', to='moderation.incident')),
            ],
            options={
                'db_table': 'moderation_mark',
            },
        ),
        migrations.CreateModel(
            name='Sanction',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('block', 'block'), ('deletion', 'deletion')], max_length=8)),
                ('thread_id', models.BigIntegerField(null=True)),
                ('starts', models.DateTimeField()),
                ('ends', models.DateTimeField(null=True)),
                ('state', models.CharField(choices=[('running', 'running'), ('expired', 'expired'), ('restored', 'restored'), ('undone', 'undone'), ('annulled', 'annulled')], default='running', max_length=8)),
                ('ended_at', models.DateTimeField(null=True)),
                ('counts', models.BooleanField()),
                ('ordinal', models.PositiveSmallIntegerField(null=True)),
                ('final', models.BooleanField(default=False)),
                ('annulled_by_first', models.BigIntegerField(null=True)),
                ('annulled_by_second', models.BigIntegerField(null=True)),
                ('decision', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='sanctions', to='moderation.decisionrow')),
                ('incident', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sanctions', to='moderation.incident')),
                ('reader', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'moderation_sanction',
            },
        ),
        migrations.CreateModel(
            name='Annulment',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('reason', models.TextField()),
                ('asked_by', models.BigIntegerField()),
                ('asked_role', models.CharField(max_length=12)),
                ('asked_at', models.DateTimeField()),
                ('confirmed_by', models.BigIntegerField(null=True)),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('sanction', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='annulments', to='moderation.sanction')),
            ],
            options={
                'db_table': 'moderation_annulment',
            },
        ),
        migrations.CreateModel(
            name='DecisionClause',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=40)),
                ('edition', models.CharField(max_length=20)),
                ('policy', models.PositiveIntegerField(default=0)),
                ('rulebook', models.PositiveIntegerField(default=0)),
                ('broken', models.BooleanField()),
                ('decision', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='clauses', to='moderation.decisionrow')),
            ],
            options={
                'db_table': 'moderation_decision_clause',
                'indexes': [models.Index(fields=['code', '-decision'], name='moderation_by_clause')],
            },
        ),
        migrations.AddConstraint(
            model_name='incident',
            constraint=models.UniqueConstraint(fields=('reader', 'origin'), name='moderation_carried_once'),
        ),
        migrations.AddConstraint(
            model_name='incident',
            constraint=models.UniqueConstraint(condition=models.Q(('comment_id__isnull', False)), fields=('comment_id',), name='moderation_one_incident'),
        ),
        migrations.AddIndex(
            model_name='decisionrow',
            index=models.Index(fields=['reader', '-id'], name='moderation_of_reader'),
        ),
        migrations.AddIndex(
            model_name='decisionrow',
            index=models.Index(fields=['edition', 'at'], name='moderation_of_edition'),
        ),
        migrations.AddIndex(
            model_name='decisionrow',
            index=models.Index(condition=models.Q(('comment_id__isnull', False)), fields=['comment_id', 'id'], name='moderation_of_comment'),
        ),
        migrations.AddIndex(
            model_name='decisionrow',
            index=models.Index(condition=models.Q(('erased', True)), fields=['contested_until'], name='moderation_to_purge'),
        ),
        migrations.AddConstraint(
            model_name='decisionrow',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('undone_at__isnull', True), ('undone_for', '')), models.Q(('undone_at__isnull', False), models.Q(('undone_for', ''), _negated=True)), _connector='OR'), name='moderation_undone_says_why'),
        ),
        migrations.AddConstraint(
            model_name='mark',
            constraint=models.UniqueConstraint(fields=('digest', 'incident'), name='moderation_marked_once'),
        ),
        migrations.AddIndex(
            model_name='sanction',
            index=models.Index(fields=['reader', 'id'], name='moderation_sanctions_of'),
        ),
        migrations.AddIndex(
            model_name='sanction',
            index=models.Index(condition=models.Q(('ends__isnull', False), ('state', 'running')), fields=['ends'], name='moderation_to_expire'),
        ),
        migrations.AddConstraint(
            model_name='sanction',
            constraint=models.UniqueConstraint(condition=models.Q(('ordinal__isnull', False)), fields=('reader', 'ordinal'), name='moderation_one_of_each_ordinal'),
        ),
        migrations.AddConstraint(
            model_name='sanction',
            constraint=models.CheckConstraint(condition=models.Q(('thread_id__isnull', True), models.Q(('counts', False), ('kind', 'block')), _connector='OR'), name='moderation_one_discussion_never_counts'),
        ),
        migrations.AddConstraint(
            model_name='sanction',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('counts', True), ('thread_id__isnull', True), models.Q(('state__in', ['undone', 'annulled']), _negated=True)), models.Q(('counts', False), models.Q(('thread_id__isnull', False), ('state__in', ['undone', 'annulled']), _connector='OR')), _connector='OR'), name='moderation_counts_unless_wrong'),
        ),
        migrations.AddConstraint(
            model_name='sanction',
            constraint=models.CheckConstraint(condition=models.Q(('ordinal__isnull', True), models.Q(('counts', True), ('ordinal__gte', 1)), _connector='OR'), name='moderation_ordinal_counts'),
        ),
        migrations.AddConstraint(
            model_name='sanction',
            constraint=models.CheckConstraint(condition=models.Q(('ordinal__isnull', True), ('ordinal', 1), ('final', True), _connector='OR'), name='moderation_second_is_final'),
        ),
        migrations.AddConstraint(
            model_name='sanction',
            constraint=models.CheckConstraint(condition=models.Q(('final', False), models.Q(('counts', True), ('ends__isnull', True), ('state', 'running')), _connector='OR'), name='moderation_final_never_ends'),
        ),
        migrations.AddConstraint(
            model_name='sanction',
            constraint=models.CheckConstraint(condition=models.Q(('ends__isnull', True), ('ends__gt', models.F('starts')), _connector='OR'), name='moderation_ends_after_start'),
        ),
        migrations.AddConstraint(
            model_name='sanction',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'expired'), _negated=True), ('ends__isnull', False), _connector='OR'), name='moderation_expired_had_an_end'),
        ),
        migrations.AddConstraint(
            model_name='sanction',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('state', 'running')), models.Q(models.Q(('state', 'running'), _negated=True), ('ended_at__isnull', False)), _connector='OR'), name='moderation_ended_when'),
        ),
        migrations.AddConstraint(
            model_name='sanction',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'annulled'), _negated=True), models.Q(('annulled_by_first__isnull', False), ('annulled_by_second__isnull', False), models.Q(('annulled_by_first', models.F('annulled_by_second')), _negated=True)), _connector='OR'), name='moderation_annulled_by_two'),
        ),
        migrations.AddConstraint(
            model_name='annulment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at__isnull', True), ('confirmed_by__isnull', True)), models.Q(('confirmed_at__isnull', False), ('confirmed_by__isnull', False), models.Q(('confirmed_by', models.F('asked_by')), _negated=True)), _connector='OR'), name='moderation_annulment_by_another'),
        ),
        migrations.AddConstraint(
            model_name='annulment',
            constraint=models.UniqueConstraint(condition=models.Q(('confirmed_by__isnull', True)), fields=('sanction',), name='moderation_one_open_annulment'),
        ),
    ]

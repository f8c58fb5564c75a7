"""Cases of the queue, who looked at them, where moderators moderate; decisions that are sent twice are one."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('moderation', '0002_letters'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Case',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('held', 'Held comment'), ('flagged', 'Comment with a mark of the judge'), ('reported', 'Reported comment'), ('notice', 'Notice of illegal content'), ('mob', 'Flash mob'), ('flood', 'Flood of comments'), ('letter', 'Letter'), ('ask', 'Opened by a moderator'), ('account', 'Account')], max_length=10)),
                ('subject_id', models.BigIntegerField()),
                ('comment_id', models.BigIntegerField(null=True)),
                ('thread_id', models.BigIntegerField(null=True)),
                ('edition_id', models.BigIntegerField()),
                ('section_id', models.BigIntegerField(null=True)),
                ('chiefs_only', models.BooleanField(default=False)),
                ('clause', models.CharField(blank=True, max_length=40)),
                ('language', models.CharField(blank=True, max_length=12)),
                ('harm', models.FloatField()),
                ('harsh', models.BooleanField(default=False)),
                ('uncertain', models.FloatField(default=1.0)),
                ('hidden', models.BooleanField(default=False)),
                ('lively', models.PositiveIntegerField(default=0)),
                ('priority', models.FloatField()),
                ('reasons', models.JSONField(default=list)),
                ('opened_at', models.DateTimeField()),
                ('state', models.CharField(choices=[('open', 'Open'), ('decided', 'Decided'), ('dropped', 'Dropped')], default='open', max_length=8)),
                ('outcome', models.CharField(blank=True, max_length=20)),
                ('closed_at', models.DateTimeField(null=True)),
                ('claimed_until', models.DateTimeField(null=True)),
                ('plan', models.JSONField(default=dict)),
                ('ordered_at', models.DateTimeField(null=True)),
            ],
            options={
                'db_table': 'moderation_case',
            },
        ),
        migrations.CreateModel(
            name='CaseComment',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('comment_id', models.BigIntegerField(db_index=True)),
                ('version', models.PositiveIntegerField()),
                ('done_at', models.DateTimeField(null=True)),
            ],
            options={
                'db_table': 'moderation_case_comment',
            },
        ),
        migrations.CreateModel(
            name='CaseLook',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('harsh', models.BooleanField()),
                ('skipped', models.BooleanField(default=False)),
            ],
            options={
                'db_table': 'moderation_case_look',
            },
        ),
        migrations.CreateModel(
            name='CaseNote',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('text', models.TextField()),
            ],
            options={
                'db_table': 'moderation_case_note',
            },
        ),
        migrations.CreateModel(
            name='ModeratorScope',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('edition_id', models.BigIntegerField(null=True)),
                ('section_id', models.BigIntegerField(null=True)),
            ],
            options={
                'db_table': 'moderation_scope',
            },
        ),
        migrations.AddField(
            model_name='decisionrow',
            name='key',
            field=models.UUIDField(null=True),
        ),
        migrations.AddConstraint(
            model_name='decisionrow',
            constraint=models.UniqueConstraint(condition=models.Q(('key__isnull', False)), fields=('key',), name='moderation_decided_once'),
        ),
        migrations.AddField(
            model_name='case',
            name='asked',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='case',
            name='claimed_by',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='case',
            name='closed_by',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='case',
            name='decision',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='moderation.decisionrow'),
        ),
        migrations.AddField(
            model_name='case',
            name='first_decider',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='case',
            name='reader',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='casecomment',
            name='case',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='comments', to='moderation.case'),
        ),
        migrations.AddField(
            model_name='casecomment',
            name='decision',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='moderation.decisionrow'),
        ),
        migrations.AddField(
            model_name='caselook',
            name='case',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='looks', to='moderation.case'),
        ),
        migrations.AddField(
            model_name='caselook',
            name='moderator',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='casenote',
            name='by',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='casenote',
            name='case',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notes', to='moderation.case'),
        ),
        migrations.AddField(
            model_name='moderatorscope',
            name='moderator',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('state', 'open')), fields=['-priority', 'id'], name='moderation_queue'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('state', 'open')), fields=['edition_id', '-priority', 'id'], name='moderation_queue_edition'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('state', 'open')), fields=['section_id', '-priority', 'id'], name='moderation_queue_section'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('state', 'open')), fields=['thread_id', '-priority', 'id'], name='moderation_queue_thread'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('state', 'open')), fields=['clause', '-priority', 'id'], name='moderation_queue_clause'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('state', 'open')), fields=['kind', '-priority', 'id'], name='moderation_queue_kind'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('state', 'open')), fields=['language', '-priority', 'id'], name='moderation_queue_language'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('state', 'open'), ('lively__gt', 0)), fields=['thread_id'], name='moderation_cases_lively'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('claimed_until__isnull', False)), fields=['claimed_by', 'id'], name='moderation_claimed'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('ordered_at__isnull', False)), fields=['ordered_at'], name='moderation_cases_ordered'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(fields=['reader', 'id'], name='moderation_cases_of'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(fields=['comment_id', 'id'], name='moderation_cases_about'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('kind', 'subject_id'), name='moderation_one_case'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'open'), ('comment_id__isnull', False)), fields=('comment_id',), name='moderation_one_case_of_comment'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['held', 'flagged', 'reported', 'notice', 'mob', 'flood', 'letter', 'ask', 'account'])), name='moderation_case_kind'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', True), ('outcome', ''), ('state', 'open')), models.Q(('closed_at__isnull', False), ('state__in', ['decided', 'dropped']), models.Q(('outcome', ''), _negated=True)), _connector='OR'), name='moderation_case_closed_with_outcome'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('claimed_by__isnull', True), ('claimed_until__isnull', True)), models.Q(('claimed_until__isnull', False), ('state', 'open')), _connector='OR'), name='moderation_claim_is_of_an_open_case'),
        ),
        migrations.AddIndex(
            model_name='casecomment',
            index=models.Index(condition=models.Q(('done_at__isnull', True)), fields=['case', 'id'], name='moderation_left_in_case'),
        ),
        migrations.AddConstraint(
            model_name='casecomment',
            constraint=models.UniqueConstraint(fields=('case', 'comment_id'), name='moderation_once_in_case'),
        ),
        migrations.AddIndex(
            model_name='caselook',
            index=models.Index(condition=models.Q(('harsh', True)), fields=['moderator', 'at'], name='moderation_harsh_looks'),
        ),
        migrations.AddConstraint(
            model_name='caselook',
            constraint=models.UniqueConstraint(fields=('case', 'moderator'), name='moderation_looked_once'),
        ),
        migrations.AddConstraint(
            model_name='moderatorscope',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('edition_id__isnull', True), ('section_id__isnull', False)), models.Q(('edition_id__isnull', False), ('section_id__isnull', True)), _connector='OR'), name='moderation_scope_is_one_place'),
        ),
        migrations.AddConstraint(
            model_name='moderatorscope',
            constraint=models.UniqueConstraint(condition=models.Q(('edition_id__isnull', False)), fields=('moderator', 'edition_id'), name='moderation_edition_once'),
        ),
        migrations.AddConstraint(
            model_name='moderatorscope',
            constraint=models.UniqueConstraint(condition=models.Q(('section_id__isnull', False)), fields=('moderator', 'section_id'), name='moderation_section_once'),
        ),
    ]

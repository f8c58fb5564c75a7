"""Push: browsers that subscribed, pushes, and who gets which."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('notifications', '0003_thread_news'),
    ]

    operations = [
        migrations.CreateModel(
            name='PushCampaign',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('article_id', models.BigIntegerField()),
                ('edition', models.CharField(max_length=20)),
                ('topics', models.JSONField()),
                ('topic_name', models.CharField(blank=True, max_length=160)),
                ('title', models.CharField(max_length=100)),
                ('text', models.CharField(blank=True, max_length=240)),
                ('with_picture', models.BooleanField(default=False)),
                ('breaking', models.BooleanField(default=False)),
                ('follows', models.BigIntegerField(null=True)),
                ('reach', models.PositiveIntegerField(default=0)),
                ('state', models.CharField(choices=[('confirming', 'waits for a second person'), ('waiting', 'waits for its time'), ('sending', 'is being sent'), ('done', 'sent'), ('recalled', 'recalled'), ('stopped', 'stopped by itself')], max_length=12)),
                ('why', models.CharField(blank=True, max_length=20)),
                ('after', models.BigIntegerField(default=0)),
                ('written_by_id', models.BigIntegerField(null=True)),
                ('confirmed_by_id', models.BigIntegerField(null=True)),
                ('recalled_by_id', models.BigIntegerField(null=True)),
                ('written_at', models.DateTimeField()),
                ('due_at', models.DateTimeField()),
                ('begun_at', models.DateTimeField(null=True)),
                ('spread_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('result', models.JSONField(default=dict)),
            ],
            options={
                'verbose_name': 'push',
                'verbose_name_plural': 'pushes',
                'db_table': 'notifications_push_campaign',
                'indexes': [models.Index(condition=models.Q(('state__in', ['waiting', 'sending'])), fields=['due_at'], name='notifications_push_going'), models.Index(condition=models.Q(('follows__isnull', False)), fields=['-id'], name='notifications_push_written')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('follows__isnull', False)), fields=('article_id', 'follows'), name='notifications_push_seen'), models.UniqueConstraint(condition=models.Q(('follows__isnull', True)), fields=('article_id',), name='notifications_push_to_followers_once')],
            },
        ),
        migrations.CreateModel(
            name='PushRefusal',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('reader_id', models.BigIntegerField()),
                ('edition', models.CharField(max_length=20)),
                ('at', models.DateTimeField()),
            ],
            options={
                'db_table': 'notifications_push_refusal',
                'constraints': [models.UniqueConstraint(fields=('reader_id', 'edition'), name='notifications_refused_once')],
            },
        ),
        migrations.CreateModel(
            name='PushSubscription',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('endpoint', models.CharField(max_length=2000)),
                ('endpoint_digest', models.CharField(max_length=64, unique=True)),
                ('p256dh', models.CharField(max_length=88)),
                ('auth', models.CharField(max_length=24)),
                ('server_key', models.CharField(max_length=88)),
                ('edition', models.CharField(max_length=20)),
                ('language', models.CharField(max_length=12)),
                ('reader_id', models.BigIntegerField(db_index=True, null=True)),
                ('zone', models.CharField(max_length=64)),
                ('quiet_from', models.PositiveSmallIntegerField(null=True)),
                ('quiet_to', models.PositiveSmallIntegerField(null=True)),
                ('wording', models.TextField()),
                ('wording_digest', models.CharField(max_length=64)),
                ('way', models.CharField(max_length=20)),
                ('consented_at', models.DateTimeField()),
                ('created_at', models.DateTimeField()),
                ('last_ok_at', models.DateTimeField(null=True)),
                ('failures', models.PositiveIntegerField(default=0)),
            ],
            options={
                'verbose_name': 'push subscription',
                'verbose_name_plural': 'push subscriptions',
                'db_table': 'notifications_push_subscription',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('quiet_from__isnull', True), ('quiet_to__isnull', True)), models.Q(('quiet_from__lt', 1440), ('quiet_to__lt', 1440)), _connector='OR'), name='notifications_quiet_hours_of_a_day')],
            },
        ),
        migrations.CreateModel(
            name='PushDelivery',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('subscription_id', models.BigIntegerField()),
                ('urgency', models.PositiveSmallIntegerField()),
                ('state', models.CharField(choices=[('due', 'due'), ('sending', 'being sent'), ('sent', 'accepted by the push service'), ('unanswered', 'handed over, no answer seen'), ('gone', 'the browser is no longer there'), ('failed', 'could not be sent'), ('dropped', 'not sent')], default='due', max_length=10)),
                ('due_at', models.DateTimeField()),
                ('attempts', models.PositiveIntegerField(default=0)),
                ('failing_since', models.DateTimeField(null=True)),
                ('failed_with', models.CharField(blank=True, max_length=40)),
                ('carrier', models.CharField(blank=True, max_length=32)),
                ('claimed_until', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('campaign', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='notifications.pushcampaign')),
            ],
            options={
                'verbose_name': 'push delivery',
                'verbose_name_plural': 'push deliveries',
                'db_table': 'notifications_push_delivery',
                'indexes': [models.Index(condition=models.Q(('state', 'due')), fields=['urgency', 'due_at', 'id'], name='notifications_push_due'), models.Index(condition=models.Q(('state', 'sending')), fields=['carrier'], name='notifications_push_taken'), models.Index(fields=['subscription_id', '-id'], name='notifications_push_to'), models.Index(fields=['campaign', 'state'], name='notifications_push_counts'), models.Index(fields=['ended_at'], name='notifications_push_ended')],
                'constraints': [models.UniqueConstraint(fields=('campaign', 'subscription_id'), name='notifications_push_once'), models.CheckConstraint(condition=models.Q(models.Q(('claimed_until__isnull', False), ('state', 'sending'), models.Q(('carrier', ''), _negated=True)), models.Q(models.Q(('state', 'sending'), _negated=True), ('carrier', ''), ('claimed_until__isnull', True)), _connector='OR'), name='notifications_push_taken_by_somebody')],
            },
        ),
        migrations.CreateModel(
            name='PushTopic',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('topic', models.CharField(max_length=40)),
                ('subscription', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='topics', to='notifications.pushsubscription')),
            ],
            options={
                'verbose_name': 'push topic',
                'verbose_name_plural': 'push topics',
                'db_table': 'notifications_push_topic',
                'indexes': [models.Index(fields=['topic', 'subscription'], name='notifications_topic_of')],
                'constraints': [models.UniqueConstraint(fields=('subscription', 'topic'), name='notifications_topic_once')],
            },
        ),
    ]

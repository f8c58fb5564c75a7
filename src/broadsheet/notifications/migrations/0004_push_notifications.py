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
                ('edition', models.CharField(max_length=20, verbose_name='edition')),
                ('topics', models.JSONField(verbose_name='topics')),
                ('topic_name', models.CharField(blank=True, max_length=160, verbose_name='topic')),
                ('title', models.CharField(max_length=100, verbose_name='title')),
                ('text', models.CharField(blank=True, max_length=240, verbose_name='text')),
                ('with_picture', models.BooleanField(default=False, verbose_name="with the article's picture")),
                ('breaking', models.BooleanField(default=False, verbose_name='breaking news')),
                ('follows', models.BigIntegerField(null=True)),
                ('reach', models.PositiveIntegerField(default=0, verbose_name='estimated reach')),
                ('state', models.CharField(choices=[('confirming', 'waits for a second person'), ('waiting', 'waits for its time'), ('sending', 'is being sent'), ('done', 'sent'), ('recalled', 'recalled'), ('stopped', 'stopped by itself')], max_length=12, verbose_name='state')),
                ('why', models.CharField(blank=True, max_length=20)),
                ('after', models.BigIntegerField(default=0)),
                ('written_by_id', models.BigIntegerField(null=True)),
                ('confirmed_by_id', models.BigIntegerField(null=True)),
                ('recalled_by_id', models.BigIntegerField(null=True)),
                ('written_at', models.DateTimeField(verbose_name='written')),
                ('due_at', models.DateTimeField(verbose_name='due')),
                ('begun_at', models.DateTimeField(null=True, verbose_name='begun')),
                ('spread_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True, verbose_name='ended')),
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
                ('edition', models.CharField(max_length=20, verbose_name='edition')),
                ('at', models.DateTimeField(verbose_name='when')),
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
                ('edition', models.CharField(max_length=20, verbose_name='edition')),
                ('language', models.CharField(max_length=12, verbose_name='language')),
                ('reader_id', models.BigIntegerField(db_index=True, null=True)),
                ('zone', models.CharField(max_length=64, verbose_name='time zone')),
                ('quiet_from', models.PositiveSmallIntegerField(null=True, verbose_name='quiet from')),
                ('quiet_to', models.PositiveSmallIntegerField(null=True, verbose_name='quiet to')),
                ('wording', models.TextField(verbose_name='the words shown')),
                ('wording_digest', models.CharField(max_length=64)),
                ('way', models.CharField(max_length=20, verbose_name='where')),
                ('consented_at', models.DateTimeField(verbose_name='consented')),
                ('created_at', models.DateTimeField(verbose_name='subscribed')),
                ('last_ok_at', models.DateTimeField(null=True, verbose_name='last message accepted')),
                ('failures', models.PositiveIntegerField(default=0, verbose_name='failures in a row')),
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
                ('state', models.CharField(choices=[('due', 'due'), ('sending', 'being sent'), ('sent', 'accepted by the push service'), ('unanswered', 'handed over, no answer seen'), ('gone', 'the browser is no longer there'), ('failed', 'could not be sent'), ('dropped', 'not sent')], default='due', max_length=10, verbose_name='state')),
                ('due_at', models.DateTimeField(verbose_name='due')),
                ('attempts', models.PositiveIntegerField(default=0, verbose_name='attempts')),
                ('failing_since', models.DateTimeField(null=True, verbose_name='failing since')),
                ('failed_with', models.CharField(blank=True, max_length=40, verbose_name='last failure')),
                ('carrier', models.CharField(blank=True, max_length=32)),
                ('claimed_until', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True, verbose_name='ended')),
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
                ('topic', models.CharField(max_length=40, verbose_name='topic')),
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

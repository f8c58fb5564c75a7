"""Addresses that asked for mail, and what of."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('notifications', '0004_push_notifications'),
    ]

    operations = [
        migrations.CreateModel(
            name='MailSubscription',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('edition', models.CharField(max_length=20)),
                ('recipient', models.CharField(max_length=80)),
                ('address', models.CharField(max_length=320)),
                ('language', models.CharField(max_length=12)),
                ('reader_id', models.BigIntegerField(db_index=True, null=True)),
                ('rhythm', models.CharField(choices=[('daily', 'every day'), ('weekly', 'once a week')], default='daily', max_length=6)),
                ('hour', models.PositiveSmallIntegerField(default=7)),
                ('weekday', models.PositiveSmallIntegerField(default=5)),
                ('zone', models.CharField(max_length=64)),
                ('created_at', models.DateTimeField()),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('stopped_at', models.DateTimeField(null=True)),
                ('stopped_why', models.CharField(blank=True, max_length=20)),
                ('digest_due_at', models.DateTimeField(null=True)),
                ('digested_until', models.DateTimeField(null=True)),
            ],
            options={
                'verbose_name': 'mail subscription',
                'verbose_name_plural': 'mail subscriptions',
                'db_table': 'notifications_mail_subscription',
                'indexes': [models.Index(condition=models.Q(('digest_due_at__isnull', False)), fields=['digest_due_at', 'id'], name='notifications_digest_due'), models.Index(condition=models.Q(('confirmed_at__isnull', True)), fields=['created_at'], name='notifications_mail_open')],
                'constraints': [models.UniqueConstraint(fields=('recipient', 'edition'), name='notifications_mail_of_edition'), models.CheckConstraint(condition=models.Q(('hour__lt', 24), ('weekday__lt', 7)), name='notifications_digest_hour_of_a_week'), models.CheckConstraint(condition=models.Q(('digest_due_at__isnull', True), ('digested_until__isnull', False), _connector='OR'), name='notifications_digest_begins_somewhere')],
            },
        ),
        migrations.CreateModel(
            name='MailTopic',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('topic', models.CharField(max_length=40)),
                ('wording', models.TextField()),
                ('wording_digest', models.CharField(max_length=64)),
                ('way', models.CharField(max_length=20)),
                ('consented_at', models.DateTimeField()),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('subscription', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='topics', to='notifications.mailsubscription')),
            ],
            options={
                'verbose_name': 'mail topic',
                'verbose_name_plural': 'mail topics',
                'db_table': 'notifications_mail_topic',
                'indexes': [models.Index(fields=['topic', 'subscription'], name='notifications_mail_topic_of'), models.Index(condition=models.Q(('confirmed_at__isnull', True)), fields=['consented_at'], name='notifications_topic_open'), models.Index(condition=models.Q(('ended_at__isnull', False)), fields=['ended_at'], name='notifications_topic_ended')],
                'constraints': [models.UniqueConstraint(fields=('subscription', 'topic'), name='notifications_mail_topic_once')],
            },
        ),
    ]

"""Newsletters, their issues, and what is in each; messages that bring one."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('notifications', '0005_mail_subscriptions'),
    ]

    operations = [
        migrations.CreateModel(
            name='Newsletter',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('edition', models.CharField(max_length=20)),
                ('name', models.CharField(max_length=80, verbose_name='name')),
                ('description', models.CharField(blank=True, max_length=300, verbose_name='description')),
                ('sections', models.JSONField(default=list)),
                ('sender_name', models.CharField(blank=True, max_length=80, verbose_name='sender’s name')),
                ('enabled', models.BooleanField(default=True)),
                ('created_at', models.DateTimeField()),
            ],
            options={
                'verbose_name': 'newsletter',
                'verbose_name_plural': 'newsletters',
                'db_table': 'notifications_newsletter',
            },
        ),
        migrations.CreateModel(
            name='NewsletterIssue',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('subject', models.CharField(blank=True, max_length=150)),
                ('opening', models.TextField(blank=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('state', models.CharField(choices=[('draft', 'draft'), ('confirming', 'waits for a second person'), ('waiting', 'waits for its time'), ('sending', 'is being sent'), ('done', 'sent'), ('recalled', 'recalled'), ('stopped', 'stopped by itself'), ('discarded', 'discarded')], default='draft', max_length=12)),
                ('why', models.CharField(blank=True, max_length=20)),
                ('reach', models.PositiveIntegerField(default=0)),
                ('after', models.BigIntegerField(default=0)),
                ('written_by_id', models.BigIntegerField(null=True)),
                ('changed_by_id', models.BigIntegerField(null=True)),
                ('sent_by_id', models.BigIntegerField(null=True)),
                ('confirmed_by_id', models.BigIntegerField(null=True)),
                ('recalled_by_id', models.BigIntegerField(null=True)),
                ('created_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField()),
                ('due_at', models.DateTimeField(null=True)),
                ('begun_at', models.DateTimeField(null=True)),
                ('spread_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('result', models.JSONField(default=dict)),
            ],
            options={
                'verbose_name': 'newsletter issue',
                'verbose_name_plural': 'newsletter issues',
                'db_table': 'notifications_newsletter_issue',
            },
        ),
        migrations.CreateModel(
            name='NewsletterPick',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('place', models.PositiveSmallIntegerField()),
                ('article_id', models.BigIntegerField()),
                ('headline', models.CharField(blank=True, max_length=200)),
                ('teaser', models.CharField(blank=True, max_length=500)),
                ('with_picture', models.BooleanField(default=True)),
                ('clicks', models.PositiveBigIntegerField(default=0)),
                ('left_out_at', models.DateTimeField(null=True)),
            ],
            options={
                'verbose_name': 'article in a newsletter issue',
                'verbose_name_plural': 'articles in newsletter issues',
                'db_table': 'notifications_newsletter_pick',
            },
        ),
        migrations.CreateModel(
            name='NewsletterVersion',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField()),
                ('content', models.JSONField()),
                ('by_id', models.BigIntegerField(null=True)),
                ('at', models.DateTimeField()),
            ],
            options={
                'verbose_name': 'earlier version of a newsletter issue',
                'verbose_name_plural': 'earlier versions of newsletter issues',
                'db_table': 'notifications_newsletter_version',
            },
        ),
        migrations.AddField(
            model_name='message',
            name='newsletter_issue_id',
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(condition=models.Q(('newsletter_issue_id__isnull', False)), fields=['newsletter_issue_id', 'state'], name='notifications_of_issue'),
        ),
        migrations.AddConstraint(
            model_name='newsletter',
            constraint=models.UniqueConstraint(fields=('edition', 'name'), name='notifications_newsletter_called_once'),
        ),
        migrations.AddField(
            model_name='newsletterissue',
            name='newsletter',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='issues', to='notifications.newsletter'),
        ),
        migrations.AddField(
            model_name='newsletterpick',
            name='issue',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='picks', to='notifications.newsletterissue'),
        ),
        migrations.AddField(
            model_name='newsletterversion',
            name='issue',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='notifications.newsletterissue'),
        ),
        migrations.AddIndex(
            model_name='newsletterissue',
            index=models.Index(condition=models.Q(('state__in', ['waiting', 'sending'])), fields=['due_at'], name='notifications_issue_going'),
        ),
        migrations.AddConstraint(
            model_name='newsletterissue',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'discarded']), ('due_at__isnull', False), _connector='OR'), name='notifications_issue_has_its_time'),
        ),
        migrations.AddConstraint(
            model_name='newsletterpick',
            constraint=models.UniqueConstraint(fields=('issue', 'place'), name='notifications_pick_has_its_place'),
        ),
        migrations.AddConstraint(
            model_name='newsletterpick',
            constraint=models.UniqueConstraint(fields=('issue', 'article_id'), name='notifications_picked_once'),
        ),
        migrations.AddConstraint(
            model_name='newsletterversion',
            constraint=models.UniqueConstraint(fields=('issue', 'version'), name='notifications_newsletter_version_once'),
        ),
    ]

"""How many comments each month had; those posted before this are not counted."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('discussion', '0004_schedules_and_badges'),
    ]

    operations = [
        migrations.CreateModel(
            name='MonthsUpTo',
            fields=[
                ('id', models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ('fact_id', models.BigIntegerField(default=0)),
            ],
            options={
                'db_table': 'discussion_months_up_to',
            },
        ),
        migrations.CreateModel(
            name='CommentMonth',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('edition_id', models.BigIntegerField()),
                ('month', models.DateField()),
                ('posted', models.PositiveIntegerField(default=0)),
                ('held', models.PositiveIntegerField(default=0)),
            ],
            options={
                'db_table': 'discussion_comment_month',
                'constraints': [models.UniqueConstraint(fields=('edition_id', 'month'), name='discussion_one_month'), models.CheckConstraint(condition=models.Q(('held__lte', models.F('posted'))), name='discussion_held_were_posted')],
            },
        ),
    ]

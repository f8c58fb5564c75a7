from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("kernel", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Rate",
            fields=[
                ("key", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("level", models.PositiveSmallIntegerField(default=0)),
                ("free_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField(db_index=True)),
            ],
            options={"db_table": "kernel_rate"},
        ),
    ]

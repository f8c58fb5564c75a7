from django.db import migrations, models


class Migration(migrations.Migration):
    """Forty characters may be more code points than sixty. Going back needs names that still fit."""

    dependencies = [("readers", "0002_accounts")]

    operations = [
        migrations.AlterField(
            model_name="reader",
            name="display_name",
            field=models.CharField(blank=True, max_length=160, verbose_name="display name"),
        ),
    ]

import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("newsroom", "0005_publisher")]

    operations = [
        migrations.AddField(
            model_name="editionpage",
            name="minimum_age",
            field=models.PositiveSmallIntegerField(
                blank=True,
                help_text="Said where one registers; nobody's birth date is asked. Empty: nothing is said.",
                null=True,
                validators=[django.core.validators.MaxValueValidator(99)],
                verbose_name="minimum age of readers with an account",
            ),
        ),
    ]

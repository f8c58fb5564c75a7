import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("newsroom", "0009_correction_notes")]

    operations = [
        migrations.AddField(
            model_name="editionpage",
            name="country",
            field=models.CharField(
                blank=True,
                help_text="Two letters, such as FR. Readers in danger are shown its helplines and emergency number.",
                max_length=2,
                validators=[django.core.validators.RegexValidator("^[A-Za-z]{2}$", "Two letters, such as FR.")],
                verbose_name="country of its helplines",
            ),
        ),
        migrations.AddField(
            model_name="editionpage",
            name="helplines",
            field=models.TextField(
                blank=True,
                help_text="One a line: name | telephone | hours | web address. Empty: those known for the country.",
                max_length=3000,
                verbose_name="own helplines",
            ),
        ),
    ]

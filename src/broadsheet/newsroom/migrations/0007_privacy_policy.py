"""One spelling for the privacy policy; nothing in the database changes."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("newsroom", "0006_minimum_age")]

    operations = [
        migrations.AlterField(
            model_name="infopage",
            name="purpose",
            field=models.CharField(blank=True, choices=[("", "Other"), ("about", "About the paper"), ("imprint", "Imprint"), ("corrections", "Corrections policy"), ("accessibility", "Accessibility statement"), ("mining", "Text and data mining"), ("privacy", "Privacy Policy")], max_length=20, verbose_name="purpose"),
        ),
        migrations.AlterField(
            model_name="policyversion",
            name="kind",
            field=models.CharField(choices=[("privacy", "Privacy Policy"), ("terms", "Terms of use"), ("standards", "Community standards")], max_length=20, verbose_name="kind"),
        ),
    ]

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("newsroom", "0004_policies"),
    ]

    operations = [
        migrations.AddField(
            model_name="policyversion",
            name="told_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="editionpage",
            name="publisher",
            field=models.CharField(blank=True, help_text="Who answers for the paper before the law.", max_length=160, verbose_name="publisher"),
        ),
        migrations.AddField(
            model_name="editionpage",
            name="postal_address",
            field=models.CharField(blank=True, help_text="In one line.", max_length=300, verbose_name="postal address"),
        ),
        migrations.AddField(
            model_name="editionpage",
            name="dispute_bodies",
            field=models.URLField(blank=True, help_text="The page that lists those certified under article 21 of the Digital Services Act.", verbose_name="list of dispute settlement bodies"),
        ),
    ]

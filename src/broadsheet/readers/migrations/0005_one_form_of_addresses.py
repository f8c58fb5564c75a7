"""Gives stored addresses their one form: a domain in Unicode becomes the same one in ASCII.

Where another account has that form already, both stay as they are: which of them goes is for people to say. Nothing is
taken back on reversing, since every version reads the ASCII form.
"""

from typing import Any

from django.db import migrations

from broadsheet.kernel.email import canonical, is_mailbox

HOLDERS = (
    ("account", "EmailAddress", "user_id"),
    ("readers", "FormerAddress", "reader_id"),
    ("readers", "Reader", "pk"),
)


def give_one_form(apps: Any, _schema: Any) -> None:
    """Rewrite what isn't in that form yet."""
    addresses = apps.get_model("account", "EmailAddress").objects
    readers = apps.get_model("readers", "Reader").objects
    for app, name, owner in HOLDERS:
        rows = apps.get_model(app, name).objects
        for pk, reader_id, before in list(rows.exclude(email=None).values_list("pk", owner, "email").iterator()):
            if before.isascii():
                continue
            after = canonical(before)
            taken = (
                addresses.filter(email=after).exclude(user_id=reader_id).exists()
                or readers.filter(email=after).exclude(pk=reader_id).exists()
            )
            if is_mailbox(after) and not taken:
                rows.filter(pk=pk).update(email=after)


class Migration(migrations.Migration):
    dependencies = [("readers", "0004_awaited_identity"), ("account", "0009_emailaddress_unique_primary_email")]

    operations = [migrations.RunPython(give_one_form, migrations.RunPython.noop)]

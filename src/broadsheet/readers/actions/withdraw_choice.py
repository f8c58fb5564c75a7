"""Ends one kind of optional mail to a reader, as an unsubscribing link asks."""

from django.db import transaction

from broadsheet.readers.conf import BELL, MAIL, ways
from broadsheet.readers.models import Reader


@transaction.atomic
def withdraw_choice(*, reader_id: int, name: str) -> None:
    """Let the reader get no more mail of this kind until they choose it again; the bell and the other choices stay."""
    reader = Reader.objects.select_for_update().filter(pk=reader_id).first()
    if reader is not None and reader.choices.get(name) in {True, MAIL}:
        reader.choices = {**reader.choices, name: BELL if name in ways else False}
        reader.save(update_fields=["choices"])

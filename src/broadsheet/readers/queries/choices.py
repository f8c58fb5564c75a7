"""What a reader chose to be sent by mail, and to be told of at all."""

from collections.abc import Collection
from dataclasses import dataclass

from broadsheet.readers.conf import BELL, MAIL, NOTHING
from broadsheet.readers.models import Reader
from broadsheet.readers.queries.people import has_confirmed
from broadsheet.readers.queries.retention import is_erased


@dataclass(frozen=True, slots=True)
class Addressee:
    """Whom mail goes to; `language` is empty where the reader chose none."""

    name: str
    address: str
    language: str
    user_id: str = ""


def wants_mail(reader_id: int, choice: str) -> bool:
    """Return whether the reader asked for mails of this kind (`conf.choices`, `conf.ways`); who never chose did not."""
    found = Reader.objects.filter(pk=reader_id, is_active=True).values_list("choices", flat=True).first()
    return bool(found and found.get(choice) in {True, MAIL})


def ways_of(reader_ids: Collection[int], name: str) -> dict[int, str]:
    """Return how each reader wants to be told of this: `bell`, `mail` (and the bell) or `none`, in one question.

    Whoever never chose wants the bell; an account that is not there, or is deleted, nothing.
    """
    rows = Reader.objects.filter(pk__in=list(reader_ids), is_active=True).values_list("pk", "choices")
    chosen = {number: choices.get(name) for number, choices in rows}
    known = {True: MAIL, MAIL: MAIL, NOTHING: NOTHING}
    return {number: known.get(chosen[number], BELL) if number in chosen else NOTHING for number in reader_ids}


def addressee(reader_id: int, choice: str) -> Addressee | None:
    """Return whom mail of this kind goes to; None without a choice, a confirmed address or a living account."""
    return reachable(reader_id) if wants_mail(reader_id, choice) else None


def reachable(reader_id: int) -> Addressee | None:
    """Return whom mail goes to that is owed to the reader, whatever the reader chose and however the account stands.

    Also where it is blocked or deleted, until it is erased; None without a confirmed address, since another one may be
    somebody else's.
    """
    reader = Reader.objects.filter(pk=reader_id).first()
    if reader is None or not reader.email or is_erased(reader) or not has_confirmed(reader_id, reader.email):
        return None
    return Addressee(str(reader), reader.email, reader.language, reader.public_id)

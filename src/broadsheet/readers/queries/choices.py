"""What a reader chose to be sent by mail."""

from dataclasses import dataclass

from broadsheet.readers.models import Reader
from broadsheet.readers.queries.people import has_confirmed


@dataclass(frozen=True, slots=True)
class Addressee:
    """Whom optional mail goes to; `language` is empty where the reader chose none."""

    name: str
    address: str
    language: str


def wants_mail(reader_id: int, choice: str) -> bool:
    """Return whether the reader asked for mails of this kind (`conf.choices`); nobody did who never chose."""
    found = Reader.objects.filter(pk=reader_id, is_active=True).values_list("choices", flat=True).first()
    return bool(found and found.get(choice))


def addressee(reader_id: int, choice: str) -> Addressee | None:
    """Return whom mail of this kind goes to; None without a choice, a confirmed address or a living account."""
    if not wants_mail(reader_id, choice):
        return None
    reader = Reader.objects.filter(pk=reader_id).first()
    if reader is None or not reader.email or not has_confirmed(reader_id, reader.email):
        return None
    return Addressee(str(reader), reader.email, reader.language)

"""What goes into a mail about an account, one-use links included: made at the moment of sending."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from broadsheet.newsroom.queries.editions import EditionView, edition_by_code, editions
from broadsheet.readers.models import Reader


@dataclass(frozen=True, slots=True)
class AccountMail:
    """A mail to be written from the templates `mail/<purpose>`; `values` are what they may show."""

    purpose: str
    address: str
    language: str
    edition: EditionView
    values: Mapping[str, Any] = field(default_factory=dict)


Maker = Callable[[Reader, EditionView, int | None], AccountMail | None]
_makers: dict[str, Maker] = {}
_to_departed: set[str] = set()  # what a deleted account may still be sent: the way back, and its letters


def makes_mail(purpose: str, *, departed: bool = False) -> Callable[[Maker], Maker]:
    """Register the function that says what a mail of this purpose holds; it may mint a link, and may say None.

    With `departed` a deleted account is sent it, too.
    """

    def register(maker: Maker) -> Maker:
        _makers[purpose] = maker
        if departed:
            _to_departed.add(purpose)
        return maker

    return register


def make_account_mail(*, purpose: str, reader_id: int, edition: str, email_id: int | None = None) -> AccountMail | None:
    """Return the mail; None where it is no longer due: the account is gone, or what it asks for is done.

    A deleted account is sent nothing but what tells of its deletion, and about its letters.
    """
    reader = Reader.objects.filter(pk=reader_id).first()
    here = edition_by_code(edition) or next(iter(editions()), None)
    if reader is None or here is None or not (reader.is_active or purpose in _to_departed):
        return None
    return _makers[purpose](reader, here, email_id)

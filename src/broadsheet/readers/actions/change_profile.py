"""The owner of an account puts right what it says (GDPR art. 16)."""

from collections.abc import Iterable, Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from broadsheet.kernel.errors import Refusal, Refused
from broadsheet.kernel.facts import announce
from broadsheet.newsroom.queries.editions import editions
from broadsheet.readers.conf import BELL, MAIL, NOTHING
from broadsheet.readers.conf import choices as offered
from broadsheet.readers.conf import ways as offered_ways
from broadsheet.readers.facts import ProfileChanged
from broadsheet.readers.models import Reader
from broadsheet.readers.queries.reserved_names import reserved_names
from broadsheet.readers.rules.names import normal_name, refuse_name


def change_profile(
    *, reader_id: int, display_name: str, language: str, choices: Iterable[str], ways: Mapping[str, str] | None = None
) -> None:
    """Give the account this name, language and choices of mail; `Refused` where the name or language can't be.

    Pages that show the name are told. A name that stays as it is isn't judged again, and a way to be told of something
    (`conf.ways`) that isn't named stays as it was.
    """
    kept = normal_name(display_name)
    if language and language not in {edition.language for edition in editions()}:
        raise Refused(_no_language(language))
    reserved = reserved_names(but=reader_id)
    with transaction.atomic():
        reader = Reader.objects.select_for_update().get(pk=reader_id, is_active=True)
        renamed = kept != reader.display_name
        if renamed and not reader.is_staff and (refusal := refuse_name(display_name, reserved)):
            raise Refused(refusal)
        reader.display_name, reader.language = kept, language
        reader.choices = {**_ways(reader, ways or {}), **{name: name in set(choices) for name in offered}}
        reader.save(update_fields=["display_name", "language", "choices"])
        if renamed:
            announce(ProfileChanged(reader_id=reader_id))


def _ways(reader: Reader, ways: Mapping[str, str]) -> dict[str, str]:
    wanted = {name: ways.get(name) or reader.choices.get(name) for name in offered_ways}
    return {name: way for name, way in wanted.items() if way in {BELL, MAIL, NOTHING}}


def _no_language(language: str) -> Refusal:
    return Refusal(
        "no-such-language",
        _("Nothing was changed."),
        _("No edition of the paper is written in “%(language)s”.") % {"language": language[:12]},
        _("Choose one of the languages shown."),
    )

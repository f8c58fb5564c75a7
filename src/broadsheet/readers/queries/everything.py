"""Everything that is held of a reader, in all domains (GDPR art. 15 and 20)."""

from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import IO
from zoneinfo import ZoneInfo

from django.utils import translation

from broadsheet.kernel import clock
from broadsheet.kernel.personal_data import holdings
from broadsheet.newsroom.queries.editions import editions
from broadsheet.readers.engines.archive import About, Part, write_archive
from broadsheet.readers.engines.avatars import read_file
from broadsheet.readers.models import Reader
from broadsheet.readers.rules.readable import readable

SHOWN = 20  # rows of a part on the page; the archive has all


@dataclass(frozen=True, slots=True)
class Shown:
    """A part as the page shows it: its first rows as names and values, and whether there are more."""

    name: str
    title: str
    rows: list[list[tuple[str, str]]]
    more: bool


def parts_of(reader_id: int) -> list[Part]:
    """Return what each domain holds of the account, in the language that is active; rows are read when asked for."""
    return [
        Part(holding.name, str(holding.title), partial(holding.rows, reader_id))
        for holding in sorted(holdings(), key=lambda one: (one.name != "readers.account", one.name))
    ]


def shown_parts(reader_id: int, zone: ZoneInfo, most: int = SHOWN) -> list[Shown]:
    """Return what is held, as people read it, without the parts where nothing is; `most` rows of each."""
    found = []
    for part in parts_of(reader_id):
        rows = [readable(row, zone) for row in islice(part.rows(), most + 1)]
        if rows:
            found.append(Shown(part.name, part.title, rows[:most], len(rows) > most))
    return found


def write_export(target: IO[bytes], *, reader: Reader, site: str, zone: ZoneInfo, language: str) -> None:
    """Write the archive of everything that is held of the reader, in their language, into the open file."""
    with translation.override(reader.language or language):
        picture = read_file(reader.avatar) if reader.avatar else None
        write_archive(target, About(reader.public_id, site, clock.now(), zone), parts_of(reader.pk), picture)


def write_export_of(target: IO[bytes], *, reader_id: int) -> None:
    """Write the archive of this account, told as its first edition would; for an operator who answers a request."""
    edition = next(iter(editions()), None)
    write_export(
        target,
        reader=Reader.objects.get(pk=reader_id),
        site=edition.account_domain if edition else "",
        zone=edition.zone if edition else ZoneInfo("UTC"),
        language=edition.language if edition else "en",
    )

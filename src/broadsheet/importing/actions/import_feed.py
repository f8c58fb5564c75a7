"""Makes drafts of the entries of a feed, or publishes them."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from broadsheet.importing.actions.keep_entry import EntryKeeper
from broadsheet.importing.actions.keeping import Keeper
from broadsheet.importing.actions.load_bundle import deliver_all
from broadsheet.importing.actions.one_at_a_time import one_at_a_time
from broadsheet.importing.engines.feed import MOST_BYTES, read_feed
from broadsheet.importing.engines.fetch import fetch
from broadsheet.importing.engines.picture_files import from_web
from broadsheet.importing.errors import SourceMissingError
from broadsheet.importing.queries.destinations import edition_for, section_finder
from broadsheet.importing.rules.report import Report
from broadsheet.kernel import clock
from broadsheet.kernel.fetching import FEED_KINDS, Limits

Progress = Callable[[int, int, str], None]
SOURCE = "feed"


@one_at_a_time
def import_feed(
    *,
    place: str,
    edition: str | None = None,
    section: str | None = None,
    publish: bool = False,
    allow_private: bool = False,
    force: bool = False,
    progress: Progress | None = None,
) -> Report:
    """Keep every entry of the feed, oldest first; the same feed again changes only what the feed changed."""
    tell = progress or (lambda done, total, what: None)
    content, url = _content(place, allow_private=allow_private)
    entries = read_feed(content, url=url)
    report = Report()
    keeping: dict[int, EntryKeeper] = {}
    for done, entry in enumerate(reversed(entries), 1):
        if not entry.headline:
            report.drop("an entry", "It has neither a title nor a text nor an address.")
            continue
        page = edition_for(edition, entry.language)
        if page.pk not in keeping:
            keeping[page.pk] = EntryKeeper(
                edition=page,
                keeper=Keeper(SOURCE, report, force),
                find=from_web(allow_private=allow_private),
                section=section_finder(section, report),
            )
        due = entry.published_at is None or entry.published_at <= clock.now()
        keeping[page.pk].keep(replace(entry, is_live=publish and due))
        tell(done, len(entries), "Importing")
    deliver_all(tell)
    return report


def _content(place: str, *, allow_private: bool) -> tuple[bytes, str]:
    """Return the feed's bytes and the address it came from."""
    if "://" in place:
        limits = Limits(most_bytes=MOST_BYTES)
        answer = fetch(place, allow_private=allow_private, limits=limits, kinds=FEED_KINDS)
        return answer.content, answer.url
    path = Path(place)
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1), ""
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "the name is none that a file can have"
        raise SourceMissingError(
            f"Nothing was imported: the file '{place}' could not be read ({why}). Check its name and its permissions."
        ) from error

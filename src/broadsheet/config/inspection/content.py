"""Editions, catalogues, pictures, accounts, index."""

from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.core.files.storage import default_storage
from django.utils.translation import to_locale

from broadsheet.config.inspection.finding import Finding, problem, warning
from broadsheet.newsroom.conf import PolicyKind
from broadsheet.newsroom.queries.cards import listed
from broadsheet.newsroom.queries.editions import EditionView, editions
from broadsheet.newsroom.queries.inspection import edition_zones, hidden_sections, some_picture_files
from broadsheet.readers.queries.staff import has_second_factor, staff
from broadsheet.search.queries.state import indexed


def look() -> Iterator[Finding]:
    """Look at what the newsroom set up."""
    yield from _editions()
    yield from _sections()
    yield from _pictures()
    yield from _staff()
    public, known = listed().count(), indexed()
    if public != known:
        yield warning(
            "stale-index",
            "Search does not know every article, or knows some that are gone.",
            f"{public} articles are public, {known} are in the index.",
            "If this stays for more than a minute, run `broadsheet search rebuild`.",
        )


def _editions() -> Iterator[Finding]:
    live = editions()
    if not live:
        yield problem(
            "no-edition",
            "The paper has no edition.",
            "Nothing can be read.",
            "Make one in the desk, or `broadsheet new`.",
        )
        return
    if not any(edition.at_root for edition in live):
        yield warning(
            "no-root-edition",
            "The paper's bare address leads nowhere of its own.",
            "No edition lives at the root.",
            "Choose one in the desk: Pages → the edition → Settings → lives at the root.",
        )
    for name, zone in edition_zones():
        try:
            ZoneInfo(zone)
        except (ZoneInfoNotFoundError, ValueError):
            yield problem(
                "bad-zone",
                f"The clock of {name} shows GMT.",
                f"“{zone}” is no time zone.",
                "Choose one such as Europe/Paris in the edition's settings.",
            )
    for edition in live:
        if edition.language.partition("-")[0] != "en" and not _has_catalogue(edition.language):
            yield problem(
                "no-catalogue",
                f"Buttons and labels of {edition.name} are in English.",
                f"There is no catalogue for the language {edition.language}.",
                "Lay one into <data folder>/locale/LANGUAGE/LC_MESSAGES/django.mo (docs/guides/translate.md).",
            )
        yield from _policies(edition)
        if not edition.privacy_address:
            yield warning(
                "no-privacy-address",
                f"Readers of {edition.name} are told no privacy address.",
                "The edition's setting is empty.",
                "Fill it in in the edition's settings.",
            )


def _sections() -> Iterator[Finding]:
    for title, slug in hidden_sections():
        yield problem(
            "reserved-section",
            f"Nobody can open the section “{title}”.",
            f"“{slug}” is an address of the paper itself.",
            "Give the section another word: Pages → the section → Promote → Slug.",
        )


def _policies(edition: EditionView) -> Iterator[Finding]:
    missing = [str(kind.label) for kind in PolicyKind if kind.value not in edition.policies]
    if missing:
        yield warning(
            "no-policies",
            f"Readers of {edition.name} can't read what they accept.",
            f"Not in force: {', '.join(missing)}.",
            "Publish them in the desk: Settings → Policies.",
        )
    if not edition.postal_address:
        yield warning(
            "no-postal-address",
            f"The policies of {edition.name} name no postal address.",
            "The edition's setting is empty.",
            "Fill in publisher and postal address in the edition's settings, then publish new versions.",
        )


def _has_catalogue(language: str) -> bool:
    """Return whether some catalogue of the language has our words, not only the libraries'."""
    names = {to_locale(language), to_locale(language.partition("-")[0])}
    return any(
        (Path(folder) / name / "LC_MESSAGES" / "django.mo").is_file()
        for folder in settings.LOCALE_PATHS
        for name in names
    )


def _pictures() -> Iterator[Finding]:
    missing = [name for name in some_picture_files(200) if not default_storage.exists(name)]
    if missing:
        yield problem(
            "missing-pictures",
            "Some pictures can't be shown.",
            f"{len(missing)} of the 200 newest files are gone, {missing[0]} for one.",
            "Restore the media folder from a backup.",
        )


def _staff() -> Iterator[Finding]:
    members = list(staff())
    if not members:
        yield warning(
            "no-staff",
            "Nobody can enter the desk.",
            "There is no account of staff.",
            "Run `broadsheet staff add EMAIL`.",
        )
    without = [member for member in members if member.last_login and not has_second_factor(member.pk)]
    if without:
        yield warning(
            "no-second-factor",
            "The desk stays shut for some of the staff.",
            f"{len(without)} of {len(members)} have no second factor yet.",
            "They set one at their next log-in.",
        )

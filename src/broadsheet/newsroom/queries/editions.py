"""Editions with their sections and standing pages, held in memory until one of them changes."""

import threading
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.utils.translation import get_language_info

from broadsheet.kernel import clock
from broadsheet.newsroom.conf import PolicyKind
from broadsheet.newsroom.models import EditionPage, InfoPage, PolicyVersion, SectionPage, Station
from broadsheet.newsroom.rules.addresses import edition_path
from broadsheet.newsroom.rules.channels import Channel, channel_of
from broadsheet.newsroom.rules.helplines import Helpline, emergency_number, helplines_of
from broadsheet.newsroom.rules.radio import SoundAddress, sound_address


@dataclass(frozen=True, slots=True)
class SectionView:
    """A section as pages link to it. `path` begins and ends with a slash."""

    id: int
    slug: str
    name: str
    description: str
    path: str
    in_menu: bool
    translation_key: str


@dataclass(frozen=True, slots=True)
class InfoView:
    """A standing page as footers link to it."""

    id: int
    slug: str
    title: str
    path: str
    purpose: str
    in_footer: bool
    translation_key: str


@dataclass(frozen=True, slots=True)
class StationView:
    """An edition's radio: its name, and where its sound comes from."""

    id: int
    name: str
    sound: SoundAddress


@dataclass(frozen=True, slots=True)
class EditionView:
    """An edition with everything the frame of a page shows."""

    id: int
    code: str
    path: str
    language: str
    direction: str
    name: str
    short_name: str
    tagline: str
    brand: str
    account_domain: str
    zone: ZoneInfo
    zone_label: str
    accent: str
    privacy_address: str
    moderators_address: str
    contact_address: str
    publisher: str
    postal_address: str
    dispute_bodies: str
    minimum_age: int | None
    helplines: tuple[Helpline, ...]
    emergency: str
    at_root: bool
    translation_key: str
    sections: tuple[SectionView, ...] = field(default=())
    pages: tuple[InfoView, ...] = field(default=())
    station: StationView | None = None
    channel: Channel | None = None
    policies: tuple[str, ...] = field(default=())  # the kinds of which a version is in force

    def section(self, slug: str) -> SectionView | None:
        """Return the section with this slug."""
        return next((section for section in self.sections if section.slug == slug), None)

    def section_by_id(self, number: int) -> SectionView | None:
        """Return the section with this database id."""
        return next((section for section in self.sections if section.id == number), None)

    def page(self, slug: str) -> InfoView | None:
        """Return the standing page with this slug."""
        return next((page for page in self.pages if page.slug == slug), None)


# The European Commission's list of the bodies certified under article 21 of the Digital Services Act.
DISPUTE_BODIES = "https://digital-strategy.ec.europa.eu/en/policies/dsa-out-court-dispute-settlement"

_lock = threading.Lock()
_held: tuple[EditionView, ...] | None = None
_generation = 0


def forget_editions() -> None:
    """Read editions afresh at the next question."""
    global _held, _generation  # noqa: PLW0603 - one memory a process
    with _lock:
        _held = None
        _generation += 1


def editions() -> tuple[EditionView, ...]:
    """Return all live editions in the tree's order."""
    global _held  # noqa: PLW0603
    if _held is not None:
        return _held
    with _lock:
        generation = _generation
    fresh = _read()
    with _lock:
        if generation == _generation:
            _held = fresh
    return fresh


def edition_by_id(number: int) -> EditionView:
    """Return the edition with this database id; `LookupError` where it isn't live."""
    for edition in editions():
        if edition.id == number:
            return edition
    raise LookupError(f"There is no live edition {number}.")


def edition_by_code(code: str) -> EditionView | None:
    """Return the live edition with this code."""
    return next((edition for edition in editions() if edition.code == code), None)


def root_edition() -> EditionView | None:
    """Return the edition at the root of the site, None where every edition has its own path."""
    return next((edition for edition in editions() if edition.at_root), None)


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("Etc/GMT")  # `broadsheet check` names the wrong zone


def _read() -> tuple[EditionView, ...]:
    pages = EditionPage.objects.filter(live=True).select_related("locale").order_by("path")
    sections = list(SectionPage.objects.filter(live=True).order_by("path"))
    infos = list(InfoPage.objects.filter(live=True).order_by("path"))
    in_force = PolicyVersion.objects.filter(published_at__isnull=False, effective_at__lte=clock.now())
    policies = set(in_force.values_list("edition_id", "kind"))
    stations = {station.edition_id: station for station in Station.objects.all()}
    return tuple(_view(page, sections, infos, policies, stations.get(page.pk)) for page in pages)


def _station(station: Station | None) -> StationView | None:
    sound = sound_address(station.address) if station is not None else None
    return StationView(station.pk, station.name, sound) if station is not None and sound is not None else None


def _view(
    page: EditionPage,
    sections: list[SectionPage],
    infos: list[InfoPage],
    policies: set[tuple[int, str]],
    station: Station | None,
) -> EditionView:
    root = edition_path(page.path_code)
    language = page.locale.language_code
    return EditionView(
        id=page.pk,
        code=page.code,
        path=root,
        language=language,
        direction="rtl" if get_language_info(language)["bidi"] else "ltr",
        name=page.title,
        short_name=page.short_name or page.title,
        tagline=page.tagline,
        brand=page.brand or page.title,
        account_domain=page.account_domain or page.brand or page.title,
        zone=_zone(page.time_zone),
        zone_label=page.zone_label,
        accent=page.accent,
        privacy_address=page.privacy_address,
        moderators_address=page.moderators_address,
        contact_address=page.contact_address,
        publisher=page.publisher or page.brand or page.title,
        postal_address=page.postal_address,
        dispute_bodies=page.dispute_bodies or DISPUTE_BODIES,
        minimum_age=page.minimum_age,
        helplines=helplines_of(page.country, page.helplines),
        emergency=emergency_number(page.country),
        at_root=page.at_root,
        translation_key=str(page.translation_key),
        sections=tuple(
            SectionView(s.pk, s.slug, s.title, s.description, f"{root}{s.slug}/", s.in_menu, str(s.translation_key))
            for s in sections
            if s.edition_id == page.pk
        ),
        pages=tuple(
            InfoView(p.pk, p.slug, p.title, f"{root}page/{p.slug}/", p.purpose, p.in_footer, str(p.translation_key))
            for p in infos
            if p.edition_id == page.pk
        ),
        station=_station(station),
        channel=channel_of(page.channel_kind, page.channel_name, page.channel_address),
        policies=tuple(kind for kind in PolicyKind.values if (page.pk, kind) in policies),
    )

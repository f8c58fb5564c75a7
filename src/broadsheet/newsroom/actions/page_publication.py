"""What publishing or withdrawing an edition, a section or a standing page announces."""

from dataclasses import dataclass
from typing import Any

from wagtail.models import Page

from broadsheet.kernel import clock
from broadsheet.kernel.facts import announce
from broadsheet.newsroom.facts import EditionChanged, EditionsChanged, InfoPagePublished, LayoutPublished
from broadsheet.newsroom.models import EditionPage, InfoPage, SectionPage
from broadsheet.newsroom.queries.whereabouts import hold_page

_SHOWN: dict[type[Page], tuple[str, ...]] = {
    EditionPage: (
        "title", "slug", "code", "at_root", "short_name", "tagline", "brand", "account_domain", "time_zone",
        "zone_label", "accent", "privacy_address", "moderators_address", "contact_address", "publisher",
        "postal_address", "dispute_bodies", "minimum_age", "country", "helplines", "locale_id",
    ),
    SectionPage: ("title", "slug", "description", "in_menu", "edition_id"),
    InfoPage: ("title", "slug", "purpose", "in_footer", "edition_id", "text"),
}  # fmt: skip
_IN_SWITCH = ("title", "code", "at_root", "short_name", "locale_id")


@dataclass(frozen=True, slots=True)
class Frame:
    """What the public sees of an edition, a section or a standing page."""

    page_id: int
    kind: type[Page]
    edition_id: int
    live: bool
    shown: dict[str, Any]
    layout: Any


def frame_of(page: Page, *, lock: bool = False) -> Frame | None:
    """Return what the public sees of the page as it is stored, held where asked; None where it is not stored."""
    kind = type(page)
    if lock:
        hold_page(kind, page.pk)
    stored = kind.objects.filter(pk=page.pk).first()
    if stored is None:
        return None
    return Frame(
        page_id=stored.pk,
        kind=kind,
        edition_id=stored.pk if kind is EditionPage else stored.edition_id or 0,
        live=stored.live,
        shown={name: getattr(stored, name) for name in _SHOWN[kind]},
        layout=list(stored.layout.get_prep_value()) if hasattr(stored, "layout") else None,
    )


def settle_frame(page: Page, before: Frame | None) -> None:
    """Announce what changed for the public since `before`."""
    after = frame_of(page)
    if after is None or not (after.live or (before is not None and before.live)):
        return
    now = clock.now()
    appeared = before is None or before.live != after.live
    changed = appeared or (before is not None and before.shown != after.shown)
    if after.kind is InfoPage:
        if changed:
            announce(InfoPagePublished(edition_id=after.edition_id, page_id=after.page_id, at=now))
        return
    if after.kind is EditionPage and (appeared or _switch(before) != _switch(after)):
        announce(EditionsChanged(at=now))
    if changed:
        announce(EditionChanged(edition_id=after.edition_id, at=now))
    if before is None or before.layout != after.layout:
        section = after.page_id if after.kind is SectionPage else None
        announce(LayoutPublished(edition_id=after.edition_id, section_id=section, at=now))


def _switch(frame: Frame | None) -> tuple[Any, ...]:
    return tuple(frame.shown.get(name) for name in _IN_SWITCH) if frame is not None else ()

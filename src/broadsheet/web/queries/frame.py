"""The frame of every page: edition, sections, switch, clock, head (PAGE-01, PAGE-02, ART-10)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from django.conf import settings
from django.templatetags.static import static
from django.utils.translation import to_locale

from broadsheet.kernel import clock
from broadsheet.newsroom.queries.cards import PictureView
from broadsheet.newsroom.queries.editions import EditionView, InfoView, SectionView, editions
from broadsheet.web.rules.clock import ClockFace, clock_face


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """An entry of the edition switch: `exact` where it leads to this very page in the other edition."""

    edition: EditionView
    path: str
    exact: bool
    current: bool = False


@dataclass(frozen=True, slots=True)
class Feed:
    """Where what a page lists can be subscribed to."""

    title: str
    path: str  # of the folder that holds rss.xml, atom.xml and feed.json


@dataclass(frozen=True, slots=True)
class Share:
    """The picture that stands for the page elsewhere."""

    url: str
    width: int
    height: int
    alt: str


@dataclass(frozen=True)
class Frame:
    """Everything around a page's own content."""

    edition: EditionView
    title: str
    path: str
    description: str = ""
    section: SectionView | None = None
    switch: tuple[Elsewhere, ...] = ()
    clock: ClockFace | None = None
    feed: Feed | None = None
    share: Share | None = None
    structured: object = None
    article: object = None
    robots: str = "max-image-preview:large"
    big_masthead: bool = False
    previous: str = ""
    following: str = ""
    shortlink: str = ""
    footer: tuple[InfoView, ...] = field(default=())

    @property
    def summary(self) -> str:
        """Return what shares and search engines show below the title."""
        return self.description or self.edition.tagline or self.edition.name

    @property
    def url(self) -> str:
        """Return the absolute canonical address."""
        return f"{settings.PUBLIC_URL}{self.path}"

    @property
    def site(self) -> str:
        """Return the public address of the paper."""
        return str(settings.PUBLIC_URL)

    @property
    def alternates(self) -> list[tuple[str, str]]:
        """Return hreflang and address of this page and of its translations; none where there is none."""
        exact = [entry for entry in self.switch if entry.exact]
        if len(exact) < 2:
            return []
        found = [(entry.edition.language, f"{settings.PUBLIC_URL}{entry.path}") for entry in exact]
        default = next((entry for entry in exact if entry.edition.at_root), exact[0])
        return [*found, ("x-default", f"{settings.PUBLIC_URL}{default.path}")]

    @property
    def edition_feed(self) -> Feed:
        """Return the feed of the whole edition."""
        return Feed(self.edition.name, f"{self.edition.path}feeds/")

    @property
    def feeds(self) -> list[Feed]:
        """Return the feeds that the head names: the page's own first."""
        return [feed for feed in (self.feed, self.edition_feed) if feed is not None]

    @property
    def accent_code(self) -> str:
        """Return the accent colour's six digits."""
        return self.edition.accent.lstrip("#").lower()

    @property
    def locale(self) -> str:
        """Return the language as Open Graph writes it."""
        return to_locale(self.edition.language)

    @property
    def other_locales(self) -> list[str]:
        """Return the languages that the page is also there in."""
        return [to_locale(entry.edition.language) for entry in self.switch if entry.exact and not entry.current]

    @property
    def default_share(self) -> str:
        """Return the address of the picture that stands for pages without one of their own."""
        address = static("icons/share.png")
        return address if "://" in address else f"{settings.PUBLIC_URL}{address}"

    def mining_policy(self) -> str:
        """Return the absolute address of the policy on text and data mining, empty without one."""
        page = next((page for page in self.edition.pages if page.purpose == "mining"), None)
        return f"{settings.PUBLIC_URL}{page.path}" if page else ""


def frame(
    edition: EditionView,
    *,
    title: str,
    path: str,
    translations: Iterable[tuple[EditionView, str]] = (),
    translated: bool = True,
    **parts: object,
) -> Frame:
    """Return the frame; `translations` are (edition, path) of the same page elsewhere."""
    there = {other.id: where for other, where in translations}
    switch = tuple(_entry(other, edition, path, there) for other in editions())
    made = Frame(
        edition=edition,
        title=title,
        path=path,
        switch=switch,
        clock=clock_face(clock.now(), edition.zone, edition.zone_label),
        footer=tuple(page for page in edition.pages if page.in_footer and not superseded(edition, page)),
    )
    return replace(made, **parts)  # type: ignore[arg-type]


def superseded(edition: EditionView, page: InfoView) -> bool:
    """Return whether the standing page gave way to the policy in force: two texts must not say different things."""
    return page.purpose in edition.policies


def _entry(other: EditionView, edition: EditionView, path: str, there: dict[int, str]) -> Elsewhere:
    if other.id == edition.id:
        return Elsewhere(other, path, exact=True, current=True)
    return Elsewhere(other, there.get(other.id, other.path), exact=other.id in there)


def section_elsewhere(section: SectionView) -> list[tuple[EditionView, str]]:
    """Return the same section in the other editions."""
    return [
        (edition, other.path)
        for edition in editions()
        for other in edition.sections
        if other.translation_key == section.translation_key and other.id != section.id
    ]


def page_elsewhere(page: InfoView) -> list[tuple[EditionView, str]]:
    """Return the same standing page in the other editions."""
    return [
        (edition, other.path)
        for edition in editions()
        for other in edition.pages
        if other.translation_key == page.translation_key and other.id != page.id
    ]


def same_word_elsewhere(edition: EditionView, word: str) -> list[tuple[EditionView, str]]:
    """Return the pages that every edition has, such as `all-news/`."""
    return [(other, f"{other.path}{word}") for other in editions() if other.id != edition.id]


def policy_elsewhere(edition: EditionView, kind: str) -> list[tuple[EditionView, str]]:
    """Return the same policy in the other editions that have one in force."""
    return [pair for pair in same_word_elsewhere(edition, f"{kind}/") if kind in pair[0].policies]


def shown_keys(cards: Sequence[object], pictures: Iterable[PictureView] = ()) -> list[str]:
    """Return the surrogate keys of these cards with their pictures and authors."""
    keys = {f"picture:{picture.id}" for picture in pictures}
    for card in cards:
        keys.add(f"article:{card.id}")  # type: ignore[attr-defined]
        if card.picture is not None:  # type: ignore[attr-defined]
            keys.add(f"picture:{card.picture.id}")  # type: ignore[attr-defined]
        keys |= {f"author:{author.id}" for author in card.authors}  # type: ignore[attr-defined]
    return sorted(keys)

"""What is asked of an article before it is published (ART-13): values in, findings out."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from broadsheet.newsroom.conf import HEADLINE_ADVISED, STANDFIRST_ADVISED, Kind
from broadsheet.newsroom.rules.notices import Mention, NoticeNames, find_mentions


class Severity(StrEnum):
    """How much a finding weighs."""

    BLOCKS = "blocks"
    WARNS = "warns"
    PERHAPS = "perhaps"


@dataclass(frozen=True, slots=True)
class UsedPicture:
    """A picture where the article uses it; `anchor` is the field or block."""

    anchor: str
    title: str
    credit: str
    alt: str
    caption: str
    decorative: bool = False


@dataclass(frozen=True, slots=True)
class UsedText:
    """A text of the article without markup; `marked` are the spans with a notice's key, `can_mark` whether it may."""

    anchor: str
    text: str
    marked: tuple[tuple[str, int, int], ...] = ()
    can_mark: bool = False


@dataclass(frozen=True, slots=True)
class UsedLink:
    """A link of the article: `state` is ok, withdrawn, missing or dead."""

    anchor: str
    address: str
    words: str
    state: str = "ok"


@dataclass(frozen=True, slots=True)
class Draft:
    """Everything the checks look at."""

    headline: str
    short_title: str
    standfirst: str
    kind: str = "news"
    has_section: bool = True
    bylines: int = 0
    has_body: bool = True
    foreign_terms: tuple[str, ...] = ()
    pictures: tuple[UsedPicture, ...] = ()
    texts: tuple[UsedText, ...] = ()
    links: tuple[UsedLink, ...] = ()
    register: tuple[NoticeNames, ...] = ()
    has_recording: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to see to: in words, how much it weighs, and where; `mark` is the notice's key and the words."""

    code: str
    severity: Severity
    text: str
    anchor: str = ""
    mark: tuple[str, str] | None = field(default=None)


def check_draft(draft: Draft) -> list[Finding]:
    """Return what is to be seen to, the weightiest first, otherwise from top to bottom."""
    found = [
        *_headline(draft),
        *_standfirst(draft),
        *_people(draft),
        *_pictures(draft.pictures),
        *_kind(draft),
        *_links(draft.links),
        *_notices(draft),
    ]
    weight = list(Severity)
    return sorted(found, key=lambda finding: weight.index(finding.severity))


def blocking(found: Iterable[Finding]) -> list[Finding]:
    """Return the findings that keep the article from being published."""
    return [finding for finding in found if finding.severity is Severity.BLOCKS]


def _headline(draft: Draft) -> list[Finding]:
    found = []
    length = len(draft.headline.strip())
    if not length:
        found.append(Finding("headline-missing", Severity.BLOCKS, _("There is no headline."), "title"))
    elif length > HEADLINE_ADVISED:
        text = _("The headline has %(length)d characters; more than %(limit)d are cut in lists and searches.")
        found.append(_warn("headline-long", text % {"length": length, "limit": HEADLINE_ADVISED}, "title"))
    if not draft.short_title.strip() and length > 60:
        text = _("There is no short title: narrow places will show the whole headline.")
        found.append(_warn("short-title-missing", text, "short_title"))
    return found


def _standfirst(draft: Draft) -> list[Finding]:
    length = len(draft.standfirst.strip())
    least, most = STANDFIRST_ADVISED
    if not length:
        text = _("There is no standfirst: lists and searches will show the headline alone.")
        return [_warn("standfirst-missing", text, "standfirst")]
    if length < least:
        text = _("The standfirst has %(length)d characters; good ones have at least %(limit)d.")
        return [_warn("standfirst-short", text % {"length": length, "limit": least}, "standfirst")]
    if length > most:
        text = _("The standfirst has %(length)d characters; lists cut it after %(limit)d.")
        return [_warn("standfirst-long", text % {"length": length, "limit": most}, "standfirst")]
    return []


def _people(draft: Draft) -> list[Finding]:
    found = []
    if not draft.has_section:
        found.append(Finding("section-missing", Severity.BLOCKS, _("The article stands in no section."), ""))
    if not draft.bylines:
        found.append(_warn("byline-missing", _("Nobody signs the article."), "bylines"))
    for name in draft.foreign_terms:
        text = _("“%(name)s” belongs to another edition: choose this edition's own tag or author.")
        found.append(Finding("foreign-term", Severity.BLOCKS, text % {"name": name}, "tagged"))
    return found


def _pictures(pictures: Iterable[UsedPicture]) -> list[Finding]:
    found = []
    for picture in pictures:
        title = {"title": picture.title}
        if not picture.credit.strip():
            text = _("The picture “%(title)s” has no credit: give its agency in the library.")
            found.append(Finding("credit-missing", Severity.BLOCKS, text % title, picture.anchor))
        if picture.decorative:
            continue
        if not picture.alt.strip():
            text = _("The picture “%(title)s” has no alternative text for those who can't see it.")
            found.append(Finding("alt-missing", Severity.BLOCKS, text % title, picture.anchor))
        elif picture.alt.strip().casefold() == picture.caption.strip().casefold():
            text = _("The alternative text of “%(title)s” repeats its caption: say what is to be seen.")
            found.append(_warn("alt-is-caption", text % title, picture.anchor))
    return found


def _kind(draft: Draft) -> list[Finding]:
    found = []
    if not draft.has_body and draft.kind not in {Kind.LIVE, Kind.CARTOON, Kind.VIDEO, Kind.AUDIO, Kind.INFOGRAPHIC}:
        found.append(_warn("body-missing", _("There is no text."), "body"))
    if draft.kind in {Kind.VIDEO, Kind.AUDIO} and not draft.has_recording:
        found.append(_warn("recording-missing", _("The article has no recording."), "lead_media"))
    if draft.kind in {Kind.CARTOON, Kind.INFOGRAPHIC} and not draft.pictures:
        found.append(_warn("picture-missing", _("The article has no picture."), "lead_picture"))
    return found


def _links(links: Iterable[UsedLink]) -> list[Finding]:
    sentences = {
        "withdrawn": _("The link “%(words)s” leads to an article that is not public."),
        "missing": _("The link “%(words)s” leads to an article that isn't there."),
        "dead": _("The link “%(words)s” to %(address)s did not answer when it was last tried."),
    }
    return [
        _warn(f"link-{link.state}", sentences[link.state] % {"words": link.words, "address": link.address}, link.anchor)
        for link in links
        if link.state in sentences
    ]


def _notices(draft: Draft) -> list[Finding]:
    """Return the mentions without a mark; once a form of a name is marked, later ones of it weigh less."""
    found: list[Finding] = []
    marked: set[tuple[str, str]] = set()
    repeated: dict[tuple[str, str, str], list[str]] = {}
    later: list[tuple[UsedText, Mention, str]] = []
    for text in draft.texts:
        for mention in find_mentions(text.text, draft.register):
            written = text.text[mention.start : mention.end]
            if any(
                key == mention.key and start < mention.end and mention.start < end for key, start, end in text.marked
            ):
                marked.add((mention.key, mention.form))
            elif (mention.key, mention.form) in marked and mention.sure:
                repeated.setdefault((mention.key, mention.form, text.anchor), []).append(written)
            else:
                later.append((text, mention, written))
    names = {entry.key: entry.name for entry in draft.register}
    found.extend(_unmarked(text, mention, written, names[mention.key]) for text, mention, written in later)
    for (key, form, anchor), many in repeated.items():
        text_again = ngettext(
            "“%(name)s” is named %(count)d more time without a mark.",
            "“%(name)s” is named %(count)d more times without a mark.",
            len(many),
        ) % {"name": form, "count": len(many)}
        found.append(Finding("notice-again", Severity.PERHAPS, text_again, anchor, (key, many[0])))
    return found


def _unmarked(text: UsedText, mention: Mention, written: str, name: str) -> Finding:
    mark = (mention.key, written) if text.can_mark else None
    values = {"written": written, "name": name}
    if mention.sure and text.can_mark:
        words = _("“%(written)s” is named without the mark of the legal notice on %(name)s.") % values
        return Finding("notice-unmarked", Severity.WARNS, words, text.anchor, mark)
    if mention.sure:
        words = _("“%(written)s” is named where no mark can stand: mark its first mention in the text.") % values
        return Finding("notice-outside-text", Severity.PERHAPS, words, text.anchor)
    words = _("“%(written)s” perhaps means %(name)s, which has a legal notice.") % values
    return Finding("notice-perhaps", Severity.PERHAPS, words, text.anchor, mark)


def _warn(code: str, text: str, anchor: str) -> Finding:
    return Finding(code, Severity.WARNS, text, anchor)

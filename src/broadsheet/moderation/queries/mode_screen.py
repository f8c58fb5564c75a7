"""Modes as the desk shows them: what holds now and why, the rules, shields, and discussions set apart (DIS-06)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from broadsheet.discussion.conf import Scope as Reach
from broadsheet.discussion.queries.prospects import (
    InForce,
    Own,
    Prospect,
    RuleView,
    in_force_now,
    own_of,
    prospect_of,
    prospect_of_place,
    rule_view,
    rule_views,
    rules_in_force,
    set_apart,
)
from broadsheet.moderation.queries.roles import Scope
from broadsheet.moderation.rules.mode_words import age_words, left_words, now_words, says_words, when_words
from broadsheet.moderation.rules.shields import is_shield
from broadsheet.newsroom.queries.cards import ArticleCard, cards_by_id
from broadsheet.newsroom.queries.discussed import Discussed, discussed
from broadsheet.newsroom.queries.editions import EditionView, editions
from broadsheet.newsroom.queries.terms import tags_by_id

MOST_APART = 50


@dataclass(frozen=True, slots=True)
class NowView:
    """What holds, in words, by which rule, and until when."""

    says: tuple[str, ...]
    why: str
    until: datetime | None


@dataclass(frozen=True, slots=True)
class SectionNow:
    """What holds in a section where it is something else than in its edition."""

    name: str
    now: NowView


@dataclass(frozen=True, slots=True)
class EditionNow:
    """What holds in an edition, and in those of its sections where it is something else."""

    edition: EditionView
    now: NowView
    sections: tuple[SectionNow, ...]
    may_shield: bool


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A rule in words; `holds`: at this moment, in one edition at least."""

    number: int
    about: str
    language: str
    when: str
    says: tuple[str, ...]
    note: str
    holds: bool


@dataclass(frozen=True, slots=True)
class ShieldRow:
    """A shield that ends by itself; `path` leads to the article it is about."""

    number: int
    about: str
    language: str
    path: str
    age: str
    until: datetime
    left: str
    may_lift: bool


@dataclass(frozen=True, slots=True)
class ApartRow:
    """A discussion with a setting of its own."""

    card: ArticleCard
    now: NowView


@dataclass(frozen=True, slots=True)
class DiscussionScreen:
    """One discussion: what was set for it, what holds, what would hold by the rules alone, and its shield."""

    article: Discussed
    card: ArticleCard
    own: Own
    now: NowView
    by_rules: NowView
    shield: ShieldRow | None
    may_shield_edition: bool

    @property
    def is_apart(self) -> bool:
        """Whether anything was set for the discussion itself."""
        return self.own != Own()


def editions_now(scope: Scope, now: datetime) -> list[EditionNow]:
    """Return what holds in every edition."""
    known, names = rules_in_force(), _names(rule_views())
    found = []
    for edition in editions():
        whole = prospect_of_place(edition.id, None, known, now)
        parts = [(one, prospect_of_place(edition.id, one.id, known, now)) for one in edition.sections]
        sections = tuple(
            SectionNow(section.name, _now(part, names))
            for section, part in parts
            if part.weighed.now != whole.weighed.now
        )
        found.append(EditionNow(edition, _now(whole, names), sections, scope.covers(edition.id, None)))
    return found


def rule_rows(now: datetime) -> list[RuleRow]:
    """Return the rules, the general ones first; shields stand apart (`shield_rows`)."""
    known, rows = rules_in_force(), rule_views()
    names = _names(rows)
    return [_rule_row(row, names, known, now) for row in rows if not is_shield(row.rule)]


def rule_row(number: int, now: datetime) -> RuleRow | None:
    """Return one rule in words, None where it is gone."""
    found = rule_view(number)
    return _rule_row(found, _names([found]), rules_in_force(), now) if found is not None else None


def shield_rows(scope: Scope, now: datetime) -> list[ShieldRow]:
    """Return the shields that are up, those that end first before the others."""
    rows = [row for row in rule_views() if is_shield(row.rule) and _until(row, now) > now]
    names, cards = _names(rows), cards_by_id([row.ref or 0 for row in rows if row.rule.scope == Reach.THREAD])
    return sorted((_shield(row, names, cards, scope, now) for row in rows), key=lambda row: row.until)


def apart_rows(scope: Scope, now: datetime) -> list[ApartRow]:
    """Return discussions with a setting of their own that are in bounds, those of the newest articles first."""
    rows = [one for one in set_apart(MOST_APART) if scope.covers(one.edition_id, one.section_id)]
    cards, known = cards_by_id([one.article_id for one in rows]), rules_in_force()
    names = _names(rule_views())
    found = []
    for one in rows:
        card = cards.get(one.article_id)
        if card is not None:
            place = Discussed(one.article_id, card.edition.id, card.section.id, card.published_at, ())
            found.append(ApartRow(card, _now(prospect_of(place, one.own, known, now), names, own=one.own)))
    return found


def discussion_screen(article_id: int, scope: Scope, now: datetime) -> DiscussionScreen | None:
    """Return the discussion; None where its article isn't public or is out of bounds."""
    article = discussed(article_id)
    card = cards_by_id([article_id]).get(article_id) if article is not None else None
    if article is None or card is None or not scope.covers(article.edition_id, article.section_id):
        return None
    known, names, own = rules_in_force(), _names(rule_views()), own_of(article_id)
    shields = [row for row in shield_rows(scope, now) if row.path == card.path]
    return DiscussionScreen(
        article, card, own,
        _now(prospect_of(article, own, known, now), names, own=own),
        _now(prospect_of(article, Own(), known, now), names),
        next(iter(shields), None),
        scope.covers(article.edition_id, None),
    )  # fmt: skip


def _now(found: Prospect, names: dict[int, tuple[str, str]], *, own: Own | None = None) -> NowView:
    weighed, why = found.weighed, ""
    if weighed.mode_by is not None:
        why = _("by a rule: %(about)s") % {"about": names.get(weighed.mode_by.number, ("", ""))[0]}
    elif own is not None and (own.mode or own.closes_at is not None):
        why = _("set for this discussion itself")
    return NowView(tuple(now_words(weighed.now)), why, found.until)


def _rule_row(row: RuleView, names: dict[int, tuple[str, str]], known: InForce, now: datetime) -> RuleRow:
    rule = row.rule
    about, language = names[rule.number]
    here = [edition.id for edition in editions() if rule.scope != Reach.EDITION or edition.id == row.ref]
    holds = any(in_force_now(rule, number, known, now) for number in here)
    return RuleRow(rule.number, about, language, when_words(rule), tuple(says_words(rule)), row.note, holds)


def _shield(
    row: RuleView, names: dict[int, tuple[str, str]], cards: dict[int, ArticleCard], scope: Scope, now: datetime
) -> ShieldRow:
    about, language = names[row.rule.number]
    card = cards.get(row.ref or 0) if row.rule.scope == Reach.THREAD else None
    place = (card.edition.id, card.section.id) if card is not None else (row.ref or 0, None)
    until = _until(row, now)
    return ShieldRow(
        row.rule.number, about, language, card.path if card is not None else "", age_words(row.rule.shield_hours or 0), until,
        left_words(until, now), scope.covers(*place),
    )  # fmt: skip


def _until(row: RuleView, now: datetime) -> datetime:
    return row.rule.expires_at or now


def _names(rows: Sequence[RuleView]) -> dict[int, tuple[str, str]]:
    """Return what each rule is about, with the language of that name; empty where that is the desk's own."""
    known = {edition.id: edition for edition in editions()}
    tags = tags_by_id([row.ref for row in rows if row.rule.scope == Reach.TAG and row.ref is not None])
    cards = cards_by_id([row.ref for row in rows if row.rule.scope == Reach.THREAD and row.ref is not None])
    return {row.rule.number: _name(row, known, tags, cards) for row in rows}


def _name(
    row: RuleView, known: dict[int, EditionView], tags: dict[int, tuple[str, int]], cards: dict[int, ArticleCard]
) -> tuple[str, str]:
    number = row.ref or 0
    if row.rule.scope == Reach.SITE:
        return _("The whole paper"), ""
    if row.rule.scope == Reach.EDITION and number in known:
        return known[number].name, known[number].language
    if row.rule.scope == Reach.SECTION:
        for edition in known.values():
            section = edition.section_by_id(number)
            if section is not None:
                return f"{edition.name} – {section.name}", edition.language
    if row.rule.scope == Reach.TAG and number in tags:
        name, edition_id = tags[number]
        place = known.get(edition_id)
        return (f"{place.name} – {name}", place.language) if place is not None else (name, "")
    if row.rule.scope == Reach.THREAD and number in cards:
        return cards[number].headline, cards[number].edition.language
    return _("Something that is no longer there"), ""

"""What holds for a place or a discussion now, by which rule, and until when: for those who set it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from broadsheet.discussion.conf import Mode
from broadsheet.discussion.models import ModeRule, Thread
from broadsheet.discussion.models.thread import SET_APART
from broadsheet.discussion.queries.modes import InForce, own_of, rules_in_force
from broadsheet.discussion.rules.modes import ModeNow, Own, Rule, Weighed, in_time, next_change, weigh
from broadsheet.discussion.rules.weeks import WHOLE_WEEK, OnDuty, is_staffed, turns
from broadsheet.newsroom.queries.discussed import Discussed
from broadsheet.newsroom.queries.editions import edition_by_id

__all__ = [
    "InForce", "ModeNow", "Own", "Prospect", "Rule", "RuleView", "SetApart", "Weighed", "in_force_now", "own_of",
    "prospect_of", "prospect_of_place", "rule_view", "rule_views", "rules_in_force", "set_apart",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Prospect:
    """What holds and why; `until` is when something else does, None where nothing changes within a week."""

    weighed: Weighed
    until: datetime | None


@dataclass(frozen=True, slots=True)
class RuleView:
    """A rule, what it is about, and what whoever made it noted."""

    ref: int | None
    rule: Rule
    note: str


@dataclass(frozen=True, slots=True)
class SetApart:
    """A discussion with a setting of its own."""

    article_id: int
    edition_id: int
    section_id: int
    own: Own


def rule_views() -> list[RuleView]:
    """Return all rules with their notes, the general ones first; three questions."""
    notes = dict(ModeRule.objects.values_list("pk", "note"))
    known = [RuleView(each.ref, each.rule, notes.get(each.rule.number, "")) for each in rules_in_force().reaches]
    return sorted(known, key=lambda row: (row.rule.rank, row.ref or 0, row.rule.number))


def rule_view(number: int) -> RuleView | None:
    """Return one rule, None where it is gone."""
    return next((row for row in rule_views() if row.rule.number == number), None)


def set_apart(limit: int) -> list[SetApart]:
    """Return discussions with a setting of their own, those of the newest articles; one question."""
    return [
        SetApart(
            row.pk, row.edition_id, row.section_id, Own(row.mode, row.slow_seconds, row.shield_hours, row.closes_at)
        )
        for row in Thread.objects.filter(SET_APART).order_by("-article_id")[:limit]
    ]


def in_force_now(rule: Rule, edition_id: int, known: InForce, now: datetime) -> bool:
    """Say whether the rule holds in the edition at this moment."""
    local, duties = now.astimezone(edition_by_id(edition_id).zone), known.of_edition(edition_id)
    return in_time(rule, local, staffed=is_staffed(duties, now))


def prospect_of_place(edition_id: int, section_id: int | None, known: InForce, now: datetime) -> Prospect:
    """Return what holds for a discussion of the edition, or of the section, about which nothing else is said."""
    place = Discussed(0, edition_id, section_id or 0, now, ())
    return _prospect(place, Own(), None, known, now)


def prospect_of(article: Discussed, own: Own, known: InForce, now: datetime) -> Prospect:
    """Return what holds for the discussion of this article."""
    return _prospect(article, own, article.published_at, known, now)


def _prospect(article: Discussed, own: Own, published_at: datetime | None, known: InForce, now: datetime) -> Prospect:
    rules = known.reaching(article.edition_id, article.section_id, article.tag_ids, article.article_id)
    zone, duties = edition_by_id(article.edition_id).zone, known.of_edition(article.edition_id)

    def at(moment: datetime) -> Weighed:
        return weigh(rules, own, published_at, moment.astimezone(zone), staffed=is_staffed(duties, moment))

    found = at(now)
    moments = set(_moments(rules, duties, article.edition_id, now))
    moments |= {found.now.closes_at} if found.now.closes_at is not None else set()
    return Prospect(found, next_change(lambda moment: _felt(at(moment).now), moments, now))


def _felt(now: ModeNow) -> ModeNow:
    """Return what readers meet: where a discussion is closed, nothing else matters."""
    return ModeNow(now.mode) if now.mode == Mode.CLOSED else now


def _moments(rules: Sequence[Rule], duties: Sequence[OnDuty], edition_id: int, now: datetime) -> Iterator[datetime]:
    """Yield the moments of the coming week at which one of the rules can begin or end."""
    zone, until = edition_by_id(edition_id).zone, now + WHOLE_WEEK
    for rule in rules:
        yield from turns(rule.week, zone, now, until)
        if rule.expires_at is not None:
            yield rule.expires_at
    if any(rule.unstaffed for rule in rules):
        for duty in duties:
            yield from turns(duty.week, duty.zone, now, until)

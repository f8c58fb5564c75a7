"""Which mode holds for the discussion of an article."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q

from broadsheet.discussion.conf import Scope
from broadsheet.discussion.models import ModeRule, StaffedTime, Thread
from broadsheet.discussion.rules.modes import ModeNow, Own, Rule, mode_at
from broadsheet.discussion.rules.weeks import OnDuty, Weekly, is_staffed
from broadsheet.kernel.prepared import Prepared
from broadsheet.newsroom.queries.discussed import Discussed, discussed
from broadsheet.newsroom.queries.editions import edition_by_id

__all__ = ["InForce", "ModeNow", "Reach", "mode_of", "mode_shown", "mode_under", "own_of", "rules_in_force"]
_FIELDS = (
    "scope", "mode", "slow_seconds", "shield_hours", "close_after_days", "weekdays", "begins", "ends", "unstaffed",
    "expires_at",
)  # fmt: skip
_RULES = Prepared(
    lambda edition, section, tags, article: ModeRule.objects.filter(
        Q(scope=Scope.SITE)
        | Q(scope=Scope.EDITION, ref=edition)
        | Q(scope=Scope.SECTION, ref=section)
        | Q(scope=Scope.TAG, ref__in=tags)
        | Q(scope=Scope.THREAD, ref=article)
    ).values_list("pk", *_FIELDS)
)
_OWN = Prepared(
    lambda number: Thread.objects.filter(pk=number).values_list("mode", "slow_seconds", "shield_hours", "closes_at")
)
_STAFFED = Prepared(
    lambda edition: StaffedTime.objects.filter(edition_id=edition).values_list("zone", "weekdays", "begins", "ends")
)
_NO_TAG = (0,)  # no tag has this number


def mode_of(article_id: int, now: datetime) -> ModeNow | None:
    """Return what holds for the article's discussion now, None where the article isn't public."""
    article = discussed(article_id)
    return mode_under(article, now) if article is not None else None


def mode_under(article: Discussed, now: datetime) -> ModeNow:
    """Return what holds for the discussion of this article now, in two questions.

    A third one asks who is on duty, where a rule depends on it.
    """
    rules = [
        _rule(row)
        for row in _RULES(article.edition_id, article.section_id, article.tag_ids or _NO_TAG, article.article_id)
    ]
    duties = [_duty(row) for row in _STAFFED(article.edition_id)] if any(rule.unstaffed for rule in rules) else []
    zone = edition_by_id(article.edition_id).zone
    own = own_of(article.article_id)
    return mode_at(rules, own, article.published_at, now.astimezone(zone), staffed=is_staffed(duties, now))


def own_of(article_id: int) -> Own:
    """Return what was set for the discussion itself; one question."""
    rows = _OWN(article_id)
    return Own(*rows[0]) if rows else Own()


@dataclass(frozen=True, slots=True)
class Reach:
    """A rule with what it is about: `ref` is the edition, section, tag or article, None for the whole paper."""

    ref: int | None
    rule: Rule


@dataclass(frozen=True, slots=True)
class InForce:
    """Every rule of the paper, and when somebody is on duty, with the number of the edition."""

    reaches: tuple[Reach, ...] = ()
    duties: tuple[tuple[int, OnDuty], ...] = ()

    def reaching(self, edition_id: int, section_id: int, tag_ids: Sequence[int], article_id: int = 0) -> list[Rule]:
        """Return the rules that are about what stands there."""
        here = {
            (str(Scope.SITE), None),
            (str(Scope.EDITION), edition_id),
            (str(Scope.SECTION), section_id),
            (str(Scope.THREAD), article_id),
            *((str(Scope.TAG), number) for number in tag_ids),
        }
        return [each.rule for each in self.reaches if (str(each.rule.scope), each.ref) in here]

    def of_edition(self, edition_id: int) -> list[OnDuty]:
        """Return when somebody is on duty for the edition."""
        return [duty for number, duty in self.duties if number == edition_id]


def rules_in_force() -> InForce:
    """Return all rules, in two questions: there are few of them, and pages that are rendered hold them in memory."""
    rows = ModeRule.objects.order_by("pk").values_list("ref", "pk", *_FIELDS)
    staffed = StaffedTime.objects.order_by("pk").values_list("edition_id", "zone", "weekdays", "begins", "ends")
    return InForce(
        tuple(Reach(ref, _rule(tuple(row))) for ref, *row in rows),
        tuple((number, _duty(tuple(row))) for number, *row in staffed),
    )


def mode_shown(article: Discussed, own: Own, known: InForce, now: datetime) -> ModeNow:
    """Return what holds for the discussion of this article, of what was read before; no question."""
    zone = edition_by_id(article.edition_id).zone
    rules = known.reaching(article.edition_id, article.section_id, article.tag_ids, article.article_id)
    staffed = is_staffed(known.of_edition(article.edition_id), now)
    return mode_at(rules, own, article.published_at, now.astimezone(zone), staffed=staffed)


def _rule(row: tuple[Any, ...]) -> Rule:
    number, *rest = row
    values = dict(zip(_FIELDS, rest, strict=True))
    return Rule(**{**values, "weekdays": tuple(values["weekdays"])}, number=number)


def _duty(row: tuple[Any, ...]) -> OnDuty:
    zone, weekdays, begins, ends = row
    return OnDuty(ZoneInfo(zone), Weekly(tuple(weekdays), begins, ends))

"""Which mode holds for the discussion of an article."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from broadsheet.discussion.conf import Scope
from broadsheet.discussion.models import ModeRule, Thread
from broadsheet.discussion.rules.modes import ModeNow, Own, Rule, mode_at
from broadsheet.kernel.prepared import Prepared
from broadsheet.newsroom.queries.discussed import Discussed, discussed
from broadsheet.newsroom.queries.editions import edition_by_id

__all__ = ["ModeNow", "Reach", "all_rules", "mode_of", "mode_shown", "mode_under"]
_FIELDS = ("scope", "mode", "slow_seconds", "shield_hours", "close_after_days", "weekdays", "begins", "ends")
_RULES = Prepared(
    lambda edition, section, tags: ModeRule.objects.filter(
        Q(scope=Scope.SITE)
        | Q(scope=Scope.EDITION, ref=edition)
        | Q(scope=Scope.SECTION, ref=section)
        | Q(scope=Scope.TAG, ref__in=tags)
    ).values_list(*_FIELDS)
)
_OWN = Prepared(
    lambda number: Thread.objects.filter(pk=number).values_list("mode", "slow_seconds", "shield_hours", "closes_at")
)
_NO_TAG = (0,)  # no tag has this number


def mode_of(article_id: int, now: datetime) -> ModeNow | None:
    """Return what holds for the article's discussion now, None where the article isn't public."""
    article = discussed(article_id)
    return mode_under(article, now) if article is not None else None


def mode_under(article: Discussed, now: datetime) -> ModeNow:
    """Return what holds for the discussion of this article now, in two questions."""
    rows = _RULES(article.edition_id, article.section_id, article.tag_ids or _NO_TAG)
    own = _OWN(article.article_id)
    zone = edition_by_id(article.edition_id).zone
    return mode_at(
        [_rule(row) for row in rows], Own(*own[0]) if own else Own(), article.published_at, now.astimezone(zone)
    )


@dataclass(frozen=True, slots=True)
class Reach:
    """A rule with what it is about: `ref` is the edition, section or tag, None for the whole paper."""

    ref: int | None
    rule: Rule


def all_rules() -> tuple[Reach, ...]:
    """Return every rule of the paper: there are few of them, and pages that are rendered hold them in memory."""
    rows = ModeRule.objects.order_by("pk").values_list("ref", *_FIELDS)
    return tuple(Reach(ref, _rule(tuple(row))) for ref, *row in rows)


def mode_shown(article: Discussed, own: Own, rules: Sequence[Reach], now: datetime) -> ModeNow:
    """Return what holds for the discussion of this article, of what was read before; no question."""
    here = {
        (str(Scope.SITE), None),
        (str(Scope.EDITION), article.edition_id),
        (str(Scope.SECTION), article.section_id),
        *((str(Scope.TAG), number) for number in article.tag_ids),
    }
    zone = edition_by_id(article.edition_id).zone
    reaching = [each.rule for each in rules if (str(each.rule.scope), each.ref) in here]
    return mode_at(reaching, own, article.published_at, now.astimezone(zone))


def _rule(row: tuple[Any, ...]) -> Rule:
    values = dict(zip(_FIELDS, row, strict=True))
    return Rule(**{**values, "weekdays": tuple(values["weekdays"])})

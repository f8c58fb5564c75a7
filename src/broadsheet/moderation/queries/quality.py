"""How well it is decided: what was overturned, and whether two who looked at the same decided alike (MOD-10)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, QuerySet

from broadsheet.moderation.models import DecisionClause, DecisionRow, Letter

FEW = 20  # decisions below which a rate says nothing
TOO_OFTEN = 0.3  # of a clause's decisions overturned: a chief should look at what makes machines hold by it


@dataclass(frozen=True, slots=True)
class Overturned:
    """Of so many decisions, how many were found wrong since, by the newsroom itself or by a letter that was granted."""

    name: str
    decisions: int
    overturned: int

    @property
    def rate(self) -> float:
        """Return the share from 0 to 1."""
        return self.overturned / self.decisions if self.decisions else 0.0

    @property
    def is_too_often(self) -> bool:
        """Return whether there are enough decisions to say that too many are wrong."""
        return self.decisions >= FEW and self.rate >= TOO_OFTEN


@dataclass(frozen=True, slots=True)
class Agreement:
    """Of so many comments of which two different people decided one after the other, in how many they agreed."""

    pairs: int
    agreed: int

    @property
    def rate(self) -> float:
        """Return the share from 0 to 1."""
        return self.agreed / self.pairs if self.pairs else 0.0


def overturned_by_clause(edition: str, since: datetime, until: datetime) -> list[Overturned]:
    """Return how often decisions by each clause were overturned, the most often first."""
    rows = DecisionClause.objects.filter(
        decision__edition=edition, decision__at__gte=since, decision__at__lt=until, decision__restricts=True
    )
    counted = rows.values_list("code").annotate(made=Count("pk"), undone=Count("decision__undone_at"))
    return _ordered(Overturned(*values) for values in counted.order_by("code"))


def overturned_by_detector(edition: str, since: datetime, until: datetime) -> list[Overturned]:
    """Return the same by what a machine had noticed; decisions whose words were erased are left out."""
    rows = _restricting(edition, since, until).exclude(value={})
    return _counted((name, row) for row in rows for name in row.value["noticed"]["detectors"])


def overturned_by_moderator(edition: str, since: datetime, until: datetime) -> list[Overturned]:
    """Return the same by the number of the account that decided; for chiefs."""
    rows = _restricting(edition, since, until).exclude(actor=None)
    return _counted((str(row.actor_id), row) for row in rows)


def agreement(edition: str, since: datetime, until: datetime) -> Agreement:
    """Return how often a second person came to the same: deciding of the same text again, or answering a letter."""
    pairs = list(_decided_twice(edition, since, until)) + list(_looked_at_by_letter(edition, since, until))
    return Agreement(len(pairs), sum(pairs))


def _decided_twice(edition: str, since: datetime, until: datetime) -> Iterator[bool]:
    """Yield of each text that two people decided of, one after the other, whether both kept it or both didn't."""
    rows = DecisionRow.objects.filter(
        edition=edition, at__gte=since, at__lt=until, comment_id__isnull=False, erased=False
    )
    last: dict[tuple[int | None, int | None], DecisionRow] = {}
    for row in rows.order_by("id").iterator(chunk_size=500):
        text = (row.comment_id, row.value.get("about", {}).get("version"))
        before = last.get(text)
        if before is not None and before.actor_id != row.actor_id:
            yield before.restricts == row.restricts
        last[text] = row


def _looked_at_by_letter(edition: str, since: datetime, until: datetime) -> Iterator[bool]:
    """Yield of each answered letter about a decision whether the second person found it right."""
    answered = Letter.objects.filter(
        state="answered", decision__edition=edition, answered_at__gte=since, answered_at__lt=until
    )
    for granted, undone_for in answered.values_list("granted", "decision__undone_for"):
        yield not granted or not undone_for


def _restricting(edition: str, since: datetime, until: datetime) -> QuerySet[DecisionRow]:
    return DecisionRow.objects.filter(edition=edition, at__gte=since, at__lt=until, restricts=True).order_by("id")


def _counted(named: Iterable[tuple[str, DecisionRow]]) -> list[Overturned]:
    found: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for name, row in named:
        found[name][0] += 1
        found[name][1] += row.undone_at is not None
    return _ordered(Overturned(name, decisions, overturned) for name, (decisions, overturned) in found.items())


def _ordered(rows: Iterable[Overturned]) -> list[Overturned]:
    return sorted(rows, key=lambda row: (-row.rate, -row.decisions, row.name))

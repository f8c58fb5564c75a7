"""Spam: schemes that promise money, mass mailing for sale, many links."""

from collections.abc import Iterator, Mapping, Sequence

from broadsheet.standards.detectors.contacts import contact
from broadsheet.standards.detectors.contract import Sighting, Use
from broadsheet.standards.detectors.lexicon import Hit, Lexicon
from broadsheet.standards.detectors.reading import LANGUAGES, groups, spans
from broadsheet.standards.submission import Submission
from broadsheet.standards.text import Seen

# What weighs how much: a promise that nobody keeps, a ware of spammers with its sale, being told where to turn.
PROMISE, BAIT, SALE, PULL, WARNED = 2, 1, 3, 1, -2
SCORES = (0.0, 0.25, 0.45, 0.7, 0.8, 0.85, 0.9, 0.95)  # by the sum
MOST_HITS = 40  # so many say enough, whatever lies in what
MOST_BAITS = 3  # that count


class Spam:
    """Finds promises, baits and services of the list `spam`; a way to be reached makes them surer, a warning less so. No options."""

    name, version, cost = "spam", 2, 2
    needs: tuple[str, ...] = ()
    clauses: Mapping[str, Mapping[str, object]] = {"SPAM": {}}
    languages = LANGUAGES

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def look(self, seen: Seen, submission: Submission, use: Use) -> Iterator[Sighting]:
        """Yield one sighting of all that speaks for spam."""
        found = groups(seen, submission, self._lexicon)
        promises = [*found.get("spam.scheme", ()), *found.get("spam.service", ())]
        baits, wares, deals = (found.get(f"spam.{name}", ()) for name in ("bait", "ware", "deal"))
        sold = [*wares, *deals] if wares and deals else []
        if not (promises or baits or sold):
            return
        pulls = [*found.get("spam.pull", ()), *found.get("commerce.reach", ())]
        reached = contact(seen)
        weight = (
            PROMISE * min(2, _distinct(promises)) + BAIT * min(MOST_BAITS, _distinct(baits)) + SALE * bool(sold)
            + PULL * (bool(pulls) + bool(reached or seen.links))
        )  # fmt: skip
        if found.get("spam.warning") and not reached and not seen.links:
            weight = max(0, weight + WARNED)
        places = set(spans(seen, (*promises, *baits, *sold, *pulls))) | {(link.start, link.end) for link in seen.links}
        score = SCORES[min(weight, len(SCORES) - 1)]
        yield Sighting(score, tuple(sorted(places | ({reached} if reached else set()))))


def _distinct(hits: Sequence[Hit]) -> int:
    """Return how many different entries there are that don't lie in one another."""
    outer = (
        [hit for hit in hits if not any(_is_within(hit, other) for other in hits)] if len(hits) < MOST_HITS else hits
    )
    return len({hit.entry.words for hit in outer})


def _is_within(hit: Hit, other: Hit) -> bool:
    return other.start <= hit.start and hit.end <= other.end and other.end - other.start > hit.end - hit.start

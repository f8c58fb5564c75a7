"""The judge by its rules alone and with the model: comments a second on one core; rules on hostile texts of 100 kB."""

import json
import statistics
import sys
import time
from pathlib import Path

from tests.standards.test_judging import HOSTILE

from bench.frame import Figure, at_least, at_most, quantile, report
from broadsheet.standards.judging import judge
from broadsheet.standards.rulebook import Rulebook, load
from broadsheet.standards.senses import Senses
from broadsheet.standards.submission import Article, Submission

SHARED = Path(__file__).resolve().parent.parent.parent / "shared" / "data" / "wikinews"
ROUNDS = 5


def comments() -> list[Submission]:
    """Return pieces of news pages of a comment's length, each under its own article, some of them broken on purpose."""
    found = []
    for path in sorted(SHARED.glob("*.json")):
        page = json.loads(path.read_text(encoding="utf-8"))
        texts = [block["text"] for block in page["blocks"] if block["type"] == "paragraph"]
        article = Article(page["title"], texts[1] if len(texts) > 1 else "", "\n".join(texts), "en")
        found += [Submission(text[:200], article=article) for text in texts if len(text) > 60]
    spoilt = [
        "You f**king 1d10t",
        "call 07911 123456",
        "see https://bit.ly/x now",
        "WHY DOES NOBODY READ THE WHOLE THING",
    ]
    found += [
        Submission(f"{one.text[:120]} {spoilt[at % 4]}", article=one.article) for at, one in enumerate(found[::8])
    ]
    return found


def _judged(
    given: list[Submission], rulebook: Rulebook, senses: Senses, rounds: int
) -> tuple[list[float], list[float]]:
    """Return comments per processor second of each round, and the seconds of each comment."""
    rates, each = [], []
    for _ in range(rounds):
        begun = time.process_time()
        for one in given:
            started = time.perf_counter()
            judge(one, rulebook, senses)
            each.append(time.perf_counter() - started)
        rates.append(len(given) / (time.process_time() - begun))
    return rates, each


def main() -> int:
    """Measure and report."""
    begun = time.process_time()
    whole, rulebook = Senses.load(), load()
    loaded = time.process_time() - begun
    senses = Senses.load(model=None)
    given = comments()
    rates, each = _judged(given, rulebook, senses, ROUNDS)
    with_model, each_with_model = _judged(given, rulebook, whole, 2)
    slowest = []
    for text in HOSTILE.values():
        one = Submission(text[:100_000], article=Article("A title"))
        slowest.append(1 / statistics.median(_judged([one], rulebook, senses, 3)[0]))
    length = sum(len(one.text) for one in given) / len(given)
    return report([
        at_least("PERF-06", "comments judged by rules, one core, median", statistics.median(rates), 3000, "/s"),
        Figure("PERF-06", "mean length of these comments", length, "signs"),
        Figure("PERF-06", "one comment, 95th percentile by the clock", quantile(each, 0.95) * 1000, "ms"),
        at_least("PERF-06", "the same with the model, one at a time", statistics.median(with_model), 150, "/s"),
        at_most("PERF-06", "one comment with the model, 95th percentile", quantile(each_with_model, 0.95) * 1000, 15, "ms"),
        at_most("PERF-06", f"the slowest of {len(HOSTILE)} hostile texts of 100 kB", max(slowest) * 1000, 250, "ms"),
        at_most("PERF-06", "loading model, rules, lists and the shipped rulebook, processor time", loaded, 1.5, "s"),
    ])  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())

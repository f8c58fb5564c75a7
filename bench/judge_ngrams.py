"""The n-grams alone: comments a second on one core, with folding and, for those flagged, the words that speak for it."""

import statistics
import sys
import time

from tests.standards.model.sentences import sentences

from bench.frame import Figure, at_least, report
from broadsheet.standards.model.ngrams import Tables
from broadsheet.standards.text import Seen

LANGUAGES = ("ar", "de", "fr")
PARTS = ("clean", "clean, of groups", "hateful")
ROUNDS, TURNS = 5, 10


def main() -> int:
    """Measure and report."""
    begun = time.process_time()
    tables = Tables.load().by_language
    loaded = time.process_time() - begun
    given = [(tables[name], line) for name in LANGUAGES for part in PARTS for line in sentences(name, part)]
    rates = []
    for _ in range(ROUNDS):
        begun = time.process_time()
        for _turn in range(TURNS):
            for table, line in given:
                reading = table.read(Seen(line))
                if reading.scores["hate"] >= 0.5:
                    reading.spans("hate")
        rates.append(TURNS * len(given) / (time.process_time() - begun))
    length = sum(len(line) for _table, line in given) / len(given)
    return report([
        at_least("PERF-06", "comments read by n-grams, one core, median", statistics.median(rates), 3000, "/s"),
        Figure("PERF-06", "mean length of these comments", length, "signs"),
        Figure("PERF-06", "loading all tables, processor time", loaded, "s"),
    ])  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())

"""Copies and flash mobs: of forty reworded copies by forty accounts among some 5,000 unrelated comments, how many are found.

Strays are comments that are no copies and are drawn in: unrelated ones, and those which only share subject and opinion.
`--choose` takes the campaigns and the background on which the cuts were chosen, others are measured on. Needs pyarrow
(as training does) and the shared data.
"""

import random
import re
import statistics
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.standards.campaigns import CHOOSING, MEASURING, campaign, is_english, same_opinion, unrelated

from bench.frame import Figure, at_least, at_most, report
from broadsheet.standards.clusters import Clusters, Comment
from broadsheet.standards.detectors.copies import Copies
from broadsheet.standards.rulebook import load
from broadsheet.standards.senses import Senses
from broadsheet.standards.submission import Earlier, Submission
from broadsheet.standards.text import Seen
from broadsheet.standards.text.fingerprint import Fingerprint

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
BACKGROUND, FROM_NEWS = 5_000, 500
NOW = datetime(2026, 11, 1, tzinfo=UTC)
SUBJECTS = {CHOOSING: ("ferry", "stadium", "parking", "library", "rent"),
            MEASURING: ("spraying", "mayor", "dogs", "trains", "phones")}  # fmt: skip


def background(chosen: tuple[str, ...]) -> list[str]:
    """Return unrelated comments and pieces of news, by a fixed seed; none of those on which cuts were chosen."""
    from pyarrow import parquet

    table = parquet.read_table(SHARED / "data" / "moderation" / "train.parquet", columns=["source", "text"])
    texts = {
        # Each is counted once, also where a source has it twice in other spaces.
        re.sub(r"\W+", " ", row["text"]).strip().lower(): row["text"]
        for row in table.to_pylist()
        if row["source"] in {"toxic_spans_civil", "wiki_context"}
    }
    drawn = random.Random(20261128).sample(list(texts.values()), 2 * (BACKGROUND - FROM_NEWS))
    news = unrelated(SHARED, 2 * FROM_NEWS)
    part = slice(chosen == MEASURING, None, 2)
    return [*drawn[part], *news[part]]


def fingerprints(senses: Senses, texts: list[str], language: str) -> list[Fingerprint]:
    """Return the fingerprint of each text."""
    found: list[Fingerprint] = []
    for start in range(0, len(texts), 64):
        part = [(Seen(text), Submission(text, edition_language=language)) for text in texts[start : start + 64]]
        found += senses.fingerprinting.of_many(part)
    return found


class Site:
    """Three days of comments, in order of time: the background, those of like opinion, and one campaign."""

    def __init__(self, senses: Senses, prints: list[Fingerprint], opinions: list[Fingerprint], name: str) -> None:
        language = "en" if is_english(name) else "fr"
        chance = random.Random(name)
        copies = fingerprints(senses, campaign(name), language)
        self.comments = [
            Comment(f"{kind}{at}", f"{kind}{at}", f"t{chance.randrange(60)}", NOW + timedelta(hours=chance.uniform(*hours)), one)
            for kind, ones, hours in (("c", prints, (0, 72)), ("o", opinions, (0, 72)), ("m", copies, (40, 44)))
            for at, one in enumerate(ones)
        ]  # fmt: skip
        self.comments.sort(key=lambda one: one.at)

    def clusters(self) -> tuple[Clusters, float]:
        """Return all comments clustered, and how long that took by the processor, in seconds."""
        begun = time.process_time()
        clusters = Clusters()
        for one in self.comments:
            clusters.add(one)
        list(clusters.all())
        return clusters, time.process_time() - begun

    def held(self, senses: Senses) -> set[str]:
        """Return which comments the shipped rulebook holds as a flash mob's, each with all others as what is there."""
        clusters, _seconds = self.clusters()
        (use,) = (use for use in load().clauses["FLASHMOB"].detectors if use.name == "copies")
        detector, found = Copies(senses.fingerprinting), set()
        for one in self.comments:
            near = [each for each in clusters.near(one.fingerprint, one.at) if each.id != one.id]
            earlier = tuple(Earlier("", each.at, each.thread, each.author, each.fingerprint) for each in near)
            seen = Seen("its text is gone, and its fingerprint stands for it")
            seen.keep("fingerprint", lambda one=one: one.fingerprint)
            about = Submission(seen.original, author=one.author, at=one.at, neighbours=earlier)
            merged = _Use(use.name, use.threshold, {**Copies.clauses["FLASHMOB"], **use.options}, "hold")
            if any(sighting.score >= use.threshold for sighting in detector.look(seen, about, merged)):
                found.add(one.id)
        return found


class _Use:
    def __init__(self, name: str, threshold: float, options: dict[str, object], handling: str) -> None:
        self.name, self.threshold, self.options, self.handling = name, threshold, options, handling


def main() -> int:
    """Measure and report."""
    chosen = CHOOSING if "--choose" in sys.argv else MEASURING
    senses = Senses.load()
    agreeing = same_opinion()
    prints = fingerprints(senses, background(chosen), "en")
    opinions = fingerprints(senses, [text for name in SUBJECTS[chosen] for text in agreeing[name]], "en")
    seconds: list[float] = []
    figures: list[Figure] = []
    for name in chosen:
        site = Site(senses, prints, opinions, name)
        clusters, took = site.clusters()
        seconds.append(took)
        mobs = [one for one in clusters.all() if one.is_flash_mob]
        parts = [{comment.id for comment in one.comments} for one in mobs]
        drawn = [part for part in parts if any(id_.startswith("m") for id_ in part)]
        members = set().union(*drawn)
        others = set().union(*(part for part in parts if part not in drawn))
        held = site.held(senses)
        for what, ids in (("in its clusters", members), ("held by the detector", held)):
            share = {kind: sum(id_.startswith(kind) for id_ in ids) for kind in "mco"}
            how = "" if is_english(name) else ", by letters alone"
            figures += [
                at_least("STD-03", f"campaign {name}{how}: copies {what}", share["m"] / 40 * 100, 95, "%"),
                at_most("STD-03", f"campaign {name}: strays of {len(prints)}, {what}", share["c"] / len(prints) * 100, 0.2, "%"),
                Figure("STD-03", f"campaign {name}: of like opinion, {what}, of {len(opinions)}", share["o"]),
            ]  # fmt: skip
        figures.append(Figure("STD-03", f"campaign {name}: unrelated in flash mobs of their own, of {len(prints)}",
                              sum(id_.startswith("c") for id_ in others)))  # fmt: skip
    figures.append(
        Figure("STD-03", f"clustering {len(prints)} comments, processor time", statistics.median(seconds), "s")
    )
    return report(figures)


if __name__ == "__main__":
    sys.exit(main())

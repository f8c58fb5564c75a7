"""Where the article lies in the stream: the run of sentences that fits the page's titles best."""

import math
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from broadsheet.importing.engines.dump.features import Features
from broadsheet.importing.engines.dump.paragraphs import Piece
from broadsheet.importing.engines.dump.stream import Stream
from broadsheet.importing.engines.dump.tongues import content_words
from broadsheet.importing.engines.dump.vocabulary import key_of

_HINT_WORDS = 60
_RUNS = 40
_ANCHOR_REACH = 30
_JUMP_LINKS = 8
_MOST_TITLES = 12
_TALK_REACH = 25
_SOLID = 60.0
_MOST_BOX = 14
_LONG = 12.0
_LONG_IN_FLOW = 16.0
_ENDS = frozenset(["discussion", "reply", "footer", "end", "dialog"])
_NEUTRAL = frozenset(["footnote", "cells", "embed", "alt", "repeat"])


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of pieces, both ends within it, and what speaks for it."""

    first: int
    last: int
    weight: float


def find_runs(features: list[Features], anchors: list[int]) -> list[Run]:
    """The stretches in which sentences outweigh furniture, heaviest first; a title of the page begins a new one."""
    runs: list[Run] = []
    fresh = set(anchors)
    start, total, best, end = -1, 0.0, 0.0, -1
    for number, item in enumerate(features):
        over = start >= 0 and (
            number in fresh or total + item.weight <= 0 or best - total - item.weight > _patience(best)
        )
        if over:
            runs.append(Run(start, end, best))
            start = -1
        if start < 0:
            if item.weight > 0 and number not in fresh:
                start, total, best, end = number, item.weight, item.weight, number
            continue
        total += item.weight
        if total > best:
            best, end = total, number
    if start >= 0:
        runs.append(Run(start, end, best))
    return sorted(runs, key=lambda run: -run.weight)


def _patience(best: float) -> float:
    """How much furniture a run bears before it is over: more, the longer the run is already."""
    return min(38.0, 14.0 + best * 0.12)


def find_anchors(pieces: list[Piece], hints: list[str], language: str | None) -> list[int]:
    """The lines that say again what the page's own title says."""
    keys = {key_of(hint) for hint in hints} - {""}
    distinct = dict.fromkeys(hints)
    wanted = [words for hint in distinct if len(words := set(content_words(hint, language))) >= 4][:_MOST_TITLES]
    answer: list[int] = []
    for number, piece in enumerate(pieces):
        if not 2 <= piece.words <= 34 or number == 0:
            continue
        if key_of(piece.text) in keys:
            answer.append(number)
            continue
        said = set(content_words(piece.text, language))
        if len(said) >= 4 and any(len(said & words) >= 0.75 * max(len(said), len(words)) for words in wanted):
            answer.append(number)
    return answer


@dataclass(frozen=True, slots=True)
class _Signs:
    """What on the page tells where the article is: words of its titles, their places, and where readers talk."""

    words: dict[str, int]
    anchors: list[int]
    talks: list[int]
    first_end: int


def choose_run(stream: Stream, runs: list[Run], *, hints: list[str], anchors: list[int]) -> Run | None:
    """The run that is the article: heavy, about what the page's titles say, and under one of them."""
    if not runs:
        return None
    wanted = Counter[str]()
    for hint in hints:
        wanted.update(set(content_words(hint, stream.language)))
    signs = _Signs(
        words=dict(wanted.most_common(_HINT_WORDS)),
        anchors=anchors,
        talks=[number for number, item in enumerate(stream.features) if item.furniture in {"discussion", "reply"}],
        first_end=min((run.last for run in runs if run.weight >= _SOLID), default=len(stream.pieces)),
    )
    best = max(runs[:_RUNS], key=lambda run: _worth(stream, run, signs))
    return _joined(stream.features, best, runs, barriers=set(anchors))


def _joined(features: list[Features], run: Run, runs: list[Run], *, barriers: set[int]) -> Run:
    """The run with those beside it from which only a box of links divides it."""
    for other in sorted(runs, key=lambda near: near.first):
        if (
            other.first > run.last
            and _is_box(features, run.last + 1, other.first, barriers)
            and _flows(features, other)
        ):
            run = Run(run.first, other.last, run.weight + other.weight)
    for other in sorted(runs, key=lambda near: -near.last):
        if (
            other.last < run.first
            and _is_box(features, other.last + 1, run.first, barriers)
            and _flows(features, other)
        ):
            run = Run(other.first, run.last, run.weight + other.weight)
    return run


def _is_box(features: list[Features], first: int, last: int, barriers: set[int]) -> bool:
    """True for a short stretch of links and titles that may stand between two paragraphs of one article."""
    return last - first <= _MOST_BOX and all(
        features[number].kind != "label" and features[number].furniture not in _ENDS and number not in barriers
        for number in range(first, last)
    )


def _flows(features: list[Features], run: Run) -> bool:
    """True where two long sentences or more follow each other, as no list of links has them."""
    prose = [
        item.kind == "prose" and item.weight >= _LONG and not item.credit for item in features[run.first : run.last + 1]
    ]
    return any(here and following for here, following in pairwise(prose))


def _worth(stream: Stream, run: Run, signs: _Signs) -> float:
    """How likely a run is the article."""
    above = bisect_right(signs.anchors, run.first)
    place = signs.anchors[above - 1] if above else -_ANCHOR_REACH
    talk = bisect_right(signs.talks, place + _JUMP_LINKS)
    talked = talk < len(signs.talks) and signs.talks[talk] < run.first
    under = above > 0 and run.first - place <= _ANCHOR_REACH and not talked
    last = bisect_right(signs.talks, run.first) - 1
    after_talk = last >= 0 and signs.talks[last] >= run.first - _TALK_REACH and signs.talks[last] > signs.first_end
    railed = any(item.furniture == "rail" for item in stream.features[max(0, run.first - 3) : run.first])
    worth = math.pow(run.weight, 0.8) * (0.25 + _fit(stream, run, signs.words)) * _density(run, stream.features)
    worth *= 0.8 if run.first > len(stream.pieces) * 0.8 else 1.0
    return worth * (1.9 if under else 1.0) * (0.4 if after_talk else 1.0) * (0.75 if railed else 1.0)


def _fit(stream: Stream, run: Run, wanted: dict[str, int]) -> float:
    """The share of the titles' words that the run uses."""
    if not wanted:
        return 0.5
    have: set[str] = set()
    for piece in stream.pieces[run.first : run.last + 1]:
        have.update(content_words(piece.text, stream.language))
    stems = {word[:5] for word in have if len(word) > 5}
    hit = sum(count for word, count in wanted.items() if word in have or (len(word) > 5 and word[:5] in stems))
    return hit / sum(wanted.values())


def _density(run: Run, features: list[Features]) -> float:
    """Runs made of sentences only are likelier than those of sentences among titles."""
    counted = [
        item.kind == "prose"
        for item in features[run.first : run.last + 1]
        if not item.credit and item.kind not in _NEUTRAL
    ]
    return 0.3 + 0.7 * (sum(counted) / len(counted) if counted else 1.0)


def change_of_kind(features: list[Features], first: int, last: int) -> tuple[int | None, int | None]:
    """Where a stream of titles gives way to running text, and where running text gives way to such a stream."""
    signs = [
        (number, features[number].kind == "prose")
        for number in range(first, last + 1)
        if not features[number].credit and features[number].kind not in _NEUTRAL
    ]
    total = sum(1 for _, prose in signs if prose)
    whole = _likelihood(total, len(signs))
    flows = _places_of_flow(features, signs)
    best_end = best_start = 3.2
    start: int | None = None
    end: int | None = None
    seen = 0
    for before, (number, prose) in enumerate(signs):
        after = len(signs) - before
        ahead, behind = seen / max(before, 1), (total - seen) / after
        gain = _likelihood(seen, before) + _likelihood(total - seen, after) - whole
        ends = before >= 3 and after >= 7 and seen >= 3 and not prose and ahead >= 0.6 and behind <= 0.5
        if ends and gain > best_end and not (flows and flows[-1] >= before):
            best_end, end = gain, number
        starts = before >= 7 and total - seen >= 4 and prose and ahead <= 0.4 and behind >= 0.75
        if starts and gain > best_start and not (flows and flows[0] < before):
            best_start, start = gain, number
        seen += prose
    return start, end


def _places_of_flow(features: list[Features], signs: list[tuple[int, bool]]) -> list[int]:
    """Where three sentences follow each other, or two long ones at the very end, as they do in running text only."""
    flows = [
        place for place in range(len(signs) - 2) if signs[place][1] and signs[place + 1][1] and signs[place + 2][1]
    ]
    ending = signs[-2:]
    if len(ending) == 2 and all(prose and features[number].weight >= _LONG_IN_FLOW for number, prose in ending):
        flows.append(len(signs) - 2)
    return flows


def _likelihood(hits: int, trials: int) -> float:
    """The log-likelihood of a share of hits at its best guess."""
    if hits in {0, trials} or trials == 0:
        return 0.0
    share = hits / trials
    return hits * math.log(share) + (trials - hits) * math.log(1 - share)

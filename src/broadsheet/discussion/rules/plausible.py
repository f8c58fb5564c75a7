"""Threads as readers make them: which comment answers which, and what is said. For measuring and trying out."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

from broadsheet.discussion.conf import State
from broadsheet.discussion.rules.sayings import SUBJECTS, WAYS, WHENS, WHERES, Subject

ANSWERS = 0.55  # share of comments that answer another: as in the comment sections that were looked at
NEAR = 120  # how far back a comment is that is answered
REMOVED, WITHDRAWN = 0.02, 0.015
NAMES = tuple(
    f"{first} {last}."
    for first in ("Ines", "Tom", "Aïcha", "Marta", "Jonas", "Leïla", "Piet", "Sofia", "Omar", "Greta", "Luc", "Hana")
    for last in "ABCDEFGHKLMNPRSTVW"
)


@dataclass(frozen=True, slots=True)
class Shape:
    """A thread by places: for each comment its parent and root (-1: none), depth, state, and visible replies below it."""

    parents: Sequence[int]
    roots: Sequence[int]
    depths: Sequence[int]
    states: Sequence[str]
    replies: Sequence[int]


def shape(count: int, drawn: random.Random, *, depth: int = 12) -> Shape:
    """Return a thread of so many comments that is at most so deep; a single chain where it is as deep as it is long."""
    chain = depth >= count
    parents, roots, depths, states = [-1] * count, [-1] * count, [0] * count, [str(State.VISIBLE)] * count
    replies = [0] * count
    for at in range(count):
        chance = drawn.random()
        if not chain and chance < REMOVED + WITHDRAWN:
            states[at] = State.REMOVED if chance < REMOVED else State.WITHDRAWN
        if at and (chain or drawn.random() < ANSWERS):
            parent = at - 1 if chain else max(0, at - 1 - int(drawn.expovariate(6 / NEAR)))
            if depths[parent] + 1 < depth:
                parents[at], depths[at] = parent, depths[parent] + 1
                roots[at] = roots[parent] if roots[parent] >= 0 else parent
                replies[roots[at]] += states[at] == State.VISIBLE
    return Shape(parents, roots, depths, states, replies)


def texts(count: int, drawn: random.Random) -> list[str]:
    """Return so many comments: a few sentences each about one thing, most of them short."""
    return [_comment(drawn) for _text in range(count)]


def sizes(count: int, threads: int) -> list[int]:
    """Return how many comments each of so many threads has of all: few have most of them."""
    weights = [1 / (place + 1) for place in range(threads)]
    parts = [int(count * weight / sum(weights)) for weight in weights]
    parts[0] += count - sum(parts)
    return parts


def _comment(drawn: random.Random) -> str:
    subject = drawn.choice(SUBJECTS)
    ways = drawn.sample(WAYS, 2 + min(8, int(drawn.expovariate(0.5))))
    return " ".join(_sentence(way, subject, drawn) for way in ways)


def _sentence(way: str, subject: Subject, drawn: random.Random) -> str:
    thing, other = drawn.sample(subject.things, 2)
    named = {
        "thing": thing, "other": other, "who": drawn.choice(subject.people), "does": drawn.choice(subject.happens),
        "wish": drawn.choice(subject.wishes), "when": drawn.choice(WHENS), "where": drawn.choice(WHERES),
        "number": str(drawn.randint(2, 900)),
    }  # fmt: skip
    return way.format(**named, **{name.capitalize(): word[:1].upper() + word[1:] for name, word in named.items()})

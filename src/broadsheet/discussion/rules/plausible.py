"""Threads as readers make them: which comment answers which, and what is said. For measuring and trying out."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

from broadsheet.discussion.conf import State

ANSWERS = 0.55  # share of comments that answer another: as in the comment sections that were looked at
NEAR = 120  # how far back a comment is that is answered
REMOVED, WITHDRAWN = 0.02, 0.015
_THINGS = (
    "the council harbour wall price figures year people street school train bridge river market bread rent teacher "
    "doctor hospital garden winter summer report minister budget vote letter neighbour bus line ticket plan page number "
    "question answer reason water heating bill shop worker strike office company mayor paper article writer story side "
    "history town village coast port ship ferry fish farm field wage tax fund money cost repair storm flood insurance"
)
WORDS = tuple(_THINGS.split())
LINKS = (
    "I think that", "As far as I know,", "My experience is that", "It seems to me that", "Last year", "In our street",
    "Nobody has said yet that", "What I miss in the article:", "Thank you for the report.", "With respect,",
    "I read it differently:", "To be fair,", "Somebody should ask why", "For what it is worth,", "In the end",
)  # fmt: skip
VERBS = ("needs", "costs", "helps", "explains", "changes", "delays", "keeps", "loses", "shows", "brings", "asks")
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
    """Return so many comments: a few sentences each, most of them short."""
    return [" ".join(_sentence(drawn) for _n in range(1 + int(drawn.expovariate(0.5)))) for _text in range(count)]


def sizes(count: int, threads: int) -> list[int]:
    """Return how many comments each of so many threads has of all: few have most of them."""
    weights = [1 / (place + 1) for place in range(threads)]
    parts = [int(count * weight / sum(weights)) for weight in weights]
    parts[0] += count - sum(parts)
    return parts


def _sentence(drawn: random.Random) -> str:
    words = [drawn.choice(WORDS) for _n in range(drawn.randint(3, 9))]
    return f"{drawn.choice(LINKS)} the {' '.join(words[:2])} {drawn.choice(VERBS)} {' '.join(words[2:])}."

"""In which order cases are looked at: expected harm × readers now × uncertainty (MOD-01)."""

from math import log2

# How bad it is when nobody looks for a while, where 10 is an insult; learned from no data, but said here. A clause that
# the newsroom itself made counts as an insult does, one whose priority is `top` as the worst.
HARM = {
    "MINORS": 100.0, "SUICIDE": 100.0, "EXTREMISM": 50.0, "LAW": 45.0, "HATE": 40.0, "PRIVACY": 35.0, "MALWARE": 30.0,
    "CRUELTY": 25.0, "DRUGS": 15.0, "INSULT": 10.0, "SPAM": 8.0, "FLASHMOB": 8.0, "COMMERCE": 6.0, "PROMOTION": 6.0,
    "FLOOD": 6.0, "PROFANITY": 5.0, "TROLLING": 5.0, "RESPECT": 4.0, "PUBLISHER": 4.0, "LANGUAGE": 2.0, "FORM": 2.0,
    "OFFTOPIC": 2.0,
}  # fmt: skip
OF_OWN_CLAUSE = 10.0
WORST = 100.0
IN_DANGER = 1000.0  # somebody may be hurting themself now: before everything else, however sure a machine is
WAITING = 3.0  # a comment that nobody marked and that waits nevertheless: its author does
LETTER = 20.0  # somebody is locked out, perhaps wrongly
ACCOUNT = 20.0
NOTICE = 2.0  # times: a notice of illegal content is decided "in a timely manner" (DSA art. 16(6))
# Clauses whose comments are hard to read; a moderator gets only so many of them a day (MOD-10).
HARSH = frozenset({"MINORS", "SUICIDE", "EXTREMISM", "HATE", "CRUELTY"})


def harm_of(clause: str, *, top: bool = False) -> float:
    """Return how bad it is when a comment breaks this clause; `top` where the rulebook puts its cases first."""
    return WORST if top else HARM.get(clause, OF_OWN_CLAUSE)


def uncertainty(score: float) -> float:
    """Return from 1 (a machine is sure, either way) to 2 (it could be either): where a person makes the difference."""
    bounded = min(1.0, max(0.0, score))
    return 1.0 + 4.0 * bounded * (1.0 - bounded)


def readers_factor(lately: int) -> float:
    """Return how much more a case weighs by those who read now; `lately` are comments of the last half hour there.

    Comments stand for readers: how many read a page is known only above this package. It grows with the logarithm, so
    that the worst comes first also where few are.
    """
    return 1.0 + log2(1 + max(0, lately))


def is_much_else(before: int, now: int) -> bool:
    """Return whether a thread is at least twice or at most half as lively as it was, so that its cases are placed anew."""
    return int(log2(1 + before)) != int(log2(1 + now))


def priority(harm: float, *, lately: int, uncertain: float, hidden: bool) -> float:
    """Return the case's place in the queue, higher ones first; nobody reads what is hidden, so readers don't count then."""
    return round(harm * (1.0 if hidden else readers_factor(lately)) * uncertain, 4)

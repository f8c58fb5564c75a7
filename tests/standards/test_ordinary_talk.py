"""Ordinary talk passes: what readers write under a newspaper's articles, in three languages, is hardly ever noticed.

And what breaks a clause is found. Both sets were written for this test; nothing is learned from them, but they are of the same
hand as the lines that the heads are learned from (`training/pairs/heads`), and flatter.
"""

from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from broadsheet.standards.judging import judge_many
from broadsheet.standards.rulebook import load
from broadsheet.standards.senses import Senses
from broadsheet.standards.submission import Submission
from broadsheet.standards.verdict import Verdict

pytestmark = [pytest.mark.row("STD-01"), pytest.mark.row("STD-04"), pytest.mark.files]
FOLDER = Path(__file__).parent / "data" / "ordinary_talk"
TRAINING = Path(__file__).resolve().parents[2] / "training" / "pairs"
LANGUAGES = ("en", "fr", "ar")
RARE = ("EXTREMISM", "MINORS", "DRUGS", "CRUELTY", "SUICIDE")
# Before the rare heads were learned from ordinary lines 33 of 149 were noticed, 22 of them as extremism. Of what is left
# held, hatred and threats are most: those heads still take some well-written comments for what they aren't.
HELD, NOTICED = 0.05, 0.10  # of all ordinary comments, all clauses together
ALARMS, HELD_FOR_RARE = 5, 1  # ordinary comments noticed for one rare clause, and held for any of them
FOUND, OTHERS_FOUND = 0.75, 0.9  # of those that break a rare clause, or another one


def lines(name: str) -> list[str]:
    """The comments of a file."""
    every = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    return [line for line in every if line and not line.startswith("#")]


@cache
def judged(senses: Senses, kind: str) -> list[tuple[str, str, Verdict]]:
    """Every comment of a kind with its clause, where it has one, and what the judge says of it."""
    found = []
    for language in LANGUAGES:
        parts = [
            line.partition(" | ") if kind == "broken" else ("", "", line) for line in lines(f"{kind}.{language}.txt")
        ]
        verdicts = judge_many([Submission(text, edition_language=language) for _c, _b, text in parts], load(), senses)
        found += [(clause, text, verdict) for (clause, _bar, text), verdict in zip(parts, verdicts, strict=True)]
    return found


def noticed(verdict: Verdict) -> set[str]:
    """The clauses for which something happens to the comment."""
    return {one.clause for one in verdict.findings if one.handling != "human"}


def test_ordinary_talk_is_hardly_ever_noticed(whole: Senses) -> None:
    every = judged(whole, "ordinary")
    assert len(every) >= 140
    held = [text for _clause, text, verdict in every if verdict.outcome in {"hold", "not_scored"}]
    stopped = [text for _clause, text, verdict in every if noticed(verdict)]
    assert len(held) <= HELD * len(every), held
    assert len(stopped) <= NOTICED * len(every), stopped


def test_no_rare_clause_cries_wolf(whole: Senses) -> None:
    counted = Counter(clause for _clause, _text, verdict in judged(whole, "ordinary") for clause in noticed(verdict))
    assert {clause: counted[clause] for clause in RARE if counted[clause] > ALARMS} == {}
    held = [
        text
        for _clause, text, verdict in judged(whole, "ordinary")
        if any(one.handling == "hold" and one.clause in RARE for one in verdict.findings)
    ]
    assert len(held) <= HELD_FOR_RARE, held


def test_what_breaks_a_clause_is_found(whole: Senses) -> None:
    every = judged(whole, "broken")
    missed = [(clause, text) for clause, text, verdict in every if clause not in noticed(verdict)]
    for rare, least in ((True, FOUND), (False, OTHERS_FOUND)):
        those = [clause for clause, _text, _verdict in every if (clause in RARE) == rare]
        lost = [one for one in missed if (one[0] in RARE) == rare]
        assert len(those) >= 10
        assert len(lost) <= (1 - least) * len(those), lost


def test_none_of_it_is_learned_from() -> None:
    learned = {
        line.partition(" | ")[2].strip()
        for path in TRAINING.rglob("*.txt")
        for line in path.read_text(encoding="utf-8").splitlines()
    }
    assert len(learned) > 5000
    for path in FOLDER.glob("*.txt"):
        for line in lines(path.name):
            assert line not in learned
            assert (line.partition(" | ")[2] or line) not in learned

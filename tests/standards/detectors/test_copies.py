"""Copies among neighbours: as texts or as fingerprints, by letters and by meaning; not those who only agree."""

import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from broadsheet.standards.judging import judge
from broadsheet.standards.senses import Senses
from broadsheet.standards.submission import Earlier, Submission
from broadsheet.standards.text import Seen
from tests.standards.campaigns import campaign, same_opinion
from tests.standards.small_rulebook import Book, Clause, Use, broken

pytestmark = [pytest.mark.row("STD-03"), pytest.mark.files]
NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
MOB = Book({"FLASHMOB": Clause((Use("copies", 0.7),))})
FLOOD = Book({"FLOOD": Clause((Use("flood"), Use("copies", 0.9)))})


def others(texts: list[str]) -> tuple[Earlier, ...]:
    return tuple(Earlier(text, NOW, "t", f"a{at}") for at, text in enumerate(texts))


def printed(earlier: tuple[Earlier, ...], senses: Senses) -> tuple[Earlier, ...]:
    return tuple(
        replace(one, text="", fingerprint=senses.fingerprinting.of(Seen(one.text), Submission(one.text)))
        for one in earlier
    )


def test_heavily_reworded_copies_are_found_with_the_model(whole: Senses, senses: Senses) -> None:
    texts = campaign("parking")
    last = Submission(texts[-1], author="me", at=NOW, neighbours=others(texts[-9:-1]))
    assert "FLASHMOB" in broken(judge(last, MOB, whole))
    far = Submission(texts[-1], author="me", at=NOW, neighbours=others(texts[:6]))
    by_letters, by_meaning = (judge(far, MOB, one).scores.get("FLASHMOB", 0) for one in (senses, whole))
    assert by_letters < by_meaning


@pytest.mark.parametrize("subject", ["library", "rent"])
def test_many_who_say_the_same_in_words_of_their_own_are_no_mob(subject: str, whole: Senses) -> None:
    texts = same_opinion()[subject]
    for at, text in enumerate(texts):
        one = Submission(text, author="me", at=NOW, neighbours=others(texts[:at] + texts[at + 1 :]))
        assert "FLASHMOB" not in broken(judge(one, MOB, whole)), text


def test_a_fingerprint_serves_in_place_of_a_text(whole: Senses) -> None:
    texts = campaign("stadium")
    as_texts = Submission(texts[0], author="me", at=NOW, neighbours=others(texts[1:20]))
    as_prints = replace(as_texts, neighbours=printed(as_texts.neighbours, whole))
    # 8-bit activations are scaled by the batch: a text moves a little with what is read beside it.
    found = judge(as_prints, MOB, whole).scores["FLASHMOB"]
    assert found == pytest.approx(judge(as_texts, MOB, whole).scores["FLASHMOB"], abs=0.05)
    assert found >= 0.7


def test_an_author_who_floods_is_found_by_fingerprints_too(senses: Senses) -> None:
    text = "I have said it once and I say it again: the town hall must answer my letter of the third of May."
    recent = tuple(Earlier(text, NOW - timedelta(seconds=30 * at), "t", "me") for at in range(1, 5))
    for earlier in (recent, printed(recent, senses)):
        verdict = judge(Submission(text, author="me", at=NOW, author_recent=earlier), FLOOD, senses)
        assert {finding.detector for finding in verdict.findings} == {"flood", "copies"}
    lone = judge(Submission(text, author="me", at=NOW, author_recent=printed(recent[:1], senses)), FLOOD, senses)
    assert {finding.detector for finding in lone.findings} == {"copies"}


def test_neighbours_are_read_once_for_many_comments() -> None:
    senses = Senses.load()
    texts = [*same_opinion()["trains"], *same_opinion()["phones"]]
    seconds = []
    for text in texts[:4]:
        begun = time.process_time()
        judge(Submission(text, author="me", at=NOW, neighbours=others(texts)), MOB, senses)
        seconds.append(time.process_time() - begun)
    assert min(seconds[1:]) < seconds[0] / 3


def test_very_many_and_very_long_neighbours_are_compared_all_the_same(whole: Senses) -> None:
    text = campaign("stadium")[0]
    long = "the council spoke of it for hours and " * 2_000
    near = others([*(f"{long} {at}" for at in range(20)), text])
    assert "FLASHMOB" in broken(judge(Submission(text, author="me", at=NOW, neighbours=near), MOB, whole))

"""The judge: outcomes, failing closed, what is not covered, bad input, speed on hostile texts."""

import base64
import logging
import time
from collections.abc import Iterator, Mapping
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.standards.detectors import Sighting
from broadsheet.standards.judging import LONGEST, judge
from broadsheet.standards.senses import Senses
from broadsheet.standards.submission import Article, Submission
from tests.standards.small_rulebook import Book, Clause, Use, book, broken, saying

pytestmark = pytest.mark.files


class Odd:
    """A detector of the tests' own: raises, takes long, or sees what it is told to see."""

    name, version, cost = "odd", 7, 1
    needs: tuple[str, ...] = ()
    clauses: Mapping[str, Mapping[str, object]] = {}
    languages: frozenset[str] = frozenset()

    def __init__(self, *sightings: Sighting, error: Exception | None = None, seconds: float = 0) -> None:
        self.sightings, self.error, self.seconds = sightings, error, seconds

    def look(self, seen: object, submission: object, use: object) -> Iterator[Sighting]:
        until = time.thread_time() + self.seconds
        while time.thread_time() < until:
            pass
        if self.error:
            raise self.error
        yield from self.sightings


def senses_with(odd: Odd, senses: Senses, limit: float = 2.0) -> Senses:
    return Senses({**senses.detectors, "odd": odd}, limit)


@pytest.mark.row("STD-01")
@pytest.mark.parametrize("handling", ["flag", "slow", "warn", "hold"])
def test_the_outcome_is_what_the_rulebook_says_and_never_more(handling: str, senses: Senses) -> None:
    rules = Book({"A": Clause((Use("odd", 0.5, handling=handling),))})
    assert judge(saying("x"), rules, senses_with(Odd(Sighting(0.5)), senses)).outcome == handling
    assert judge(saying("x"), rules, senses_with(Odd(Sighting(0.49)), senses)).outcome == "publish"


@pytest.mark.row("STD-01")
def test_the_severest_handling_wins_and_people_decide_what_is_left_to_people(senses: Senses) -> None:
    rules = Book({
        "A": Clause((Use("odd", handling="flag"),)), "B": Clause((Use("odd", handling="warn"),)),
        "C": Clause((Use("odd"),), handling="human"), "D": Clause((Use("odd"),), on=False),
    })  # fmt: skip
    verdict = judge(saying("x"), rules, senses_with(Odd(Sighting(1)), senses))
    assert verdict.outcome == "warn"
    assert broken(verdict) == {"A", "B", "C"}


@pytest.mark.row("STD-02")
@pytest.mark.parametrize("odd", [Odd(Sighting(0.1), error=RuntimeError("secret text")), Odd(seconds=0.08)])
def test_a_detector_that_fails_or_takes_long_means_not_scored(
    odd: Odd, senses: Senses, caplog: pytest.LogCaptureFixture
) -> None:
    rules = Book({"A": Clause((Use("odd", handling="flag"),)), "PROFANITY": Clause((Use("words"),))})
    with caplog.at_level(logging.ERROR):
        verdict = judge(saying("shit, secret text"), rules, senses_with(odd, senses, limit=0.05))
    assert verdict.outcome == "not_scored"
    assert verdict.not_scored == ("odd",)
    assert "A" not in verdict.scores
    assert broken(verdict) == {"PROFANITY"}
    assert "odd" in caplog.text
    assert "secret" not in caplog.text


@pytest.mark.row("STD-02")
def test_what_nobody_reads_in_a_language_is_named_and_not_held_for_it(senses: Senses) -> None:
    rules = book(OWN=Clause((Use("encoder"),)))
    verdict = judge(saying("Det är en vacker dag i staden i dag", language="sv", edition_language="sv"), rules, senses)
    assert {"PROFANITY", "INSULT", "OWN"} <= set(verdict.not_covered)
    assert "PRIVACY" not in verdict.not_covered
    assert verdict.outcome == "publish"
    assert judge(saying("It is a beautiful day"), rules, senses).not_covered == ("OWN",)


@pytest.mark.row("STD-03")
def test_a_finding_says_clause_detector_version_score_and_words(senses: Senses) -> None:
    text = "Well, 😀 that's b.u.l.l.s.h.i.t, sir"
    (finding,) = judge(saying(text), book(), senses).findings
    assert (finding.clause, finding.handling, finding.detector, finding.version) == ("PROFANITY", "hold", "words", 1)
    assert finding.words == ("b.u.l.l.s.h.i.t",)
    assert [text[a:b] for a, b in finding.spans] == ["b.u.l.l.s.h.i.t"]
    assert 0 < finding.score <= 1


@pytest.mark.row("STD-03")
@given(
    st.text(
        st.one_of(
            st.characters(),
            st.characters(categories=["Cs"]),
            st.sampled_from("fuck shit@.:/0123456789*&;<b>\u200b\u202e\u0301ƒυ¢к"),
        ),
        max_size=80,
    )
)
def test_any_text_is_scored_and_every_span_lies_in_it(senses: Senses, text: str) -> None:
    verdict = judge(Submission(text, article=Article("A title")), book(), senses)
    assert not verdict.not_scored
    assert all(0 <= score <= 1 for score in verdict.scores.values())
    for finding in verdict.findings:
        last = 0
        for (start, end), word in zip(finding.spans, finding.words, strict=True):
            assert last <= start < end <= len(text)
            assert text[start:end] == word
            last = end


HOSTILE = {
    "one letter": "a" * 100_000,
    "spaces": " " * 100_000,
    "single letters": "a " * 50_000,
    "dots": "a." * 50_000,
    "asterisks": "f*" * 50_000,
    "digits": "1" * 100_000,
    "number groups": "12 34 56 78 " * 8_300,
    "plus signs": "+1" * 50_000,
    "at signs": "a@" * 50_000,
    "mail": "a@a." * 25_000,
    "hosts": "www." * 25_000,
    "addresses": "http://a.b/" * 9_000,
    "tags": "<a " * 33_000,
    "entities": "&#1" * 33_000,
    "quotes": '"' * 100_000,
    "newlines": "From: \n" * 14_000,
    "marks": "a" + "\u0301" * 100_000,
    "zero width": "f\u200b" * 50_000,
    "right to left": "\u202eabc" * 25_000,
    "words of lists": "i will kill you how to make meth " * 3_000,
    "look-alikes": "ƒυ¢к" * 25_000,
    "streets": "12 Main Main " * 7_700,
    "stretched": "aaab" * 25_000,
    "brackets": "(((" * 33_000,
    "capitals": "ABCD EFGH " * 10_000,
    "encoded": base64.b64encode(bytes(range(256)) * 300).decode()[:100_000],
    "pictures": "😀" * 100_000,
    "arabic": "كس امك يا " * 10_000,
    "headers in a line": "From: A To: b " * 7_200,
    "spelt addresses": "a.b at c dot d " * 6_700,
    "spelt digits": "oh seven double " * 6_300,
    "chats": "[1.1.26, 1:1] A " * 6_300,
    "confided": 'private message, "x ' * 5_000,
    "plates": "number plate AB 12 " * 5_300,
    "hit at random": "qwxz jqxk vbzx " * 6_700,
    "false hosts": "a-b.com.c-d.org " * 6_300,
    "offers": "we sell for sale from 5 a day " * 3_300,
}
PLAIN = "Nobody asked the people of the lower town what the second wall would cost them, and when. " * 1_200


@pytest.mark.row("STD-02")
@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_text_of_100_kb_costs_at_most_ten_plain_ones(kind: str, senses: Senses) -> None:
    taken, plain = (min(_seconds(text[:100_000], senses) for _try in range(2)) for text in (HOSTILE[kind], PLAIN))
    # 250 ms is the measure of a quiet machine (bench/judge_rules.py). What grows with the square is hundreds of times dearer.
    assert taken < 10 * plain, f"{taken:.2f} s, a plain text {plain:.2f} s"


def _seconds(text: str, senses: Senses) -> float:
    begun = time.thread_time()
    verdict = judge(Submission(text, article=Article("A title")), book(), senses)
    assert not verdict.not_scored
    return time.thread_time() - begun


@pytest.mark.row("STD-02")
@pytest.mark.parametrize(
    "text",
    [
        "",
        "😀",
        "\x00",
        "\ud800",
        "a\udfffb",
        "\u202e\u2066\u200f",
        "e\u0301" + "\u0301" * 10_000,
        "<div>",
        "&amp;&#0;&#x110000;",
        '"',
        "{",
        "\ufeff",
        "x" * 20_480,
    ],
)
def test_odd_texts_are_scored(text: str, senses: Senses) -> None:
    assert judge(saying(text), book(), senses).not_scored == ()


@pytest.mark.row("STD-02")
def test_a_text_too_long_to_judge_is_for_people(senses: Senses) -> None:
    begun = time.thread_time()
    verdict = judge(saying("a " * 5_000_000), book(), senses)
    assert (verdict.outcome, verdict.not_scored) == ("not_scored", ("length",))
    assert time.thread_time() - begun < 0.1
    assert judge(saying("a" * LONGEST), book(), senses).not_scored == ()


def test_a_rulebook_changed_is_another_plan(senses: Senses) -> None:
    rules = book()
    assert broken(judge(saying("shit"), rules, senses)) == {"PROFANITY"}
    off = Book({**rules.clauses, "PROFANITY": replace(rules.clauses["PROFANITY"], on=False)})
    assert broken(judge(saying("shit"), off, senses)) == set()

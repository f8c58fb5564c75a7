"""The encoder: spans in the original, one score whatever the company, and what happens where a file is not what it should be."""

import json
import logging
import shutil
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.standards.attributes import HEADS
from broadsheet.standards.judging import judge, judge_many
from broadsheet.standards.model.encoder import MANIFEST, NETWORK, SHIPPED, WORDS, Encoder, ModelError, TooLongError
from broadsheet.standards.senses import Senses
from broadsheet.standards.submission import Submission
from broadsheet.standards.text import Seen
from tests.standards.small_rulebook import Book, Clause, Use

pytestmark = [pytest.mark.row("STD-02"), pytest.mark.row("STD-03"), pytest.mark.files]
READ = Book({"HATE": Clause((Use("encoder", 0.0, {"head": "hate"}),))})
texts = st.text(
    st.one_of(st.characters(), st.sampled_from("k1ll th3m 😀🐒🇫🇺🇨🇰\u200b\u0301\ud800<b>&amp;@.:/")), max_size=60
)


@pytest.fixture(scope="module")
def encoder(whole: Senses) -> Encoder:
    assert isinstance(whole.encoder, Encoder)
    return whole.encoder


@given(texts)
@settings(max_examples=60)
def test_the_words_named_lie_in_the_text_and_the_scores_between_nothing_and_all(encoder: Encoder, text: str) -> None:
    (reading,) = encoder.read([Seen(text)])
    for head in encoder.heads:
        assert 0 <= reading.scores[head] <= 1
        last = 0
        for start, end in reading.spans(head):
            assert last <= start < end <= len(text)
            last = start


@given(st.lists(texts, min_size=2, max_size=5))
@settings(max_examples=15)
def test_a_text_is_read_the_same_alone_and_in_company(encoder: Encoder, given: list[str]) -> None:
    together = encoder.read([Seen(text) for text in given])
    for text, reading in zip(given, together, strict=True):
        (alone,) = encoder.read([Seen(text)])
        # 8-bit activations are scaled by the batch: a text moves a little with what stands beside it.
        assert float(alone.embedding @ reading.embedding) > 0.95


def test_embeddings_have_length_one_and_alike_texts_are_nearer(encoder: Encoder) -> None:
    first, alike, other = (
        one.embedding
        for one in encoder.read(
            [
                Seen("The bridge over the river was closed after the flood."),
                Seen("After the flooding, the river bridge has been shut."),
                Seen("My grandmother's recipe for lentil soup needs no cream."),
            ]
        )
    )
    assert np.linalg.norm(first) == pytest.approx(1.0, abs=1e-4)
    assert first @ alike > first @ other + 0.2


def test_abuse_at_the_end_of_a_long_text_is_read(whole: Senses) -> None:
    calm = "The council met on Tuesday and spoke about the new timetable for buses. " * 30
    foul = "You are a worthless pathetic idiot and everybody despises you."
    low, high = (judge(Submission(text), READ, whole).attributes["INSULT"] for text in (calm, calm + foul))
    assert high > low


def test_a_long_text_is_for_people(encoder: Encoder, whole: Senses) -> None:
    with pytest.raises(TooLongError):
        encoder.read([Seen("word " * 10_000)])
    assert judge(Submission("word " * 10_000), READ, whole).outcome == "not_scored"


def test_many_are_judged_as_one_by_one_and_in_order(whole: Senses) -> None:
    given = [
        Submission(text) for text in ("", "A fine day.", "word " * 10_000, "x" * 300_000, "Thank you all!", "مرحبا بكم")
    ]
    many = judge_many(given, READ, whole)
    alone = [judge(one, READ, whole) for one in given]
    assert [one.outcome for one in many] == [one.outcome for one in alone]
    assert [one.not_scored for one in many] == [one.not_scored for one in alone]


def test_every_attribute_has_a_head(encoder: Encoder) -> None:
    assert set(HEADS.values()) <= set(encoder.heads)


@pytest.mark.parametrize("name", [NETWORK, WORDS, MANIFEST])
@pytest.mark.parametrize("how", ["missing", "cut", "turned"])
def test_a_missing_or_damaged_file_means_that_nothing_is_scored(
    name: str, how: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    for file in (NETWORK, WORDS, MANIFEST):
        shutil.copy(SHIPPED / file, tmp_path / file)
    path = tmp_path / name
    content = bytearray(path.read_bytes())
    if how == "missing":
        path.unlink()
    elif how == "cut":
        path.write_bytes(content[: len(content) // 2])
    elif name == MANIFEST:
        manifest = json.loads(content)
        manifest["sha256"][NETWORK] = "0" * 64
        path.write_text(json.dumps(manifest), encoding="utf-8")
    else:
        content[len(content) // 2] ^= 0xFF
        path.write_bytes(content)
    with pytest.raises(ModelError):
        Encoder.load(tmp_path)
    with caplog.at_level(logging.ERROR):
        senses = Senses.load(model=tmp_path)
    assert "model" in caplog.text
    verdict = judge(Submission("A fine day it is."), READ, senses)
    assert (verdict.outcome, verdict.not_scored, verdict.findings) == ("not_scored", ("encoder",), ())


def test_every_head_is_calibrated() -> None:
    """A head that was left as it came says of ordinary talk whatever its training pairs taught it."""
    heads = json.loads((SHIPPED / MANIFEST).read_text(encoding="utf-8"))["heads"]
    assert set(heads) == set(HEADS.values())
    assert [name for name, one in heads.items() if (one["scale"], one["shift"]) == (1.0, 0.0)] == []


def test_the_words_named_are_those_that_make_the_score_of_a_rare_head(encoder: Encoder) -> None:
    text = "Thank you for the timetable. I sell cocaine and heroin behind the baths, ask for Milo. The bus was late."
    (reading,) = encoder.read([Seen(text)])
    named = " ".join(text[start:end] for start, end in reading.spans("drugs"))
    assert "cocaine" in named or "heroin" in named

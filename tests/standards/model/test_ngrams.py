"""N-grams: what they count, where it stands in the original, and what happens where a file is not what it should be."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.standards.model.encoder import ModelError
from broadsheet.standards.model.ngrams import LONGEST, MANIFEST, SHIPPED, WINDOW, Tables, ngrams, windows_of, words_of
from broadsheet.standards.model.reading_form import reading_form
from broadsheet.standards.text import Seen
from tests.standards.model.sentences import sentences

pytestmark = [pytest.mark.row("STD-02"), pytest.mark.row("STD-03"), pytest.mark.files]
texts = st.text(
    st.one_of(st.characters(), st.sampled_from("aéß عر狗 😀🇫🇺\u200b\u0301\ud800<b>&amp;@.:/' \n")), max_size=80
)
plain_words = st.lists(st.text("abcé", min_size=1, max_size=9), min_size=1, max_size=9)
# Of every language that is shipped with a head for hatred: of 60 clean sentences and 30 hateful ones, how many may be
# flagged and must be, at the threshold that the manifest names. None is learned from, but the pairs that are come from the
# same pen and were written after a first look at these: a guard against getting worse, no measure of what readers write.
MOST_CLEAN, LEAST_HATEFUL = 0.05, 0.3


@pytest.fixture(scope="module")
def tables() -> Tables:
    return Tables.load()


def numbers(text: str) -> list[int]:
    found, _where = ngrams(text, words_of(reading_form(Seen(text), None)))
    return [int(one) for one in found]


@given(texts)
@settings(max_examples=100)
def test_the_words_named_lie_in_the_text_and_the_scores_between_nothing_and_all(tables: Tables, text: str) -> None:
    for table in tables.by_language.values():
        reading = table.read(Seen(text))
        for head in table.heads:
            assert 0 <= reading.scores[head] <= 1
            last = 0
            for start, end in reading.spans(head):
                assert last <= start < end <= len(text)
                last = start


@given(plain_words)
def test_every_word_every_pair_and_every_part_is_counted_once(words: list[str]) -> None:
    text = " ".join(words)
    found, where = ngrams(text, words_of(reading_form(Seen(text), None)))
    parts = [
        sum(max(0, len(word) + 2 - size + 1) for size in range(2, LONGEST + 1)) + len(word) for word in words
    ]  # a word and a space on either side
    assert len(found) == len(words) + len(words) - 1 + sum(parts)
    expected = [1 + (at + 1 < len(words)) + part for at, part in enumerate(parts)]
    assert np.bincount(where, minlength=len(words)).tolist() == expected


def test_the_same_words_are_the_same_numbers_wherever_they_stand_and_others_are_others() -> None:
    alone, before, after = set(numbers("maison")), set(numbers("maison bleue")), set(numbers("grande maison"))
    assert alone < before
    assert alone < after
    assert not set(numbers("xyz")) & set(numbers("klm"))
    assert set(numbers("ab cd")) != set(numbers("cd ab"))


@given(st.integers(0, 2_000))
def test_parts_of_a_long_text_are_of_like_size_and_leave_out_nothing(count: int) -> None:
    words = [(at, at + 1) for at in range(count)]
    parts = windows_of(words)
    assert [word for part in parts for word in part] == words
    sizes = [len(part) for part in parts]
    assert max(sizes, default=0) <= WINDOW
    assert max(sizes, default=0) - min(sizes, default=0) <= 1


def test_what_is_hateful_at_the_end_of_a_long_text_is_read_and_named(tables: Tables) -> None:
    calm = " ".join(sentences("de", "clean"))
    foul = sentences("de", "hateful")[4]
    reading = tables.by_language["de"].read(Seen(f"{calm} {foul}"))
    assert reading.scores["hate"] > tables.by_language["de"].read(Seen(calm)).scores["hate"]
    assert all(start > len(calm) / 2 for start, _end in reading.spans("hate"))


def test_a_table_reads_the_same_twice_and_in_disguise_of_form(tables: Tables) -> None:
    text = sentences("fr", "hateful")[0]
    first, again = (tables.by_language["fr"].read(Seen(text)) for _ in range(2))
    assert (first.scores, first.spans("hate")) == (again.scores, again.spans("hate"))
    wide = text.upper().replace("A", "\uff21").replace("E", "E\u200b")
    assert tables.by_language["fr"].read(Seen(wide)).scores == first.scores


@pytest.mark.parametrize("language", ["ar", "de", "fr"])
def test_clean_sentences_pass_and_hateful_ones_are_seen(language: str, tables: Tables) -> None:
    facts = json.loads((SHIPPED / MANIFEST).read_text(encoding="utf-8"))["languages"][language]
    threshold = facts["heads"]["hate"]["threshold"]
    table = tables.by_language[language]

    def flagged(*parts: str) -> float:
        lines = [line for part in parts for line in sentences(language, part)]
        assert len(lines) == 30 * len(parts)
        return sum(table.read(Seen(line)).scores["hate"] >= threshold for line in lines) / len(lines)

    assert flagged("clean", "clean, of groups") <= MOST_CLEAN
    assert flagged("hateful") >= LEAST_HATEFUL


def test_sentences_of_the_test_are_not_learned_from() -> None:
    pairs = Path(__file__).parents[3] / "training" / "pairs" / "languages"
    for language in ("ar", "de", "fr"):
        learned = {
            line.partition(" | ")[2].strip() for line in (pairs / f"{language}.txt").read_text("utf-8").splitlines()
        }
        tried = {line for part in ("clean", "clean, of groups", "hateful") for line in sentences(language, part)}
        assert not learned & tried


def test_the_manifest_tells_measures_of_every_head(tables: Tables) -> None:
    measures = json.loads((SHIPPED / MANIFEST).read_text(encoding="utf-8"))["measures"]
    measured = {(one["language"], one["head"]) for one in measures}
    assert measured == {(language, head) for language, table in tables.by_language.items() for head in table.heads}
    assert all(path.stat().st_size <= 1_500_000 for path in SHIPPED.iterdir())


@pytest.mark.parametrize(
    ("name", "how"),
    [
        *((name, how) for name in (MANIFEST, "fr.int8", "de.int8") for how in ("missing", "cut", "turned")),
        (MANIFEST, "of another way of counting"),
        (MANIFEST, "no manifest"),
    ],
)
def test_a_missing_or_damaged_file_is_refused(name: str, how: str, tmp_path: Path) -> None:
    shutil.copytree(SHIPPED, tmp_path / "ngrams")
    damage(tmp_path / "ngrams" / name, how)
    with pytest.raises(ModelError):
        Tables.load(tmp_path / "ngrams")


def damage(path: Path, how: str) -> None:
    content = bytearray(path.read_bytes())
    if how == "missing":
        path.unlink()
    elif how == "cut":
        path.write_bytes(content[: len(content) // 2])
    elif how == "no manifest":
        path.write_text("[]", encoding="utf-8")
    elif path.name != MANIFEST:
        content[len(content) // 2] ^= 0xFF
        path.write_bytes(content)
    else:
        manifest = json.loads(content)
        if how == "turned":
            manifest["languages"]["fr"]["sha256"] = "0" * 64
        else:
            manifest["counting"] += 1
        path.write_text(json.dumps(manifest), encoding="utf-8")

"""Which of the shared rows are learned from, chosen by and measured on."""

import importlib.util
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.standards.evaluation import heldout
from broadsheet.standards.evaluation.heldout import NEWS, part, row_of
from broadsheet.standards.evaluation.labelled import SetError

pytestmark = [pytest.mark.row("STD-07"), pytest.mark.files]
HAS_PYARROW = importlib.util.find_spec("pyarrow") is not None
TEST_ID = next(f"row-{number}" for number in range(50) if part(f"row-{number}", "edos", True) == "test")


def raw(**changed: object) -> dict[str, object]:
    """A development row of the test part."""
    row = {"id": TEST_ID, "source": "edos", "licence": "CC0-1.0", "text": "x", "weak": "", "dev": True, "toxicity": 0.0}
    return {**row, "hate": None, **changed}


@given(st.text(), st.sampled_from(["edos", NEWS, "surge_toxicity"]), st.booleans())
def test_rows_are_measured_on_by_rule(id_: str, source: str, dev: bool) -> None:
    found = part(id_, source, dev)
    if source == "surge_toxicity":
        assert found == "test"
    elif dev:
        assert found in {"dev", "test"}
    elif source != NEWS:
        assert found == "train"


@given(st.text(), st.booleans())
def test_in_other_languages_a_fifth_is_measured_on_whatever_the_data_call_it(id_: str, dev: bool) -> None:
    assert part(id_, "mlma", dev, "fr") == part(id_, "mlma", not dev, "fr")
    assert part(id_, "mlma", dev, "fr") in {"train", "test"}


def test_half_of_what_is_kept_apart_is_for_choosing_and_a_fifth_more_of_the_news_is_kept() -> None:
    ids = [f"row-{number}" for number in range(4000)]
    apart = [part(id_, "edos", True) for id_ in ids]
    assert 0.45 < apart.count("dev") / len(ids) < 0.55
    kept = [part(id_, NEWS, False) for id_ in ids]
    assert 0.17 < 1 - kept.count("train") / len(ids) < 0.23
    assert 0.4 < kept.count("dev") / (len(ids) - kept.count("train")) < 0.6


def test_a_part_is_told_by_the_sum_of_the_id() -> None:
    # sha256 of "a" begins with ca978112 = 3398926610: divisible by five, 679785322 fives, an even number
    assert part("a", NEWS, False) == "test"
    # sha256 of "b" begins with 3e23e816 = 1042540566: not divisible by five
    assert part("b", NEWS, False) == "train"
    assert part("b", NEWS, True) == "dev"  # 208508113 fives are odd


@pytest.mark.parametrize(
    ("changed", "clean"),
    [
        ({}, True),
        ({"toxicity": None, "hate": 0.0}, False),  # nobody said that it is not toxic
        ({"toxicity": 1.0}, False),
        ({"hate": 1.0}, False),
        ({"insult": 1.0}, False),
        ({"threat": 1.0}, False),
        ({"profanity": 1.0, "weak": "profanity"}, True),
    ],
)
def test_clean_is_what_people_called_neither_toxic_nor_worse(changed: dict[str, object], clean: bool) -> None:
    row = row_of(raw(**changed), "test")
    assert row is not None
    assert row.clean is clean
    assert not row.quotable


def test_weak_labels_are_known_as_such() -> None:
    row = row_of(raw(profanity=1.0, insult=1.0, weak="profanity;sexual"), "test")
    assert row is not None
    assert (row.is_weak("PROFANITY"), row.is_weak("profanity"), row.is_weak("INSULT")) == (True, True, False)


def test_share_alike_rows_are_never_learned_from_and_only_their_clean_ones_measured() -> None:
    wiki = {"source": "wiki_context", "licence": "Apache-2.0 (labels) / CC-BY-SA-3.0 (text)"}
    assert not heldout.is_learnable(wiki["licence"], wiki["source"])
    assert row_of(raw(**wiki), "test") is not None
    assert row_of(raw(**wiki, toxicity=1.0), "test") is None
    assert row_of(raw(source="told_br", licence="CC-BY-SA-4.0", lang="pt"), "test") is None
    assert row_of(raw(source="youtube_spam", licence="unverified (UCI)"), "test") is None


def test_another_part_and_rows_without_labels_are_left_out() -> None:
    assert row_of(raw(), "dev") is None
    assert row_of(raw(toxicity=None), "test") is None


def test_a_source_in_another_language_is_a_set_of_its_own() -> None:
    assert part("a", "mlma", False, "fr") == "test"  # its sum is divisible by five, see above
    row = row_of(raw(id="a", source="mlma", lang="fr", dev=False), "test")
    assert row is not None
    assert (row.set, row.language, row.submissions[0].edition_language) == ("mlma.fr", "fr", "fr")


def test_a_folder_without_the_data_is_told(tmp_path: Path) -> None:
    with pytest.raises(SetError, match=r"holds no train\*\.parquet"):
        heldout.read(tmp_path, "test")


def test_a_damaged_file_is_told_or_what_to_install(tmp_path: Path) -> None:
    (tmp_path / "train.parquet").write_bytes(b"no parquet")
    with pytest.raises(SetError, match="can't be read" if HAS_PYARROW else "pip install pyarrow") as caught:
        heldout.read(tmp_path, "test")
    assert "train.parquet" in str(caught.value)


@pytest.mark.skipif(not HAS_PYARROW, reason="pyarrow reads the shared data; the product does without it")
def test_the_shared_data_are_read_and_no_row_is_in_two_parts(shared: Path) -> None:
    parts = {name: heldout.read(shared / "data" / "moderation", name) for name in ("dev", "test")}
    assert not {row.id for row in parts["dev"]} & {row.id for row in parts["test"]}
    for rows in parts.values():
        assert sum(row.set == NEWS and row.clean for row in rows) > 300
    assert sum(row.set == "surge_toxicity" for row in parts["test"]) == 899
    assert all(row.clean for row in parts["test"] if row.set == "wiki_context")

"""Any words in any field of the desk's part of a bundle come back as they were."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.importing.actions.export_bundle import export_bundle
from broadsheet.importing.actions.load_bundle import load_bundle
from tests.importing.test_bundle import contents, in_empty_site
from tests.importing.test_bundle_desk import NUMBERS, furnished

pytestmark = [pytest.mark.row("ART-16"), pytest.mark.django_db]
WORDS = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), min_size=1, max_size=40)
LINE = WORDS.filter(lambda text: bool(text.strip()))
HEADLINE = LINE.map(lambda text: " ".join(text.split())).filter(bool)
PLAIN = st.one_of(WORDS, st.integers(-9, 9), st.booleans(), st.none())
DATA = st.dictionaries(WORDS, st.one_of(PLAIN, st.lists(PLAIN, max_size=2)), max_size=3)
EXCLUDED = {"manifest.json", "bundle.json"}


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, django_db_blocker: Any) -> dict[str, bytes]:
    """The files of a furnished paper's bundle."""
    with django_db_blocker.unblock():
        out = furnished(tmp_path_factory.mktemp("furnished"))
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()}


def written(folder: Path, files: dict[str, Any]) -> Path:
    for name, value in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(value if isinstance(value, bytes) else json.dumps(value).encode())
    return folder


@settings(max_examples=3)
@given(st.lists(LINE, min_size=8, max_size=8), st.lists(HEADLINE, min_size=2, max_size=2), DATA)
@pytest.mark.slow
def test_any_words_come_back(
    files: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory, words: list[str], headlines: list[str], data: Any
) -> None:
    folder = tmp_path_factory.mktemp("words")
    values: dict[str, Any] = {name: content for name, content in files.items() if name not in EXCLUDED}
    values["bundle.json"] = files["bundle.json"]
    staff, article = (json.loads(files[name]) for name in ("staff.json", f"articles/{NUMBERS[0]}.json"))
    staff[0]["name"] = words[0]
    history = article["history"]
    history["comments"][0].update(text=words[1], where=words[2], position=words[3])
    history["comments"][0]["replies"][0]["text"] = words[4]
    history["log"][0].update(label=words[5], data=data)
    for revision, headline in zip(history["revisions"][-2:], headlines, strict=True):
        revision["content"].update(headline=headline)
    history["revisions"][-1]["content"].update(
        dateline=words[6], corrections=[{"at": "2026-03-02T09:59:00Z", "text": words[7]}]
    )
    values |= {"staff.json": staff, f"articles/{NUMBERS[0]}.json": article}

    def through(source: str, target: str) -> dict[str, bytes]:
        report = load_bundle(folder / source)
        assert report.failed == report.skipped == []
        export_bundle(folder / target)
        return contents(folder / target)

    written(folder / "first", values)
    second = in_empty_site(lambda: through("first", "second"))
    third = in_empty_site(lambda: through("second", "third"))
    assert third == second
    kept = json.loads(second[f"articles/{NUMBERS[0]}.json"])["history"]
    assert json.loads(second["staff.json"])[0]["name"] == words[0]
    assert kept["comments"] == history["comments"]
    assert kept["log"] == history["log"]
    assert [row["content"].get("headline") for row in kept["revisions"][-2:]] == [
        headlines[0], headlines[1] if headlines[1] != headlines[0] else None,
    ]  # fmt: skip
    last = kept["revisions"][-1]["content"]
    assert (last["dateline"], last["corrections"][0]["text"]) == (words[6], words[7])

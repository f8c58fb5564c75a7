"""Reading a rulebook, and what is said of one that is wrong."""

import shutil
import tempfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.standards.rulebook import Example, Handling, RulebookError, Step, Story, Use, load
from broadsheet.standards.rulebook.loading import PRESET
from tests.standards.rulebook.books import book, clause, write

pytestmark = [pytest.mark.files, pytest.mark.row("STD-08")]


def fault(folder: Path, **more: object) -> RulebookError:
    with pytest.raises(RulebookError) as caught:
        load(folder, **more)
    return caught.value


def line(folder: Path, name: str, start: str) -> int:
    """The one line of a file that begins so, counted from 1."""
    lines = (folder / name).read_text(encoding="utf-8").split("\n")
    found = [number for number, text in enumerate(lines, 1) if text.startswith(start)]
    assert len(found) == 1, (start, found)
    return found[0]


def test_what_stands_in_the_files_is_what_is_loaded(tmp_path):
    loaded = load(write(tmp_path, book()))
    hate = loaded.clauses["HATE"]
    assert (loaded.version, loaded.effective, loaded.languages) == (1, date(2026, 12, 1), ("en", "fr"))
    assert loaded.publisher == {"en": "The Post", "fr": "The Post"}
    assert [text.code for text in loaded.before] == ["scope"]
    assert [text.code for text in loaded.after] == ["contact"]
    assert hate.text == {"en": "Nobody spreads hatred.", "fr": "Nul ne répand la haine."}
    assert hate.detectors == (Use("words", 0.6, {"lists": ["slurs"]}, Handling.HOLD),)
    assert hate.on
    assert hate.priority == "normal"
    march = Story("A march")
    assert hate.permitted["en"] == (Example("They marched.", article=march),)
    assert hate.forbidden["en"] == (Example("They are vermin.", article=march),)
    assert hate.forbidden["fr"] == (Example(steps=(Step("a", 0, "Vermine."), Step("b", 5, "Oui, vermine."))),)


LAW, HATE, HEAD = "clauses/LAW.toml", "clauses/HATE.toml", "rulebook.toml"
# file, path of keys, value (DELETE takes it out), field named, words of the message
DELETE = "<the field is taken out>"  # a text, since names of tests are made of it and must be the same in each process
WRONG = [
    (HATE, ("handlng",), "hold", "handlng", "did you mean 'handling'"),
    (HATE, ("handling",), "hld", "handling", "did you mean 'hold'"),
    (HATE, ("handling",), 7, "handling", "must be text"),
    (HATE, ("kind",), "grounds", "kind", "did you mean 'ground'"),
    (HATE, ("kind",), DELETE, "", "'kind' is missing"),
    (HATE, ("on",), "yes", "on", "true or false"),
    (HATE, ("care",), 1, "care", "true or false"),
    (HATE, ("priority",), "high", "priority", "known: normal, top"),
    (HATE, ("version",), 0, "version", "at least 1"),
    (HATE, ("version",), True, "version", "whole number"),
    (HATE, ("title", "fre"), "Haine", "title.fre", "did you mean 'fr'"),
    (HATE, ("title", "fr"), DELETE, "title", "'fr' is missing"),
    (HATE, ("text", "en"), "  ", "text.en", "is empty"),
    (HATE, ("text",), "Nobody.", "text", "must be a table"),
    (HATE, ("text", "en"), "Ask {moderator}.", "text.en", "did you mean 'moderators'"),
    (HATE, ("detectors", "word"), {"threshold": 0.5}, "detectors.word", "did you mean 'words'"),
    (HATE, ("detectors", "words", "threshold"), 1.2, "detectors.words.threshold", "from 0 to 1"),
    (HATE, ("detectors", "words", "threshold"), "0.5", "detectors.words.threshold", "from 0 to 1"),
    (HATE, ("detectors", "words", "treshold"), 0.5, "detectors.words.treshold", "did you mean 'threshold'"),
    (HATE, ("detectors", "words", "handling"), "human", "detectors.words.handling", "people alone"),
    (HATE, ("statement", "category"), "VIOLENT", "statement.category", "did you mean 'VIOLENCE'"),
    (HATE, ("statement", "keywords"), ["HATE"], "statement.keywords", "did you mean 'HATE_SPEECH'"),
    (HATE, ("statement", "keywords"), ["NUDITY", "NUDITY"], "statement.keywords", "twice"),
    (HATE, ("statement", "ground"), "ILLEGAL", "statement.ground", "did you mean 'ILLEGAL_CONTENT'"),
    (LAW, ("detectors", "words"), {"threshold": 0.5}, "detectors.words", "people alone"),
    (HEAD, ("effective",), 20261201, "effective", "must be a date"),
    (HEAD, ("effective",), "2026-12-01T10:00:00", "effective", "must be a date"),
    (HEAD, ("languages",), [], "languages", "names no language"),
    (HEAD, ("languages",), "en", "languages", "list of texts"),
    (HEAD, ("clauses",), ["LAW", "HAET"], "clauses", "did you mean 'HATE'"),
    (HEAD, ("before",), ["scop"], "before", "did you mean 'scope'"),
    (HEAD, ("variables", "publishr"), "X", "variables.publishr", "did you mean 'publisher'"),
    (HEAD, ("variables", "publisher"), {"en": "X"}, "variables.publisher", "'fr' is missing"),
    (HEAD, ("headings", "titel"), {"en": "x", "fr": "x"}, "headings.titel", "did you mean 'title'"),
    (HEAD, ("versoin",), 2, "versoin", "did you mean 'version'"),
]


@pytest.mark.parametrize(("name", "keys", "value", "field", "words"), WRONG, ids=lambda value: str(value)[:30])
def test_a_fault_names_file_line_and_field(tmp_path, name, keys, value, field, words):
    files = book()
    table = files[name]
    for key in keys[:-1]:
        table = table[key]
    if value is DELETE:
        del table[keys[-1]]
    else:
        table[keys[-1]] = value
    write(tmp_path, files)
    found = fault(tmp_path)
    assert (found.file, found.field) == (name, field)
    assert words in str(found)
    assert str(found).startswith(f"{name}:{found.line}: ")
    if field:
        shown = (tmp_path / name).read_text(encoding="utf-8").split("\n")[found.line - 1]
        assert f'"{field.split(".")[-1]}"' in shown


WRONG_EXAMPLES = [
    ({"en": [{"permitted": "a", "forbiden": "b"}]}, "en.1.forbiden", "misspelt"),
    ({"en": [{"permitted": "a", "forbidden": "a"}]}, "en.1.forbidden", "the same"),
    ({"en": [{"permitted": "a", "forbidden": [["x", 9, "b"], ["x", 1, "c"]]}]}, "en.1.forbidden", "none before"),
    ({"en": [{"permitted": "a", "forbidden": [["x", "1", "b"]]}]}, "en.1.forbidden", "[author, seconds, text]"),
    ({"en": [{"permitted": "a", "forbidden": []}]}, "en.1.forbidden", "list of comments"),
    ({"en": [{"permitted": "a", "forbidden": "b", "parnt": "c"}]}, "en.1.parnt", "did you mean 'parent'"),
    ({"en": [{"permitted": "a", "forbidden": "b", "article": {"titel": "c"}}]}, "en.1.article.titel", "misspelt"),
    ({"de": [{"permitted": "a", "forbidden": "b"}]}, "de", "known: en, fr"),
    ({"en": "a"}, "en", "[[en]]"),
]


@pytest.mark.parametrize(("table", "field", "words"), WRONG_EXAMPLES, ids=lambda value: str(value)[:40])
def test_a_fault_of_an_example_names_it(tmp_path, table, field, words):
    files = book()
    files["examples/HATE.toml"] = table
    found = fault(write(tmp_path, files))
    assert (found.file, found.field) == ("examples/HATE.toml", field)
    assert words in str(found)


def test_a_line_after_a_text_of_many_lines_is_counted_right(tmp_path):
    folder = write(tmp_path, book())
    path = folder / HATE
    source = path.read_text(encoding="utf-8").replace(
        '"Nobody spreads hatred."', "'''\nNobody\n\nspreads\nhatred.\n'''"
    )
    tuned = "# A remark with an odd sign: \u2028.\n\n" + source.replace('"threshold" = 0.6', '"threshold" = 6')
    path.write_text(tuned, encoding="utf-8")
    assert fault(folder).line == line(folder, HATE, '"threshold"')
    path.write_text(source.replace("Nobody\n\nspreads\nhatred.", "\n"), encoding="utf-8")
    assert fault(folder).line == line(folder, HATE, "\"en\" = '''")


def test_what_is_not_toml_or_not_utf8_or_out_of_place_is_named(tmp_path):
    folder = write(tmp_path / "a", book())
    (folder / HATE).write_text('kind = "ground"\nhandling = hold\n', encoding="utf-8")
    found = fault(folder)
    assert (found.file, found.line) == (HATE, 2)
    (folder / HATE).write_bytes(b'kind = "ground"\n# \xff\n')
    assert fault(folder).line == 2
    for name, words in (
        ("clause", "did you mean 'clauses'"),
        ("clauses/HATE.tom", "not a .toml file"),
        ("examples/HAET.toml", "did you mean 'HATE'"),
        ("clauses/hate.toml", "in capitals"),
    ):
        folder = write(tmp_path / name.replace("/", "-"), book())
        write(folder, {name: clause() if "clauses" in name else {}})
        assert words in str(fault(folder)), name
    assert "is no folder" in str(fault(tmp_path / "nowhere"))
    (tmp_path / "empty").mkdir()
    assert "rulebook.toml" in str(fault(tmp_path / "empty"))


def test_a_variable_given_to_the_loader_wins_and_a_misspelt_one_is_refused(tmp_path):
    folder = write(tmp_path, book())
    loaded = load(folder, variables={"publisher": {"en": "The Gazette", "fr": "La Gazette"}, "moderators": "x@y.test"})
    assert loaded.publisher == {"en": "The Gazette", "fr": "La Gazette"}
    assert loaded.variables["moderators"]["fr"] == "x@y.test"
    assert "did you mean 'publisher'" in str(fault(folder, variables={"publiser": "x"}))


OVER = {"rulebook.toml": {"version": 2, "effective": "2027-01-15"}}


def test_a_newsroom_switches_off_rewords_tunes_and_adds(tmp_path):
    below = write(tmp_path / "below", book())
    over = write(
        tmp_path / "over",
        {
            "rulebook.toml": {"version": 2, "effective": "2027-01-15", "variables": {"publisher": "The Gazette"}},
            HATE: {"version": 2, "text": {"en": "Hatred has no place."}, "detectors": {"words": {"threshold": 0.8}}},
            LAW: {"version": 2, "on": False},
            "clauses/SPOILER.toml": clause(title={"en": "Spoilers", "fr": "Divulgâchage"}, detectors={}),
        },
    )
    loaded = load(below, over=over)
    assert (loaded.version, loaded.effective) == (2, date(2027, 1, 15))
    assert list(loaded.clauses) == ["LAW", "HATE", "SPOILER"]
    assert not loaded.clauses["LAW"].on
    hate = loaded.clauses["HATE"]
    assert hate.text == {"en": "Hatred has no place.", "fr": "Nul ne répand la haine."}
    assert hate.detectors == (Use("words", 0.8, {"lists": ["slurs"]}, Handling.HOLD),)
    assert hate.permitted["en"][0].text == "They marched."
    assert loaded.publisher["en"] == "The Gazette"


def test_a_newsroom_adds_a_language_without_touching_versions_of_clauses(tmp_path):
    below = write(tmp_path / "below", book())
    files = {name: {key: {"de": "Wort"} for key in ("title", "text")} for name in book() if not name.startswith("ex")}
    files[HEAD] = {
        "version": 2,
        "effective": "2027-01-15",
        "languages": ["en", "fr", "de"],
        "headings": {key: {"de": "Wort"} for key in book()[HEAD]["headings"]},
    }
    loaded = load(below, over=write(tmp_path / "over", files))
    assert loaded.languages == ("en", "fr", "de")
    assert loaded.clauses["HATE"].title["de"] == "Wort"
    assert loaded.clauses["HATE"].version == 1
    (tmp_path / "over" / HATE).unlink()
    found = fault(below, over=tmp_path / "over")
    assert (found.file, found.field) == (HATE, "title")
    assert "'de' is missing" in str(found)


@pytest.mark.parametrize(
    ("head", "own", "words"),
    [
        (
            {"version": 1, "effective": "2027-01-15"},
            {"version": 2, "on": False},
            "must be above 1, since there are changes",
        ),
        ({"version": 2, "effective": "2026-11-30"}, {"version": 2, "on": False}, "must not be before 2026-12-01"),
        ({"version": 2, "effective": "2027-01-15"}, {"on": False}, "must be above 1, since the clause's on changed"),
        ({"version": 2, "effective": "2027-01-15"}, {"detectors": {"capitals": {"threshold": 0.5}}}, "must be above 1"),
    ],
)
def test_another_content_is_another_version(tmp_path, head, own, words):
    below = write(tmp_path / "below", book())
    assert words in str(fault(below, over=write(tmp_path / "over", {HEAD: head, HATE: own})))


def test_a_fault_in_the_newsrooms_folder_names_its_line_not_the_presets(tmp_path):
    over = write(tmp_path / "over", OVER | {HATE: {"version": 2, "detectors": {"words": {"threshold": 8}}}})
    found = fault(PRESET, over=over)
    assert (found.file, found.line) == (HATE, line(over, HATE, '"threshold"'))


plain_text = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="{}\ufeff"), min_size=1, max_size=60
).filter(str.strip)
pairs = st.lists(st.tuples(plain_text, plain_text).filter(lambda pair: pair[0] != pair[1]), max_size=5)


@given(texts=st.fixed_dictionaries({"en": plain_text, "fr": plain_text}), pairs=pairs, threshold=st.floats(0, 1))
@settings(max_examples=60)
def test_any_texts_come_back_as_they_were_written(texts, pairs, threshold):
    files = book()
    files[HATE] = clause(title=texts, text=texts, detectors={"words": {"threshold": threshold}})
    files["examples/HATE.toml"] = {"en": [{"permitted": a, "forbidden": b} for a, b in pairs]}
    with tempfile.TemporaryDirectory() as folder:
        hate = load(write(Path(folder), files)).clauses["HATE"]
    assert hate.title == hate.text == {language: text.strip() for language, text in texts.items()}
    if pairs:
        assert list(zip(hate.permitted["en"], hate.forbidden["en"], strict=True)) == [
            (Example(a), Example(b)) for a, b in pairs
        ]
    assert hate.detectors[0].threshold == threshold


ALL_FILES = sorted(path.relative_to(PRESET).as_posix() for path in PRESET.rglob("*.toml"))


@given(data=st.data())
@settings(max_examples=60)
def test_a_damaged_preset_either_loads_or_says_where_it_is_damaged(data):
    """Bytes put in, taken out or exchanged anywhere: never another error, and the file named is the damaged one."""
    name = data.draw(st.sampled_from([name for name in ALL_FILES if not name.startswith("examples")]))
    with tempfile.TemporaryDirectory() as folder:
        copied = shutil.copytree(PRESET, Path(folder) / "book")
        source = (copied / name).read_bytes()
        at = data.draw(st.integers(0, len(source)))
        source = source[:at] + data.draw(st.binary(max_size=4)) + source[at + data.draw(st.integers(0, 4)) :]
        (copied / name).write_bytes(source)
        try:
            load(copied)
        except RulebookError as error:
            assert error.file == name or error.field.startswith("variables") or name == HEAD
            assert 1 <= error.line <= source.count(b"\n") + 1 or error.file != name

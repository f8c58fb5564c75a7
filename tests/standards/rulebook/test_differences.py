"""What changed between two versions."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.standards.rulebook import Change, Piece, Rulebook, RulebookError, Text, Use, diff, load, succeed

pytestmark = [pytest.mark.files, pytest.mark.row("STD-08")]
BOOK = load()


def changed(code: str, book: Rulebook = BOOK, **fields: object) -> Rulebook:
    """The next version, in which a clause differs."""
    clause = replace(book.clauses[code], version=book.clauses[code].version + 1, **fields)
    return replace(book, version=book.version + 1, effective=date(2027, 1, 15), clauses={**book.clauses, code: clause})


def seen(changes: list[Change]) -> list[tuple[str, ...]]:
    return [(c.part, c.field, c.kind, c.language, c.before, c.after) for c in changes]


HEAD = [("", "version", "changed", "", "1", "2"), ("", "effective", "changed", "", "2026-12-01", "2027-01-15")]


def test_a_rulebook_does_not_differ_from_itself():
    assert diff(BOOK, load()) == []


def test_a_clause_switched_off():
    assert seen(succeed(BOOK, changed("LANGUAGE", on=False))) == [
        *HEAD,
        ("LANGUAGE", "on", "changed", "", "True", "False"),
        ("LANGUAGE", "version", "changed", "", "1", "2"),
    ]


def test_a_threshold_changed_and_a_detector_taken_away():
    uses = (Use("spam", 0.75, {}, BOOK.clauses["SPAM"].handling), *BOOK.clauses["SPAM"].detectors[1:-1])
    found = seen(diff(BOOK, changed("SPAM", detectors=uses)))
    assert ("SPAM", "detectors.spam.threshold", "changed", "", "0.6", "0.75") in found
    assert [entry[:3] for entry in found if entry[1].startswith("detectors")] == [
        ("SPAM", "detectors.spam.threshold", "changed"),
        ("SPAM", "detectors.encoder.threshold", "removed"),
        ("SPAM", "detectors.encoder.handling", "removed"),
        ("SPAM", "detectors.encoder.options.head", "removed"),
    ]


def test_a_second_use_of_a_detector_is_told_apart():
    uses = tuple(
        replace(use, threshold=0.5) if use.options.get("head") == "threat" else use
        for use in BOOK.clauses["INSULT"].detectors
    )
    found = [
        change for change in diff(BOOK, changed("INSULT", detectors=uses)) if change.part and change.field != "version"
    ]
    before = next(use.threshold for use in BOOK.clauses["INSULT"].detectors if use.options.get("head") == "threat")
    assert seen(found) == [("INSULT", "detectors.encoder-2.threshold", "changed", "", str(before), "0.5")]


def test_a_text_reworded_shows_its_words():
    text = {**BOOK.clauses["FORM"].text, "en": "Write in sentences, please."}
    old = replace(BOOK.clauses["FORM"], text={**text, "en": "Write in short sentences."})
    found = diff(replace(BOOK, clauses={**BOOK.clauses, "FORM": old}), changed("FORM", text=text))
    pieces = next(change.pieces for change in found if change.field == "text")
    assert pieces == (
        Piece("same", "Write in "),
        Piece("removed", "short "),
        Piece("same", "sentences"),
        Piece("added", ", please"),
        Piece("same", "."),
    )


def test_clauses_and_texts_added_and_removed():
    grown = replace(
        BOOK,
        clauses={**BOOK.clauses, "SPOILER": replace(BOOK.clauses["FORM"], code="SPOILER")},
        after=(*BOOK.after, Text("thanks", {}, {})),
    )
    there = [(change.part, change.field, change.kind) for change in diff(BOOK, grown) if change.part]
    back = [(change.part, change.field, change.kind) for change in diff(grown, BOOK) if change.part]
    assert there == [("thanks", "text", "added"), ("SPOILER", "clause", "added")]
    assert back == [("thanks", "text", "removed"), ("SPOILER", "clause", "removed")]


def test_names_and_addresses_change_without_a_new_version():
    renamed = load(variables={"publisher": "The Gazette"})
    assert {change.field for change in succeed(BOOK, renamed)} == {"variables.publisher"}


def test_a_version_that_stands_still_or_goes_back_is_refused():
    good = changed("FORM", on=False)
    for wrong in (replace(good, version=1), replace(good, effective=date(2020, 1, 1)), replace(good, clauses={
        **good.clauses, "FORM": replace(good.clauses["FORM"], version=1)})):  # fmt: skip
        with pytest.raises(RulebookError):
            succeed(BOOK, wrong)
    assert succeed(BOOK, good)


words = st.text(st.sampled_from("ab é,.\n ك"), max_size=40)
parts = st.fixed_dictionaries({"en": words, "fr": words, "ar": words})


@given(old=parts, new=parts)
def test_the_words_of_a_change_make_up_both_texts(old, new):
    before = replace(BOOK, clauses={"FORM": replace(BOOK.clauses["FORM"], text=old)})
    after = replace(BOOK, clauses={"FORM": replace(BOOK.clauses["FORM"], text=new)})
    changes = {change.language: change for change in diff(before, after)}
    assert set(changes) == {language for language in old if old[language] != new[language]}
    for language, change in changes.items():
        assert (change.before, change.after) == (old[language], new[language])
        assert "".join(piece.text for piece in change.pieces if piece.kind != "added") == old[language]
        assert "".join(piece.text for piece in change.pieces if piece.kind != "removed") == new[language]


@given(
    thresholds=st.lists(st.floats(0, 1).map(lambda value: round(value, 3)), min_size=2, max_size=2),
    on=st.tuples(st.booleans(), st.booleans()),
)
def test_a_difference_turned_round_is_the_same_difference(thresholds, on):
    books = [
        replace(
            BOOK, clauses={"FORM": replace(BOOK.clauses["FORM"], on=state, detectors=(Use("capitals", threshold),))}
        )
        for threshold, state in zip(thresholds, on, strict=True)
    ]
    there, back = diff(*books), diff(*reversed(books))
    assert [(c.field, c.before, c.after) for c in there] == [(c.field, c.after, c.before) for c in back]
    assert {c.field for c in there} == ({"on"} if on[0] != on[1] else set()) | (
        {"detectors.capitals.threshold"} if thresholds[0] != thresholds[1] else set()
    )

"""Forms change in a rulebook's files what they ask, and nothing else."""

import pytest

from broadsheet.moderation.rules import standards_edits as edits
from broadsheet.standards.judging import judge
from broadsheet.standards.rulebook import changes_between, load_tables, tables_of
from broadsheet.standards.senses import Senses
from broadsheet.standards.submission import Submission

pytestmark = [pytest.mark.files, pytest.mark.row("STD-06")]


@pytest.fixture(scope="module")
def senses():
    return Senses.load(None)


def outcome(tables, text, senses):
    said = judge(Submission(text), load_tables(tables), senses)
    return said.outcome, {one.clause for one in said.findings}


def test_settings_left_as_they_are_change_nothing():
    tables = tables_of()
    rulebook = load_tables(tables_of())
    same = {
        code: edits.ClauseEdit(
            clause.on,
            clause.handling.value,
            {
                key: edits.UseEdit(use["threshold"], use.get("handling", ""))
                for key, use in tables[f"clauses/{code}.toml"].get("detectors", {}).items()
            },
        )
        for code, clause in rulebook.clauses.items()
    }
    assert changes_between(tables, edits.with_settings(tables, same)) == {}
    other = {"HATE": edits.ClauseEdit(False, "flag")}
    assert changes_between(tables, edits.with_settings(tables, other)) == {
        "clauses/HATE.toml": {"on": False, "handling": "flag"}
    }


def test_words_of_ours_are_found_in_their_language_and_go_again(senses):
    tables = tables_of()
    text, french = (
        "Only a harbourite would say so about the school.",
        "Ce harbourite ne dira jamais rien de la ville et du port.",
    )
    assert outcome(tables, text, senses) == ("publish", set())
    more = edits.with_words(tables, "INSULT", added={"": ["harbourite"]}, handling="warn", allowed=[])
    assert outcome(more, text, senses) == ("warn", {"INSULT"})
    assert outcome(more, "HARBOURITES are here, at the new school.", senses)[0] == "publish", (
        "the word, not one inside another"
    )
    assert "INSULT" in outcome(more, french, senses)[1]
    english = edits.with_words(more, "INSULT", added={"": [], "en": ["harbourite"]}, handling="hold", allowed=[])
    assert outcome(english, text, senses) == ("hold", {"INSULT"})
    assert "INSULT" not in outcome(english, french, senses)[1]
    assert edits.words_of(english, "INSULT") == {"": [], "en": ["harbourite"]}
    assert edits.handling_of_words(english, "INSULT") == "hold"
    assert edits.with_words(english, "INSULT", added={"": [], "en": []}, handling="flag", allowed=[]) == tables


def test_a_word_of_the_lists_is_allowed_and_forbidden_again(senses):
    tables = tables_of()
    text = "What a shit idea that is."
    assert outcome(tables, text, senses)[0] == "hold"
    allowed = edits.with_words(tables, "PROFANITY", added={}, handling="flag", allowed=["shit"])
    assert outcome(allowed, text, senses) == ("publish", set())
    assert edits.allowed_words(allowed, "PROFANITY") == ["shit"]
    assert edits.with_words(allowed, "PROFANITY", added={}, handling="flag", allowed=[]) == tables
    assert not edits.has_lists(tables, "HATE")


def test_examples_that_stand_under_an_article_are_kept():
    tables = tables_of()
    plain = edits.plain_pairs(tables, "INSULT", "en")
    file = tables["examples/INSULT.toml"]["en"]
    assert 0 < len(plain) < len(file)
    new = [*plain, ("You are mistaken.", "You are a moron.")]
    texts = {"en": ("Insults", tables["clauses/INSULT.toml"]["text"]["en"])}
    found = edits.with_texts(tables, "INSULT", words=texts, pairs={"en": new})
    assert len(found["examples/INSULT.toml"]["en"]) == len(file) + 1
    assert all(one in found["examples/INSULT.toml"]["en"] for one in file)
    assert found["clauses/INSULT.toml"]["title"]["en"] == "Insults"
    assert set(changes_between(tables, found)["clauses/INSULT.toml"]) == {"title"}

"""What forms change in the files of a rulebook: pure, tables in and tables out (STD-06)."""

import copy
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

OWN = "words-own"  # the use of the word list by which a clause has words of the newsroom's; `words-own-fr` in one language
OWN_THRESHOLD = 0.9
BLANK = re.compile(r"\n[ \t]*\n")  # what stands between two examples in a form
Tables = dict[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class UseEdit:
    """A detector of a clause; `handling` is empty where it does what the clause does."""

    threshold: float
    handling: str = ""


@dataclass(frozen=True, slots=True)
class ClauseEdit:
    """Whether a clause is on, the most its findings do, and its detectors by their keys."""

    on: bool
    handling: str
    uses: Mapping[str, UseEdit] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NewClause:
    """A clause of the newsroom's own; words by language, of which the first stands in for those left empty."""

    code: str
    kind: str
    title: Mapping[str, str]
    text: Mapping[str, str]
    category: str
    ground: str
    pairs: Mapping[str, Sequence[tuple[str, str]]] = field(default_factory=dict)


def clause_file(code: str) -> str:
    """Return the name of the clause's file."""
    return f"clauses/{code}.toml"


def examples_file(code: str) -> str:
    """Return the name of the file of its examples."""
    return f"examples/{code}.toml"


def with_settings(tables: Tables, edits: Mapping[str, ClauseEdit]) -> Tables:
    """Return the tables with the clauses' settings; what stays as it was is not written anew."""
    found = copy.deepcopy(tables)
    for code, edit in edits.items():
        clause = found[clause_file(code)]
        if edit.on != clause.get("on", True):
            clause["on"] = edit.on
        clause["handling"] = edit.handling
        for key, use in edit.uses.items():
            there = clause["detectors"][key]
            if there["threshold"] != use.threshold:
                there["threshold"] = use.threshold
            if use.handling:
                there["handling"] = use.handling
            else:
                there.pop("handling", None)
    return found


def words_of(tables: Mapping[str, Any], code: str) -> dict[str, list[str]]:
    """Return the words that the newsroom added to the clause, by language; under "" those of every language."""
    uses = tables[clause_file(code)].get("detectors", {})
    found = {"": list(uses.get(OWN, {}).get("options", {}).get("add", []))}
    for key, use in uses.items():
        if key.startswith(f"{OWN}-"):
            found[key.removeprefix(f"{OWN}-")] = list(use.get("options", {}).get("add", []))
    return found


def handling_of_words(tables: Mapping[str, Any], code: str) -> str:
    """Return what the newsroom's words lead to; flagging where there are none yet."""
    uses = tables[clause_file(code)].get("detectors", {})
    return next((str(use.get("handling", "flag")) for key, use in uses.items() if key.startswith(OWN)), "flag")


def allowed_words(tables: Mapping[str, Any], code: str) -> list[str]:
    """Return the words that the lists have and the clause doesn't mind."""
    uses = tables[clause_file(code)].get("detectors", {})
    return next((list(use.get("options", {}).get("allow", [])) for key, use in uses.items() if _is_listed(key)), [])


def has_lists(tables: Mapping[str, Any], code: str) -> bool:
    """Return whether the clause is served by the shipped word lists, so that words of them can be allowed."""
    return any(_is_listed(key) for key in tables[clause_file(code)].get("detectors", {}))


def with_words(
    tables: Tables, code: str, *, added: Mapping[str, Sequence[str]], handling: str, allowed: Sequence[str]
) -> Tables:
    """Return the tables with the newsroom's words for the clause, and those of the lists that it allows."""
    found = copy.deepcopy(tables)
    uses = found[clause_file(code)].setdefault("detectors", {})
    for language, words in added.items():
        key = f"{OWN}-{language}" if language else OWN
        if words:
            options = {"lists": ["own"], "add": list(words), **({"languages": [language]} if language else {})}
            uses[key] = {"threshold": OWN_THRESHOLD, "handling": handling, "options": options}
        else:
            uses.pop(key, None)
    for key, use in uses.items():
        if _is_listed(key) and (allowed or "allow" in use.get("options", {})):
            use.setdefault("options", {})["allow"] = list(allowed)
            if not allowed:
                del use["options"]["allow"]
            if not use["options"]:
                del use["options"]
    if not uses:
        del found[clause_file(code)]["detectors"]
    return found


def with_texts(
    tables: Tables,
    code: str,
    *,
    words: Mapping[str, tuple[str, str]],
    pairs: Mapping[str, Sequence[tuple[str, str]]],
) -> Tables:
    """Return the tables with the clause's title and text per language, and its plain examples where they differ.

    Examples that stand under an article, answer a comment or are sequences are kept; they come first.
    """
    found = copy.deepcopy(tables)
    clause = found[clause_file(code)]
    for language, (title, text) in words.items():
        for name, value in (("title", title), ("text", text)):
            if clause[name].get(language, "").strip() != value.strip():
                clause[name][language] = value.strip()
    for language, given in pairs.items():
        if list(given) == plain_pairs(found, code, language):
            continue
        file = found.setdefault(examples_file(code), {})
        kept = [one for one in file.get(language, []) if not _is_plain(one)]
        file[language] = kept + [{"permitted": ok, "forbidden": bad} for ok, bad in given]
    return found


def plain_pairs(tables: Mapping[str, Any], code: str, language: str) -> list[tuple[str, str]]:
    """Return the pairs of examples that are two texts and nothing else, permitted and forbidden."""
    rows = tables.get(examples_file(code), {}).get(language, [])
    return [(one["permitted"], one["forbidden"]) for one in rows if _is_plain(one)]


def with_new(tables: Tables, new: NewClause, languages: Sequence[str]) -> Tables:
    """Return the tables with the clause, which flags; it comes to judge by the newsroom's words or a learned head."""
    found = copy.deepcopy(tables)
    found[clause_file(new.code)] = {
        "kind": new.kind,
        "handling": "flag",
        "version": 1,
        "title": _in_each(new.title, languages),
        "text": _in_each(new.text, languages),
        "statement": {"category": new.category, "keywords": [], "ground": new.ground},
    }
    pairs = {
        language: [{"permitted": ok, "forbidden": bad} for ok, bad in rows] for language, rows in new.pairs.items()
    }
    if any(pairs.values()):
        found[examples_file(new.code)] = {language: rows for language, rows in pairs.items() if rows}
    return found


def without_clause(tables: Tables, code: str) -> Tables:
    """Return the tables without the clause and its examples."""
    return {name: table for name, table in tables.items() if name not in {clause_file(code), examples_file(code)}}


def _in_each(words: Mapping[str, str], languages: Sequence[str]) -> dict[str, str]:
    first = next(value for value in words.values() if value.strip())
    return {language: words.get(language, "").strip() or first for language in languages}


def _is_plain(pair: Mapping[str, Any]) -> bool:
    texts = list(pair.values())
    plain = set(pair) == {"permitted", "forbidden"} and all(isinstance(value, str) for value in texts)
    return plain and not any(BLANK.search(value) or value != value.strip() for value in texts)


def _is_listed(key: str) -> bool:
    return key.partition("-")[0] == "words" and not key.startswith(OWN)

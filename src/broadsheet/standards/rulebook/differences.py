"""What changed from one version of the standards to the next, down to the words."""

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Literal

from broadsheet.standards.rulebook.clauses import Example, Rulebook, Use
from broadsheet.standards.rulebook.errors import RulebookError

WORD = re.compile(r"\w+\s*|[^\w\s]\s*|\s+")
ABSENT = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that both texts have, that only the newer has, or that only the older had."""

    kind: Literal["same", "added", "removed"]
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: `part` is a clause's or text's code, or empty for the whole.

    `pieces` show the words of a changed text: without the added ones they are `before`, without the removed `after`.
    """

    part: str
    field: str
    kind: Literal["added", "removed", "changed"]
    language: str = ""
    before: str = ABSENT
    after: str = ABSENT
    pieces: tuple[Piece, ...] = ()


def diff(old: Rulebook, new: Rulebook) -> list[Change]:
    """Return every difference between two rulebooks, in the order in which the newer one is read."""
    found = list(compared("", whole(old), whole(new)))
    for kind, before, after in (
        ("text", {each.code: each for each in old.texts}, {each.code: each for each in new.texts}),
        ("clause", old.clauses, new.clauses),
    ):
        for code in [*after, *(code for code in before if code not in after)]:
            if code not in before:
                found.append(Change(code, kind, "added"))
            elif code not in after:
                found.append(Change(code, kind, "removed"))
            else:
                found += compared(code, facets(before[code]), facets(after[code]))
    return found


def succeed(old: Rulebook, new: Rulebook) -> list[Change]:
    """Return the differences, or raise where `new` can't follow `old`: another content needs another version.

    The rulebook's version rises with any change of a clause, a text or the languages, and its effective date does not
    go back; a clause that differs has a higher version of its own, unless a language came or went. Names and addresses
    may change without one.
    """
    changes = diff(old, new)
    weighty = list(weighty_among(changes))
    if weighty and new.version <= old.version:
        named = ", ".join(dict.fromkeys(change.part or change.field for change in weighty))
        raise RulebookError(
            f"must be above {old.version}, since there are changes: {named}", field="version", file="rulebook.toml"
        )
    if new.effective < old.effective:
        raise RulebookError(f"must not be before {old.effective}", field="effective", file="rulebook.toml")
    shared = old.clauses.keys() & new.clauses.keys()
    for change in weighty:
        another_language = change.language and change.kind != "changed"
        if change.part in shared and not another_language:
            stands = old.clauses[change.part].version
            if new.clauses[change.part].version <= stands:
                raise RulebookError(
                    f"must be above {stands}, since the clause's {change.field} changed",
                    field="version",
                    file=f"clauses/{change.part}.toml",
                )
    return changes


def weighty_among(changes: Iterable[Change]) -> Iterator[Change]:
    """Yield the differences that ask for another version: not versions and days themselves, nor names and addresses."""
    return (change for change in changes if not change.field.startswith(("version", "effective", "variables.")))


Facets = dict[tuple[str, str], str]


def whole(rulebook: Rulebook) -> Facets:
    """Return what belongs to no single part, as text per field and language."""
    found = {
        ("version", ""): str(rulebook.version),
        ("effective", ""): rulebook.effective.isoformat(),
        ("languages", ""): " ".join(rulebook.languages),
        ("order", ""): " ".join([*rulebook.clauses, *(each.code for each in rulebook.texts)]),
    }
    for name, table in (("variables", rulebook.variables), ("headings", rulebook.headings)):
        for key, per_language in table.items():
            found |= {(f"{name}.{key}", language): value for language, value in per_language.items()}
    return found


def facets(part: object) -> Facets:
    """Return every field of a clause or text as text, per field and language."""
    found: Facets = {}
    for each in fields(part):  # type: ignore[arg-type]
        value = getattr(part, each.name)
        if each.name == "detectors":
            found |= uses(value)
        elif isinstance(value, Mapping):
            for language, inner in value.items():
                shown = inner if isinstance(inner, str) else "\n\n".join(written(example) for example in inner)
                found[each.name, language] = shown
        elif each.name == "statement":
            found["statement", ""] = " ".join([value.ground, value.category, *value.keywords])
        else:
            found[each.name, ""] = str(value)
    return found


def uses(detectors: tuple[Use, ...]) -> Facets:
    """Return the thresholds, options and handling of detectors; a second use of one is numbered."""
    found: Facets = {}
    seen: dict[str, int] = {}
    for use in detectors:
        seen[use.name] = seen.get(use.name, 0) + 1
        key = f"detectors.{use.name}" + (f"-{seen[use.name]}" if seen[use.name] > 1 else "")
        found[f"{key}.threshold", ""] = f"{use.threshold:g}"
        found[f"{key}.handling", ""] = use.handling.value
        found |= {(f"{key}.options.{name}", ""): str(value) for name, value in use.options.items()}
    return found


def written(example: Example) -> str:
    """Return an example as text."""
    lines = [example.article.title, example.article.standfirst] if example.article else []
    lines += [example.parent] if example.parent else []
    lines += [f"{step.author} +{step.seconds}: {step.text}" for step in example.steps] or [example.text]
    return "\n".join(lines)


def compared(part: str, before: Facets, after: Facets) -> Iterator[Change]:
    """Yield what differs between the fields of one part."""
    for field, language in [*after, *(key for key in before if key not in after)]:
        old, new = before.get((field, language)), after.get((field, language))
        if old == new:
            continue
        if old is None or new is None:
            yield Change(part, field, "added" if old is None else "removed", language, old or ABSENT, new or ABSENT)
        else:
            pieces = tuple(words_between(old, new)) if language else ()
            yield Change(part, field, "changed", language, old, new, pieces)


def words_between(old: str, new: str) -> Iterator[Piece]:
    """Yield the words of both texts in order, each as same, removed or added."""
    before, after = WORD.findall(old), WORD.findall(new)
    for kind, i, j, k, n in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            yield Piece("same", "".join(before[i:j]))
            continue
        if j > i:
            yield Piece("removed", "".join(before[i:j]))
        if n > k:
            yield Piece("added", "".join(after[k:n]))

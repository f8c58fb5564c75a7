"""Reads a rulebook from its folder: `rulebook.toml`, and a file each per clause, its examples, and every other text."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from broadsheet.standards.rulebook.clauses import (
    Clause,
    Handling,
    Kind,
    Priority,
    Rulebook,
    Statement,
    Text,
    Use,
)
from broadsheet.standards.rulebook.differences import succeed
from broadsheet.standards.rulebook.errors import RulebookError
from broadsheet.standards.rulebook.examples import read_examples
from broadsheet.standards.rulebook.fields import Fields, nearest
from broadsheet.standards.rulebook.files import File, Layered, layer, read
from broadsheet.standards.rulebook.transparency import CATEGORIES, GROUNDS, KEYWORDS

PRESET = Path(__file__).parent / "preset"
FOLDERS = ("clauses", "examples", "texts")
DETECTORS = {
    "capitals",
    "commerce",
    "context_words",
    "copies",
    "danger",
    "encoder",
    "flood",
    "gibberish",
    "how_to",
    "language",
    "learned",
    "links",
    "minors",
    "ngrams",
    "off_topic",
    "organisations",
    "personal_data",
    "promotion",
    "spam",
    "threats",
    "words",
}
HEADINGS = ("title", "version", "duty", "discretionary", "ground", "permitted", "forbidden", "article", "answers")
VARIABLE = re.compile(r"\{([a-z_]+)\}")
CODE = re.compile(r"[A-Z][A-Z0-9]*")
Variables = Mapping[str, str | Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Scope:
    """What the parts of a rulebook may refer to: its languages, those that are merely known, and its variables."""

    languages: tuple[str, ...]
    known: frozenset[str]
    variables: frozenset[str]


def load(path: Path | None = None, *, over: Path | None = None, variables: Variables | None = None) -> Rulebook:
    """Return the rulebook in the folder `path`, by default the one that is shipped, or raise `RulebookError`.

    `over` is a folder of the same shape that holds only what a newsroom says otherwise. It must be a new version, unless
    names and addresses are all that differ.
    `variables` fill in names and addresses, and win over the files.
    """
    below = path or PRESET
    if over is None:
        return read_folders([below], variables)
    rulebook = read_folders([below, over], variables)
    succeed(read_folders([below], None), rulebook)
    return rulebook


def read_folders(folders: Sequence[Path], variables: Variables | None) -> Rulebook:
    """Return the rulebook of folders laid one over the other."""
    found: dict[str, list[File]] = {}
    for folder in folders:
        for name in names_in(folder):
            found.setdefault(name, []).append(read(folder / name, name))
    if "rulebook.toml" not in found:
        raise RulebookError(f"is missing in {folders[0]}", file="rulebook.toml")
    return read_files(found, variables)


def read_files(found: Mapping[str, list[File]], variables: Variables | None) -> Rulebook:
    """Return the rulebook of files by their names, later ones of a name laid over earlier ones."""
    head = Fields(layer(found["rulebook.toml"]))
    version, effective = head.whole("version", least=1), head.day("effective")
    languages = head.words("languages")
    if not languages:
        raise head.error("languages", "names no language")
    defined = {*head.inner("variables").table, *(variables or {})}
    scope = Scope(languages, known_languages(found["rulebook.toml"], languages), frozenset(defined))
    headings = {key: head.inner("headings").per_language(key, languages, scope.known) for key in HEADINGS}
    head.inner("headings").close(HEADINGS)
    clauses = {code: clause(code, found, scope) for code in ordered(head, "clauses", found)}
    texts = {code: text(code, found, scope) for code in ordered(head, "texts", found)}
    before = head.words("before", texts)
    filled = read_variables(head, [*clauses.values(), *texts.values()], languages, variables or {})
    head.close()
    for name in found:
        if name.startswith("examples/") and Path(name).stem not in clauses:
            raise RulebookError(f"belongs to no clause; {nearest(Path(name).stem, clauses)}", file=name)
    return Rulebook(
        version=version,
        effective=effective,
        languages=languages,
        clauses=clauses,
        before=tuple(texts[code] for code in before),
        after=tuple(each for code, each in texts.items() if code not in before),
        variables=filled,
        headings=headings,
    )


def names_in(folder: Path) -> list[str]:
    """Return the files of a rulebook's folder, refusing what has no place in one."""
    if not folder.is_dir():
        raise RulebookError("is no folder", file=str(folder))
    names = []
    for entry in sorted(folder.iterdir()):
        if entry.name in FOLDERS and entry.is_dir():
            names += [f"{entry.name}/{inner.name}" for inner in sorted(entry.iterdir()) if inner.name[0] not in "._"]
        elif entry.name == "rulebook.toml":
            names.append(entry.name)
        elif entry.name[0] not in "._":
            raise RulebookError(
                f"has no place here; {nearest(entry.name, ['rulebook.toml', *FOLDERS])}", file=entry.name
            )
    for name in names:
        if not name.endswith(".toml"):
            raise RulebookError("is not a .toml file", file=name)
    return names


def known_languages(files: Iterable[File], languages: Iterable[str]) -> frozenset[str]:
    """Return the languages that texts may be in: those of the rulebook, and of the one it lies over."""
    listed = [file.table.get("languages") for file in files]
    added = (item for each in listed if isinstance(each, list) for item in each if isinstance(item, str))
    return frozenset([*languages, *added])


def ordered(head: Fields, folder: str, found: Iterable[str]) -> list[str]:
    """Return the codes of a folder's files: those listed in their order, then the others."""
    there = [Path(name).stem for name in found if name.startswith(f"{folder}/")]
    listed = head.words(folder, there)
    return [*listed, *(code for code in there if code not in listed)]


def clause(code: str, found: Mapping[str, list[File]], scope: Scope) -> Clause:
    """Return one clause with its examples."""
    fields = Fields(layer(found[f"clauses/{code}.toml"]))
    if not CODE.fullmatch(code):
        raise fields.error(None, "a clause's file is named for its code, in capitals such as HATE.toml")
    handling = fields.choice("handling", Handling)
    detectors = read_detectors(fields, handling)
    examples = read_examples(layer(found.get(f"examples/{code}.toml", [])), scope.languages, scope.known)
    result = Clause(
        code=code,
        kind=fields.choice("kind", Kind),
        on=fields.flag("on", default=True),
        handling=handling,
        priority=fields.choice("priority", Priority, "normal"),
        version=fields.whole("version", least=1),
        title=fields.per_language("title", scope.languages, scope.known),
        text=text_in(fields, scope),
        permitted={language: permitted for language, (permitted, _) in examples.items()},
        forbidden={language: forbidden for language, (_, forbidden) in examples.items()},
        detectors=detectors,
        statement=read_statement(fields.inner("statement")),
        care=fields.flag("care", default=False),
    )
    fields.close()
    return result


def read_detectors(fields: Fields, handling: Handling) -> tuple[Use, ...]:
    """Return the detectors of a clause; a second use of one has a word after a hyphen in its key: `encoder-threat`."""
    table = fields.inner("detectors", optional=True)
    uses = []
    for key in table.table:
        name = key.partition("-")[0]
        if name not in DETECTORS:
            raise table.error(key, f"is no detector; {nearest(name, DETECTORS)}")
        use = table.inner(key)
        own = use.choice("handling", Handling, handling.value)
        if own is Handling.HUMAN:
            raise use.error(
                "handling" if "handling" in use.table else None, "people alone decide here: name no detector"
            )
        options = use.inner("options", optional=True)
        uses.append(Use(name, use.share("threshold"), dict(options.table), own))
        use.close()
    return tuple(uses)


def read_statement(fields: Fields) -> Statement:
    """Return what the Transparency Database is told."""
    result = Statement(
        category=fields.word("category", CATEGORIES),
        keywords=fields.words("keywords", KEYWORDS),
        ground=fields.word("ground", GROUNDS),
    )
    fields.close()
    return result


def text(code: str, found: Mapping[str, list[File]], scope: Scope) -> Text:
    """Return one text beside the clauses."""
    fields = Fields(layer(found[f"texts/{code}.toml"]))
    result = Text(code, fields.per_language("title", scope.languages, scope.known), text_in(fields, scope))
    fields.close()
    return result


def text_in(fields: Fields, scope: Scope) -> dict[str, str]:
    """Return the text of a part per language, refusing variables that are not defined."""
    texts = fields.per_language("text", scope.languages, scope.known)
    for language, said in texts.items():
        for name in VARIABLE.findall(said):
            if name not in scope.variables:
                raise fields.inner("text").error(language, f"names {{{name}}}; {nearest(name, scope.variables)}")
    return texts


def read_variables(
    head: Fields, parts: Iterable[Clause | Text], languages: Sequence[str], given: Variables
) -> dict[str, dict[str, str]]:
    """Return every variable per language, refusing those that no text uses, unless the rulebook below has them."""
    fields = head.inner("variables")
    used = {name for part in parts for text in part.text.values() for name in VARIABLE.findall(text)}
    below = [file.table.get("variables") for file in head.source.files[:-1]]
    known = used.union({"publisher"}, *(each for each in below if isinstance(each, dict)))
    for name in (*fields.table, *given):
        if name not in known:
            raise fields.error(name, f"is used in no text; {nearest(name, known)}")
    filled = Fields(Layered(head.source.files, {"variables": {**fields.table, **given}})).inner("variables")
    return {name: one_variable(filled, name, languages) for name in sorted(known)}


def one_variable(fields: Fields, name: str, languages: Sequence[str]) -> dict[str, str]:
    """Return a variable per language; a single text stands for all of them."""
    value = fields.value(name)
    if isinstance(value, str):
        return dict.fromkeys(languages, value.strip())
    table = fields.inner(name)
    return {language: table.text(language, blank=True).strip() for language in languages}

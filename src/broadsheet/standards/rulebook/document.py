"""The standards as one document in one language, as a reader or an editor reads them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from broadsheet.standards.rulebook.clauses import Clause, Example, Kind, Rulebook
from broadsheet.standards.rulebook.errors import RulebookError
from broadsheet.standards.rulebook.loading import VARIABLE


@dataclass(frozen=True, slots=True)
class Item:
    """A clause as it is read, with its examples."""

    code: str
    version: int
    title: str
    paragraphs: tuple[str, ...]
    permitted: tuple[Example, ...]
    forbidden: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the document: paragraphs, or clauses of one kind. `code` stays the same in every version."""

    code: str
    title: str
    paragraphs: tuple[str, ...] = ()
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """The whole standards in one language, with names and addresses filled in."""

    title: str
    language: str
    version: int
    effective: date
    version_line: str
    sections: tuple[Section, ...]
    labels: tuple[str, str, str, str]

    def markdown(self, *, examples: bool = True) -> str:
        """Return the document as Markdown; headings of clauses carry their code."""
        lines = [f"# {self.title}", self.version_line]
        for section in self.sections:
            lines += [f"## {section.title}", *section.paragraphs]
            for item in section.items:
                lines += [f"### {item.title} ({item.code})", *item.paragraphs]
                if examples and item.permitted:
                    lines += self.examples_of(item)
        return "\n\n".join(lines) + "\n"

    def examples_of(self, item: Item) -> Iterator[str]:
        """Yield the Markdown of a clause's examples."""
        for label, side in ((self.labels[0], item.permitted), (self.labels[1], item.forbidden)):
            yield f"**{label}**"
            yield "\n".join(f"- {self.written(example)}" for example in side)

    def written(self, example: Example) -> str:
        """Return an example on lines of a list."""
        said = " / ".join(f"{step.author} (+{step.seconds} s): {step.text}" for step in example.steps) or example.text
        notes = [f"{self.labels[2]}: {example.article.title}"] if example.article else []
        notes += [f"{self.labels[3]}: {example.parent}"] if example.parent else []
        return " ".join(said.split()) + (f" ({'; '.join(notes)})" if notes else "")


def text_of(rulebook: Rulebook, language: str) -> Document:
    """Return the standards in `language`: the clauses that are on, and the texts around them.

    Raises `RulebookError` where a text needs a name or address that is not filled in.
    """
    if language not in rulebook.languages:
        raise RulebookError(
            f"there is no text in {language!r}, only in {', '.join(rulebook.languages)}", field="languages"
        )
    headings = {key: per_language[language] for key, per_language in rulebook.headings.items()}

    def around(code: str, title: str, text: str) -> Section:
        return Section(code, title, paragraphs(rulebook, text, language))

    sections = [around(text.code, text.title[language], text.text[language]) for text in rulebook.before]
    for kind in Kind:
        items = tuple(
            item_of(rulebook, clause, language)
            for clause in rulebook.clauses.values()
            if clause.on and clause.kind is kind
        )
        if items:
            sections.append(Section(kind.value, headings[kind.value], items=items))
    sections += [around(text.code, text.title[language], text.text[language]) for text in rulebook.after]
    dated = headings["version"].replace("{version}", str(rulebook.version))
    return Document(
        title=filled(rulebook, headings["title"], language),
        language=language,
        version=rulebook.version,
        effective=rulebook.effective,
        version_line=dated.replace("{effective}", rulebook.effective.isoformat()),
        sections=tuple(sections),
        labels=(headings["permitted"], headings["forbidden"], headings["article"], headings["answers"]),
    )


def item_of(rulebook: Rulebook, clause: Clause, language: str) -> Item:
    """Return a clause as it is read."""
    return Item(
        code=clause.code,
        version=clause.version,
        title=clause.title[language],
        paragraphs=paragraphs(rulebook, clause.text[language], language),
        permitted=clause.permitted[language],
        forbidden=clause.forbidden[language],
    )


def paragraphs(rulebook: Rulebook, text: str, language: str) -> tuple[str, ...]:
    """Return the paragraphs of a text, filled in; lines of one paragraph become one line unless they are a list."""
    blocks = filled(rulebook, text, language).split("\n\n")
    return tuple(
        block.strip() if "\n- " in f"\n{block}" else " ".join(block.split()) for block in blocks if block.strip()
    )


def filled(rulebook: Rulebook, text: str, language: str) -> str:
    """Return the text with its variables filled in."""
    for name in VARIABLE.findall(text):
        value = rulebook.variables[name][language]
        if not value:
            what = "is not filled in; the standards can't be published without it"
            raise RulebookError(what, field=f"variables.{name}", file="rulebook.toml")
        text = text.replace(f"{{{name}}}", value)
    return text

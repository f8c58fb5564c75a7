"""The standards for machines (DSA art. 14): JSON whose ids stay the same from version to version."""

from typing import Any

from broadsheet.standards.rulebook.clauses import Example, Rulebook
from broadsheet.standards.rulebook.document import paragraphs

FORM = "broadsheet-standards/1"


def machine_form(rulebook: Rulebook) -> dict[str, Any]:
    """Return what `json.dumps` makes the published file of: clauses that are on, their tools, examples, and all texts.

    Thresholds are left out: they would tell how far one may go unnoticed. Raises as `text_of` does.
    """
    return {
        "form": FORM,
        "version": rulebook.version,
        "effective": rulebook.effective.isoformat(),
        "languages": list(rulebook.languages),
        "publisher": dict(rulebook.publisher),
        "clauses": [
            {
                "id": clause.code,
                "version": clause.version,
                "kind": clause.kind.value,
                "handling": clause.handling.value,
                "priority": clause.priority.value,
                "title": dict(clause.title),
                "text": {lang: list(paragraphs(rulebook, clause.text[lang], lang)) for lang in rulebook.languages},
                "tools": list(dict.fromkeys(use.name for use in clause.detectors)),
                "transparency": {
                    "decision_ground": f"DECISION_GROUND_{clause.statement.ground}",
                    "category": f"STATEMENT_CATEGORY_{clause.statement.category}",
                    "category_specification": [f"KEYWORD_{word}" for word in clause.statement.keywords],
                },
                "permitted": {lang: [shown(example) for example in each] for lang, each in clause.permitted.items()},
                "forbidden": {lang: [shown(example) for example in each] for lang, each in clause.forbidden.items()},
            }
            for clause in rulebook.clauses.values()
            if clause.on
        ],
        "texts": [
            {
                "id": text.code,
                "title": dict(text.title),
                "text": {lang: list(paragraphs(rulebook, text.text[lang], lang)) for lang in rulebook.languages},
            }
            for text in rulebook.texts
        ],
    }


def shown(example: Example) -> dict[str, Any]:
    """Return an example: `text`, or `steps` of a sequence, with the article and parent it has."""
    found: dict[str, Any] = {}
    if example.steps:
        found["steps"] = [{"author": s.author, "seconds": s.seconds, "text": s.text} for s in example.steps]
    else:
        found["text"] = example.text
    if example.article:
        found["article"] = {"title": example.article.title, "standfirst": example.article.standfirst}
    if example.parent:
        found["parent"] = example.parent
    return found

"""Small rulebooks on disk, for tests that break or change one."""

import json
from pathlib import Path

HEADINGS = ("title", "version", "duty", "discretionary", "ground", "permitted", "forbidden", "article", "answers")
HEAD = {
    "version": 1,
    "effective": "2026-12-01",
    "languages": ["en", "fr"],
    "clauses": ["LAW", "HATE"],
    "texts": ["scope", "contact"],
    "before": ["scope"],
    "variables": {"publisher": "The Post", "moderators": "m@post.test"},
    "headings": {key: {"en": f"{key} in English", "fr": f"{key} en français"} for key in HEADINGS},
}


def clause(**changes: object) -> dict[str, object]:
    return {
        "kind": "ground",
        "handling": "hold",
        "version": 1,
        "title": {"en": "Hatred", "fr": "Haine"},
        "text": {"en": "Nobody spreads hatred.", "fr": "Nul ne répand la haine."},
        "detectors": {"words": {"threshold": 0.6, "options": {"lists": ["slurs"]}}},
        "statement": {"category": "VIOLENCE", "keywords": ["HATE_SPEECH"], "ground": "INCOMPATIBLE_CONTENT"},
    } | changes


def book() -> dict[str, dict[str, object]]:
    """A whole rulebook as tables per file."""
    return {
        "rulebook.toml": json.loads(json.dumps(HEAD)),
        "clauses/HATE.toml": clause(),
        "clauses/LAW.toml": clause(kind="duty", handling="human", detectors={}),
        "examples/HATE.toml": {
            "en": [{"article": "A march", "permitted": "They marched.", "forbidden": "They are vermin."}],
            "fr": [{"permitted": "Ils ont défilé.", "forbidden": [["a", 0, "Vermine."], ["b", 5, "Oui, vermine."]]}],
        },
        "texts/scope.toml": {
            "title": {"en": "Scope", "fr": "Objet"},
            "text": {"en": "{publisher}.", "fr": "{publisher}."},
        },
        "texts/contact.toml": {
            "title": {"en": "Contact", "fr": "Écrire"},
            "text": {"en": "Write to {moderators}.", "fr": "Écrivez à {moderators}."},
        },
    }


def toml(table: dict[str, object], prefix: str = "") -> str:
    """The table as TOML; only what rulebooks are made of."""
    plain, inner = [], []
    for key, value in table.items():
        name = f"{prefix}{json.dumps(key, ensure_ascii=False)}"
        if isinstance(value, dict):
            inner.append(f"\n[{name}]\n{toml(value, f'{name}.')}")
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            inner += [f"\n[[{name}]]\n{toml(item, f'{name}.')}" for item in value]
        else:
            plain.append(f"{json.dumps(key, ensure_ascii=False)} = {scalar(key, value)}\n")
    return "".join(plain + inner)


def scalar(key: str, value: object) -> str:
    if key == "effective" and isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def write(folder: Path, files: dict[str, dict[str, object]]) -> Path:
    """Write the files and return their folder."""
    for name, table in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(toml(table), encoding="utf-8")
    return folder

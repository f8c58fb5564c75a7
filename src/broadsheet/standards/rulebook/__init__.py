"""The community standards as data: clauses, texts, examples and thresholds of one version, read from TOML."""

from broadsheet.standards.rulebook.clauses import (
    Clause,
    Example,
    Handling,
    Kind,
    Priority,
    Rulebook,
    Statement,
    Step,
    Story,
    Text,
    Use,
)
from broadsheet.standards.rulebook.differences import Change, Piece, diff, succeed
from broadsheet.standards.rulebook.document import Document, Item, Section, text_of
from broadsheet.standards.rulebook.errors import RulebookError
from broadsheet.standards.rulebook.loading import load
from broadsheet.standards.rulebook.machine import machine_form
from broadsheet.standards.rulebook.tables import (
    Tables,
    changes_between,
    digest_of,
    laid_over,
    load_tables,
    numbered,
    tables_of,
)
from broadsheet.standards.rulebook.writing import as_toml, read_toml

__all__ = [
    "Change",
    "Clause",
    "Document",
    "Example",
    "Handling",
    "Item",
    "Kind",
    "Piece",
    "Priority",
    "Rulebook",
    "RulebookError",
    "Section",
    "Statement",
    "Step",
    "Story",
    "Tables",
    "Text",
    "Use",
    "as_toml",
    "changes_between",
    "diff",
    "digest_of",
    "laid_over",
    "load",
    "load_tables",
    "machine_form",
    "numbered",
    "read_toml",
    "succeed",
    "tables_of",
    "text_of",
]

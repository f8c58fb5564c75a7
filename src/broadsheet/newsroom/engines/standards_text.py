"""The standards of an edition, written from its rulebook: the words, and the same for machines (DSA art. 14)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from broadsheet.standards.rulebook import (
    Document,
    Rulebook,
    RulebookError,
    Tables,
    laid_over,
    load,
    machine_form,
    tables_of,
    text_of,
)

FOLDER = "standards"  # in the data folder: what the newsroom says otherwise than the shipped rulebook
TITLES = ("permitted", "forbidden", "article", "answers")


class NoStandardsError(Exception):
    """The standards can't be written for the edition; its argument says why, for people."""


@dataclass(frozen=True, slots=True)
class StandardsText:
    """The standards in one language, as `PolicyVersion` keeps them."""

    title: str
    text: str
    document: dict[str, Any]
    rulebook_version: int


def write_standards(language: str, rulebook_for: Callable[[], Rulebook]) -> StandardsText:
    """Return the standards of the rulebook in the language; `NoStandardsError` where they can't be read or written."""
    try:
        rulebook = rulebook_for()
        written = text_of(rulebook, spoken_in(rulebook, language))
        document = _document(rulebook, written)
    except RulebookError as error:
        raise NoStandardsError(str(error)) from error
    return StandardsText(written.title, _body(written), document, rulebook.version)


def spoken_in(rulebook: Rulebook, language: str) -> str:
    """Return the language in which the rulebook is read where an edition is in this one: `pt` for `pt-br`."""
    return language if language in rulebook.languages else language.partition("-")[0]


def filled_in(names: Mapping[str, str]) -> dict[str, str]:
    """Return what the rulebook's variables stand for, of the names that an edition's policies have."""
    return {
        "publisher": names["publisher"],
        "moderators": names["moderators_address"],
        "contact": names["contact_address"],
        "dispute_bodies": names["dispute_bodies"],
    }


def rulebook_of_folder(names: Mapping[str, str]) -> Rulebook:
    """Return the shipped rulebook under the folder of the newsroom, if there is one; `RulebookError` as `load`."""
    over = Path(settings.DATA) / FOLDER
    return load(over=over if over.is_dir() else None, variables=filled_in(names))


def changes_of_folder() -> Tables:
    """Return what the folder of the newsroom says otherwise than the shipped rulebook; nothing without a folder."""
    over = Path(settings.DATA) / FOLDER
    return tables_of(over) if over.is_dir() else {}


def changed_tables(changes: Mapping[str, Any]) -> Tables:
    """Return the shipped rulebook with these changes; `RulebookError` where one has no place in it."""
    return laid_over(tables_of(), changes)


def _body(written: Document) -> str:
    """Return the whole text without its title and the rulebook's own date, which the page says in its own way."""
    return written.markdown().partition("\n\n")[2].partition("\n\n")[2]


def _document(rulebook: Rulebook, written: Document) -> dict[str, Any]:
    """Return the machine form in the one language, with the order and headings in which people read it."""
    form = machine_form(rulebook)
    language = written.language
    del form["effective"]  # the version of the edition says since when
    form["languages"] = [language]
    form["publisher"] = {language: form["publisher"][language]}
    for clause in form["clauses"]:
        for part in ("title", "text", "permitted", "forbidden"):
            clause[part] = {language: clause[part][language]}
    for text in form["texts"]:
        for part in ("title", "text"):
            text[part] = {language: text[part][language]}
    form["labels"] = dict(zip(TITLES, written.labels, strict=True))
    form["sections"] = [
        {"id": section.code, "title": section.title, "clauses": [item.code for item in section.items]}
        for section in written.sections
    ]
    return form

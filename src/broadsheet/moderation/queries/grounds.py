"""What a decision stands on: clauses as the edition's standards say them now, and where it can be contested."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from textwrap import shorten

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from broadsheet.discussion.queries.comment_facts import FindingFacts
from broadsheet.kernel.errors import Refusal, Refused
from broadsheet.kernel.listed import listed
from broadsheet.moderation.conf import CONTESTED_FOR
from broadsheet.moderation.rules.decisions import Cited, Redress, cite
from broadsheet.newsroom.conf import PolicyKind
from broadsheet.newsroom.queries.editions import edition_by_id
from broadsheet.newsroom.queries.policies import current
from broadsheet.newsroom.queries.policy_names import policy_names
from broadsheet.newsroom.queries.rulebooks import rulebook_of
from broadsheet.standards.rulebook import Clause, Kind

MOST_WORDS = 8
QUOTED = 300


def cited(edition_id: int, codes: Sequence[str], *, language: str, now: datetime) -> tuple[Cited, ...]:
    """Return these clauses of the edition's standards in force, as they are cited to a reader of that language.

    `Refused` where one of them isn't there or is switched off.
    """
    edition = edition_by_id(edition_id)
    kept = rulebook_of(edition_id)
    standards = current(edition_id, PolicyKind.STANDARDS, now)
    names = policy_names(edition)
    names["publisher"] = names["publisher"] or names["brand"]
    found = []
    for code in dict.fromkeys(codes):
        clause = kept.rulebook.clauses.get(code)
        if clause is None or not clause.on:
            why = _("The edition's standards have no clause %(code)s.") % {"code": code}
            raise Refused(Refusal("no-such-clause", _("Nothing was decided."), why, _("Choose another clause.")))
        number = standards.number if standards is not None else 0
        one = cite(clause, edition=edition.code, policy=number, rulebook=kept.number, language=language)
        found.append(replace(one, title=_named(one.title, names), text=_named(one.text, names)))
    return tuple(found)


def _named(text: str, names: Mapping[str, str]) -> str:
    """Return the clause's words with the paper's own names in them, as the published standards say them."""
    for name, value in names.items():
        text = text.replace(f"{{{name}}}", value)
    return text


def redress(edition_id: int, now: datetime) -> Redress:
    """Return how a decision of the edition is contested: by its moderators' address, for half a year."""
    edition = edition_by_id(edition_id)
    address = str(policy_names(edition)["moderators_address"])
    return Redress(address, now + CONTESTED_FOR, edition.dispute_bodies)


def clauses_to_choose(edition_id: int) -> list[Clause]:
    """Return the clauses that can be cited, in the order in which the standards say them: grounds, then duties."""
    clauses = [clause for clause in rulebook_of(edition_id).rulebook.clauses.values() if clause.on]
    return sorted(clauses, key=lambda clause: clause.kind == Kind.DUTY)


def title_of(edition_id: int, code: str, language: str) -> str:
    """Return the clause's title in the language, in the rulebook's first one where it has none; the code if unknown."""
    clause = rulebook_of(edition_id).rulebook.clauses.get(code)
    if clause is None:
        return code
    titles = clause.title
    return titles.get(language) or titles.get(language.partition("-")[0]) or next(iter(titles.values()), code)


def facts_from(findings: Sequence[FindingFacts], code: str, text: str) -> str:
    """Return the facts as a decision under this clause may begin to tell them: the words that the judge marked.

    Where it marked none, the comment's beginning is quoted.
    """
    words = list(dict.fromkeys(word for one in findings if one.clause == code for word in one.words))
    if words:
        return _("The comment says %(words)s.") % {"words": listed(_quoted(word) for word in words[:MOST_WORDS])}
    quoted = shorten(text, QUOTED, placeholder=" …")
    return _("The comment reads: “%(text)s”") % {"text": quoted} if quoted else ""


def _quoted(word: str) -> str:
    return pgettext("words of a comment", "“%(word)s”") % {"word": word}

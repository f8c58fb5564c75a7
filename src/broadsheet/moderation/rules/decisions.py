"""What a person decided of a comment or an account, as a value that cannot be made wrong (MOD-03; DSA art. 17(3))."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from broadsheet.kernel.errors import Refusal, Refused
from broadsheet.moderation.conf import EVERYWHERE, LONGEST_FACTS, LONGEST_LAW
from broadsheet.standards.rulebook import Clause


class Measure(StrEnum):
    """What a decision does."""

    REMOVE = "remove"
    REDACT = "redact"
    HOLD = "hold"
    WARN = "warn"
    BLOCK = "block"
    DELETE_ACCOUNT = "delete_account"


ON_COMMENTS = frozenset({Measure.REMOVE, Measure.REDACT, Measure.HOLD})
ON_READERS = frozenset({Measure.BLOCK, Measure.DELETE_ACCOUNT})


class Role(StrEnum):
    """In which role somebody of the newsroom decides; readers see the role, never the name (MOD-09)."""

    MODERATOR = "moderator"
    CHIEF = "chief"


class Source(StrEnum):
    """By what the newsroom came to look: by itself, by a reader's report, or by a notice of illegal content."""

    OWN = "own"
    REPORT = "report"
    NOTICE = "notice"  # DSA art. 16
    TRUSTED = "trusted_flagger"  # DSA art. 22


@dataclass(frozen=True, slots=True)
class Actor:
    """Who decided: a person of the newsroom, in a role."""

    reader_id: int
    role: Role


@dataclass(frozen=True, slots=True)
class Cited:
    """A clause as it was when somebody decided by it, in the language of whoever is told (DSA art. 17(3)(d), (e)).

    `policy` is the number of the edition's standards in force, `rulebook` and `version` those behind it; category,
    keywords and ground are the words of the EU Transparency Database without their prefixes.
    """

    code: str
    edition: str
    policy: int
    rulebook: int
    version: int
    title: str
    text: str
    category: str
    keywords: tuple[str, ...]
    ground: str


@dataclass(frozen=True, slots=True)
class About:
    """Whom and what a decision is about. Without a comment it is about an account's behaviour; `reader_id` is None where
    the comment's author was erased.

    `quoted` is the comment's text as it was decided on and `version` the number of that text, None where any will do;
    `permalink` is the whole address.
    """

    reader_id: int | None
    comment_id: int | None = None
    thread_id: int | None = None
    quoted: str = ""
    version: int | None = None
    permalink: str = ""
    written_at: datetime | None = None
    language: str = ""


@dataclass(frozen=True, slots=True)
class Noticed:
    """How it came to be looked at: the source, and which detectors marked it, none where only people did."""

    source: Source = Source.OWN
    detectors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Redress:
    """How the decision can be contested: where, until when, and before whom else (DSA art. 17(3)(f), 20, 21)."""

    complaint: str
    until: datetime
    dispute_bodies: str


@dataclass(frozen=True, slots=True)
class Duration:
    """From when to when a block lasts; without an end it lasts until it is restored, or for good."""

    starts: datetime
    ends: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A person's decision that restricts something; made without clause, facts, actor or redress it raises `Refused`.

    `scope` is the one discussion that a block is for, None for all of them. `law` names the law where a clause is cited
    on which content is illegal. `redactions` are the code points, end exclusive, that are blacked out. `public_facts`
    are the facts as the EU's public database may have them: without a name, an address or words of a person.
    """

    clauses: tuple[Cited, ...]
    facts: str
    actor: Actor
    measures: tuple[Measure, ...]
    about: About
    redress: Redress
    duration: Duration
    noticed: Noticed = Noticed()
    scope: int | None = None
    territory: tuple[str, ...] = EVERYWHERE
    law: str = ""
    redactions: tuple[tuple[int, int], ...] = ()
    public_facts: str = ""
    language: str = "en"

    def __post_init__(self) -> None:
        if refusal := _unfounded(self) or _contradicting(self):
            raise Refused(refusal)

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the clauses."""
        return tuple(clause.code for clause in self.clauses)

    @property
    def edition(self) -> str:
        """The code of the edition by whose standards it was decided."""
        return self.clauses[0].edition

    @property
    def counts(self) -> bool:
        """Whether it brings a sanction that counts: a block for all discussions, or the account's deletion (MOD-04)."""
        return Measure.DELETE_ACCOUNT in self.measures or (Measure.BLOCK in self.measures and self.scope is None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """A person's decision that a comment breaks no clause; `considered` are those that somebody or something named."""

    actor: Actor
    about: About
    edition: str
    considered: tuple[str, ...] = ()
    noticed: Noticed = Noticed()

    def __post_init__(self) -> None:
        if self.about.comment_id is None:
            raise Refused(_refusal("nothing-to-approve", _("It names no comment."), _("Choose a comment.")))


def cite(clause: Clause, *, edition: str, policy: int, rulebook: int, language: str) -> Cited:
    """Return the clause as it is cited to a reader of that language; in the rulebook's first one where it has no other."""
    spoken = next(
        one for one in (language, language.partition("-")[0], next(iter(clause.title))) if one in clause.title
    )
    return Cited(
        clause.code, edition, policy, rulebook, clause.version, clause.title[spoken], clause.text[spoken],
        clause.statement.category, tuple(clause.statement.keywords), clause.statement.ground,
    )  # fmt: skip


def as_json(decision: Decision | Approval) -> dict[str, Any]:
    """Return the decision as JSON values."""
    return {"kind": type(decision).__name__, **_plain(asdict(decision))}


def from_json(value: dict[str, Any]) -> Decision | Approval:
    """Return the decision read back, or raise where it can't have been one."""
    about = {**value["about"], "written_at": _moment(value["about"]["written_at"])}
    common: dict[str, Any] = {
        "actor": Actor(value["actor"]["reader_id"], Role(value["actor"]["role"])),
        "about": About(**about),
        "noticed": Noticed(Source(value["noticed"]["source"]), tuple(value["noticed"]["detectors"])),
    }
    if value["kind"] == Approval.__name__:
        return Approval(**common, edition=value["edition"], considered=tuple(value["considered"]))
    redress, duration = value["redress"], value["duration"]
    return Decision(
        **common,
        **{name: value[name] for name in ("facts", "scope", "law", "public_facts", "language")},
        clauses=tuple(Cited(**{**one, "keywords": tuple(one["keywords"])}) for one in value["clauses"]),
        measures=tuple(Measure(one) for one in value["measures"]),
        redress=Redress(redress["complaint"], datetime.fromisoformat(redress["until"]), redress["dispute_bodies"]),
        duration=Duration(datetime.fromisoformat(duration["starts"]), _moment(duration["ends"])),
        territory=tuple(value["territory"]),
        redactions=tuple((begin, end) for begin, end in value["redactions"]),
    )


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value) if isinstance(value, StrEnum) else value


def _unfounded(decision: Decision) -> Refusal | None:
    """Say what a statement of reasons would lack."""
    if not decision.clauses:
        return _refusal("no-clause", _("It names no clause."), _("Choose the clause that was broken."))
    if not decision.facts.strip() or len(decision.facts) > LONGEST_FACTS:
        why = _("It doesn't say what happened, or says it at too great a length.")
        return _refusal("no-facts", why, _("Say it in some sentences."))
    if decision.actor.reader_id <= 0:
        return _refusal("no-actor", _("It names nobody who decided."), _("Log in and decide again."))
    redress = decision.redress
    if not (redress.complaint.strip() and redress.dispute_bodies.strip()):
        why = _("It doesn't say how it can be contested.")
        return _refusal("no-redress", why, _("Set the moderators' address of the edition."))
    if redress.until < decision.duration.starts + timedelta(days=181):  # DSA art. 20(1): six months at least
        return _refusal("short-redress", _("It can be contested for less than six months."), _("Set a longer time."))
    if not decision.territory or not set(decision.territory) <= set(EVERYWHERE):
        return _refusal("no-territory", _("It doesn't say in which countries it holds."), _("Name them."))
    illegal = any(clause.ground == "ILLEGAL_CONTENT" for clause in decision.clauses)
    if illegal and not 0 < len(decision.law.strip()) <= LONGEST_LAW:
        return _refusal("no-law", _("A clause about the law is chosen, and no law is named."), _("Name the law."))
    return None


def _contradicting(decision: Decision) -> Refusal | None:
    """Say which measures can't be together, or not on this."""
    measures, about = set(decision.measures), decision.about
    if not measures or len(measures) < len(decision.measures):
        return _refusal("no-measure", _("It names no measure, or one twice."), _("Choose what is to be done."))
    if about.reader_id is None and (about.comment_id is None or not measures <= ON_COMMENTS):
        return _refusal("no-reader", _("Its measure is for a reader, and it names none."), _("Choose the account."))
    if measures & ON_COMMENTS and about.comment_id is None:
        return _refusal("no-comment", _("Its measure is for a comment, and it names none."), _("Choose the comment."))
    if len(measures & ON_COMMENTS) > 1:
        return _refusal(
            "two-fates",
            _("A comment can be deleted, held or redacted, but only one of these."),
            _("Choose one of them."),
        )
    if (Measure.REDACT in measures) != bool(decision.redactions):
        return _refusal("no-words", _("It redacts, and names no words, or the other way round."), _("Mark the words."))
    if any(not 0 <= begin < end <= len(about.quoted) for begin, end in decision.redactions):
        return _refusal("words-outside", _("The marked words aren't in the comment."), _("Mark them again."))
    if decision.scope is not None and (Measure.BLOCK not in measures or Measure.DELETE_ACCOUNT in measures):
        return _refusal("no-scope", _("Only a block can be for one discussion."), _("Choose all discussions."))
    duration = decision.duration
    if duration.ends is not None and (Measure.BLOCK not in measures or duration.ends <= duration.starts):
        return _refusal(
            "no-duration",
            _("The block ends before it begins, or there is no block that could end."),
            _("Choose the end."),
        )
    if {clause.edition for clause in decision.clauses} != {decision.edition}:
        return _refusal("two-editions", _("It cites the standards of several editions."), _("Choose one edition."))
    return None


def _refusal(code: str, why: str, remedy: str) -> Refusal:
    return Refusal(code, _("Nothing was decided."), why, remedy)

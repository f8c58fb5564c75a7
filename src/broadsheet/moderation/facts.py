"""What happens in moderation."""

from dataclasses import dataclass

from broadsheet.kernel.facts import Fact, fact


def figures_key(edition: str, month: str) -> str:
    """Return the key of pages that show an edition's figures of a month such as 2026-11 (MOD-11)."""
    return f"accountability:{edition}:{month}"


@dataclass(frozen=True, kw_only=True)
class Counted(Fact):
    """What every fact that changes the public's figures says: of which edition and month; empty where it is of none."""

    edition: str = ""
    month: str = ""

    def touches(self) -> tuple[str, ...]:
        """Return the key of the pages that show the month's figures."""
        return (figures_key(self.edition, self.month),) if self.month else ()


@fact
@dataclass(frozen=True, kw_only=True)
class DecisionMade(Counted):
    """A person decided; its statement of reasons is written. `comment_id` is 0 where it is about an account alone.

    `restricts` is false where a comment was approved: then nobody is told and there is no statement.
    """

    decision_id: int
    reader_id: int
    comment_id: int
    restricts: bool


@fact
@dataclass(frozen=True, kw_only=True)
class DecisionUndone(Counted):
    """A decision was reversed, and all it did is as it was before: the reader is told that it was wrong.

    `reason` is `undone` (by one key, within 30 days) or `granted` (by a letter).
    """

    decision_id: int
    reader_id: int
    comment_id: int
    reason: str


@fact
@dataclass(frozen=True, kw_only=True)
class SamePersonSeen(Fact):
    """Two accounts under a first sanction each are one person's, which was not known when the later one was decided.

    Told each time that it is noticed; a person decides what follows.
    """

    reader_id: int
    other_id: int


@fact
@dataclass(frozen=True, kw_only=True)
class SanctionExpired(Fact):
    """A block came to its end by itself; it still counts."""

    sanction_id: int
    reader_id: int


@fact
@dataclass(frozen=True, kw_only=True)
class SanctionRestored(Fact):
    """A letter was granted: the reader takes part again, and the sanction still counts."""

    sanction_id: int
    reader_id: int


@fact
@dataclass(frozen=True, kw_only=True)
class AnnulmentAsked(Fact):
    """Somebody of the newsroom holds a sanction to be wrong; another one has to say so, too."""

    annulment_id: int
    sanction_id: int
    reader_id: int


@fact
@dataclass(frozen=True, kw_only=True)
class SanctionAnnulled(Counted):
    """Two persons found a sanction wrong: it never was, and counts no more."""

    sanction_id: int
    reader_id: int


@fact
@dataclass(frozen=True, kw_only=True)
class LetterArrived(Counted):
    """A letter that asks for something is complete and waits for an answer; its sender is verified."""

    letter_id: int
    reader_id: int


@fact
@dataclass(frozen=True, kw_only=True)
class LetterAnswered(Counted):
    """Somebody else than the first decider answered a letter; what was granted is done already."""

    letter_id: int
    reader_id: int
    granted: bool


@fact
@dataclass(frozen=True, kw_only=True)
class ReportAnswered(Fact):
    """A report was looked at: whoever filed it is told. `upheld`: something was decided against the comment."""

    report_id: int
    comment_id: int
    edition: str
    upheld: bool


@fact
@dataclass(frozen=True, kw_only=True)
class LetterReplyDue(Fact):
    """A mail to the moderators' address is answered by the program itself, to where it came from.

    `what` is `incomplete` (a part is missing, and named), `unverified` (a link went to the account's address, if there is
    such an account) or `message` (it is no letter, and was passed on). `reply` is false where that address had its
    answers for the day.
    """

    letter_id: int
    what: str
    edition: str
    reply: bool


@fact
@dataclass(frozen=True, kw_only=True)
class ClauseLowered(Fact):
    """A clause was overturned too often: it flags where it would hold until a chief has looked.

    `holds`: it keeps holding, since what it is about can't wait on the page; a chief is to look all the more.
    """

    lowering_id: int
    edition: str
    clause: str
    decisions: int
    overturned: int
    holds: bool


@fact
@dataclass(frozen=True, kw_only=True)
class ClauseLookedAt(Fact):
    """A chief has looked at a clause that was lowered: it does again what the rulebook says."""

    lowering_id: int
    edition: str
    clause: str

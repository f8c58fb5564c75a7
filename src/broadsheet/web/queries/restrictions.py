"""What keeps a reader from taking part, as the pages say it to that reader: why, for how long, and the way out (ACC-06)."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import NoReverseMatch
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from broadsheet.kernel.listed import listed
from broadsheet.moderation.queries.decisions import decision, statement
from broadsheet.moderation.queries.sanctions import SanctionView, sanctions_of
from broadsheet.newsroom.queries.editions import EditionView
from broadsheet.readers.queries.addresses import account_path
from broadsheet.readers.rules.deadlines import in_words


@dataclass(frozen=True, slots=True)
class Restriction:
    """A block or the account's deletion that runs: what, until when (empty: no end), for which clauses, and its statement.

    `puid` and `statement` are empty for the copy that a new account of the same person has.
    """

    kind: str
    until: str
    final: bool
    clauses: str
    facts: str
    puid: str
    language: str
    statement: SafeString
    letter: str

    @property
    def sentence(self) -> str:
        """What it is and for how long, in one sentence."""
        if self.kind == "deletion":
            return _("The moderators deleted this account.")
        if self.until:
            return _("Your account is blocked until %(until)s.") % {"until": self.until}
        if self.final:
            return _("Your account is blocked for good.")
        return _("Your account is blocked until you are let in again.")

    @property
    def why(self) -> str:
        """The clauses it was decided by; empty where they are not known."""
        return _("Why: %(clauses)s") % {"clauses": self.clauses} if self.clauses else ""


def restriction_of(reader_id: int, edition: EditionView, now: datetime) -> Restriction | None:
    """Return what keeps the reader out of all discussions now, in the language in force; the gravest of several."""
    running = [one for one in sanctions_of(reader_id) if one.thread_id is None and is_running(one, now)]
    if not running:
        return None
    gravest = max(running, key=lambda one: (one.kind == "deletion", one.final, one.ends is None, one.ends or now))
    made = decision(gravest.decision_id) if gravest.decision_id is not None else None
    written = statement(gravest.decision_id) if gravest.decision_id is not None else None
    value = made.value if made is not None else None
    cited = getattr(value, "clauses", ())
    return Restriction(
        kind=gravest.kind,
        until=in_words(gravest.ends, edition.zone, edition.zone_label) if gravest.ends else "",
        final=gravest.final,
        clauses=listed([clause.title for clause in cited]) if cited else "",
        facts=getattr(value, "facts", ""),
        puid=written.puid if written is not None else "",
        language=written.language if written is not None else edition.language,
        statement=mark_safe(written.html if written is not None else ""),  # escaped when it was written
        letter=letter_path(edition, written.puid if written is not None else ""),
    )


def is_running(one: SanctionView, now: datetime) -> bool:
    """Return whether the sanction keeps its reader out at that moment."""
    return one.state == "running" and (one.ends is None or now < one.ends)


def letter_path(edition: EditionView, puid: str = "") -> str:
    """Return where a letter about the decision, or about the account, is written."""
    try:
        path = account_path(edition, "letter_write")
    except NoReverseMatch:
        return ""
    return f"{path}?{urlencode({'decision': puid})}" if puid else path

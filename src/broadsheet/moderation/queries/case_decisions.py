"""What a decision about a case is made of: whom it is about, what was noticed, by what it stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from broadsheet.discussion.queries.addresses import comment_url
from broadsheet.discussion.queries.comment_facts import CommentRow, FindingFacts, comment_facts
from broadsheet.discussion.queries.reports import reports_about
from broadsheet.kernel.errors import Refusal, Refused
from broadsheet.moderation.models import Case, DecisionRow, Incident
from broadsheet.moderation.queries.grounds import cited, redress
from broadsheet.moderation.queries.roles import scope_of
from broadsheet.moderation.queries.sanctions import next_that_counts
from broadsheet.moderation.rules.basis import Basis, Block
from broadsheet.moderation.rules.decisions import (
    About,
    Actor,
    Approval,
    Decision,
    Duration,
    Measure,
    Noticed,
    Role,
    Source,
)
from broadsheet.newsroom.queries.editions import edition_by_id
from broadsheet.readers.queries.conduct import conducted


@dataclass(frozen=True, slots=True)
class Ground:
    """What a decision is about, as it is now: the comment (None: an account's behaviour) and who is told in what language."""

    edition_id: int
    reader_id: int | None
    comment: CommentRow | None
    findings: tuple[FindingFacts, ...]
    source: Source
    considered: tuple[str, ...]
    language: str

    @property
    def noticed(self) -> Noticed:
        """How it came to be looked at."""
        return Noticed(self.source, tuple(dict.fromkeys(one.detector for one in self.findings)))

    def about(self, version: int | None) -> About:
        """Return whom and what it is about; `version` is the text that was looked at."""
        row = self.comment
        if row is None:
            return About(self.reader_id)
        return About(
            row.author_id, row.id, row.thread_id, row.text, version, comment_url(row.id), row.created_at, row.language
        )


def ground_of(edition_id: int, comment_id: int | None, reader_id: int | None) -> Ground:
    """Return what is to be decided about; `Refused` where the comment isn't there."""
    facts = comment_facts(comment_id) if comment_id is not None else None
    if comment_id is not None and facts is None:
        why = _("There is no such comment any more.")
        raise Refused(Refusal("no-such-comment", _("Nothing was decided."), why, _("Take the next one.")))
    comment = facts.comment if facts is not None else None
    about = comment.author_id if comment is not None else reader_id
    account = conducted(about) if about is not None else None
    reports = [one for one in reports_about(comment_id) if one.state == "open"] if comment_id is not None else []
    source = Source.OWN
    if reports:
        source = Source.NOTICE if any(one.illegal for one in reports) else Source.REPORT
    findings = facts.findings if facts is not None else ()
    codes = [*(one.clause for one in findings), *(one.clause for one in reports)]
    return Ground(
        edition_id, about, comment, findings, source, tuple(dict.fromkeys(filter(None, codes))),
        (account.language if account is not None else "") or edition_by_id(edition_id).language,
    )  # fmt: skip


def decision_for(
    ground: Ground, basis: Basis, measures: Sequence[Measure], *, by: Actor, version: int | None, now: datetime,
    block: Block | None = None, redactions: Sequence[tuple[int, int]] = (),
) -> Decision:  # fmt: skip
    """Return the decision; `Refused` where it can't be made: no clause, no facts, nobody to turn to, and so on."""
    scope = None
    if block is not None and not block.everywhere and ground.comment is not None:
        scope = ground.comment.thread_id
    return Decision(
        clauses=cited(ground.edition_id, basis.clauses, language=ground.language, now=now),
        facts=basis.facts,
        actor=by,
        measures=tuple(measures),
        about=ground.about(version),
        redress=redress(ground.edition_id, now),
        duration=Duration(now, block.ends if block is not None else None),
        noticed=ground.noticed,
        scope=scope,
        law=basis.law,
        redactions=tuple((begin, end) for begin, end in redactions),
        public_facts=basis.public_facts,
        language=ground.language,
    )


def approval_for(ground: Ground, *, by: Actor, version: int) -> Approval:
    """Return the decision that the comment breaks no clause."""
    edition = edition_by_id(ground.edition_id).code
    return Approval(
        actor=by, about=ground.about(version), edition=edition, considered=ground.considered, noticed=ground.noticed
    )


def refuse_case(row: Case | None, by: Actor, now: datetime) -> Refusal | None:
    """Say why this person can't decide of the case now."""
    what, next_one = _("Nothing was decided."), _("Take the next one.")
    if row is None or row.state != "open":
        return Refusal("case-closed", what, _("The case is closed, or there is none."), next_one)
    scope = scope_of(by.reader_id)
    if scope is None or not scope.covers(row.edition_id, row.section_id):
        return Refusal("out-of-bounds", what, _("You don't moderate there."), next_one)
    if (by.role == Role.CHIEF and not scope.is_chief) or (row.chiefs_only and not scope.is_chief):
        return Refusal("no-chief", what, _("Only chiefs decide about this."), _("Ask a chief."))
    if row.reader_id == by.reader_id:
        return Refusal("own-case", what, _("Nobody decides about themselves."), _("Leave it to a colleague."))
    if row.first_decider_id == by.reader_id:
        why = _("It is about what you decided first, so somebody else looks at it.")
        return Refusal("first-decider", what, why, _("Leave it to a colleague."))
    claimed = row.claimed_until is not None and now < row.claimed_until
    if claimed and row.claimed_by_id != by.reader_id:
        return Refusal("claimed", what, _("A colleague has it on the screen."), next_one)
    return None


def is_decided(comment_id: int, version: int) -> bool:
    """Return whether a decision that stands was made about this text of the comment, warnings and blocks included."""
    rows = DecisionRow.objects.filter(comment_id=comment_id, undone_at=None, erased=False)
    return any(
        value.get("about", {}).get("version") in {version, None} and measures != [Measure.HOLD]
        for value, measures in rows.values_list("value", "measures")
    )


def would_be(reader_id: int | None, comment_id: int | None) -> int:
    """Return which of those that count a block for all discussions would be, 0 for nobody: the desk says what 2 means."""
    if reader_id is None:
        return 0
    incident = Incident.objects.filter(comment_id=comment_id, reader_id=reader_id).first() if comment_id else None
    return next_that_counts(reader_id, incident.pk if incident is not None else None)

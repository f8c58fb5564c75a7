"""Somebody reports a comment: for a clause, or as illegal content by a notice (DIS-05; DSA art. 16)."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from broadsheet.discussion.conf import LONGEST_NOTICE, LONGEST_REPORT, REPORTS, Reported, State
from broadsheet.discussion.errors import not_reported
from broadsheet.discussion.facts import CommentReported
from broadsheet.discussion.models import Comment, Report
from broadsheet.discussion.queries.may_comment import refuse_to_take_part
from broadsheet.discussion.queries.reports import can_be_reported, filed_of, lately_about, record_of
from broadsheet.discussion.rules import reports as rules
from broadsheet.kernel import rates
from broadsheet.kernel.email import canonical
from broadsheet.kernel.errors import Refusal, Refused
from broadsheet.kernel.facts import announce
from broadsheet.kernel.turns import take_turn
from broadsheet.newsroom.queries.editions import edition_by_id
from broadsheet.newsroom.queries.rulebooks import rulebook_of
from broadsheet.readers.queries.faces import account_of

_SIGNS = "23456789BCDFGHJKLMNPQRSTVWXZ"  # none that is taken for another, and no vowel, so that no word is made


@dataclass(frozen=True, slots=True)
class Notice:
    """What makes a report a notice of illegal content (DSA art. 16(2)), beside its words and the comment's address.

    Name and e-mail address may be missing only where it is about an offence of articles 3 to 7 of Directive 2011/93/EU,
    the sexual abuse of children (`minors`). `good_faith`: the notifier believes all of it to be accurate and complete.
    """

    name: str = ""
    email: str = ""
    good_faith: bool = False
    minors: bool = False


@dataclass(frozen=True, slots=True)
class Filed:
    """What was filed; `number` is for the person who did."""

    report_id: int
    number: str


def report_comment(
    *,
    comment_id: int,
    reporter_id: int | None,
    clause: str,
    facts: str = "",
    notice: Notice | None = None,
    edition_id: int,
    now: datetime,
) -> Filed:
    """Let moderators look at the comment for the clause, which changes nothing about the comment; announce it.

    `facts` are the reporter's words; of a notice, why the content is illegal. `edition_id` is where it was filed, whose
    language an answer is in. A reader has one open report, and one open notice, of a comment: filing again returns that
    one, and what was taken back stands again as it stood, weighing as it did. `Refused` where not everybody sees the
    comment (whether it is held, gone or never was), for the own one, for a clause that the edition hasn't, for who is
    blocked or may not take part; a notice is open to them, too (MOD-04). Also where a person answered the reader about
    the same text before, and where too many came from the account.
    """
    facts = facts.strip()
    with transaction.atomic():
        take_turn(f"reports {comment_id}")
        comment = _reportable(comment_id)
        refusal = (
            refuse_words(facts, notice)
            or _refuse_clause(clause, comment.thread.edition_id, notice)
            or _refuse_reporter(reporter_id, comment, notice, now)
        )
        if refusal:
            raise Refused(refusal)
        before = _before(comment, reporter_id, notice)
        if before is not None and before.state == Reported.OPEN:
            return Filed(before.pk, before.number)
        _count(reporter_id, now)
        report = before or Report(
            comment=comment, reporter_id=reporter_id, at=now, number=_number(), weight=_weight(reporter_id, notice, now)
        )
        report.clause, report.facts = clause, facts
        report.edition_id, report.language = edition_id, edition_by_id(edition_id).language
        _open(report, comment, notice)
        _note_mass(comment, now)
        announce(
            CommentReported(
                report_id=report.pk, comment_id=comment_id, thread_id=comment.thread_id, edition_id=edition_id,
                clause=clause, illegal=report.illegal,
            )
        )  # fmt: skip
    return Filed(report.pk, report.number)


def refuse_words(facts: str, notice: Notice | None) -> Refusal | None:
    """Say what is missing in, or too long of, what was said."""
    if len(facts) > (LONGEST_REPORT if notice is None else LONGEST_NOTICE):
        return not_reported("too-long", _("That is too long."), _("Say the most important in fewer words."))
    if notice is None:
        return None
    if not facts:
        why = _("It isn't said why the content is illegal.")
        return not_reported("no-explanation", why, _("Explain it, and name the law if you can."))
    if not notice.minors and not (notice.name.strip() and notice.email.strip()):
        why = _("A notice of illegal content needs your name and your e-mail address.")
        return not_reported("no-name", why, _("Only a notice about the sexual abuse of children may leave them out."))
    if not notice.good_faith:
        why = _("It isn't confirmed that the information is accurate and complete.")
        return not_reported("no-good-faith", why, _("Confirm it, then send the notice again."))
    return None


def _reportable(comment_id: int) -> Comment:
    comment = Comment.objects.select_related("thread").filter(pk=comment_id, state=State.VISIBLE).first()
    if comment is None or not can_be_reported(comment_id):
        raise Refused(
            not_reported("no-such-comment", _("There is no such comment any more."), _("Load the discussion again."))
        )
    return comment


def _refuse_clause(clause: str, edition_id: int, notice: Notice | None) -> Refusal | None:
    found = rulebook_of(edition_id).rulebook.clauses.get(clause)
    if (found is not None and found.on) or (notice is not None and not clause):
        return None
    why = _("The community standards have no such clause.")
    return not_reported("no-such-clause", why, _("Choose one of the clauses."))


def _refuse_reporter(reporter_id: int | None, comment: Comment, notice: Notice | None, now: datetime) -> Refusal | None:
    if reporter_id is None:
        return None
    if comment.author_id == reporter_id:
        return not_reported("own-comment", _("This is your own comment."), _("You can edit or delete it."))
    if notice is None:
        refusal = refuse_to_take_part(reporter_id, comment.thread_id, comment.thread.edition_id, now)
        if refusal is not None:
            return not_reported(refusal.code, refusal.why, refusal.remedy)
    mine = Report.objects.filter(reporter_id=reporter_id, comment=comment, illegal=notice is not None)
    if mine.filter(version=comment.version, state__in=[Reported.UPHELD, Reported.REJECTED]).exists():
        why = _("You have reported this comment before, and a person has looked at it.")
        return not_reported("answered", why, _("You were told what came of it."))
    return None


def _count(reporter_id: int | None, now: datetime) -> None:
    if reporter_id is not None and rates.take(REPORTS, str(reporter_id), now):
        why = _("You have reported very many comments lately.")
        raise Refused(not_reported("too-often", why, _("Try again in an hour.")))


def _before(comment: Comment, reporter_id: int | None, notice: Notice | None) -> Report | None:
    """Return the reader's report that waits, or was taken back: filing it again adds nothing to what it was."""
    if reporter_id is None:
        return None
    mine = Report.objects.filter(reporter_id=reporter_id, comment=comment, illegal=notice is not None)
    return mine.filter(state=Reported.OPEN).first() or mine.filter(state=Reported.RETRACTED).order_by("-pk").first()


def _open(report: Report, comment: Comment, notice: Notice | None) -> None:
    report.version, report.state, report.answered_at = comment.version, Reported.OPEN, None
    if notice is not None:
        report.illegal, report.good_faith = True, True
        report.notice_name, report.notice_email = notice.name.strip(), canonical(notice.email)
    report.save()


def _weight(reporter_id: int | None, notice: Notice | None, now: datetime) -> float:
    account = account_of(reporter_id) if reporter_id is not None else None
    record = record_of(reporter_id) if reporter_id is not None else None
    known = rules.weight(record, account.registered_at if account else None, now)
    return known if notice is None else max(rules.NOTICE, known)


def _note_mass(comment: Comment, now: datetime) -> None:
    """Mark what came as a mass: reports of the comment, and of others by its author."""
    rows = list(lately_about(comment.pk, comment.author_id, now))
    numbers = [rows[place].pk for place in rules.of_mass(filed_of(rows), now)]
    Report.objects.filter(pk__in=numbers, mass=False).update(mass=True)


def _number() -> str:
    return "R-" + "".join(secrets.choice(_SIGNS) for _place in range(10))

"""What is said to whoever wrote a letter to the moderators or reported a comment (MOD-05; DSA art. 16(5), 20(5))."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings

from broadsheet.discussion.queries.addresses import comment_url
from broadsheet.discussion.queries.reports import ReportView, report
from broadsheet.kernel.errors import Refused
from broadsheet.moderation.queries.letters import SUBJECTS, LetterView, letter
from broadsheet.moderation.queries.sanctions import sanction
from broadsheet.newsroom.queries.editions import EditionView, edition_by_id
from broadsheet.notifications.actions.owed_mail import Said, owes_mail, tell
from broadsheet.notifications.actions.queue_mail import queue_mail
from broadsheet.notifications.queries.account_pages import edition_named, file_path, letter_url

RECEIVED, ANSWERED, REPORT = "letter-received", "letter-answered", "report-answered"


def tell_letter(*, letter_id: int, answered: bool) -> None:
    """Let the writer know that the letter arrived and by when it is answered, or what the answer is and why."""
    found = letter(letter_id)
    if found is None or found.reader_id is None:
        return
    edition = edition_named(found.edition)
    rung = {"letter": letter_id, "granted": found.granted} if answered else {"letter": letter_id, "due": _text(found)}
    tell(
        reader_id=found.reader_id, purpose=ANSWERED if answered else RECEIVED, key=str(letter_id), edition=found.edition,
        path=f"{file_path(edition)}#letters" if edition is not None else "", mailed={"letter": letter_id}, rung=rung,
    )  # fmt: skip


def _text(found: LetterView) -> str:
    return found.due_at.isoformat() if found.due_at is not None else ""


@owes_mail(RECEIVED)
def write_received(edition: EditionView, values: Mapping[str, Any]) -> Said | None:
    """Say by when it is answered; nothing where it was answered meanwhile."""
    found = letter(values["letter"])
    return _said(found, edition) if found is not None and found.answered_at is None else None


@owes_mail(ANSWERED)
def write_answered(edition: EditionView, values: Mapping[str, Any]) -> Said | None:
    """Say what the answer is, and why."""
    found = letter(values["letter"])
    return _said(found, edition) if found is not None and found.answered_at is not None else None


def _said(found: LetterView, edition: EditionView) -> Said:
    return Said(
        {
            "asks": SUBJECTS.get(found.kind, found.subject),
            "at": found.at,
            "due": found.due_at,
            "granted": bool(found.granted),
            "final": found.final,
            "still_counts": bool(found.granted) and _counts(found.sanction_id),
            "reason": found.reason,
            "bodies": edition.dispute_bodies,
            "page": f"{settings.PUBLIC_URL}{file_path(edition)}#letters",
            "headers": found.headers,
            "reply_to": edition.moderators_address,
        },
        found.language,
    )


def _counts(sanction_id: int | None) -> bool:
    """Return whether the measure that was lifted counts all the same, so that another would be the second."""
    lifted = sanction(sanction_id) if sanction_id is not None else None
    return lifted is not None and lifted.ordinal > 0


def tell_report(*, report_id: int) -> None:
    """Let whoever filed the report know what came of it: in the account, or at the address that a notice gave."""
    found = report(report_id)
    if found is None or found.answered_at is None:
        return
    edition = edition_by_id(found.edition_id)
    if found.reporter_id is not None:
        rung = {"report": report_id, "number": found.number, "upheld": found.state == "upheld"}
        tell(
            reader_id=found.reporter_id, purpose=REPORT, key=str(report_id), edition=edition.code,
            path=f"{file_path(edition)}#reports", mailed={"report": report_id}, rung=rung,
        )  # fmt: skip
    elif found.notice_email:
        _tell_notifier(found, edition)


def _tell_notifier(found: ReportView, edition: EditionView) -> None:
    values = {**_of_report(found, edition), "name": found.notice_name}
    try:
        queue_mail(key=f"{REPORT}:{found.id}", purpose=REPORT, address=found.notice_email,
                   language=found.language or edition.language, edition=edition.code, values=values)  # fmt: skip
    except Refused:
        return  # no mail server could be told the address


@owes_mail(REPORT)
def write_report_answered(edition: EditionView, values: Mapping[str, Any]) -> Said | None:
    """Say what was decided of the comment, and how that can be contested."""
    found = report(values["report"])
    if found is None or found.state not in {"upheld", "rejected"}:
        return None
    page = f"{settings.PUBLIC_URL}{file_path(edition)}#reports"
    return Said({**_of_report(found, edition), "page": page}, found.language)


def _of_report(found: ReportView, edition: EditionView) -> dict[str, Any]:
    """Return what the mail says of the report, as JSON values."""
    return {
        "number": found.number,
        "illegal": found.illegal,
        "upheld": found.state == "upheld",
        "address": comment_url(found.comment_id),
        "bodies": edition.dispute_bodies,
        "contest": letter_url(edition),
        "moderators": edition.moderators_address or edition.contact_address,
        "reply_to": edition.moderators_address or edition.contact_address,
    }

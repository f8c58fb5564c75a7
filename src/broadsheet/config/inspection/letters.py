"""Letters to the moderators: whether those by mail come in, and whether all are answered."""

from collections.abc import Iterator

from django.conf import settings

from broadsheet.config.inspection.finding import Finding, problem, warning
from broadsheet.kernel import clock
from broadsheet.moderation.queries.letters import waiting
from broadsheet.moderation.queries.mailbox import mailbox_fault


def look() -> Iterator[Finding]:
    """Look at the mailbox, and at how long letters wait."""
    if settings.LETTERS_IMAP and (fault := mailbox_fault(settings.LETTERS_IMAP)):
        yield problem(
            "no-letters-by-mail",
            "Letters that come by mail are not read.",
            f"BROADSHEET_LETTERS_IMAP: {fault}.",
            "Mend it as docs/guides/letters.md says; meanwhile readers can write by the form.",
        )
    found = waiting(clock.now())
    if found.overdue and found.oldest is not None:
        yield warning(
            "letters-wait",
            f"{found.overdue} letters to the moderators wait longer than their writers were told.",
            f"The oldest came on {found.oldest:%Y-%m-%d}; 14 days are the target.",
            "Answer them in the desk. Whoever decided first can't: another moderator is needed.",
        )

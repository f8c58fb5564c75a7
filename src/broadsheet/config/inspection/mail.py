"""The queue of mail: whether it goes anywhere, and what could not be sent."""

from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings

from broadsheet.config.inspection.finding import Finding, problem, warning
from broadsheet.kernel import clock
from broadsheet.notifications.queries.queue import has_mail_server, has_sender, keeps_mail, queue_state
from broadsheet.notifications.queries.returned_mail import reports_fault

FAILING_AFTER = timedelta(minutes=10)


def look() -> Iterator[Finding]:
    """Look whether mail is sent."""
    found = queue_state()
    if not has_mail_server() and not keeps_mail():
        yield warning(
            "no-mail",
            "No mail leaves this machine; nobody can register or get back into an account.",
            f"BROADSHEET_MAIL is not set; {found.waiting} mails wait for it.",
            "Set BROADSHEET_MAIL to your mail server (docs/guides/mail.md).",
        )
    elif found.oldest is not None and clock.now() - found.oldest > FAILING_AFTER:
        yield problem(
            "mail-waits",
            "Mail is not sent.",
            f"{found.waiting} mails wait, the longest since {found.oldest:%Y-%m-%d %H:%M} UTC"
            + (f"; last failure: {found.last_failure}." if found.last_failure else "."),
            "See that `broadsheet serve` (or, with BROADSHEET_WORK=off, `broadsheet work`) runs, and that BROADSHEET_MAIL and BROADSHEET_MAIL_FROM are right.",
        )
    if not has_sender():
        yield problem(
            "bad-sender",
            "No mail can be sent.",
            f"“{settings.DEFAULT_FROM_EMAIL}” is no address that mail can come from.",
            "Set BROADSHEET_MAIL_FROM to one such as newsroom@example.org; before the @ stand Latin letters and digits.",
        )
    if wrong := reports_fault():
        yield problem(
            "returned-mail-unread",
            "Nobody hears of mail that comes back, so mail goes on to mailboxes that aren't there.",
            f"BROADSHEET_MAIL_BOUNCES is set, but {wrong}.",
            "Mend it as docs/guides/mail.md says, “Mail that comes back”.",
        )
    if found.dead:
        yield warning(
            "dead-mail",
            f"{found.dead} mails could not be sent.",
            f"The mail server refused them, or failed for three days; last: {found.last_failure or 'unknown'}.",
            "See them in the desk, Reports → Mail, where they are sent again by one click.",
        )
    if found.unanswered:
        yield warning(
            "unanswered-mail",
            f"{found.unanswered} mails were handed over, but no answer was seen.",
            "The program was killed at that moment; they have come, in all likelihood.",
            "Where one was missed, send it again in the desk, Reports → Mail.",
        )

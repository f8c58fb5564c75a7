"""Fetches what mail programs report about our mail."""

import imaplib
import logging
from collections import Counter
from datetime import datetime

from django.conf import settings

from broadsheet.kernel.imap import box_of, opened
from broadsheet.kernel.turns import alone
from broadsheet.notifications.actions.note_return import note_return
from broadsheet.notifications.conf import LARGEST_REPORT, MAIL_RETURNED, REPORTS_AT_ONCE, REPORTS_SINCE
from broadsheet.notifications.engines.mail_reports import read_report

log = logging.getLogger("broadsheet.mail")


def fetch_reports(*, now: datetime) -> Counter[str]:
    """Take the reports that wait, each in one transaction and then marked as taken; return how many said what.

    One that counts is marked as read; what is no report about a mail of ours is left for people. A mail counts once
    even where the process is killed between the two. A server that can't be reached is tried again next time.
    """
    done: Counter[str] = Counter()
    box = box_of(settings.REPORTS_IMAP)
    if box is None or not settings.MAIL_BOUNCES:
        return done
    with alone("reports-mailbox") as granted:
        if not granted:
            return done
        try:
            with opened(box, MAIL_RETURNED) as mailbox:
                for number in mailbox.reports(REPORTS_AT_ONCE, (now - REPORTS_SINCE).date()):
                    data = mailbox.fetch(number, LARGEST_REPORT)
                    outcome = _take(data, now) if data is not None else ""
                    if outcome:
                        mailbox.mark_report(number, seen=outcome != "strange")
                        done[outcome] += 1
        except (OSError, imaplib.IMAP4.error) as error:
            log.warning("the mailbox of returned mail can't be read: %s", type(error).__name__)
    return done


def _take(data: bytes, now: datetime) -> str:
    """Return what the report was: of a kind, `known` before, or `strange`; empty where it is left for the next time."""
    try:
        report = read_report(data)
        if report is None:
            return "strange"
        new = note_return(message_number=report.number, kind=report.kind, status=report.status, now=now)
    except Exception as error:  # noqa: BLE001 - one report keeps no other from being taken
        log.warning("a report about a mail was not taken: %s", type(error).__name__)
        return ""
    return str(report.kind) if new else "known"

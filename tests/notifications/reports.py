"""Reports as mail programs write them, about a mail that a server of the tests has taken."""

from email.message import EmailMessage
from email.utils import make_msgid

DSN = """Reporting-MTA: dns; mx.reader.example
Arrival-Date: Mon, 30 Nov 2026 03:00:00 +0000

Final-Recipient: rfc822; {to}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 {status} no such user
"""
FEEDBACK = """Feedback-Type: {kind}
User-Agent: ReaderExampleFeedback/1.0
Version: 1
Original-Mail-From: <{sender}>
Arrival-Date: Mon, 30 Nov 2026 03:00:00 +0000
Source-IP: 192.0.2.1
"""


def bounce(
    envelope: tuple[str, str], original: EmailMessage, *, action: str = "failed", status: str = "5.1.1"
) -> bytes:
    """Return what comes back to the sender of the envelope (RFC 3464)."""
    sender, to = envelope
    told = DSN.format(to=to, action=action, status=status)
    return _report("delivery-status", to=sender, told=told, part="message/delivery-status", original=original)


def complaint(envelope: tuple[str, str], original: EmailMessage, *, to: str, kind: str = "abuse") -> bytes:
    """Return what a mailbox's provider says of it (RFC 5965), without the recipient, as most do."""
    told = FEEDBACK.format(kind=kind, sender=envelope[0])
    return _report("feedback-report", to=to, told=told, part="message/feedback-report", original=original)


def _report(kind: str, *, to: str, told: str, part: str, original: EmailMessage) -> bytes:
    headers = "".join(f"{name}: {value}\n" for name, value in original.items() if name != "To")
    boundary = "=-returned-=-"
    lines = (
        f"From: MAILER-DAEMON@reader.example\nTo: {to}\nMessage-ID: {make_msgid()}\nSubject: Report\nMIME-Version: 1.0\n"
        f'Content-Type: multipart/report; report-type="{kind}"; boundary="{boundary}"\n\n'
        f"--{boundary}\nContent-Type: text/plain\n\nSomething happened.\n\n"
        f"--{boundary}\nContent-Type: {part}\n\n{told}\n"
        f"--{boundary}\nContent-Type: text/rfc822-headers\n\n{headers}\n"
        f"--{boundary}--\n"
    )
    return lines.encode("utf-8", "replace").replace(b"\n", b"\r\n")

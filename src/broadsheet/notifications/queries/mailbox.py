"""The development mailbox: mails kept as files, read back."""

import re
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage, MIMEPart
from email.utils import parsedate_to_datetime

from broadsheet.notifications.engines import mailbox

_LINK = re.compile(r"https?://[^\s<>\"']+[^\s<>\"'.,;:!?)\]]")


@dataclass(frozen=True, slots=True)
class KeptMail:
    """A mail as its reader would see it; `links` are those of its text, in order."""

    name: str
    subject: str
    sender: str
    to: str
    at: datetime
    text: str
    html: str
    links: tuple[str, ...]


def kept_mails(limit: int = 100) -> list[KeptMail]:
    """Return the kept mails, newest first."""
    found = (kept_mail(path.stem) for path in mailbox.files()[:limit])
    return [mail for mail in found if mail is not None]


def kept_names() -> list[str]:
    """Return the names of the kept mails, oldest first."""
    return [path.stem for path in reversed(mailbox.files())]


def kept_mail(name: str) -> KeptMail | None:
    """Return one kept mail, None where there is none of this name."""
    mail = mailbox.read(name)
    if mail is None:
        return None
    text = _content(mail, "plain")
    links = tuple(dict.fromkeys(_LINK.findall(text)))
    at = parsedate_to_datetime(str(mail["Date"]))
    return KeptMail(
        name, str(mail["Subject"]), str(mail["From"]), str(mail["To"]), at, text, _content(mail, "html"), links
    )


def _content(mail: EmailMessage, kind: str) -> str:
    part: MIMEPart | None = mail.get_body((kind,))
    return str(part.get_content()) if part is not None else ""

"""Mails as bytes: text and HTML from the templates of their purpose, in the recipient's language."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email import charset, utils
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template import Context
from django.template.loader import get_template
from django.utils import timezone, translation
from django.utils.translation import get_language_info

from broadsheet.newsroom.queries.editions import EditionView
from broadsheet.notifications.engines.mail_reports import TOKEN_HEADER
from broadsheet.notifications.engines.return_path import returns_to, sender_for, token_of
from broadsheet.notifications.rules.addresses import Recipient, recipient, sender_of

_BREAKS = {"Cc", "Cs", "Zl", "Zp"}  # control signs, halves of signs, ends of lines and paragraphs


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail to be written from the templates `mail/<purpose>.subject.txt`, `.txt` and `.html`.

    It comes from `sender_name` among the values, else from the paper; answers go to `reply_to` among them, else to the
    newsroom; `headers` among them are `In-Reply-To` and
    `References` of the mail that it answers. Templates may show `values` and: `edition`,
    `paper`, `site`, `site_url` (the edition's front page), `language`, `direction`, `subject` and, where there is one,
    `unsubscribe_url`.
    """

    purpose: str
    to: Recipient
    language: str
    edition: EditionView
    values: Mapping[str, Any] = field(default_factory=dict)
    unsubscribe_url: str = ""


def sender(number: int = 0) -> str:
    """Return the address that the mail server is told of the mail of this number, in ASCII: where it comes back to.

    Without a number, or where mail that comes back isn't read, the address that mail comes from, without a name.
    """
    own = sender_of(settings.DEFAULT_FROM_EMAIL)[1]
    return sender_for(number, own) if number else own


def write(letter: Letter, *, message_id: str, at: datetime, number: int = 0) -> bytes:
    """Return the whole mail, its lines ended as mail servers want them, all ASCII.

    Its headers say that no person wrote it (RFC 3834) and, where the letter has an `unsubscribe_url`, how to get no
    more by one click (RFC 8058). A header that would hold a line break raises `BadHeaderError`; the subject, which may
    show what people wrote, is made one line instead. `number` is the mail's in the queue: where mail that comes back is
    read, a header names it, since who complains returns the mail and not its envelope.
    """
    subject, text, html = rendered(letter)
    mail = EmailMultiAlternatives(
        subject,
        text,
        _from(letter),
        [str(letter.to)],
        headers=_headers(letter, message_id, at) | _token(number),
    )
    answers = recipient(str(letter.values.get("reply_to") or letter.edition.contact_address))
    if isinstance(answers, Recipient):
        mail.reply_to = [str(answers)]
    mail.attach_alternative(html, "text/html")
    mail.encoding = _encoding(text)
    message: Any = mail.message()
    written: bytes = message.as_bytes(linesep="\r\n")
    return written if written.endswith(b"\r\n") else written + b"\r\n"


def rendered(letter: Letter) -> tuple[str, str, str]:
    """Return subject, text and HTML, in the letter's language."""
    with translation.override(letter.language), timezone.override(letter.edition.zone):
        return _rendered(letter)


def _rendered(letter: Letter) -> tuple[str, str, str]:
    edition = letter.edition
    context = {
        **letter.values,
        "edition": edition,
        "paper": edition.brand,
        "site": edition.account_domain,
        "site_url": f"{settings.PUBLIC_URL}{edition.path}",
        "language": letter.language,
        "direction": "rtl" if get_language_info(letter.language)["bidi"] else "ltr",
        "unsubscribe_url": letter.unsubscribe_url,
    }
    name = f"mail/{letter.purpose}"
    context["subject"] = subject = _in_one_line(_plain(f"{name}.subject.txt", context))
    text = _plain(f"{name}.txt", context).strip() + "\n"
    return subject, text, get_template(f"{name}.html").render(context)


def _plain(name: str, context: dict[str, Any]) -> str:
    """Return a text, in which nothing is escaped: what it shows is shown by no browser."""
    return str(get_template(name).template.render(Context(context, autoescape=False)))  # type: ignore[attr-defined]


def _in_one_line(text: str) -> str:
    return " ".join("".join(" " if unicodedata.category(sign) in _BREAKS else sign for sign in text).split())


def _from(letter: Letter) -> str:
    name, address = sender_of(settings.DEFAULT_FROM_EMAIL)
    shown = letter.values.get("sender_name") or name or letter.edition.brand
    return utils.formataddr((_in_one_line(shown), address), "utf-8")


def _headers(letter: Letter, message_id: str, at: datetime) -> dict[str, str]:
    headers = {
        "Message-ID": message_id,
        "Date": utils.format_datetime(at),
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",  # the same for servers that don't know RFC 3834
    }
    answered = letter.values.get("headers") or {}
    headers |= {name: answered[name] for name in ("In-Reply-To", "References") if answered.get(name)}
    if letter.unsubscribe_url:
        headers |= {
            "List-Unsubscribe": f"<{letter.unsubscribe_url}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }
    return headers


def _token(number: int) -> dict[str, str]:
    return {TOKEN_HEADER: token_of(number)} if number and returns_to() is not None else {}


def _encoding(text: str) -> charset.Charset:
    """Return UTF-8 written in ASCII: readable as it is where most letters are ASCII, short where most aren't."""
    found = charset.Charset("utf-8")
    plain = sum(sign.isascii() for sign in text) * 4 > len(text) * 3
    found.body_encoding = charset.QP if plain else charset.BASE64
    return found

"""What somebody wrote in a mail: their own words, out of whatever a mail program made of them (RFC 5322, 2045, 3834).

Nothing here raises, whatever the bytes are: what can't be read is left out.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.errors import MessageError
from email.header import decode_header
from email.message import Message
from email.utils import getaddresses
from html.parser import HTMLParser

from broadsheet.kernel.email import canonical
from broadsheet.moderation.conf import LARGEST_MAIL, LONGEST_LETTER

MOST_PARTS = 200  # parts of a mail that are looked at
_ID = re.compile(r"<[!-;=?-~]{1,240}>")
_QUOTE = re.compile(r"^\s*(?:>|\|\s)")
# What mail programs write above what they quote, in the languages of their users rather than of the paper.
_ATTRIBUTION = re.compile(
    r"^\s*(?:[>*_]*\s*)?(?:"
    r"(?:on|le|am|el|il|em|op|den)\b.{4,200}\b(?:wrote|a écrit|ecrit|schrieb|escribió|ha scritto|escreveu|schreef|skrev)\s*:"
    r"|.{0,200}(?:كتب|كتبت)\b.{0,120}:"
    r"|.{0,160}<[^<>\s]+@[^<>\s]+>\s*(?:wrote|a écrit|schrieb)\s*:"
    r")\s*$",
    re.IGNORECASE,
)
_FORWARDED = re.compile(
    r"^\s*(?:-{2,}|_{5,}|begin\b|début\b)?\s*(?:forwarded message|message transf[ée]r[ée]|original message|message d'origine|"
    r"weitergeleitete nachricht|ursprüngliche nachricht|رسالة معاد توجيهها|الرسالة الأصلية).{0,60}$",
    re.IGNORECASE,
)
_OUTLOOK = re.compile(r"^\s*\*?(?:from|de|von|من)\s?:\*?\s.+", re.IGNORECASE)
_OUTLOOK_NEXT = re.compile(
    r"^\s*\*?(?:sent|date|envoyé|gesendet|to|à|an|cc|subject|objet|betreff|إلى|تاريخ|الموضوع)[^:\n]{0,20}:",
    re.IGNORECASE,
)
_PHONE = re.compile(
    r"^\s*(?:sent from my|envoyé de mon|envoyé depuis|gesendet von|أُرسلت من|مرسل من)\b.{0,60}$", re.IGNORECASE
)
_BEGINS = re.compile(r"^\s*(?:on|le|am|el|il|في)\b", re.IGNORECASE)
_BLANK = re.compile(r"\n{3,}")


@dataclass(frozen=True, slots=True)
class Received:
    """A mail. `own` is what its writer wrote, `whole` with what they quoted and forwarded.

    `source` tells it from all others; `message_id` and `references` are as an answer names them, empty where they aren't
    well-formed. `automatic` says that no person wrote it to us: an answering program, a list, a server that gave up.
    `doubtful`: the mailbox's own server found that it doesn't come from where it says. `attachments` weren't taken.
    """

    source: str
    message_id: str
    references: tuple[str, ...]
    address: str
    name: str
    to: tuple[str, ...]
    subject: str
    own: str
    whole: str
    attachments: int
    automatic: bool
    doubtful: bool


def read_mail(data: bytes) -> Received:
    """Return the mail; of one that is larger than is taken, what its beginning says."""
    data = data[:LARGEST_MAIL]
    message = _parsed(data)
    name, address = next(iter(_addresses(message, "From")), ("", ""))
    message_id = next(iter(_ID.findall(_raw(message, "Message-ID"))), "")
    whole, attachments = _text(message)
    told = f"{message_id}\n{address}".encode("utf-8", "replace") if message_id else data
    recipients = [
        address
        for header in ("To", "Cc", "Delivered-To", "X-Original-To")
        for _n, address in _addresses(message, header)
    ]
    return Received(
        source=hashlib.sha256(told).hexdigest(),
        message_id=message_id,
        references=tuple(_ID.findall(_raw(message, "References") + " " + _raw(message, "In-Reply-To")))[-20:],
        address=address,
        name=_one_line(name)[:80],
        to=tuple(dict.fromkeys(recipients[:50])),
        subject=_one_line(_header(message, "Subject"))[:300],
        own=_own(whole)[:LONGEST_LETTER],
        whole=f"{_one_line(_header(message, 'Subject'))}\n{whole}"[: LONGEST_LETTER * 3],
        attachments=attachments,
        automatic=_is_automatic(message, address),
        doubtful=_is_doubtful(message),
    )


def _parsed(data: bytes) -> Message:
    try:
        return message_from_bytes(data, policy=policy.compat32)
    except (MessageError, ValueError, LookupError, IndexError, TypeError, AttributeError, RecursionError):
        return Message()


def _all_raw(message: Message, name: str) -> list[str]:
    """Return the headers of the name as they were written; bytes beyond ASCII are read as UTF-8 (RFC 6532)."""
    written = [str(value) for key, value in message.raw_items() if key.lower() == name.lower()]
    return [value.encode("utf-8", "surrogateescape").decode("utf-8", "replace")[:20_000] for value in written[:20]]


def _raw(message: Message, name: str) -> str:
    return next(iter(_all_raw(message, name)), "")


def _header(message: Message, name: str) -> str:
    """Return the header's words, however they were encoded."""
    found = []
    try:
        for part, charset in decode_header(_raw(message, name)):
            found.append(_decoded(part, charset) if isinstance(part, bytes) else part)
    except (MessageError, ValueError, LookupError, TypeError):
        return _clean(_raw(message, name))
    return _clean("".join(found))


def _addresses(message: Message, name: str) -> list[tuple[str, str]]:
    """Return names and addresses of a header, the addresses in their one form."""
    try:
        pairs = getaddresses(_all_raw(message, name))
    except (MessageError, ValueError, LookupError, TypeError, AttributeError):
        return []
    found = []
    for shown, address in pairs:
        plain = canonical(_clean(address)) if "@" in address and len(address) <= 320 else ""
        if plain and not re.search(r"[\s<>,;\x00-\x1f]", plain):
            named = Message()
            named["Subject"] = _one_line(shown) or ""
            found.append((_header(named, "Subject"), plain))
    return found


def _decoded(data: bytes, charset: str | None) -> str:
    for name in (charset or "utf-8", "utf-8", "windows-1252"):
        try:
            return data.decode(name)
        except (LookupError, ValueError, TypeError):
            continue
    return data.decode("utf-8", "replace")


def _clean(text: str) -> str:
    """Return the text without signs that no text has: halves of signs, control signs, overrides of direction."""
    text = text.encode("utf-8", "replace").decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    return re.sub("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]", "", text)


def _one_line(text: str) -> str:
    return " ".join(_clean(text).split())


def _text(message: Message) -> tuple[str, int]:
    """Return the mail's text, plain where there is some, and how many things are attached.

    What another mail says that is enclosed whole is quoted below.
    """
    plain: list[str] = []
    html: list[str] = []
    attachments = 0
    for part, enclosed in _leaves(message):
        kind = part.get_content_type()
        if kind in {"text/plain", "text/html"} and _is_inline(part):
            said = _payload(part) if kind == "text/plain" else _from_html(_payload(part))
            said = re.sub("^", "> ", said, flags=re.MULTILINE) if enclosed else said
            (html if kind == "text/html" else plain).append(said)
        elif kind not in {"message/delivery-status", "message/disposition-notification", "text/rfc822-headers"}:
            attachments += 1
    text = "\n".join(one for one in plain if one.strip()) or "\n".join(html)
    return _BLANK.sub("\n\n", text).strip(), min(attachments, 1000)


def _is_inline(part: Message) -> bool:
    return (part.get_content_disposition() or "inline") == "inline" and not _filename(part)


def _leaves(message: Message) -> Iterator[tuple[Message, bool]]:
    """Yield the parts that hold something, as deep as they are nested, and whether in a mail that is enclosed."""
    waiting, seen = [(message, False)], 0
    while waiting and seen < MOST_PARTS:
        part, enclosed = waiting.pop()
        seen += 1
        content = part.get_payload()
        if isinstance(content, list):
            enclosed = enclosed or part.get_content_type() == "message/rfc822"
            waiting.extend((one, enclosed) for one in reversed(content) if isinstance(one, Message))
        else:
            yield part, enclosed


def _filename(part: Message) -> str:
    try:
        return part.get_filename() or ""
    except (MessageError, ValueError, LookupError, TypeError):
        return "?"


def _payload(part: Message) -> str:
    try:
        data = part.get_payload(decode=True)
        charset = part.get_content_charset()
    except (MessageError, ValueError, LookupError, TypeError, AttributeError, AssertionError):
        return ""
    if not isinstance(data, bytes):
        return ""
    text = _clean(_decoded(data, charset))
    return _unflowed(text) if "flowed" in _raw(part, "Content-Type").lower() else text


def _unflowed(text: str) -> str:
    """Join lines that a mail program broke, marked by a space at their end (RFC 3676)."""
    return re.sub(r"(?<!^--)(?<=\S) \n(?![>\s])", " ", text, flags=re.MULTILINE)


def _own(text: str) -> str:
    """Return what the writer wrote: without quotations, signature, and what was forwarded below it.

    Where nothing is left but a forwarded text, that is what they send us.
    """
    lines = text.split("\n")
    kept: list[str] = []
    forwarded = False
    skip = 0
    for number, line in enumerate(lines):
        if skip:
            skip -= 1
            continue
        if line.rstrip() == "--":
            break
        below = lines[number + 1 : number + 6]
        if _FORWARDED.match(line) or (_OUTLOOK.match(line) and any(_OUTLOOK_NEXT.match(one) for one in below)):
            forwarded = True
            break
        if length := _attribution(line, below):
            if not any(_QUOTE.match(one) for one in below):
                break
            skip = length - 1
        elif not _QUOTE.match(line) and not _PHONE.match(line):
            kept.append(line)
    own = _BLANK.sub("\n\n", "\n".join(kept)).strip()
    if own or not forwarded:
        return own
    return "\n".join(line for line in lines if not _QUOTE.match(line)).strip()


def _attribution(line: str, below: list[str]) -> int:
    """Return how many lines say who wrote what is quoted below: one or two, 0 where none does."""
    if len(line) > 300:
        return 0
    if _ATTRIBUTION.match(line):
        return 1
    joined = f"{line.rstrip()} {below[0].strip()}" if below and not _QUOTE.match(below[0]) else ""
    return 2 if _BEGINS.match(line) and len(joined) <= 300 and _ATTRIBUTION.match(joined) else 0


class _Reader(HTMLParser):
    """Reads the words of a mail in HTML: no markup, no script, and without what is marked as quoted."""

    BREAKS = frozenset(
        [
            "p",
            "div",
            "br",
            "tr",
            "li",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "table",
            "ul",
            "ol",
            "pre",
            "hr",
            "section",
            "article",
        ]
    )
    SILENT = frozenset({"script", "style", "head", "title", "template", "noscript", "svg"})
    VOID = frozenset(
        ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
    )
    QUOTING = re.compile(
        r"gmail_quote|gmail_attr|yahoo_quoted|moz-cite-prefix|protonmail_quote|gmail_signature|moz-signature"
    )

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.open: list[tuple[str, bool, bool]] = []  # of each open element: its name, whether silent, whether quoted

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element that is silent or quotes."""
        if tag in self.BREAKS:
            self.words.append("\n")
        if tag in self.VOID or len(self.open) > 2000:
            return
        silent, quoted = self.open[-1][1:] if self.open else (False, False)
        marked = any(name in {"class", "id"} and self.QUOTING.search(value or "") for name, value in attrs)
        if (tag == "blockquote" or marked) and not quoted:
            self.words.append("\n")
        self.open.append((tag, silent or tag in self.SILENT, quoted or marked or tag == "blockquote"))

    def handle_endtag(self, tag: str) -> None:
        """Close the element, and whatever was left open in it."""
        for depth in range(len(self.open) - 1, max(-1, len(self.open) - 60), -1):
            if self.open[depth][0] == tag:
                del self.open[depth:]
                break
        if tag in self.BREAKS or tag == "blockquote":
            self.words.append("\n")

    def handle_data(self, data: str) -> None:
        """Take the words; quoted lines get the sign of quoted lines."""
        silent, quoted = self.open[-1][1:] if self.open else (False, False)
        if silent:
            return
        words = re.sub(r"\s+", " ", data)
        if quoted and words.strip():
            self.words.append(f"\n> {words.strip()}\n")
        else:
            self.words.append(words)


def _from_html(html: str) -> str:
    reader = _Reader()
    try:
        reader.feed(html)
        reader.close()
    except (AssertionError, ValueError, IndexError, RecursionError):
        pass
    lines = (line.strip() for line in "".join(reader.words).replace("\xa0", " ").split("\n"))
    return _BLANK.sub("\n\n", "\n".join(lines)).strip()


def _is_automatic(message: Message, address: str) -> bool:
    submitted = _raw(message, "Auto-Submitted").split(";")[0].strip().lower()
    precedence = _raw(message, "Precedence").strip().lower()
    before = address.partition("@")[0]
    return (
        submitted not in {"", "no"}
        or precedence in {"bulk", "junk", "list", "auto_reply"}
        or any(
            _raw(message, name) for name in ("List-Id", "List-Unsubscribe", "X-Autoreply", "X-Autorespond", "X-Loop")
        )
        or _raw(message, "Return-Path").strip() == "<>"
        or message.get_content_type() in {"multipart/report", "message/delivery-status"}
        or before in {"", "mailer-daemon", "postmaster", "noreply", "no-reply", "donotreply", "do-not-reply"}
    )


def _is_doubtful(message: Message) -> bool:
    """Return whether the first finding about the sender, that of the server nearest to us, is that it is forged (RFC 8601)."""
    found = _raw(message, "Authentication-Results").lower()
    if re.search(r"\bdmarc\s*=\s*fail", found):
        return True
    return bool(re.search(r"\bspf\s*=\s*(?:soft)?fail", found)) and not re.search(r"\b(?:dkim|dmarc)\s*=\s*pass", found)

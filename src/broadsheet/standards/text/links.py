"""Addresses in a text: found, taken apart, never fetched."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING
from urllib.parse import unquote

if TYPE_CHECKING:
    from tldextract import TLDExtract

_LINK = re.compile(
    r"(?:(?:https?|hxxps?|ftp)://|(?<![\w.])www\.)[^\s<>\"'`|]{1,2000}"
    r"|(?<![\w@./\-])(?:[^\W_][\w\-]{0,62}(?:\.|\[\.\]|\(\.\)| \[?\(?dot\)?\]? )){1,5}[^\W\d_]{2,24}(?![\w@\-])(?::\d{2,5})?(?:[/?#][^\s<>\"'`|]{0,2000})?",
    re.IGNORECASE,
)
_TRACE = re.compile(r"[^\W_]\.[^\W\d_]|://|[^\W_](?:\[\.\]|\(\.\)| ?[\[(]dot| dot )", re.IGNORECASE)
_DOT = re.compile(r"\[\.\]|\(\.\)| \[?\(?dot\)?\]? ", re.IGNORECASE)
_HOST = re.compile(r"(?:[a-z]+://)?(?:[^/?#@]*@)?([^/?#:]+)", re.IGNORECASE)
_END = ".,;:!?)]}»”’…*_"
# Without a scheme, a path or www, only these ends make a word with a dot an address: many words are ends, too.
_SURE = frozenset(
    [
        "com",
        "net",
        "org",
        "info",
        "biz",
        "ru",
        "cn",
        "xyz",
        "top",
        "shop",
        "online",
        "site",
        "club",
        "store",
        "app",
        "io",
        "dev",
        "tk",
        "ml",
        "ga",
        "cf",
        "gq",
        "uk",
        "co.uk",
        "de",
        "fr",
        "eu",
        "ch",
        "at",
        "es",
        "nl",
        "pl",
        "com.au",
        "ca",
        "us",
        "tv",
        "cc",
        "me.uk",
        "link",
        "click",
        "live",
        "pro",
        "example",
        "test",
        "invalid",
        "vip",
        "win",
        "bet",
        "icu",
        "buzz",
        "work",
        "loan",
        "men",
        "gov",
        "edu",
        "ma",
        "dz",
        "tn",
        "eg",
        "sa",
        "ae",
        "qa",
        "ly",
    ]
)


@dataclass(frozen=True, slots=True)
class Link:
    """An address as written: where it stands, its host as written, and the registered domain in plain letters."""

    start: int
    end: int
    address: str
    host: str
    domain: str
    path: str
    broken: bool  # written so that machines overlook it: hxxp, [.]

    def belongs_to(self, domains: frozenset[str] | set[str]) -> bool:
        """Say whether the host or a domain above it is in the set."""
        parts = ascii_host(self.host).split(".")
        return any(".".join(parts[at:]) in domains for at in range(len(parts) - 1))


@cache
def _extract() -> "TLDExtract":
    """Return the reader of the bundled list of public suffixes; it asks no server and writes no file."""
    from tldextract import TLDExtract

    return TLDExtract(suffix_list_urls=(), cache_dir=None)


@lru_cache(maxsize=4096)
def _suffix_and_domain(host: str) -> tuple[str, str]:
    found = _extract()(host)
    return found.suffix, found.top_domain_under_public_suffix or host


def ascii_host(host: str) -> str:
    """Return the host in small ASCII letters: letters of other scripts as punycode."""
    folded = unicodedata.normalize("NFKC", host).lower().strip(".")
    if folded.isascii():
        return folded
    try:
        return folded.encode("idna").decode("ascii")
    except UnicodeError:
        return folded


def shown_host(host: str) -> str:
    """Return the host as a reader sees it: punycode unfolded."""
    labels = []
    for label in host.lower().split("."):
        try:
            labels.append(label[4:].encode("ascii").decode("punycode") if label.startswith("xn--") else label)
        except UnicodeError:
            labels.append(label)
    return ".".join(labels)


def find_links(text: str) -> tuple[Link, ...]:
    """Return the addresses in the text, in their order."""
    if not _TRACE.search(text):
        return ()
    found = []
    for match in _LINK.finditer(text):
        written = match[0].rstrip(_END)
        if match[0].startswith("http") and "(" in written and match[0][len(written) :].startswith(")"):
            written += ")"
        link = _link(written, match.start())
        if link:
            found.append(link)
    return tuple(found)


_RESERVED = (".example", ".test", ".invalid")  # no registry has them; people write them as examples


def _link(written: str, start: int) -> Link | None:
    plain = _DOT.sub(".", written)
    host_match = _HOST.match(plain)
    if host_match is None:
        return None
    host = host_match[1].rstrip(".").lower()
    suffix, domain = _suffix_and_domain(ascii_host(host))
    suffix = suffix or (host.rpartition(".")[2] if host.endswith(_RESERVED) else "")
    path = unquote(plain[host_match.end() :])
    bare = "://" not in plain and not plain.lower().startswith("www.")
    if bare and (not suffix or (suffix not in _SURE and len(path) < 2)):
        return None
    if bare and plain != written and suffix not in _SURE:
        return None
    broken = plain != written or plain.lower().startswith("hxxp")
    return Link(start, start + len(written), plain, host, domain, path, broken)

"""What the Domain Name System must say so that mailboxes believe our mail (RFC 7208, 6376, 7489), compared with what it does."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Found(StrEnum):
    """How a record compares."""

    RIGHT = "right"
    MISSING = "missing"
    WRONG = "wrong"
    UNSEEN = "unseen"  # no resolver answered


@dataclass(frozen=True, slots=True)
class Record:
    """A TXT record to be published at `name`, verbatim where `exact`; else as one that serves. `why` says what is wrong."""

    kind: str
    name: str
    text: str
    exact: bool
    found: Found
    why: str = ""


def tags_of(text: str) -> dict[str, str]:
    """Return the tags of a record such as DKIM's (RFC 6376 §3.2), without the spaces that providers' forms put in."""
    pairs = (part.partition("=") for part in text.split(";"))
    return {name.strip().lower(): re.sub(r"\s+", "", value) for name, equals, value in pairs if equals}


def dkim_record(name: str, text: str, there: Sequence[str] | None) -> Record:
    """Compare the key that is published with ours."""
    if there is None:
        return Record("DKIM", name, text, True, Found.UNSEEN)
    if not there:
        return Record("DKIM", name, text, True, Found.MISSING)
    ours = tags_of(text)
    for one in there:
        theirs = tags_of(one)
        if theirs.get("p") == ours["p"] and theirs.get("k", "rsa") == ours["k"]:
            if len(there) > 1:
                return Record("DKIM", name, text, True, Found.WRONG, "there are several records; only one may be")
            testing = "y" in theirs.get("t", "").split(":")
            why = "it says t=y, so mailboxes take the signature for a trial"
            return Record("DKIM", name, text, True, Found.WRONG if testing else Found.RIGHT, why if testing else "")
    return Record("DKIM", name, text, True, Found.WRONG, "it holds another key than the paper signs with")


def spf_record(name: str, server: str, there: Sequence[str] | None) -> Record:
    """Look whether the domain says which servers send for it; which they are, only its owner knows."""
    text = f"v=spf1 a:{server} -all" if "." in server else "v=spf1 mx -all"
    if there is None:
        return Record("SPF", name, text, False, Found.UNSEEN)
    ours = [one for one in there if re.match(r"v=spf1(?: |$)", one, re.IGNORECASE)]
    if not ours:
        return Record("SPF", name, text, False, Found.MISSING)
    if len(ours) > 1:
        return Record("SPF", name, text, False, Found.WRONG, "there are several, so none counts (RFC 7208, 4.5)")
    terms = ours[0].lower().split()
    if "+all" in terms or "all" in terms:
        return Record("SPF", name, text, False, Found.WRONG, "it lets everybody send in the paper's name")
    if not any(term in {"-all", "~all"} or term.startswith("redirect=") for term in terms):
        return Record(
            "SPF", name, text, False, Found.WRONG, "it ends neither with -all nor with ~all, and forbids nobody"
        )
    return Record("SPF", name, text, False, Found.RIGHT)


def dmarc_record(name: str, report_to: str, there: Sequence[str] | None, above: Sequence[str] | None) -> Record:
    """Look whether the domain, or the one above it, says what becomes of mail that only claims to come from there."""
    text = f"v=DMARC1; p=quarantine; rua=mailto:{report_to}"
    if there is None:
        return Record("DMARC", name, text, False, Found.UNSEEN)
    ours = [one for one in there if _is_dmarc(one)] or [one for one in above or () if _is_dmarc(one)]
    if not ours:
        return Record("DMARC", name, text, False, Found.UNSEEN if above is None else Found.MISSING)
    if len(ours) > 1:
        return Record("DMARC", name, text, False, Found.WRONG, "there are several, so none counts (RFC 7489, 6.6.3)")
    policy = tags_of(ours[0]).get("p", "").lower()
    if policy not in {"none", "quarantine", "reject"}:
        return Record("DMARC", name, text, False, Found.WRONG, "its p= is none of none, quarantine and reject")
    return Record("DMARC", name, text, False, Found.RIGHT)


def _is_dmarc(text: str) -> bool:
    return bool(re.match(r"v\s*=\s*DMARC1\s*(?:;|$)", text))

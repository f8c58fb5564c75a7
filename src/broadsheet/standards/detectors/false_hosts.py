"""Hosts that pretend: letters that look like others, known names amid other words, borrowed endings, words that bait."""

import re
import unicodedata
from functools import lru_cache

from broadsheet.standards.text.links import shown_host
from broadsheet.standards.text.lookalikes import latin

BAIT = frozenset(
    [
        "account", "alert", "bank", "billing", "bonus", "checkout", "claim", "confirm", "free", "gift", "giveaway", "gold",
        "login", "password", "payment", "prize", "recover", "recovery", "refund", "reset", "secure", "security", "session",
        "signin", "support", "unlock", "update", "validate", "verify", "voucher", "wallet", "webscr",
    ]
)  # fmt: skip
# Words that show an account being asked for: two of them in one host are bait whatever the name.
ASKING = frozenset(
    ["account", "bank", "confirm", "login", "password", "secure", "signin", "unlock", "validate", "verify"]
)
_ENDINGS = frozenset(["co", "com", "org", "net", "gov", "gouv", "edu", "mil"])
_SPELT_ENDING = re.compile(r"-(?:gov|gouv|govt)[.-]|-co[.-]uk\b|-org-uk\b")
# What the eye takes for one another in a small typeface; both sides of a comparison are read so.
_EYE = str.maketrans(
    {"i": "l", "1": "l", "j": "l", "0": "o", "q": "g", "5": "s", "3": "e", "4": "a", "8": "b", "-": ""}
)
_LEAST = 5  # letters of a known name that others may be read as: shorter ones are too many firms' initials


@lru_cache(maxsize=4096)
def is_mixed(host: str) -> bool:
    """Say whether a word of the host mixes scripts."""
    for label in shown_host(host).split("."):
        scripts = {unicodedata.name(sign, "?").split()[0] for sign in label if sign.isalpha()}
        if len(scripts & {"LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE"}) > 1:
            return True
    return False


@lru_cache(maxsize=4096)
def borrows(host: str, domain: str) -> bool:
    """Say whether the host shows another's ending before its own domain (`bank.com.example.org`), or spells one out in it."""
    before = host[: -len(domain)].rstrip(".").split(".") if host.endswith(domain) else []
    return not _ENDINGS.isdisjoint(before[1:]) or bool(_SPELT_ENDING.search(domain))


@lru_cache(maxsize=4096)
def is_bait(host: str) -> bool:
    """Say whether the host asks for an account by two words at least."""
    return len(ASKING.intersection(host.replace("-", ".").split("."))) >= 2


@lru_cache(maxsize=4096)
def reads_like(host: str, known: frozenset[str]) -> bool:
    """Say whether the host reads like a known name that it isn't, or has one beside a word that baits."""
    labels = shown_host(host).split(".")
    if any(".".join(labels[at:]) in known for at in range(len(labels) - 1)):
        return False
    names, looks = _names(known)
    parts = {part for label in labels[:-1] for part in (label, *label.split("-"))}
    if not BAIT.isdisjoint(parts) and not names.isdisjoint(parts):
        return True
    return any(looks.get(_look(part), part) != part for part in parts - names)


@lru_cache(maxsize=16)
def _names(known: frozenset[str]) -> tuple[frozenset[str], dict[str, str]]:
    """Return the names without their endings, and the longer ones by what the eye makes of them."""
    names = frozenset(name.split(".")[0] for name in known)
    return names, {_look(name): name for name in names if len(name) >= _LEAST}


def _look(name: str) -> str:
    """Return what the eye makes of a name."""
    plain = name if name.isascii() else "".join(sign if sign.isascii() else latin(sign) for sign in name)
    return plain.translate(_EYE).replace("rn", "m").replace("vv", "w")

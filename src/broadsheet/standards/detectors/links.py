"""Addresses that are no good: programs, hosts in disguise, listed domains, shorteners, shops. Nothing is fetched."""

import re
from collections.abc import Iterator, Mapping

from broadsheet.standards.detectors.contract import Sighting, Use, option_number, option_set
from broadsheet.standards.detectors.domains import Domains
from broadsheet.standards.detectors.false_hosts import borrows, is_bait, is_mixed, reads_like
from broadsheet.standards.submission import Submission
from broadsheet.standards.text import Seen
from broadsheet.standards.text.links import Link, ascii_host

PROGRAMS = re.compile(
    r"\.(?:exe|scr|bat|cmd|pif|msi|msix|apk|xapk|ipa|jar|js|jse|vbs|vbe|wsf|hta|ps1|psm1|dmg|pkg|deb|rpm|iso|img|lnk|cab|"
    r"reg|dll|sys|docm|xlsm|pptm|cpl|gadget|appx|run|bin|sh|command)(?:$|[?#])",
    re.IGNORECASE,
)
_NUMBERS = re.compile(r"(?:\d{1,3}\.){3}\d{1,3}|0x[0-9a-f]{8}|\d{8,10}")
_USER = re.compile(r"^[a-z]+://[^/?#]*@", re.IGNORECASE)
_AFFILIATE = re.compile(
    r"[?&](?:ref|tag|aff|affid|aff_id|affiliate|affiliate_id|partner|promo|coupon|invite|referral)=", re.IGNORECASE
)
_CRACKED = re.compile(r"crack|keygen|warez|nulled", re.IGNORECASE)
SCORES = {
    "listed": 0.95,
    "lookalike": 0.9,
    "borrowed": 0.85,
    "user": 0.85,
    "program": 0.85,
    "cracked": 0.75,
    "bait": 0.7,
    "numbers": 0.7,
    "broken": 0.65,
    "hidden": 0.65,
    "shortener": 0.5,
}


class Links:
    """Finds addresses by what they are.

    Options: `kinds`, what to look for: `malware` (programs, hosts that look like known ones, borrow their endings, bait, or hide
    behind numbers, user names or shorteners), `shops` (listed shops and marketplaces, ends for shops, affiliate marks),
    `adverts` (listed gambling, adult and loan offers), `many` (at least `least` addresses, by default 3, or hardly any
    other text); `authorised`, domains that are never seen; `listed`, domains that always are.
    """

    name, version, cost = "links", 2, 1
    needs: tuple[str, ...] = ()
    clauses: Mapping[str, Mapping[str, object]] = {
        "MALWARE": {"kinds": ("malware",)},
        "PROMOTION": {"kinds": ("shops",)},
        "COMMERCE": {"kinds": ("adverts",)},
        "SPAM": {"kinds": ("many",)},
    }
    languages: frozenset[str] = frozenset()

    def __init__(self, domains: Domains) -> None:
        self._domains = domains

    def look(self, seen: Seen, submission: Submission, use: Use) -> Iterator[Sighting]:
        """Yield each address seen, and one sighting where there are too many."""
        kinds = option_set(use, "kinds") or frozenset({"malware"})
        authorised, listed = option_set(use, "authorised"), option_set(use, "listed")
        links = [link for link in seen.links if not link.belongs_to(authorised)]
        for link in links:
            score = SCORES["listed"] if link.belongs_to(listed) else 0.0
            if "malware" in kinds:
                score = max(score, self._malware(link))
            if "shops" in kinds:
                score = max(score, self._shop(link))
            if "adverts" in kinds and self._is_advert(link):
                score = max(score, SCORES["listed"])
            if score:
                yield Sighting(score, ((link.start, link.end),))
        if "many" in kinds and links:
            yield from self._many(seen, links, option_number(use, "least", 3))

    def _malware(self, link: Link) -> float:
        found = [
            ("listed", link.belongs_to(self._domains.malware)),
            ("lookalike", self._is_lookalike(link.host)),
            ("borrowed", borrows(link.host, link.domain)),
            ("bait", is_bait(link.host)),
            ("cracked", bool(_CRACKED.search(link.address))),
            ("user", bool(_USER.match(link.address))),
            ("program", bool(PROGRAMS.search(link.path.split("#")[0].split("?")[0]))),
            ("numbers", bool(_NUMBERS.fullmatch(link.host))),
            ("broken", link.broken and link.address.lower().startswith("hxxp")),
            ("hidden", link.belongs_to(self._domains.shorteners)),
        ]
        return max((SCORES[name] for name, there in found if there), default=0.0)

    def _shop(self, link: Link) -> float:
        if link.belongs_to(self._domains.shops):
            return 0.8
        if _AFFILIATE.search(link.path):
            return 0.75
        if ascii_host(link.host).endswith((".shop", ".store", ".boutique", ".deals", ".sale", ".buy")):
            return 0.7
        return SCORES["shortener"] if link.belongs_to(self._domains.shorteners) else 0.0

    def _is_advert(self, link: Link) -> bool:
        return link.belongs_to(self._domains.adverts) or ascii_host(link.host).endswith(
            (".casino", ".bet", ".poker", ".porn", ".xxx")
        )

    def _is_lookalike(self, host: str) -> bool:
        """Say whether the host mixes scripts within a word, or reads like a known host that it isn't."""
        return is_mixed(host) or reads_like(host, self._domains.known)

    @staticmethod
    def _many(seen: Seen, links: list[Link], least: float) -> Iterator[Sighting]:
        places = tuple((link.start, link.end) for link in links)
        linked = sum(end - start for start, end in places)
        if len(links) >= least:
            yield Sighting(min(0.95, 0.75 + 0.05 * len(links)), places)
        elif linked > 0.8 * len(seen.original.strip()):
            yield Sighting(0.6, places)

"""Where somebody in danger finds help: the lines of a country, and how an edition writes its own (SUICIDE).

The shipped ones are national services that answer free of charge or at the price of a local call. An edition's own
stand in place of them: one a line, `name | telephone | hours | web address`, of which the last two may be missing.
"""

import re
from dataclasses import dataclass

MOST_LINES = 12
_PHONE = re.compile(r"[+(]?[0-9][0-9 ()./-]{1,29}")
_ADDRESS = re.compile(r"https?://[^\s<>\"']{3,200}", re.IGNORECASE)
_112 = frozenset(
    [
        "AT",
        "BE",
        "BG",
        "CH",
        "CY",
        "CZ",
        "DE",
        "DK",
        "EE",
        "ES",
        "FI",
        "FR",
        "GR",
        "HR",
        "HU",
        "IE",
        "IS",
        "IT",
        "LB",
        "LI",
        "LT",
        "LU",
        "LV",
        "MT",
        "NL",
        "NO",
        "PL",
        "PT",
        "RO",
        "SE",
        "SI",
        "SK",
        "TR",
        "UA",
    ]
)  # the European emergency number, of the EU and others that took it; Lebanon has it for itself
_OWN_NUMBERS = {"GB": "999", "US": "911", "CA": "911", "AU": "000", "NZ": "111"}


@dataclass(frozen=True, slots=True)
class Helpline:
    """One line: who answers, at which number, when, and where there is more; hours and address may be empty."""

    name: str
    phone: str
    hours: str = ""
    url: str = ""

    @property
    def dialled(self) -> str:
        """Return the number as a telephone takes it."""
        return "".join(sign for sign in self.phone if sign.isdigit() or sign == "+")


SHIPPED = {
    "AT": (Helpline("TelefonSeelsorge", "142", "0–24", "https://www.telefonseelsorge.at/"),),
    "AU": (Helpline("Lifeline", "13 11 14", "24/7", "https://www.lifeline.org.au/"),),
    "BE": (
        Helpline("Centre de Prévention du Suicide", "0800 32 123", "24/7", "https://www.preventionsuicide.be/"),
        Helpline("Zelfmoordlijn", "1813", "24/7", "https://www.zelfmoord1813.be/"),
    ),
    "CA": (Helpline("9-8-8", "988", "24/7", "https://988.ca/"),),
    "CH": (Helpline("Die Dargebotene Hand · La Main Tendue · Telefono Amico", "143", "24/7", "https://www.143.ch/"),),
    "DE": (Helpline("TelefonSeelsorge", "0800 111 0 111", "24/7", "https://www.telefonseelsorge.de/"),),
    "ES": (Helpline("Línea de atención a la conducta suicida", "024", "24/7"),),
    "FR": (Helpline("Numéro national de prévention du suicide", "3114", "24/7", "https://3114.fr/"),),
    "GB": (Helpline("Samaritans", "116 123", "24/7", "https://www.samaritans.org/"),),
    "IE": (Helpline("Samaritans", "116 123", "24/7", "https://www.samaritans.org/ireland/"),),
    "LB": (Helpline("Embrace", "1564", "24/7", "https://embracelebanon.org/"),),
    "NL": (Helpline("113 Zelfmoordpreventie", "0800 0113", "24/7", "https://www.113.nl/"),),
    "US": (Helpline("988 Suicide & Crisis Lifeline", "988", "24/7", "https://988lifeline.org/"),),
}


def helplines_of(country: str, own: str) -> tuple[Helpline, ...]:
    """Return the edition's own lines; those shipped for its country where it wrote none."""
    written = tuple(line for row in own.splitlines() if (line := read_helpline(row)) is not None)
    return written or SHIPPED.get(country.upper(), ())


def read_helpline(row: str) -> Helpline | None:
    """Return the line that is written so, None where it is none: without name, or with what is no number or address."""
    name, phone, hours, url, *rest = [*(part.strip() for part in row.split("|")), "", "", ""]
    if any(rest) or not name or len(name) > 120 or len(hours) > 80 or not _PHONE.fullmatch(phone):
        return None
    return Helpline(name, phone, hours, url) if not url or _ADDRESS.fullmatch(url) else None


def emergency_number(country: str) -> str:
    """Return the number that is dialled where a life is in danger, empty where it isn't known."""
    code = country.upper()
    return _OWN_NUMBERS.get(code) or ("112" if code in _112 else "")

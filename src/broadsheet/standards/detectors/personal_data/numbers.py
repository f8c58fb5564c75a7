"""Numbers that identify a person or an account: cards, IBANs, national ids, by form and checksum."""

import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from types import ModuleType

from broadsheet.standards.detectors.personal_data.surroundings import Found, Surroundings
from broadsheet.standards.text import Seen

# Forms that are told by themselves: name → (form, module of stdnum that checks it).
TOLD: dict[str, tuple[str, str]] = {
    "curp": (r"[a-z]{4}\d{6}[hm][a-z]{5}[a-z\d]\d", "mx.curp"),
    "fiscale": (r"[a-z]{6}\d{2}[a-ehlmprst]\d{2}[a-z]\d{3}[a-z]", "it.codicefiscale"),
    "iban": (r"[a-z]{2}\d{2}(?:[ -]?[a-z\d]{4}){2,7}(?:[ -]?[a-z\d]{1,4})?", "iban"),
    "cc": (r"\d{8} ?\d ?[a-z\d]{2}\d", "pt.cc"),
    "dni": (r"\d{2}\.?\d{3}\.?\d{3}[- ]?[a-z]", "es.dni"),
    "nie": (r"[xyz][- ]?\d{7}[- ]?[a-z]", "es.nie"),
    "hetu": (r"\d{6}[+\-a]\d{3}[0-9a-fhj-np-y]", "fi.hetu"),
    "ahv": (r"756\.?\d{4}\.?\d{4}\.?\d{2}", "ch.ssn"),
    "nir": (r"[12] ?\d{2} ?\d{2} ?(?:\d{2}|2[ab]) ?\d{3} ?\d{3} ?\d{2}", "fr.nir"),
    "ric": (r"[1-9]\d{5}(?:19|20)\d{2}[01]\d[0-3]\d{4}[\dx]", "cn.ric"),
    "cpf": (r"\d{3}\.\d{3}\.\d{3}-\d{2}", "br.cpf"),
    "nn": (r"\d{2}\.\d{2}\.\d{2}-\d{3}\.\d{2}", "be.nn"),
    "personnummer": (r"(?:19|20)?\d{6}[-+]\d{4}", "se.personnummer"),
    "rc": (r"\d{6}/\d{3,4}", "cz.rc"),
    "ssn": (r"\d{3}-\d{2}-\d{4}", "us.ssn"),
    "rut": (r"\d{1,2}\.\d{3}\.\d{3}-[\dk]", "cl.rut"),
}
NINO = r"(?!bg|gb|kn|nk|nt|tn|zz)[a-ceghj-prtw-z][a-ceghj-nprtw-z] ?\d{2} ?\d{2} ?\d{2} ?[a-d]"
# Bare digits that many numbers have: only where the words before say it is an id. digits → modules.
SPOKEN_OF: dict[int, tuple[str, ...]] = {
    9: ("nl.bsn", "ca.sin", "us.ssn", "il.idnr", "pt.nif"),
    10: ("gb.nhs", "dk.cpr", "bg.egn", "se.personnummer", "luhn"),
    11: ("de.idnr", "pl.pesel", "no.fodselsnummer", "tr.tckimlik", "be.nn", "br.cpf", "hr.oib", "ee.ik"),
    12: ("in_.aadhaar",),
    13: ("ro.cnp", "za.idnr", "ch.ssn"),
}
_TOLD = re.compile(
    "(?<![\\w.+-])(?:"
    + "|".join(f"(?P<{name}>{form})" for name, (form, _) in TOLD.items())
    + f"|(?P<nino>{NINO}))(?![\\w-])"
)
_SWEDISH = re.compile(TOLD["personnummer"][0])
_CARD = re.compile(r"(?<![\w.,+-])\d(?:[ .-]?\d){12,18}(?![\w-])")
_ISSUED = re.compile(
    r"4(?:\d{12}|\d{15}|\d{18})|5[1-5]\d{14}|2[2-7]\d{14}|3[47]\d{13}|3(?:0[0-5]|[68]\d)\d{11}|35(?:2[89]|[3-8]\d)\d{12}|6(?:011|5\d\d|4[4-9]\d)\d{12}"
)
_DIGITS = re.compile(r"(?<![\w.,+])\d(?:[ .-]?\d){7,13}(?![\w]|[.,]\d)")
_EGYPTIAN = re.compile(r"[23]\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{7}")
_SEPARATORS = re.compile(r"[ .-]")
SURE, LIKELY, CALLED = 0.95, 0.8, 0.85


@cache
def _checker(name: str) -> ModuleType:
    return import_module(f"stdnum.{name}")


def numbers(seen: Seen, near: Surroundings) -> Iterator[Found]:
    """Yield numbers whose checksums hold."""
    text = seen.folded
    for match in _CARD.finditer(text):
        digits = _SEPARATORS.sub("", match[0])
        if _ISSUED.fullmatch(digits) and _checker("luhn").is_valid(digits) and len(set(digits)) > 1:
            yield Found(SURE, *seen.span(*match.span()))
    told = set()
    for match in _TOLD.finditer(text):
        kind = match.lastgroup or ""
        if kind == "hetu" and _SWEDISH.fullmatch(match[0]):  # Finns, Swedes and Danes write theirs alike
            kind = "personnummer" if not _checker("fi.hetu").is_valid(match[0].upper()) else kind
        if kind != "personnummer":
            told.add(match.start())
        written = _account(match[0]) if kind == "iban" else match[0]
        if not written or (kind in TOLD and kind != "iban" and not _checker(TOLD[kind][1]).is_valid(written.upper())):
            continue
        start, end = seen.span(match.start(), match.start() + len(written))
        called = near.speak_of("number", start)
        if near.speak_of("clean", start, 25) and not called:
            continue
        yield Found(SURE if called or kind == "iban" else LIKELY, start, end)
    for match in _DIGITS.finditer(text):
        start, end = seen.span(*match.span())
        if match.start() not in told and near.speak_of("number", start) and _is_id(_SEPARATORS.sub("", match[0])):
            yield Found(CALLED, start, end)


def _account(written: str) -> str:
    """Return as much of what looks like an account number as is one: a short word after it may look like its last group."""
    for _ in range(3):
        if _checker("iban").is_valid(written, check_country=False):  # a bank that nobody listed yet has accounts, too
            return written
        written = written.rpartition(" ")[0]
    return ""


def _is_id(digits: str) -> bool:
    if len(digits) == 14:
        return bool(_EGYPTIAN.fullmatch(digits))
    return any(_checker(name).is_valid(digits) for name in SPOKEN_OF.get(len(digits), ()))

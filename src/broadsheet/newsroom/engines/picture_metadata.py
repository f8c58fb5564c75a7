"""Reads what a photographer or agency wrote into a picture: IPTC and XMP (ART-03)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from lxml import etree

_CODED_UTF8 = b"\x1b%G"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_DC = "http://purl.org/dc/elements/1.1/"
_PHOTOSHOP = "http://ns.adobe.com/photoshop/1.0/"
_CORE = "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"
_XMP = "http://ns.adobe.com/xap/1.0/"
_DAY = re.compile(r"(\d{4})[-:]?(\d{2})[-:]?(\d{2})")
_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")
_POOL = re.compile(r"[\s,/(-]*\bpool\b\)?\s*$", re.IGNORECASE)
MAX_XMP = 2_000_000


@dataclass(frozen=True, slots=True)
class PictureMetadata:
    """What is known of a picture; empty where its maker didn't say."""

    title: str = ""
    caption: str = ""
    alt: str = ""
    agency: str = ""
    author: str = ""
    pool: bool = False
    year: int | None = None
    taken_on: date | None = None


def read_metadata(*, iptc: bytes, xmp: bytes) -> PictureMetadata:
    """Return what the records say, IPTC first; damaged records say nothing."""
    first, second = _from_iptc(iptc), _from_xmp(xmp)
    texts = {name: first.get(name) or second.get(name) or "" for name in (*first, *second)}
    taken_on = _day(texts.get("day", ""))
    author, pool = _pool(texts.get("author", ""))
    agency = texts.get("credit", "") or texts.get("source", "")
    if agency.casefold() == "pool":
        agency, pool = texts.get("source", ""), True
    agency, pool_too = _pool(agency)
    if not agency:
        agency = _owner(texts.get("copyright", ""))
    written = _YEAR.search(texts.get("copyright", ""))
    return PictureMetadata(
        title=texts.get("title", "")[:255],
        caption=texts.get("caption", "")[:400],
        alt=texts.get("alt", "")[:400],
        agency=_without_author(agency, author)[:80],
        author=author[:120],
        pool=pool or pool_too,
        year=int(written.group()) if written else (taken_on.year if taken_on else None),
        taken_on=taken_on,
    )


def _from_iptc(record: bytes) -> dict[str, str]:
    names = {5: "title", 55: "day", 80: "author", 105: "headline", 110: "credit", 115: "source",
             116: "copyright", 120: "caption"}  # fmt: skip
    utf8 = False
    found: dict[str, list[str]] = {}
    for group, number, value in _datasets(record):
        if (group, number) == (1, 90):
            utf8 = value.startswith(_CODED_UTF8)
        if group == 2 and number in names:
            found.setdefault(names[number], []).append(_decoded(value, utf8=utf8))
    texts = {name: ", ".join(filter(None, values)) for name, values in found.items()}
    texts["title"] = texts.pop("headline", "") or texts.get("title", "")
    return texts


def _datasets(record: bytes) -> Iterator[tuple[int, int, bytes]]:
    place = 0
    while place + 5 <= len(record) and record[place] == 0x1C:
        size = int.from_bytes(record[place + 3 : place + 5], "big")
        if size & 0x8000:
            return
        value = record[place + 5 : place + 5 + size]
        if len(value) < size:
            return
        yield record[place + 1], record[place + 2], value
        place += 5 + size


def _decoded(value: bytes, *, utf8: bool) -> str:
    try:
        text = value.decode("utf-8")
    except UnicodeDecodeError:
        text = value.decode("utf-8", "replace") if utf8 else value.decode("cp1252", "replace")
    return _tidy(text)


def _from_xmp(packet: bytes) -> dict[str, str]:
    if not packet or len(packet) > MAX_XMP:
        return {}
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, huge_tree=False)
    try:
        root = etree.fromstring(packet.strip(b"\x00 \r\n\t"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return {}
    if root is None:
        return {}
    names = {
        "title": (_PHOTOSHOP, "Headline"), "name": (_DC, "title"), "caption": (_DC, "description"),
        "author": (_DC, "creator"), "copyright": (_DC, "rights"), "credit": (_PHOTOSHOP, "Credit"),
        "source": (_PHOTOSHOP, "Source"), "day": (_PHOTOSHOP, "DateCreated"), "made": (_XMP, "CreateDate"),
        "alt": (_CORE, "AltTextAccessibility"),
    }  # fmt: skip
    texts = {key: _xmp_text(root, namespace, name) for key, (namespace, name) in names.items()}
    texts["title"] = texts["title"] or texts.pop("name")
    texts["day"] = texts["day"] or texts.pop("made")
    return texts


def _xmp_text(root: "etree._Element", namespace: str, name: str) -> str:
    tag = f"{{{namespace}}}{name}"
    for description in root.iter(f"{{{_RDF}}}Description"):
        if tag in description.attrib:
            return _tidy(str(description.attrib[tag]))
    for element in root.iter(tag):
        items = [str(item.text or "") for item in element.iter(f"{{{_RDF}}}li")]
        if name == "creator" and items:
            return _tidy(", ".join(filter(None, items)))
        return _tidy(items[0] if items else str(element.text or ""))
    return ""


def _day(text: str) -> date | None:
    match = _DAY.match(text.strip())
    try:
        return date(*(int(part) for part in match.groups())) if match else None
    except ValueError:
        return None


def _pool(text: str) -> tuple[str, bool]:
    shorter = _POOL.sub("", text).strip(" ,/")
    return (shorter, True) if shorter != text.strip(" ,/") else (text, False)


def _owner(copyright_line: str) -> str:
    """Return who owns the rights, without the sign, the year and the phrase about rights."""
    text = re.sub(r"©|\(c\)|copyright|all rights reserved\.?", " ", copyright_line, flags=re.IGNORECASE)
    return " ".join(_YEAR.sub(" ", text).split()).strip(" ,./-")


def _without_author(agency: str, author: str) -> str:
    """Return the agency where the line names both, as `Jane Roe/Tidewire` does."""
    parts = [part.strip() for part in agency.split("/")]
    rest = [part for part in parts if part and part.casefold() != author.casefold()]
    return "/".join(rest) if author and rest and len(rest) < len(parts) else agency


def _tidy(text: str) -> str:
    return " ".join(text.replace("\x00", " ").split())

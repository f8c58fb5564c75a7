"""Bytes of a saved file turned into text, or a refusal that says what they are instead."""

import codecs
import re

from charset_normalizer import from_bytes

from broadsheet.importing.errors import (
    SourceBinaryError,
    SourceEmptyError,
    SourceEncodingError,
    SourceTooLargeError,
)

MAX_BYTES = 10 * 1024 * 1024
_SAMPLE = 64 * 1024
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAGIC = (
    (b"%PDF-", "a PDF document"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"PK\x03\x04", "a ZIP archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"SQLite format 3", "a database"),
    (b"RIFF", "a media file"),
    (b"OggS", "a media file"),
    (b"ID3", "a sound file"),
    (b"bplist", "a web archive; save the page as HTML instead"),
)
_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})|"""
    rb"""<\?xml[^>]{0,100}?encoding\s*=\s*["']([A-Za-z0-9_.:-]{2,40})""",
    re.IGNORECASE,
)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_ALIASES = {
    "iso-8859-1": "cp1252",
    "latin-1": "cp1252",
    "latin1": "cp1252",
    "us-ascii": "cp1252",
    "ascii": "cp1252",
}
_LANGUAGE = re.compile(rb"""<html[^>]{0,300}?\blang\s*=\s*["']?([a-zA-Z]{2})""", re.IGNORECASE)
_BY_LANGUAGE = {
    **dict.fromkeys(("pl", "cs", "sk", "hu", "ro", "hr", "sl", "bs", "sq"), "cp1250"),
    **dict.fromkeys(("ru", "uk", "bg", "sr", "mk", "be"), "cp1251"),
    **dict.fromkeys(("ar", "fa", "ur"), "cp1256"),
    "el": "cp1253",
    "tr": "cp1254",
    "he": "cp1255",
    "lt": "cp1257",
    "lv": "cp1257",
    "et": "cp1257",
    "vi": "cp1258",
    "th": "cp874",
}
_WESTERN = frozenset(
    "àâäáãåæçèéêëìíîïñòóôöõøœùúûüýÿßÀÂÄÁÃÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÖÕØŒÙÚÛÜÝŸ‘’“”„‚‹›«»–—…•€£©®™°·º¡¿§´ªµ½¼¾×\xa0\xad"
)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_TAG = re.compile(
    r"<(?:!doctype\s+html|html|head|body|meta|title|div|article|main|p|h1|section|table|script|link)\b[^<>]*>",
    re.IGNORECASE,
)


def decode(source: bytes, *, declared_type: str | None = None) -> str:
    """The text of the bytes, whatever encoding they say or do not say they are in."""
    _refuse_what_is_not_text(source)
    for bom, name in _BOMS:
        if source.startswith(bom):
            return _checked(source.decode(name, errors="replace"))
    wide = _wide_encoding(source)
    if wide:
        return _checked(source.decode(wide, errors="replace"))
    try:
        return _checked(source.decode("utf-8"))
    except UnicodeDecodeError as error:
        if len(source) - error.start < 4 and error.reason == "unexpected end of data":
            return _checked(source[: error.start].decode("utf-8"))
    return _checked(_decode_as_declared(source, declared_type))


def looks_like_html(text: str, *, declared_type: str | None = None) -> bool:
    """True for a page with markup, False for a plain-text dump."""
    found = len(_TAG.findall(text[:_SAMPLE]))
    kind = (declared_type or "").partition(";")[0].strip().casefold()
    if kind in {"text/html", "application/xhtml+xml"}:
        return found > 0 or bool(re.search(r"<[a-zA-Z][^<>]*>", text[:_SAMPLE]))
    start = text[:_SAMPLE].lstrip("\ufeff \t\r\n")
    if re.match(r"<(?:!doctype|html|\?xml|!--|head|body|article|div|main|p\b|h1)", start, re.IGNORECASE):
        return True
    return found >= 5


def _refuse_what_is_not_text(source: bytes) -> None:
    """Returns only when the bytes could be text of a bearable length."""
    if not source.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"):
        raise SourceEmptyError(
            "Nothing was imported: the file is empty. It may not have been saved completely; "
            "open the page and save it again."
        )
    if len(source) > MAX_BYTES:
        raise SourceTooLargeError(
            f"Nothing was imported: the file has {len(source) / 1_000_000:.1f} MB, and a page may have "
            f"{MAX_BYTES / 1_000_000:.0f} MB at most. Save the page without its pictures ('HTML only')."
        )
    for magic, words in _MAGIC:
        if source.startswith(magic):
            raise SourceBinaryError(
                f"Nothing was imported: the file is {words}, not a page. "
                "Save the page as HTML or copy its text into a file."
            )


def _wide_encoding(source: bytes) -> str | None:
    """UTF-16 without a mark, told by the zero bytes of its markup and blanks."""
    sample = source[: _SAMPLE & ~1]
    if len(sample) < 8:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if odd > half * 0.1 and even <= odd * 0.02:
        return "utf-16-le"
    if even > half * 0.1 and odd <= even * 0.02:
        return "utf-16-be"
    return None


def _decode_as_declared(source: bytes, declared_type: str | None) -> str:
    """Bytes that are not UTF-8, by what they declare or by what they look like."""
    names: list[str] = []
    inside = _DECLARED.search(source[:_SAMPLE])
    if inside:
        names.append((inside.group(1) or inside.group(2)).decode("ascii"))
    outside = _CHARSET.search(declared_type or "")
    if outside:
        names.insert(0, outside.group(1))
    for name in names:
        codec = _ALIASES.get(name.casefold(), name.casefold())
        if codec.replace("_", "-") in {"utf-8", "utf8"} or codec.startswith("utf-16"):
            continue
        try:
            return source.decode(codec)
        except (LookupError, UnicodeDecodeError):
            continue
    damaged = source.decode("utf-8", errors="replace")
    broken = damaged.count("\ufffd")
    if broken * 3 < sum(letter > "\x7f" for letter in damaged[: _SAMPLE * 4]) - broken:
        return damaged
    usual = _usual_encoding(source)
    if usual is not None:
        return source.decode(usual, errors="replace")
    best = from_bytes(source[:_SAMPLE]).best()
    if best is None:
        raise SourceEncodingError(
            "Nothing was imported: the bytes of the file are not text in any encoding that is known. "
            "Open it in a browser and save it again as UTF-8."
        )
    return source.decode(best.encoding, errors="replace")


def _usual_encoding(source: bytes) -> str | None:
    """The old one-byte encoding of the page's own language; of western ones, where it yields only letters."""
    language = _LANGUAGE.search(source[:_SAMPLE])
    if language:
        codec = _BY_LANGUAGE.get(language.group(1).decode("ascii").lower())
        if codec:
            return codec
    text = source[:_SAMPLE].decode("cp1252", errors="replace")
    strange = [letter for letter in text if letter > "\x7f" and letter not in _WESTERN]
    plain = sum(letter < "\x80" and letter.isalpha() for letter in text)
    wide = sum(letter > "\x7f" for letter in text)
    return "cp1252" if not strange and wide < plain * 0.2 else None


def _checked(text: str) -> str:
    """The text, when it is one: binary data gives itself away by control characters."""
    sample = text[:_SAMPLE]
    if len(_CONTROL.findall(sample)) > max(2, len(sample) // 200):
        raise SourceBinaryError(
            "Nothing was imported: the file is not text but binary data. "
            "Save the page as HTML or copy its text into a file."
        )
    text = _CONTROL.sub("", text) if _CONTROL.search(text) else text
    if not text.strip():
        raise SourceEmptyError("Nothing was imported: there are only blanks in the file. Save the page again.")
    return text

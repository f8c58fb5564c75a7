"""Dates as pages write them, read without guessing what is ambiguous."""

import re
from datetime import date

_MONTHS = (
    ("jan january janvier januar enero janeiro gennaio январь января يناير كانون‌الثاني stycznia ocak", 1),
    ("feb february février fevrier februar febrero fevereiro febbraio февраль февраля فبراير شباط lutego şubat", 2),
    ("mar march mars märz marz marzo março марта март مارس آذار marca mart", 3),
    ("apr april avril abril aprile апрель апреля أبريل ابريل نيسان kwietnia nisan", 4),
    ("may mai mayo maio maggio май мая مايو أيار maja mayıs mei", 5),
    ("jun june juin juni junio junho giugno июнь июня يونيو حزيران czerwca haziran", 6),
    ("jul july juillet juli julio julho luglio июль июля يوليو تموز lipca temmuz", 7),
    ("aug august août aout agosto август августа أغسطس اغسطس آب sierpnia ağustos augustus", 8),
    ("sep sept september septembre septiembre setembro settembre сентябрь сентября سبتمبر أيلول września eylül", 9),
    ("oct october octobre oktober octubre outubro ottobre октябрь октября أكتوبر اكتوبر października ekim", 10),
    ("nov november novembre noviembre novembro ноябрь ноября نوفمبر listopada kasım", 11),
    ("dec december décembre decembre dezember diciembre dezembro dicembre декабрь декабря ديسمبر grudnia aralık", 12),
)  # fmt: skip
_MONTH = {name: number for names, number in _MONTHS for name in names.split()}
_NAMES = "|".join(sorted(map(re.escape, _MONTH), key=len, reverse=True))
_YEAR = re.compile(r"(?:19|20)\d{2}")
_ISO = re.compile(r"(?<!\d)((?:19|20)\d{2})-(\d{2})-(\d{2})(?!\d)")
_BIG_FIRST = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*[年./]\s*(\d{1,2})\s*[月./]\s*(\d{1,2})(?:日|(?!\d))")
_DAY_MONTH = re.compile(
    rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th|er|\.|º)?\s*(?:de\s+|of\s+)?({_NAMES})\b\.?,?\s*(?:de\s+|del\s+)?"
    r"((?:19|20)\d{2})(?!\d)",
    re.IGNORECASE,
)
_MONTH_DAY = re.compile(
    rf"(?<!\w)({_NAMES})\b\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+((?:19|20)\d{{2}})(?!\d)", re.IGNORECASE
)
_NUMBERS = re.compile(r"(?<!\d)(\d{1,2})[./](\d{1,2})[./]((?:19|20)\d{2})(?!\d)")
_REST = re.compile(
    rf"{_NAMES}|\d+|\b(?:mon|tues?|wed(?:nes)?|thur?s?|fri|satur|sun)(?:day)?\b|[ap]\.?m\.?|gmt|utc|[ecmp][sd]?t\b|"
    r"published|updated|posted|on|at|last|first|original(?:ly)?|modified|date|"
    r"publi[eé]e?|le|à|mis|jour|segunda|terça|quarta|quinta|sexta|sábado|domingo|feira|às|de|"
    r"lunes|martes|miércoles|jueves|viernes|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|"
    r"montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|uhr|um|am|h\b|"
    r"понедельник|вторник|среда|четверг|пятница|суббота|воскресенье|в|"
    r"الاثنين|الثلاثاء|الأربعاء|الخميس|الجمعة|السبت|الأحد|نشر|تحديث",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"^\W*\d{1,2}\s*(?:[:.hH]\s*\d{2}(?::\d{2})?)\s*(?:[ap]\.?m\.?|uhr|[A-Z]{2,4}|[صم])?\W*$|^\W*\d{1,2}\s*[ap]\.?m\.?\W*$",
    re.IGNORECASE,
)


def find_date(text: str) -> str | None:
    """The first date in the text as YYYY-MM-DD; None where there is none or its order is unknown."""
    text = text[:2000]
    found: list[tuple[int, str]] = []
    for pattern, order in (
        (_ISO, "ymd"),
        (_BIG_FIRST, "ymd"),
        (_DAY_MONTH, "dMy"),
        (_MONTH_DAY, "Mdy"),
        (_NUMBERS, "xxy"),
    ):
        match = pattern.search(text)
        day = _day(match, order) if match else None
        if match and day:
            found.append((match.start(), day))
    return min(found)[1] if found else None


def is_only_date(text: str) -> bool:
    """True for a line that says a date and nothing else."""
    if len(text) > 120 or not _YEAR.search(text) or find_date(text) is None:
        return False
    return not re.search(r"[^\W\d_]{2,}", _REST.sub(" ", text))


def is_only_time(text: str) -> bool:
    """True for a line that says a time of day and nothing else, as live reports set it over each entry."""
    return len(text) < 30 and bool(_TIME.match(text))


def _day(match: re.Match[str], order: str) -> str | None:
    """The matched parts as a day of the calendar."""
    parts = match.groups()
    if order == "ymd":
        year, month, day = (int(part) for part in parts)
    elif order == "dMy":
        year, month, day = int(parts[2]), _MONTH[parts[1].casefold()], int(parts[0])
    elif order == "Mdy":
        year, month, day = int(parts[2]), _MONTH[parts[0].casefold()], int(parts[1])
    else:
        one, two, year = (int(part) for part in parts)
        if one <= 12 and two <= 12 and one != two:
            return None
        month, day = (one, two) if two > 12 else (two, one)
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None

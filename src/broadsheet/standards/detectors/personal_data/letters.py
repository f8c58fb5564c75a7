"""E-mail addresses, and letters that were meant for somebody else: quoted headers."""

import re
from collections.abc import Iterator

from broadsheet.standards.detectors.personal_data.surroundings import Found
from broadsheet.standards.text import Seen

_EMAIL = re.compile(r"(?<![\w.+%-])[\w.+%-]{1,64}@(?:[\w-]{1,63}\.){1,4}[a-z]{2,24}(?![\w-])")
_NAME = r"(?<![\w.+-])[\w.+-]{2,64}"
_AT = r"[(\[{<]at[)\]}>]|[(\[{]?\b(?:arobase|arroba|chiocciola|apenstaartje)\b[)\]}]?"
_DOT = r"[(\[{](?:dot|\.|punkt|point|punto|ponto|punt)[)\]}]|\bdot\b|\bpunkt\b"
_SAID_DOT = rf"{_DOT}|\bpoint\b|\bpunto\b|\bponto\b|\bpunt\b"
# Somebody takes pains that no machine reads the address: a spelt dot, a marked `at`, spaces around either.
_SPELT = re.compile(
    rf"{_NAME}(?:\s?(?:@|{_AT})\s?[a-z][\w-]{{1,40}}(?:[\s-]?(?:{_SAID_DOT})[\s-]?[a-z]{{2,24}}){{1,3}}(?!\w)|"
    rf"(?: at |-at-)[a-z][\w-]{{1,40}}(?:[\s-]?(?:{_DOT})[\s-]?[a-z]{{2,24}}){{1,3}}(?!\w)|"
    rf"(?:\s?(?:{_AT})\s?| @ ?|@ )[a-z][\w-]{{1,40}}(?:\.[a-z]{{2,24}}){{1,3}}(?!\w)|"
    r"@[a-z][\w-]{1,40}(?: \. ?|\. )(?:com|org|net|info|co\.uk|fr|de|ch|at|be|ma|ca|eu|io|es|it|nl|pl)(?!\w)|"
    r" at (?:gmail|yahoo|hotmail|outlook|proton|gmx|web|icloud|aol|live|orange|free|laposte|wanadoo)\.[a-z]{2,3}(?:\.[a-z]{2})?(?!\w))"
)
# What no address is spelt without: looked for first, since it is fast.
_SPELT_TRACES = ("@", "at)", "at]", "at}", "at>", "-at-", "arob", "arroba", "chiocc", "apenst")
_SPELT_DOTS = (
    "dot",
    "punkt",
    "mail.",
    "yahoo.",
    "outlook.",
    "proton.",
    "gmx.",
    "web.",
    "icloud.",
    "aol.",
    "live.",
    "orange.",
    "free.",
    "laposte.",
    "wanadoo.",
)
_ROLES = frozenset(
    [
        "info",
        "contact",
        "press",
        "media",
        "office",
        "editor",
        "editors",
        "news",
        "newsroom",
        "newsdesk",
        "redaction",
        "redaktion",
        "presse",
        "support",
        "help",
        "service",
        "hello",
        "kontakt",
        "mail",
        "webmaster",
        "admin",
        "postmaster",
        "abuse",
        "noreply",
        "no-reply",
        "jobs",
        "sales",
        "complaints",
        "moderators",
        "moderation",
        "letters",
        "tips",
        "feedback",
        "enquiries",
        "inquiries",
        "privacy",
        "dpo",
        "subscriptions",
        "abonnement",
        "leserbriefe",
        "courrier",
        "tahrir",
        "poststelle",
        "sekretariat",
        "secretariat",
        "accueil",
        "mairie",
        "rathaus",
        "buergerbuero",
        "ombudsman",
        "customer",
        "customerservice",
        "tip",
        "team",
        "desk",
        "reception",
        "booking",
        "bookings",
        "correo",
        "informacion",
        "verwaltung",
    ]
)
_OFFICE = re.compile(
    r"^presse?\.|(?:^|\.)(?:gov|gouv|gob|govt|gc|europa|parliament|police|nhs|bund|admin)\.|(?:^|[.-])(?:stadt|kreis|gemeinde|ville|mairie|"
    r"council|ministerium|ministere|rathaus)[.-]|\.gov$"
)
_NOBODY = re.compile(r"@(?:[\w-]+\.)*(?:example\.(?:com|org|net)|invalid|test|localhost)$")
_HEADER = re.compile(
    r"^[>\s]{0,10}(from|to|cc|bcc|sent|date|subject|de|a|objet|envoye|von|an|betreff|gesendet|datum|من|الي|الموضوع|التاريخ)\s?:\s?\S[^\n]{0,300}$",
    re.MULTILINE,
)
_FORWARDED = re.compile(
    r"-{3,}\s?(?:original message|forwarded message|message d'origine|message original|message transfere|ursprungliche nachricht|"
    r"weitergeleitete nachricht|الرساله الاصليه)\s?-{3,}|^[>\s]{0,10}(?:on|le|am) [^\n]{6,120} (?:wrote|a ecrit|schrieb[^\n]{0,60})\s?:",
    re.MULTILINE,
)
# Headers within a line, from a person's name on: From: Ann To: Ben Subject: us.
_INLINE = re.compile(
    r"(?<!\w)(?:(From|Von|De|Da|Van|Od|От|من)|(To|Sent|Date|Subject|Cc|An|Gesendet|Datum|Betreff|Pour|À|Objet|Envoyé|Para|Asunto|Oggetto|"
    r"Aan|Onderwerp|Do|Temat|Кому|Тема|إلى|الى|الموضوع|التاريخ))\s?:\s?(?=\S)"
)
_PERSON = re.compile(r"[A-ZÀ-ÞА-Я\u0621-\u064a]")
_FOLLOWING, _REACH = 2, 320  # further headers, and signs within which they stand
# A line of a messenger's copied talk: a date, a time, a name.
_CHAT = re.compile(
    r"\[\d{1,4}[./-]\d{1,2}[./-]\d{1,4},? \d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?: ?[APap][Mm])?\] ?[^\W\d_][^:\n\[\]]{0,40}:|"
    r"(?<!\d)\d{1,2}[./-]\d{1,2}[./-]\d{2,4},? \d{1,2}:\d{2}(?: ?[APap][Mm])? [-–] [^\W\d_][^:\n]{0,40}:"
)
# Said to be somebody's private words, and then quoted.
_CONFIDED = re.compile(
    r"\b(?:(?:private|personal|direct|secret|confidential) (?:messages?|e-?mails?|mails?|letters?|chats?|texts?|notes?)|dms?\b|"
    r"(?:messages?|e-?mails?|letters?|texts?|voicemails?) (?:that )?(?:she|he|they) (?:sent|wrote|left)|(?:she|he) (?:sent|wrote|texted|messaged) (?:me|to my|my|us)|"
    r"messages? priv|mail priv|sms de|il m'a ecrit|elle m'a ecrit|private nachricht|schrieb (?:mir|sie mir|er mir))"
    r"[^\"\n]{0,60}[:,] ?\"[^\"\n]{20,}"
)
PERSON, ROLE, LETTER, CONFIDED = 0.9, 0.3, 0.85, 0.75


def emails(seen: Seen) -> Iterator[Found]:
    """Yield e-mail addresses; those of an office, and those that nobody has, with a low score."""
    for match in _EMAIL.finditer(seen.folded) if "@" in seen.folded else ():
        name, _, domain = match[0].partition("@")
        public = name in _ROLES or _NOBODY.search(match[0]) or (_OFFICE.search(domain) and "." not in name)
        yield Found(ROLE if public else PERSON, *seen.span(*match.span()))
    for match in _SPELT.finditer(seen.folded) if _may_spell(seen.folded) else ():
        yield Found(ROLE if match[0].split()[0].split("(")[0] in _ROLES else PERSON, *seen.span(*match.span()))


def _may_spell(text: str) -> bool:
    return any(map(text.__contains__, _SPELT_TRACES)) or (" at " in text and any(map(text.__contains__, _SPELT_DOTS)))


def letters(seen: Seen) -> Iterator[Found]:
    """Yield quoted headers (at least two different ones within five lines or three in one), copied chats, private words quoted."""
    if '"' in seen.folded:
        for match in _CONFIDED.finditer(seen.folded):
            yield Found(CONFIDED, *seen.span(*match.span()))
    if ":" not in seen.folded:
        return
    for match in _CHAT.finditer(seen.original):
        yield Found(LETTER, *match.span())
    if seen.original.count(":") > _FOLLOWING:
        yield from _in_a_line(seen.original)
    for match in _FORWARDED.finditer(seen.folded):
        yield Found(LETTER, *seen.span(*match.span()))
    block: list[re.Match[str]] = []
    for match in _HEADER.finditer(seen.folded):
        if block and match.start() - block[-1].end() > 3:
            yield from _letter(seen, block)
            block = []
        block.append(match)
    yield from _letter(seen, block)


def _in_a_line(text: str) -> Iterator[Found]:
    headers = list(_INLINE.finditer(text))
    for at, first in enumerate(headers):
        further = headers[at + 1 : at + 1 + _FOLLOWING]
        if (
            first[1]
            and _PERSON.match(text, first.end())
            and len({one[2] for one in further} - {None}) == _FOLLOWING
            and further[-1].end() - first.start() <= _REACH
        ):
            yield Found(LETTER, first.start(), further[-1].end())


def _letter(seen: Seen, block: list[re.Match[str]]) -> Iterator[Found]:
    if len({match[1] for match in block}) >= 2 and ("@" in "".join(m[0] for m in block) or len(block) >= 3):
        yield Found(LETTER, seen.span(*block[0].span())[0], seen.span(*block[-1].span())[1])

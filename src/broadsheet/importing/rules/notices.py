"""Legal notices in footnotes: whom they name, by which other names, and where the body forgets the mark."""

import re
from collections.abc import Iterable

from broadsheet.importing.rules.page_result import Mention, Notice

_MARK = r"[*†‡]{1,5}|\(\*{1,5}\)|\[\*{1,5}\]"
_ALSO = (
    r"also\s+(?:known|called|referred\s+to|named|designated)(?:\s+(?:as|by))?|a\.?\s?k\.?\s?a\.?|"
    r"formerly(?:\s+(?:known\s+as|called))?|previously(?:\s+known\s+as)?|other\s+names?\s*[:–-]?|otherwise\s+known\s+as|"
    r"(?:[ée]galement|aussi)\s+(?:connue?s?|appel[ée]e?s?|d[ée]nomm[ée]e?s?|nomm[ée]e?s?)(?:\s+sous\s+(?:le\s+nom|les\s+noms)"
    r"(?:\s+d[e'’])?)?|alias|dite?|autres\s+noms\s*:?|"
    r"auch\s+(?:bekannt\s+als|genannt)|tambi[ée]n\s+conocid[oa]s?\s+como|conocid[oa]s?\s+(?:tambi[ée]n|asimismo)\s+como|tamb[ée]m\s+conhecid[oa]s?\s+como|"
    r"(?:также|она\s+же|он\s+же|они\s+же)(?:\s+известн\w+\s+как)?|другие\s+названия\s*:?|прежн\w+\s+названи\w+\s*:?|ранее|"
    r"(?:و?(?:ي?ت?عرف|المعروفة?|ي?ت?سمى|والمعروفة?)\s+(?:أيضا|أيضًا|ايضا|كذلك)?\s*(?:باسم|بـ|ب)?|"
    r"المعروفة?\s+(?:أيضا|أيضًا|ايضا)\s+باسم|أو)"
)
_BANNED = re.compile(
    r"\b(?:banned|outlawed|prohibited|proscribed|forbidden|illegal|designated|recogni[sz]ed|listed|blacklisted|"
    r"terrorist|extremist|foreign\s+agent|undesirable|"
    r"interdite?s?|prohib[ée]e?s?|terroristes?|extr[ée]mistes?|bannie?s?|agent\s+(?:de\s+l['’])?[ée]trangers?|"
    r"verboten\w*|terroristisch\w*|extremistisch\w*|prohibid[oa]s?|proibid[oa]s?|proscrit[oa]s?|terroristas?|extremistas?)\b|"
    r"запрещ[её]н\w*|террористическ\w*|экстремистск\w*|иностранн\w+\s+агент\w*|нежелательн\w+|"
    r"yasakl\w+|terör\w*|محظور(?:ة|ه)?|إرهابي(?:ة|ه)?|ارهابي(?:ة|ه)?|متطرف(?:ة|ه)?|المحظور(?:ة)?|الإرهابي(?:ة)?",
    re.IGNORECASE,
)
_VERB = (
    r"(?:is|are|was|were|has\s+been|have\s+been|had\s+been|est|sont|a\s+[ée]t[ée]|ont\s+[ée]t[ée]|ist|sind|wurde|wird|es|son|"
    r"est[áa]|são|[ée]|foi|—|–|-|это|является|являются|признан\w*|запрещ[её]н\w*|هي|هو|هم|تنظيم|منظمة|جماعة|حركة|محظورة?)"
)
_WITH_ALIASES = re.compile(
    rf"^\W{{0,6}}(?P<name>[^()\[\]]{{2,120}}?)\s*[,]?\s*[(\[]\s*(?P<also>{_ALSO})?\s*(?P<aliases>[^()]*(?:\([^()]*\)[^()]*)*?)[)\]]"
    rf"\s*,?\s*(?P<rest>\S.*)$",
    re.IGNORECASE | re.DOTALL,
)
_COMMA_ALIASES = re.compile(
    rf"^\W{{0,6}}(?P<name>[^(),]{{2,120}}?)\s*,\s*(?:{_ALSO})\s+(?P<aliases>[^()]{{2,400}}?)\s*,?\s+(?P<rest>{_VERB}\s.*)$",
    re.IGNORECASE | re.DOTALL,
)
_PLAIN = re.compile(rf"^\W{{0,6}}(?P<name>[^()]{{2,120}}?)\s*,?\s+(?P<rest>{_VERB}\s.*)$", re.IGNORECASE | re.DOTALL)
_WHERE = re.compile(
    r"(?:banned|outlawed|prohibited|proscribed|forbidden|illegal|designated|recogni[sz]ed|listed|blacklisted|undesirable|"
    r"organi[sz]ation|group|movement|activities|activity)\b[^.;]*?\s(?:in|across|on\s+the\s+territory\s+of|under\s+the\s+laws?\s+of|by)\s+"
    r"(?P<en>(?:the\s+)?[A-Z][\w'’.-]*(?:[\s-]+(?:of\s+(?:the\s+)?(?=[A-Z])|the\s+(?=[A-Z])|[A-Z][\w'’.-]*))*(?:,\s*(?:the\s+)?[A-Z][\w'’-]*(?:\s+[A-Z][\w'’-]*)*)*"
    r"(?:\s+and\s+(?:the\s+)?[A-Z][\w'’-]*(?:\s+[A-Z][\w'’-]*)*)?)|"
    r"(?:interdite?s?|prohib[ée]e?s?|bannie?s?)\s[^.;]*?(?:en|au|aux|dans|sur\s+le\s+territoire\s+d[eu]|par)\s+"
    r"(?P<fr>(?:la\s+|le\s+|les\s+|l['’])?[A-ZÉ][\w'’-]*(?:[\s-]+(?:de|du|des|la|et|[A-ZÉ][\w'’-]*))*)|"
    r"\bin\s+(?P<de>(?:der\s+|den\s+)?[A-ZÄÖÜ][\w-]+(?:\s+(?:und\s+)?[A-ZÄÖÜ][\w-]+)*)\s+(?:als\s[^.;]{0,60}?)?(?:verboten|eingestuft)|"
    r"\bverboten\w*\b[^.;]*?\sin\s+(?P<de_after>[A-ZÄÖÜ][\w-]+(?:\s+(?:und\s+)?[A-ZÄÖÜ][\w-]+)*)|"
    r"(?:prohibid[oa]s?|proibid[oa]s?|proscrit[oa]s?)\s[^.;]*?(?:en|na|no|em)\s+(?P<es>[A-ZÁÉÍÓÚ][\w-]*(?:\s+(?:y|e|de)?\s*[A-ZÁÉÍÓÚ][\w-]*)*)|"
    r"(?P<tr>[A-ZÇĞİÖŞÜ][\w-]+)['’](?:da|de|ta|te)\s+yasakl|"
    r"(?:запрещ[её]н\w*|признан\w*)\s[^.;]*?(?:в|на\s+территории)\s+(?P<ru>[А-ЯЁ][\w-]*(?:\s+[А-ЯЁ][\w-]*)*)|"
    r"(?:محظور(?:ة|ه)?|المحظورة?)\s[^.؛]*?(?:في|داخل)\s+(?P<ar>[\u0621-\u064a]+(?:\s+(?:من|(?:ال|و)[\u0621-\u064a]+))*)"
)
_WHERE_BEFORE = re.compile(r"\bin\s+(?P<en>(?:the\s+)?[A-Z][\w'’-]*(?:\s+(?:of\s+|and\s+)?[A-Z][\w'’-]*)*)\s*[.)]?\s*$")
_SPLIT = re.compile(
    r"\s*[,;،؛/]\s*(?:(?:and|or|et|ou|und|y|e|и|или|و|أو)\s+)?|\s+(?:and|or|et|ou|und|oder|o|veya|или|أو)\s+"
)
_SAYS = re.compile(
    r"^(?:he|she|they|it|this|that|we|i|il|elle|ils)\b|\b(?:said|says|told|which|who|that)\b", re.IGNORECASE
)
_QUOTES = "\"'“”„‟«»‘’‹› \t\u00a0"
_ARTICLES = re.compile(
    r"^(?:the|le|la|les|l['’]|der|die|das|el|los|las|движение|организация|группировка)\s+", re.IGNORECASE
)
_GENERIC = frozenset({
    "state", "islamic", "party", "army", "front", "group", "movement", "organization", "organisation", "people",
    "council",
    "liberation", "national", "union", "league", "right", "sector", "jabhat", "jamaat", "islam", "free", "brotherhood",
    "congress", "committee", "battalion", "legion", "corps", "international", "world", "network", "community",
    "association",
    "centre", "center", "foundation", "the", "and", "for", "muslim", "new", "news", "media", "team", "society", "force",
})  # fmt: skip


def read_notice(text: str) -> Notice | None:
    """The notice that a footnote says, or None where it names nobody as banned."""
    text = " ".join(text.split())
    if not 12 <= len(text) <= 3000:
        return None
    marked = re.match(rf"\s*(?:{_MARK})\s*", text)
    said = text[marked.end() :] if marked else text
    for pattern in (_WITH_ALIASES, _COMMA_ALIASES, _PLAIN):
        match = pattern.match(said)
        if match is None or (pattern is _PLAIN and not marked):
            continue
        if not _BANNED.search(match.group("rest")) or len(match.group("name").split()) > 12:
            continue
        if pattern is _WITH_ALIASES and not (match.group("also") or marked):
            continue
        names = _names(match.groupdict().get("aliases") or "")
        name = _clean(match.group("name"))
        if name and not _SAYS.search(name):
            aliases = tuple(alias for alias in names if alias.casefold() != name.casefold())
            return Notice(name=name, aliases=aliases, text=said, jurisdiction=_jurisdiction(said))
    return None


def find_notices(texts: Iterable[str]) -> tuple[Notice, ...]:
    """Every notice among the texts, one for each name."""
    answer: dict[str, Notice] = {}
    for text in texts:
        notice = read_notice(text)
        if notice is not None:
            answer.setdefault(notice.name.casefold(), notice)
    return tuple(answer.values())


def is_marked_footnote(text: str) -> bool:
    """True for a line that begins as a footnote does."""
    return bool(re.match(rf"\s*(?:{_MARK})\s*\S", text))


def unmarked_mentions(notices: Iterable[Notice], body: Iterable[str]) -> tuple[Mention, ...]:
    """Every passage of the body that names a notice's subject without its mark."""
    wanted: list[tuple[str, re.Pattern[str]]] = []
    for notice in notices:
        forms = {form for name in (notice.name, *notice.aliases) for form in _forms(name)}
        if forms:
            alternatives = "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True))
            wanted.append((notice.name, re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)")))
    return tuple(
        Mention(name=name, text=match.group())
        for text in body
        for name, pattern in wanted
        for match in pattern.finditer(text)
        if not re.match(r"[\"'”“’»)]{0,2}\s?[*†‡]", text[match.end() : match.end() + 5])
    )


def _names(aliases: str) -> list[str]:
    """The other names of a bracket, apart, without their quotation marks."""
    aliases = re.sub(rf"\b(?:{_ALSO})\s", ", ", f" {aliases} ", flags=re.IGNORECASE)
    answer: list[str] = []
    for part in _SPLIT.split(aliases):
        name = _clean(part)
        if len(name) > 1 and not _BANNED.search(name) and name.casefold() not in {n.casefold() for n in answer}:
            answer.append(name)
    return answer


def _clean(name: str) -> str:
    """A name without quotation marks, stars and a leading article."""
    name = name.strip(_QUOTES + "*†‡,.;:–—-")
    return _ARTICLES.sub("", name).strip(_QUOTES)


def _jurisdiction(text: str) -> str | None:
    """Where the notice says that it holds, in the notice's own words."""
    match = _WHERE.search(text) or _WHERE_BEFORE.search(text)
    if match is None:
        return None
    place = next((value for value in match.groupdict().values() if value), None)
    if place is None:
        return None
    return re.sub(r"^(?:the|la|le|les|l['’])\s+", "", place.strip(" .,"), flags=re.IGNORECASE) or None


def _forms(name: str) -> set[str]:
    """A name and the parts of it by which it is known alone."""
    forms = {name}
    for part in re.findall(
        r"(?<!\w)(?:[Aa]l|[Aa]n|[Aa]sh|[Aa]s|[Aa]d|[Aa]r|[Aa]t|[Ee]l)[-\u2010\u2011 ][A-Z]\w{2,}", name
    ):
        forms.add(part)
        forms.add(part[0].swapcase() + part[1:])
    words = name.split()
    if len(words) > 1:
        for word in words:
            plain = word.strip("()\"'«»“”,.")
            distinctive = len(plain) >= 5 and plain[:1].isupper() and plain.casefold() not in _GENERIC
            if distinctive and "-" not in plain and len(words) <= 3:
                forms.add(plain)
    return {form for form in forms if len(form) >= 3}

"""The pictures of an article with the words that belong to each."""

import re
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from broadsheet.importing.engines.page.lines import CAPTION, Line
from broadsheet.importing.engines.page.pieces import Page
from broadsheet.importing.engines.page.zones import AUTHOR, RIGHTS, SHARING, names_of, words_of
from broadsheet.importing.rules.credits import read_credit, split_trailing_credit, without_credits
from broadsheet.importing.rules.page_result import Credit, PageImage
from broadsheet.importing.rules.wording import plain_words

_IMAGES = frozenset({"img", "amp-img"})
_SMALL = 100
_CREDIT_TEXT = 80
_CREDIT_WORD = re.compile(r"^\W*(?:photo |image )?(?:credits?|cr[ée]dits?|photo|image)\W+", re.IGNORECASE)
_FOR = re.compile(r"(\S+(?: \S+){1,3}) for (\S.{1,40})")
_BRACKETED = re.compile(r"(\S+(?: \S+){1,3}) \(([A-Z][\w. ]{1,20})\)")
_NOT_A_PICTURE = re.compile(
    r"(?:pixel|spacer|blank|tracking|beacon|1x1|logo|icon|avatar|gravatar|emoji|sprite|button|badge)",
    re.IGNORECASE,
)
_CREDIT_NAMES = re.compile(
    r" (?:credits?|photo ?credits?|image ?credits?|copyright|photographer|source|author|attribution) "
)
_ADDRESS_KEYS = ("data-src", "data-original", "data-lazy-src", "data-full-src", "data-hi-res-src", "src")


@dataclass(slots=True)
class Picture:
    """A picture, the piece of text before which it stands, and the caption lines that are its own."""

    image: PageImage
    position: int
    node: int


def find_pictures(
    page: Page,
    within: list[bool],
    lines: list[Line],
    *,
    authors: tuple[str, ...],
    title: int | None = None,
    url: str | None,
) -> list[Picture]:
    """The article's pictures in reading order, each once; those between the headline and the text are its own too."""
    text = next((number for number, line in enumerate(lines) if line.reason is None and line.piece.prose), 0)
    leading = range(title + 1, text + 1) if title is not None else range(0)
    captions = _captions_by_node(page, lines)
    shared = _shared(page)
    answer: list[Picture] = []
    seen: set[str] = set()
    for node, position in page.media:
        element = page.nodes[node].element
        zone = page.nodes[node].inner
        if page.nodes[node].tag not in _IMAGES or not (within[node] or position in leading or _in_figure(page, node)):
            continue
        if (zone is not None and zone in {AUTHOR, SHARING, RIGHTS}) or (zone is not None and not within[node]):
            continue
        address = _address(element, url)
        if address is None or address in seen or _is_decoration(element, address):
            continue
        seen.add(address)
        nearest = _nearest(page, node, captions, shared=shared)
        own = [lines[number] for number in nearest if not _is_byline(lines[number], authors)]
        caption, credit = _taken_apart(page, own)
        alt = " ".join((element.get("alt") or "").split()) or None
        image = PageImage(caption=caption, alt=alt, url=address, credit=credit)
        answer.append(Picture(image=image, position=position, node=node))
    return answer


def _is_byline(line: Line, authors: tuple[str, ...]) -> bool:
    """True for 'by' and the author's name, which stands over a leading picture now and then."""
    return any(plain_words(line.piece.text) == f"by {plain_words(author)}" for author in authors)


def _captions_by_node(page: Page, lines: list[Line]) -> dict[int, list[int]]:
    """For every element the numbers of the caption lines in it, four levels up."""
    answer: dict[int, list[int]] = {}
    for number, line in enumerate(lines):
        if line.reason == CAPTION or line.piece.kind == "caption":
            for node in page.ancestors(line.piece.node)[:6]:
                answer.setdefault(node, []).append(number)
    return answer


def _in_figure(page: Page, node: int) -> bool:
    """True for a picture in a figure, as the leading one above the text is."""
    return any(page.nodes[above].tag == "figure" for above in page.ancestors(node)[:6])


def _shared(page: Page) -> set[int]:
    """The elements that hold more than one picture, whose words are nobody's in particular."""
    seen: set[int] = set()
    answer: set[int] = set()
    for node, _ in page.media:
        if page.nodes[node].tag in _IMAGES:
            for above in page.ancestors(node)[1:7]:
                (answer if above in seen else seen).add(above)
    return answer


def _nearest(page: Page, node: int, captions: dict[int, list[int]], *, shared: set[int]) -> list[int]:
    """The numbers of the caption lines that are this picture's own."""
    for above in page.ancestors(node)[1:7]:
        figure = page.nodes[above].tag == "figure"
        if page.nodes[above].tag in {"body", "article", "main"} or (above in shared and not figure):
            break
        if numbers := captions.get(above):
            return numbers[:3]
    return []


def _taken_apart(page: Page, lines: list[Line]) -> tuple[str | None, Credit | None]:
    """Caption lines as one caption and one credit."""
    said: list[str] = []
    credit: Credit | None = None
    for line in lines:
        names = " ".join(names_of(page.nodes[node].element) for node in page.ancestors(line.piece.node)[:2])
        text = line.piece.text
        if credit is None and (inner := _inner_credit(page, line)):
            text, credit = text.removesuffix(inner).strip(" (–—-"), _credited(inner)
        elif credit is None and _CREDIT_NAMES.search(words_of(names)) and len(line.piece.text) < 160:
            credit = read_credit(line.piece.text.strip("() "))
            if credit is not None:
                continue
        rest, found = without_credits(text)
        if not found and credit is None:
            rest, trailing = split_trailing_credit(rest)
            found = (trailing,) if trailing else ()
        credit = credit or (found[0] if found else None)
        if rest and rest not in said:
            said.append(rest)
    return " ".join(said) or None, credit


def _inner_credit(page: Page, line: Line) -> str | None:
    """The words at the caption's end that stand in an element named for the credit."""
    text = line.piece.text
    for element in page.nodes[line.piece.node].element.iter("span", "cite", "em", "i", "small"):
        said = " ".join(element.text_content().split())
        if not 2 < len(said) <= len(text) or not text.endswith(said):
            continue
        glued = len(said) < min(len(text), _CREDIT_TEXT) and not text[-len(said) - 1].isspace()
        if glued or _CREDIT_NAMES.search(words_of(names_of(element))):
            return said
    return None


def _credited(said: str) -> Credit:
    """The credit that an element of its own says, whichever form it has."""
    name = _CREDIT_WORD.sub("", said).strip()
    form = _FOR.fullmatch(name) or _BRACKETED.fullmatch(name)
    if form:
        return Credit(author=form[1], agency=form[2])
    name = name.strip("() ")
    return read_credit(name) or Credit(author=name)


def _address(element: HtmlElement, url: str | None) -> str | None:
    """Where the picture lies, the largest size that the page offers, or None."""
    sets = element.get("srcset") or element.get("data-srcset") or ""
    sizes: list[tuple[float, str]] = []
    for part in re.split(r",\s+", sets[:20_000]):
        words = part.split()
        if words:
            number = re.match(r"([\d.]+)[wx]$", words[-1]) if len(words) > 1 else None
            sizes.append((float(number.group(1)) if number else 1.0, words[0]))
    candidates = [max(sizes)[1]] if sizes else []
    candidates += [value for key in _ADDRESS_KEYS if (value := element.get(key))]
    for candidate in candidates:
        try:
            whole = urljoin(url or "", candidate.strip())
            scheme = urlsplit(whole).scheme
        except ValueError:
            continue
        if scheme in {"http", "https", ""} and len(whole) < 4000 and whole:
            return whole
    return None


def _is_decoration(element: HtmlElement, address: str) -> bool:
    """True for a pixel, a logo, an icon: nothing that an article shows."""
    for name in ("width", "height"):
        size = re.match(r"\s*(\d+)", element.get(name) or "")
        if size and int(size.group(1)) < _SMALL:
            return True
    file = urlsplit(address).path.rsplit("/", 1)[-1]
    return bool(_NOT_A_PICTURE.search(file)) or bool(_NOT_A_PICTURE.search(element.get("class") or ""))

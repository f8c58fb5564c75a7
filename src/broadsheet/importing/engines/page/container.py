"""Which element of a page holds the article."""

from collections import defaultdict

from broadsheet.importing.engines.page.pieces import Page, Piece
from broadsheet.importing.engines.page.zones import RELATED, names_of

_SHARES = (1.0, 0.6, 0.3, 0.15)
_HOLDS = 0.8
_TEASER_TEXT = 700
_FEW = 25
_OWN = 0.2
_PARAGRAPHS = 3


def find_container(page: Page, title: int | None = None) -> int:
    """The index of the smallest element that holds (nearly) all of the article."""
    dense = _densest(page)
    if title is not None and (own := _around(page, page.pieces[title].node, dense)) is not None:
        return own
    _mark_teasers(page, dense)
    masses, counts = _masses(page)
    children: dict[int, list[int]] = defaultdict(list)
    for index in range(1, len(page.nodes)):
        children[page.nodes[index].parent].append(index)
    current = 0
    while True:
        best = max(children.get(current, ()), key=masses.__getitem__, default=None)
        if best is None or masses[best] < _HOLDS * masses[current] or masses[best] == 0:
            break
        if counts[best] == 1 < counts[current] <= _FEW:
            break
        current = best
    return current if masses[current] else dense


def _around(page: Page, title: int, dense: int) -> int | None:
    """The element that holds the headline and some paragraphs, where the densest text of the page lies outside of it."""
    masses, _ = _masses(page)
    paragraphs = [piece for piece in page.pieces if piece.prose and page.nodes[piece.node].inner is None]
    for node in page.ancestors(title):
        below = page.below(node)
        if dense in below:
            return None
        if masses[node] >= _OWN * masses[0] and sum(piece.node in below for piece in paragraphs) >= _PARAGRAPHS:
            return node
    return None


def inside(page: Page, container: int) -> list[bool]:
    """For every element whether it lies in the container."""
    answer = [False] * len(page.nodes)
    answer[container] = True
    for index in range(container + 1, len(page.nodes)):
        answer[index] = answer[page.nodes[index].parent]
    return answer


def _densest(page: Page) -> int:
    """The element whose own paragraphs weigh most."""
    scores: dict[int, float] = defaultdict(float)
    for piece in page.pieces:
        if not piece.prose or page.nodes[piece.node].inner is not None:
            continue
        node = page.nodes[piece.node].parent
        for share in _SHARES:
            if node < 0:
                break
            scores[node] += piece.prose * share
            node = page.nodes[node].parent
    return max(scores, key=scores.__getitem__) if scores else 0


def _masses(page: Page) -> tuple[list[float], list[int]]:
    """How much prose outside all zones every element holds, and how many pieces."""
    masses, counts = [0.0] * len(page.nodes), [0] * len(page.nodes)
    for piece in page.pieces:
        if page.nodes[piece.node].inner is None:
            masses[piece.node] += piece.prose
            counts[piece.node] += 1
    for index in range(len(masses) - 1, 0, -1):
        masses[page.nodes[index].parent] += masses[index]
        counts[page.nodes[index].parent] += counts[index]
    return masses, counts


def _mark_teasers(page: Page, dense: int) -> None:
    """Repeated small parts under linked headings, away from the densest text, are links to other pages."""
    sizes = [0] * len(page.nodes)
    counts = [0] * len(page.nodes)
    for piece in page.pieces:
        sizes[piece.node] += len(piece.text)
        counts[piece.node] += 1
    for index in range(len(sizes) - 1, 0, -1):
        sizes[page.nodes[index].parent] += sizes[index]
        counts[page.nodes[index].parent] += counts[index]
    near = set(page.ancestors(dense))
    found: dict[tuple[str, str], set[int]] = defaultdict(set)
    for piece in page.pieces:
        if piece.kind != "heading" or piece.link_share < 0.8:
            continue
        node = _teaser_of(page, piece, counts)
        if node is not None and node not in near and sizes[node] < _TEASER_TEXT:
            element = page.nodes[node].element
            found[element.tag, names_of(element)].add(node)
    inner = inside(page, dense)
    for nodes in found.values():
        if len(nodes) < 2 or any(inner[node] for node in nodes):
            continue
        for node in nodes:
            page.nodes[node].zone = page.nodes[node].inner = RELATED
    for index in range(1, len(page.nodes)):
        if page.nodes[index].inner is None:
            page.nodes[index].inner = page.nodes[page.nodes[index].parent].inner


def _teaser_of(page: Page, piece: Piece, counts: list[int]) -> int | None:
    """The element around a linked heading that also holds other text."""
    own = counts[piece.node]
    for node in page.ancestors(piece.node)[:6]:
        if counts[node] > own:
            return node
    return None

"""How addresses of imported articles are kept, so that their old links still lead to them."""

from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

KEPT = {"p", "page_id"}  # what WordPress tells articles apart by, where it has no words in its addresses
MOST = 500


def old_path(address: str) -> str:
    """Return the path of an address without its host, one way of writing; empty where it is too long or the root."""
    parts = urlsplit(address)
    path = "/" + unquote(parts.path).strip("/")
    kept = [(name, value) for name, value in parse_qsl(parts.query) if name in KEPT]
    if kept:
        path = f"{path}?{urlencode(sorted(kept))}"
    return "" if path == "/" or len(path) > MOST or any(character < " " for character in path) else path

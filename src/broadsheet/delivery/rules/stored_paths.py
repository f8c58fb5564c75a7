"""Which addresses are stored, as which file, and with which type."""

import re

LONGEST_PATH = 900
_SEGMENT = r"[A-Za-z0-9_~-][A-Za-z0-9._~-]{0,199}"
_FOLDER = re.compile(rf"/(?:{_SEGMENT}/)*", re.ASCII)
_FILE = re.compile(
    rf"/(?:(?:{_SEGMENT}/)*(?:rss\.xml|atom\.xml|feed\.json|news\.xml|[0-9]{{1,6}}\.xml)"
    r"|sitemap\.xml|robots\.txt|\.well-known/(?:tdmrep\.json|security\.txt))",
    re.ASCII,
)
# The desk, and what is said to one reader alone, in any edition: never kept, whatever it answers.
_PERSONAL = re.compile(r"/(?:editor/|mailbox/|(?:(?!tag/)[a-z]{2,3}(?:-[a-z0-9]{2,8})*/)?(?:accounts|me)/)", re.ASCII)
_TYPES = {
    "rss.xml": "application/rss+xml; charset=utf-8",
    "atom.xml": "application/atom+xml; charset=utf-8",
    "feed.json": "application/feed+json; charset=utf-8",
    "robots.txt": "text/plain; charset=utf-8",
    "security.txt": "text/plain; charset=utf-8",
    "tdmrep.json": "application/json; charset=utf-8",
}
# Parameters that others add to count their clicks: they never change a page.
TRACKING = re.compile(
    r"(?:utm_[A-Za-z0-9_]+|mtm_[A-Za-z0-9_]+|pk_[A-Za-z0-9_]+|at_[A-Za-z0-9_]+|fbclid|gclid|dclid|gbraid|wbraid"
    r"|gad_source|msclkid|twclid|ttclid|yclid|ysclid|igshid|igsh|mc_cid|mc_eid|li_fat_id|srsltid|oc|ref|ref_src|ref_url"
    r"|share|smid|smtyp|cmpid|xtor|amp|__twitter_impression)",
    re.ASCII,
)


def stored_file(path: str) -> str | None:
    """Return the file, relative to the store, that a public path is kept in; None where it is never stored."""
    if len(path) > LONGEST_PATH or is_personal(path):
        return None
    if _FOLDER.fullmatch(path):
        return f"{path[1:]}index.html"
    return path[1:] if _FILE.fullmatch(path) else None


def is_personal(path: str) -> bool:
    """Return whether the answer depends on who asks."""
    return _PERSONAL.match(path) is not None


def content_type(file: str) -> str:
    """Return the type that a stored file is served with."""
    name = file.rpartition("/")[2]
    if name in _TYPES:
        return _TYPES[name]
    return "application/xml; charset=utf-8" if name.endswith(".xml") else "text/html; charset=utf-8"


def only_tracking(query: str) -> bool:
    """Return whether a query is empty or holds nothing but parameters that count clicks."""
    if len(query) > 2000:
        return False
    return all(TRACKING.fullmatch(part.partition("=")[0]) for part in query.split("&") if part)

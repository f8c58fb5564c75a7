"""Which addresses are files that need no rendering, and what is said of them."""

import re
from mimetypes import guess_type

IMMUTABLE = "public, max-age=31536000, immutable"
_PART = r"[A-Za-z0-9_@+~:-][A-Za-z0-9._@+~:-]{0,199}"
_FILE = re.compile(rf"/(?:static|img|media|avatars)/(?:{_PART}/)*{_PART}", re.ASCII)
_HASHED = re.compile(r"\.[0-9a-f]{12}\.[a-z0-9.]+$")
_TYPES = {
    "js": "text/javascript; charset=utf-8",
    "mjs": "text/javascript; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "svg": "image/svg+xml",
    "woff2": "font/woff2",
    "avif": "image/avif",
    "webp": "image/webp",
    "json": "application/json",
    "webmanifest": "application/manifest+json",
    "vtt": "text/vtt; charset=utf-8",
    "m4a": "audio/mp4",
    "opus": "audio/ogg",
    "map": "application/json",
}


def served_file(path: str) -> str | None:
    """Return the file, relative to the data folder, at the address; None where there can be none."""
    if len(path) > 900 or not _FILE.fullmatch(path):
        return None
    return path[1:]


def file_type(file: str) -> str:
    """Return the type that the file is served with."""
    ext = file.rpartition(".")[2].lower()
    return _TYPES.get(ext) or guess_type(file, strict=False)[0] or "application/octet-stream"


def file_headers(file: str) -> tuple[tuple[str, str], ...]:
    """Return the headers of a file: pictures, those of readers too, and hashed static files never change."""
    headers = [("Content-Type", file_type(file)), ("X-Content-Type-Options", "nosniff")]
    if file.startswith("static/"):
        headers.append(("Vary", "Accept-Encoding"))
        keep = IMMUTABLE if _HASHED.search(file) else "public, max-age=300"
    elif file.startswith("avatars/"):  # drawn by us, under a name that is never given twice
        keep = IMMUTABLE
    elif file.startswith("img/"):
        headers.append(("Cross-Origin-Resource-Policy", "cross-origin"))
        keep = IMMUTABLE
    else:  # what the newsroom uploaded is looked at and played, never run
        headers.append(("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox"))
        keep = "public, max-age=3600"
    return (*headers, ("Cache-Control", keep))

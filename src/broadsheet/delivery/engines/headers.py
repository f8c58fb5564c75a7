"""The headers of public answers: the same for everybody, said once, also for the web servers' files."""

from functools import lru_cache

from django.conf import settings

Headers = tuple[tuple[str, str], ...]
EMBED = "/embed/"  # the one place that frames what others host, after the reader has asked for it
ALWAYS_ASK = "public, max-age=0, must-revalidate"
NO_SENSORS = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"


def policy(*, embed: bool = False, sound: str = "", asked: str = "", frame: str = "") -> str:
    """Return the content security policy of public pages: own resources only, nothing inline, no nonces.

    `sound`, `asked` and `frame` name the one host that a page plays, asks by script or frames after the reader has
    asked for it. Own pages may frame each other: the radio goes on beside them while they change.
    """
    pictures = f" {settings.PICTURE_URL}" if settings.PICTURE_URL else ""
    rules = {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "font-src": "'self'",
        "img-src": f"'self'{pictures}",
        "media-src": f"'self'{f' {sound}' if sound else ''}",
        "connect-src": f"'self'{f' {asked}' if asked else ''}",
        "manifest-src": "'self'",
        "worker-src": "'self'",
        "frame-src": "https:" if embed else f"'self'{f' {frame}' if frame else ''}",
        "object-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": "'self'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


@lru_cache(maxsize=16)
def _common(public_url: str, picture_url: str, secure: bool, embed: bool) -> Headers:
    found = [
        ("Content-Security-Policy", policy(embed=embed)),
        ("Referrer-Policy", "strict-origin-when-cross-origin"),
        ("X-Content-Type-Options", "nosniff"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Permissions-Policy", NO_SENSORS),
        ("tdm-reservation", "1"),
        ("tdm-policy", f"{public_url}/tdm-policy/"),
    ]
    if secure:
        found.append(("Strict-Transport-Security", "max-age=31536000; includeSubDomains"))
    return tuple(found)


def public_headers(path: str = "/") -> Headers:
    """Return the headers of every public answer at this path, stored or not."""
    return _common(settings.PUBLIC_URL, settings.PICTURE_URL, settings.SECURE, path.startswith(EMBED))


def link_header(file: str) -> str:
    """Return the `Link` header of a feed's file (hubs and itself), empty for other files and without hubs."""
    if file.rpartition("/")[2] not in {"rss.xml", "atom.xml", "feed.json"}:
        return ""
    hubs = [f'<{hub}>; rel="hub"' for hub in settings.ENV.words("BROADSHEET_WEBSUB_HUBS")]
    return ", ".join([*hubs, f'<{settings.PUBLIC_URL}/{file}>; rel="self"']) if hubs else ""


def letting_in(path: str, *, sound: str = "", asked: str = "", frame: str = "") -> Headers:
    """Return the headers of an answer, never stored, that plays or frames what one other host has.

    That host isn't told which page it was asked from.
    """
    ours = dict(public_headers(path))
    ours["Content-Security-Policy"] = policy(sound=sound, asked=asked, frame=frame)
    ours["Referrer-Policy"] = "same-origin"
    return tuple(ours.items())


def stored_headers(path: str, file: str) -> Headers:
    """Return the headers that a stored file is served with, besides those of its length and version."""
    link = link_header(file)
    return (
        ("Cache-Control", ALWAYS_ASK),
        ("Vary", "Accept-Encoding"),
        *public_headers(path),
        *((("Link", link),) if link else ()),
    )


def etag(modified: float, size: int) -> str:
    """Return the ETag as nginx makes it, so that a reader may come by either way."""
    return f'"{int(modified):x}-{size:x}"'

"""What pages are made with: when it changes, every stored page is out of date."""

import hashlib
from functools import lru_cache
from pathlib import Path

from django.conf import settings

import broadsheet

_SUFFIXES = {".py", ".html", ".css", ".js", ".mo", ".po", ".svg", ".woff2", ".txt", ".xml"}
# Files written before a power cut are not trusted.
_BOOT = Path("/proc/sys/kernel/random/boot_id")


@lru_cache(maxsize=1)
def build_digest() -> str:
    """Return a digest of code, templates, styles, catalogues and addresses as this process found them."""
    digest = hashlib.blake2b(digest_size=12)
    settled = (broadsheet.__version__, settings.PUBLIC_URL, settings.PICTURE_URL, settings.SECRET_KEY)
    digest.update("\0".join(settled).encode())
    digest.update(_BOOT.read_bytes() if _BOOT.is_file() else b"")
    package = Path(broadsheet.__file__).parent
    for root in (package, settings.DATA / "theme", settings.DATA / "locale"):
        for file in sorted(root.rglob("*")) if root.is_dir() else ():
            if file.suffix in _SUFFIXES and file.is_file():
                state = file.stat()
                digest.update(f"{file.relative_to(root)}\0{state.st_size}\0{state.st_mtime_ns}\0".encode())
    return digest.hexdigest()

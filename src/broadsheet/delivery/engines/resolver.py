"""From an address to the file that answers it, if one may."""

from pathlib import Path

from django.conf import settings

from broadsheet.delivery.engines.file_cache import Entry, FileCache
from broadsheet.delivery.engines.headers import Headers, stored_headers
from broadsheet.delivery.engines.pagestore import Faults, PageStore
from broadsheet.delivery.rules.served_files import file_headers, served_file
from broadsheet.delivery.rules.stored_paths import content_type, only_tracking, stored_file

REMEMBERED = 20_000


class Place:
    """Where an address's file is, and what is said of it. `page` is the path of a stored page, empty for files."""

    __slots__ = ("file", "headers", "page")

    def __init__(self, file: str, page: str, headers: Headers) -> None:
        self.file = file
        self.page = page
        self.headers = headers


class Resolver:
    """Finds the file of an address, and its bytes."""

    def __init__(self, store: PageStore, cache: FileCache | None = None) -> None:
        self.store = store
        self.cache = cache or FileCache()
        self.data = str(settings.DATA)
        self.www = str(store.files.www)
        self.roots = {"static": str(Path(settings.STATIC_ROOT)), "media": str(Path(settings.MEDIA_ROOT))}
        self._places: dict[tuple[str, str], Place | None] = {}

    def place(self, path: str, query: str = "") -> Place | None:
        """Return where the address's file would be; None where it is never a file."""
        key = (path, query)
        if key in self._places:
            return self._places[key]
        found = self._place(path, query)
        if len(self._places) >= REMEMBERED:
            self._places.clear()
        self._places[key] = found
        return found

    def _place(self, path: str, query: str) -> Place | None:
        served = served_file(path)
        if served is not None:
            root, _, rest = served.partition("/")
            file = f"{self.roots[root]}/{rest}" if root in self.roots else f"{self.data}/{served}"
            return Place(file, "", file_headers(served))
        stored = stored_file(path)
        if stored is None or (query and not only_tracking(query)):
            return None
        headers = (("Content-Type", content_type(stored)), *stored_headers(path, stored))
        return Place(f"{self.www}/{stored}", path, headers)

    def entry(self, place: Place) -> Entry | None:
        """Return the file's bytes, None where it isn't there (or is too large to hold)."""
        if place.page and not self.store.trusted:
            return None
        found = self.cache.fresh(place.file)
        if found is None:
            found = self.cache.load(place.file, place.headers)
            if found is not None and place.page:
                found.refresh_at = self._refresh_at(place.page)
        return found

    def _refresh_at(self, page: str) -> float | None:
        try:
            row = self.store.index.page(page)
        except Faults:
            self.store.index.forget_connection()
            return None
        return row.refresh_at if row else None

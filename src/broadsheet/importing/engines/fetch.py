"""Fetches what is imported: the kernel's fetching, with refusals as imports tell them."""

from broadsheet.importing.errors import FetchFailedError, FetchRefusedError
from broadsheet.kernel import fetching
from broadsheet.kernel.fetching import PAGE_KINDS, Fetched, Limits

_REMEDY = "A page that can't be fetched can be saved in a browser and imported as a file."


def fetch(
    url: str, *, allow_private: bool = False, limits: Limits | None = None, kinds: frozenset[str] = PAGE_KINDS
) -> Fetched:
    """The answer of the address; refusals are those of imports."""
    try:
        return fetching.fetch(url, allow_private=allow_private, limits=limits, kinds=kinds)
    except fetching.FetchRefusedError as error:
        raise FetchRefusedError(f"Nothing was imported: {error.why} {_REMEDY}") from error
    except fetching.FetchFailedError as error:
        raise FetchFailedError(f"Nothing was imported: {error.why} {_REMEDY}") from error

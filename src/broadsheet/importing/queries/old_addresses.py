"""Which article had an address before it was imported."""

from collections.abc import Iterator

from broadsheet.importing.models import OldAddress
from broadsheet.importing.rules.old_paths import old_path


def article_at(address: str) -> int | None:
    """Return the database id of the article that had this path (with its query) elsewhere, None where none had."""
    return OldAddress.objects.filter(path=old_path(address)).values_list("article_id", flat=True).first()


def all_old_addresses() -> Iterator[tuple[str, int]]:
    """Yield every old path with the database id of its article."""
    yield from OldAddress.objects.values_list("path", "article_id").iterator()

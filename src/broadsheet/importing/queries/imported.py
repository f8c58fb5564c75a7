"""What was imported before, and from where."""

from collections.abc import Iterator

from broadsheet.importing.models import Imported

BUNDLE = "bundle"  # the source of what bundles brought


def imported(source: str, kind: str, key: str) -> Imported | None:
    """Return what is known of an object of the source, None where it never came."""
    return Imported.objects.filter(source=source, kind=kind, key=key[:400]).first()


def imported_keys(source: str, kind: str) -> dict[str, Imported]:
    """Return everything of the kind that came from the source, by its key there."""
    return {row.key: row for row in Imported.objects.filter(source=source, kind=kind)}


def imported_elsewhere() -> Iterator[Imported]:
    """Yield what came from any source but bundles, in one order."""
    rows = Imported.objects.exclude(source=BUNDLE)
    yield from sorted(rows, key=lambda row: (row.source, row.kind, row.key))  # databases differ in what comes first

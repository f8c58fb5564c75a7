"""How the index stands."""

from broadsheet.search.models import SearchDocument


def indexed() -> int:
    """Return how many articles the index knows."""
    return SearchDocument.objects.count()

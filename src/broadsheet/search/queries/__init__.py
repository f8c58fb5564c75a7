"""What may be asked of search."""

from broadsheet.search.queries.results import Hit, SearchPage, search
from broadsheet.search.queries.suggestions import Suggestion, suggest

__all__ = ["Hit", "SearchPage", "Suggestion", "search", "suggest"]

"""The only writers of the search index."""

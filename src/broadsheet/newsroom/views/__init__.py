"""The desk's own pages, in Wagtail's idiom."""

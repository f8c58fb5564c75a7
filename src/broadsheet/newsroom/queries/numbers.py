"""Finds rows by their public numbers."""

from collections.abc import Iterable

from broadsheet.newsroom.models import ArticlePage, Picture


def pages_by_number(numbers: Iterable[int]) -> dict[int, int]:
    """Return the database ids of the articles, drafts as well, with these public numbers."""
    return dict(ArticlePage.objects.filter(public_id__in=list(numbers)).values_list("public_id", "pk"))


def pictures_by_number(numbers: Iterable[int]) -> dict[int, int]:
    """Return the database ids of the pictures with these public numbers."""
    return dict(Picture.objects.filter(public_id__in=list(numbers)).values_list("public_id", "pk"))

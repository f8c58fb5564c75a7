"""Addresses of account pages as mails name them."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import get_script_prefix, reverse, set_script_prefix

from broadsheet.newsroom.queries.editions import EditionView, editions, root_edition


def account_address(edition: EditionView, name: str, *args: Any, **values: Any) -> str:
    """Return the whole address of the page of that name in the edition; the host is the paper's own, never asked for."""
    return settings.PUBLIC_URL + account_path(edition, name, *args, **values)


def account_path(edition: EditionView, name: str, *args: Any, **values: Any) -> str:
    """Return the path of the page of that name in the edition."""
    before = get_script_prefix()
    set_script_prefix("/" if edition.at_root else edition.path)
    try:
        return reverse(name, args=args or None, kwargs=values or None)
    finally:
        set_script_prefix(before)


def edition_of(request: HttpRequest) -> EditionView | None:
    """Return the edition whose account page was asked for, else that at the root; None in a paper without any."""
    return getattr(request, "edition", None) or root_edition() or next(iter(editions()), None)


def code_of(request: HttpRequest) -> str:
    """Return the code of that edition, empty in a paper without any."""
    edition = edition_of(request)
    return edition.code if edition is not None else ""

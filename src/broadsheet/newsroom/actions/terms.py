"""Writes authors, tags and legal notices, by edition and address."""

from collections.abc import Sequence
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from broadsheet.newsroom.errors import refuse
from broadsheet.newsroom.models import Author, EditionPage, LegalNotice, Picture, Tag
from broadsheet.newsroom.rules.wording import sentences

Term = TypeVar("Term", Author, Tag, LegalNotice)


@transaction.atomic
def put_author(
    *,
    edition: EditionPage,
    slug: str,
    name: str,
    role: str = "",
    bio: str = "",
    picture: Picture | None = None,
    translation_of: Author | None = None,
) -> Author:
    """Store the author with this address, made anew or changed, and return it."""
    author = _named(Author, edition, slug=slug)
    return _put(author, {"name": name, "role": role, "bio": bio, "picture": picture}, translation_of)


@transaction.atomic
def put_tag(
    *, edition: EditionPage, slug: str, name: str, kind: str = "topic", translation_of: Tag | None = None
) -> Tag:
    """Store the tag with this address, made anew or changed, and return it."""
    return _put(_named(Tag, edition, slug=slug), {"name": name, "kind": kind}, translation_of)


@transaction.atomic
def put_notice(
    *,
    edition: EditionPage,
    key: str,
    name: str,
    text: str,
    aliases: Sequence[str] = (),
    jurisdiction: str = "",
) -> LegalNotice:
    """Store the legal notice with this key, made anew or changed, and return it."""
    values = {"name": name, "text": text, "aliases": list(aliases), "jurisdiction": jurisdiction}
    return _put(_named(LegalNotice, edition, key=key), values, None)


def _named(model: type[Term], edition: EditionPage, **address: str) -> Term:
    found = model.objects.filter(edition_id=edition.pk, **address).first()
    if found is not None:
        return found
    new = model(edition_id=edition.pk, **address)
    if isinstance(new, Author | Tag):
        new.locale_id = edition.locale_id
    return new


def _put(term: Term, values: dict[str, Any], translation_of: Any) -> Term:
    for name, value in values.items():
        setattr(term, name, value)
    if translation_of is not None and isinstance(term, Author | Tag):
        term.translation_key = translation_of.translation_key
    try:
        term.full_clean()
    except ValidationError as error:
        raise refuse(
            "invalid-term",
            _("“%(name)s” was not stored.") % {"name": values["name"][:80]},
            sentences(error),
            _("Correct the value."),
        ) from error
    term.save()
    return term

"""Writes a version of a rulebook as an archive has it."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from broadsheet.kernel.facts import announce
from broadsheet.newsroom.conf import RulebookState
from broadsheet.newsroom.errors import refuse
from broadsheet.newsroom.facts import RulebookChanged
from broadsheet.newsroom.models import EditionPage, RulebookVersion
from broadsheet.newsroom.queries.rulebooks import forget_rulebooks
from broadsheet.newsroom.rules.wording import sentences
from broadsheet.standards.rulebook import RulebookError, digest_of, load_tables

# What an archive has of a version, beside its edition, number, state and content.
RULEBOOK_FIELDS = ("base", "after", "changes", "heads", "digest", "why", "effective_at")


@transaction.atomic
def restore_rulebook(
    *,
    edition: EditionPage,
    number: int,
    state: str,
    content: Mapping[str, Any] | None,
    fields: Mapping[str, Any],
    by_id: int | None,
    now: datetime,
) -> RulebookVersion:
    """Make the version, or change the draft with its number, and return it; one that is live here may become past.

    `Refused` where another sealed version stands here under the number, another one is live, a value is wrong, or the
    content isn't that of the digest.
    """
    own = RulebookVersion.objects.filter(edition_id=edition.pk)
    stored = own.filter(number=number).first()
    if stored is not None and stored.state != RulebookState.DRAFT:
        if (stored.digest, stored.state, state) != (fields["digest"], RulebookState.LIVE, RulebookState.PAST):
            raise _wrong(number, _("Another version of that number judged here, and it never changes."))
        own.filter(pk=stored.pk).update(state=RulebookState.PAST)
    else:
        if state == RulebookState.LIVE and own.filter(state=RulebookState.LIVE).exists():
            raise _wrong(number, _("Another version is live here."))
        stored = stored or RulebookVersion(edition_id=edition.pk, number=number)
        for name in RULEBOOK_FIELDS:
            setattr(stored, name, fields[name])
        stored.state, stored.by_id = state, by_id
        stored.content = _sealed(number, content, fields)
        try:
            stored.full_clean()
        except ValidationError as error:
            raise _wrong(number, sentences(error)) from error
        stored.save()
    if state != RulebookState.DRAFT:
        announce(RulebookChanged(edition_id=edition.pk, number=number, state=state, at=now))
    transaction.on_commit(forget_rulebooks, robust=True)
    return stored


def _sealed(number: int, content: Mapping[str, Any] | None, fields: Mapping[str, Any]) -> str:
    if content is None:
        return ""
    try:
        load_tables(content)
    except RulebookError as error:
        raise _wrong(number, str(error)) from error
    if digest_of(content, fields["heads"]) != fields["digest"]:
        raise _wrong(number, _("Its content isn't that of its digest."))
    return json.dumps(content, ensure_ascii=False)


def _wrong(number: int, why: str) -> Exception:
    return refuse("bad-rulebook", _("Version %(number)d of the rulebook was not stored.") % {"number": number}, why)

"""Writes the one draft that an edition's rulebook may have (STD-06)."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from broadsheet.kernel import clock
from broadsheet.newsroom.conf import RulebookState
from broadsheet.newsroom.engines.standards_text import changes_of_folder
from broadsheet.newsroom.errors import refuse
from broadsheet.newsroom.models import RulebookVersion
from broadsheet.newsroom.queries.rulebook_drafts import composed
from broadsheet.newsroom.rules.wording import sentences
from broadsheet.standards.rulebook import load


def begin_rulebook(*, edition_id: int) -> RulebookVersion:
    """Return the edition's draft; a new one begins with what the newest version that was live says otherwise.

    The first one begins with the newsroom's folder, which counts no more once a version is live.
    """
    own = RulebookVersion.objects.filter(edition_id=edition_id)
    found = own.filter(state=RulebookState.DRAFT).first()
    if found is not None:
        return found
    base = load().version
    last = own.order_by("-number").first()
    live = own.filter(state=RulebookState.LIVE).first()
    if live is not None:
        words = {"changes": live.changes, "heads": live.heads, "after": live.number}
    else:
        words = {"changes": changes_of_folder()}
    try:
        with transaction.atomic():
            return RulebookVersion.objects.create(
                edition_id=edition_id, number=last.number + 1 if last else 1, base=base, **words
            )
    except IntegrityError:  # somebody else began it at the same moment
        return own.get(state=RulebookState.DRAFT)


def update_rulebook_draft(
    *, draft: RulebookVersion, changes: Mapping[str, Any], heads: Mapping[str, str], why: str
) -> RulebookVersion:
    """Store what the draft says otherwise than the shipped rulebook, its learned heads by clause, and why.

    `Refused` where these make no rulebook, or where the version is no draft any more.
    """
    tried = RulebookVersion(edition_id=draft.edition_id, number=draft.number, changes=dict(changes), heads=dict(heads))
    found = composed(tried, clock.now().date())
    named = [head.clause for head in found.kept.heads]
    if named != list(heads):
        raise refuse(
            "bad-rulebook",
            _("The rulebook can't be read; nothing was changed."),
            _("A learned head is filed under another clause than its own."),
            _("File each under its clause."),
        )
    with transaction.atomic():
        stored = held_version(draft.pk, RulebookState.DRAFT)
        stored.base = load().version
        stored.changes, stored.heads, stored.why = tried.changes, tried.heads, why
        try:
            stored.full_clean()
        except ValidationError as error:
            raise refuse("bad-rulebook", _("The draft was not stored."), sentences(error)) from error
        stored.save()
    return stored


@transaction.atomic
def discard_rulebook_draft(*, draft: RulebookVersion) -> None:
    """Remove the draft; what is live or in shadow mode stays."""
    held_version(draft.pk, RulebookState.DRAFT).delete()


def held_version(number: int, *states: RulebookState) -> RulebookVersion:
    """Return the version with this database id, held until the transaction ends; `Refused` where it left these states."""
    stored = RulebookVersion.objects.select_for_update().filter(pk=number, state__in=states).first()
    if stored is None:
        raise refuse(
            "rulebook-moved-on",
            _("Nothing was changed."),
            _("The version was switched on or discarded meanwhile."),
            _("Look at the rulebook as it is now."),
        )
    return stored

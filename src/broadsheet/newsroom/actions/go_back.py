"""Begins a draft with what another version says: one that judged before, or the one whose trial ends (STD-06)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from broadsheet.newsroom.actions.draft_rulebook import begin_rulebook, held_version, update_rulebook_draft
from broadsheet.newsroom.actions.switch_rulebook import end_shadow
from broadsheet.newsroom.conf import RulebookState
from broadsheet.newsroom.engines.standards_text import changes_of_folder
from broadsheet.newsroom.errors import refuse
from broadsheet.newsroom.models import RulebookVersion


@transaction.atomic
def go_back(*, edition_id: int, number: int) -> RulebookVersion:
    """Return a draft that says what the version with this number says, 0 for the shipped rulebook.

    Nothing is switched on. `Refused` where the edition has a draft already, or no such version that was live.
    """
    _refuse_drafted(edition_id)
    rows = RulebookVersion.objects.filter(edition_id=edition_id, effective_at__isnull=False)
    version = rows.filter(number=number).first()
    if version is None and number:
        raise refuse("no-such-version", _("Nothing was changed."), _("No such version of the rulebook was ever live."))
    changes = version.changes if version is not None else changes_of_folder()
    heads = version.heads if version is not None else {}
    why = _("Back to version %(number)d.") % {"number": number}
    return update_rulebook_draft(draft=begin_rulebook(edition_id=edition_id), changes=changes, heads=heads, why=why)


@transaction.atomic
def return_to_draft(*, version: RulebookVersion, now: datetime) -> RulebookVersion:
    """End the trial of the version in shadow mode, and let it be a draft again; `Refused` where there is one already."""
    stored = held_version(version.pk, RulebookState.SHADOW)
    _refuse_drafted(stored.edition_id)
    end_shadow(version=stored, now=now)
    draft = begin_rulebook(edition_id=stored.edition_id)
    return update_rulebook_draft(draft=draft, changes=stored.changes, heads=stored.heads, why=stored.why)


def _refuse_drafted(edition_id: int) -> None:
    if RulebookVersion.objects.filter(edition_id=edition_id, state=RulebookState.DRAFT).exists():
        raise refuse(
            "rulebook-drafted",
            _("Nothing was changed."),
            _("The edition has a draft of its rulebook already."),
            _("Switch it on or discard it first."),
        )

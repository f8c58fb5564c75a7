"""Lets versions of a rulebook judge: in shadow mode beside the live one, then in its place (STD-06)."""

import json
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from broadsheet.kernel.errors import Refused
from broadsheet.kernel.facts import announce
from broadsheet.newsroom.actions.draft_policy import begin_policy
from broadsheet.newsroom.actions.draft_rulebook import held_version
from broadsheet.newsroom.conf import PolicyKind, RulebookState
from broadsheet.newsroom.errors import refuse
from broadsheet.newsroom.facts import RulebookChanged
from broadsheet.newsroom.models import EditionPage, PolicyVersion, RulebookVersion
from broadsheet.newsroom.queries.rulebook_drafts import Composed, candidate, composed
from broadsheet.newsroom.queries.rulebooks import forget_rulebooks
from broadsheet.newsroom.rules.rulebooks import refuse_shadow, refuse_switch


def begin_shadow(*, draft: RulebookVersion, now: datetime) -> RulebookVersion:
    """Let the draft judge beside the live rulebook; it decides nothing, and is sealed from now on."""
    found = composed(draft, now.date())
    with transaction.atomic():
        stored = _held(draft, RulebookState.DRAFT)
        taken = RulebookVersion.objects.filter(edition_id=stored.edition_id, state=RulebookState.SHADOW).exists()
        refusal = refuse_shadow(candidate(stored, found), occupied=taken)
        if refusal is not None:
            raise Refused(refusal)
        own = RulebookVersion.objects.filter(pk=stored.pk)
        own.update(state=RulebookState.SHADOW, **_sealed(found))
        _tell(stored, RulebookState.SHADOW, now)
    stored.refresh_from_db()
    return stored


@transaction.atomic
def end_shadow(*, version: RulebookVersion, now: datetime) -> None:
    """End the trial and remove the version; the live rulebook never knew of it."""
    stored = held_version(version.pk, RulebookState.SHADOW)
    _tell(stored, RulebookState.PAST, now)
    stored.delete()


def switch_on_rulebook(*, version: RulebookVersion, now: datetime, by_id: int | None) -> RulebookVersion:
    """Let the draft, or the version in shadow mode, judge from now on, and the one before no more.

    Where readers are told something else by it, the edition's draft of the standards is begun: publishing that is a
    decision of its own (ACC-09). `Refused` where something stands against it.
    """
    found = composed(version, now.date())
    with transaction.atomic():
        stored = _held(version, RulebookState.DRAFT, RulebookState.SHADOW)
        refusal = refuse_switch(candidate(stored, found))
        if refusal is not None:
            raise Refused(refusal)
        sealed = _sealed(found) if stored.state == RulebookState.DRAFT else {}
        own = RulebookVersion.objects.filter(edition_id=stored.edition_id)
        own.filter(state=RulebookState.LIVE).update(state=RulebookState.PAST)
        own.filter(pk=stored.pk).update(state=RulebookState.LIVE, effective_at=now, by_id=by_id, **sealed)
        if found.told:
            _begin_standards(stored)
        _tell(stored, RulebookState.LIVE, now)
    stored.refresh_from_db()
    return stored


def _held(version: RulebookVersion, *states: RulebookState) -> RulebookVersion:
    """Return the version, held, and the edition with it; `Refused` where it is not what was read."""
    EditionPage.objects.select_for_update(of=("self",)).filter(pk=version.edition_id).only("pk").first()
    stored = held_version(version.pk, *states)
    if (stored.changes, stored.heads, stored.digest) != (version.changes, version.heads, version.digest):
        raise refuse(
            "rulebook-edited",
            _("The rulebook stays as it is; the version is kept."),
            _("The draft has changed since you read it."),
            _("Read it once more."),
        )
    return stored


def _sealed(found: Composed) -> dict[str, Any]:
    """Return the columns that never change from now on."""
    return {"content": json.dumps(found.content, ensure_ascii=False), "digest": found.kept.digest}


def _begin_standards(stored: RulebookVersion) -> None:
    draft = begin_policy(edition_id=stored.edition_id, kind=PolicyKind.STANDARDS)
    if not draft.why:
        PolicyVersion.objects.filter(pk=draft.pk).update(why=stored.why)


def _tell(stored: RulebookVersion, state: RulebookState, now: datetime) -> None:
    announce(RulebookChanged(edition_id=stored.edition_id, number=stored.number, state=state.value, at=now))
    transaction.on_commit(forget_rulebooks, robust=True)  # in this process before any tailer starts

"""Publishes versions of policies; from then on they never change (ACC-08, ACC-09)."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from broadsheet.kernel.errors import Refused
from broadsheet.kernel.facts import announce
from broadsheet.newsroom.actions.draft_policy import begin_policy, held_draft
from broadsheet.newsroom.errors import refuse
from broadsheet.newsroom.facts import PolicyPublished
from broadsheet.newsroom.models import PolicyVersion
from broadsheet.newsroom.queries.editions import forget_editions
from broadsheet.newsroom.queries.policy_drafts import Written, judge_draft, missing_policies, seal_of, write_draft
from broadsheet.newsroom.rules.policy_text import digest


def publish_policy(*, draft: PolicyVersion, now: datetime, by: Any = None, seen: str = "") -> PolicyVersion:
    """Publish the draft as it is stored, in force from its `effective_at` or now, and return it.

    Readers, page store and gate know of it with the commit. `Refused` where something stands against it; where the
    draft was changed or published meanwhile; where it is not what the editor has `seen` (a seal, `seal_of`).
    """
    written = write_draft(draft)
    sealed = digest(written.words)
    with transaction.atomic():
        stored = held_draft(draft.pk)
        if stored.text != written.source or seen not in {"", seal_of(stored, written)}:
            raise refuse(
                "policy-edited",
                _("The version was not published; the draft is kept."),
                _("The draft has changed since you previewed it."),
                _("Read it once more and publish it then."),
            )
        refusal = judge_draft(stored, written, now)
        if refusal is not None:
            raise Refused(refusal)
        _seal(stored, written, sealed, now)
        stored.published_by = by
        stored.save()
        announce_policy(stored, now)
        transaction.on_commit(forget_editions, robust=True)  # in this process before any tailer starts
    return stored


def announce_policy(stored: PolicyVersion, now: datetime) -> None:
    """Announce that the version is public; called in the transaction that makes it so."""
    announce(
        PolicyPublished(
            edition_id=stored.edition_id,
            edition=stored.edition.code,
            kind=stored.kind,
            number=stored.number,
            effective_at=stored.effective_at or now,
            at=now,
        )
    )


def publish_first_policies(*, edition_id: int, now: datetime) -> list[str]:
    """Publish the shipped texts as first versions of what the edition has nothing of; return what went wrong.

    For a paper that is being made: nobody can register where there is nothing to read and accept.
    """
    faults = []
    for kind in missing_policies(edition_id):
        draft = begin_policy(edition_id=edition_id, kind=kind)
        try:
            publish_policy(draft=draft, now=now)
        except Refused as refused:
            faults.append(str(refused.refusal))
    return faults


def _seal(stored: PolicyVersion, written: Written, sealed: str, now: datetime) -> None:
    """Let the row say what it will always say."""
    if written.document is not None:
        stored.text = written.words
    stored.names = written.names if written.document is None else {}
    stored.document, stored.rulebook_version = written.document, written.rulebook_version
    stored.digest = sealed
    stored.effective_at = stored.effective_at or now
    stored.published_at = now
    if stored.effective_at <= now:
        stored.told_at = now

"""Writes the one draft that an edition may have of each of its policies."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from broadsheet.newsroom.conf import PolicyKind
from broadsheet.newsroom.errors import refuse
from broadsheet.newsroom.models import EditionPage, PolicyVersion
from broadsheet.newsroom.queries.policy_drafts import editions_without_policies, shipped_policy
from broadsheet.newsroom.rules.wording import sentences


@transaction.atomic
def begin_policy(*, edition_id: int, kind: str) -> PolicyVersion:
    """Return the edition's draft of that policy, made from the newest version, or from the shipped text, where none is."""
    own = PolicyVersion.objects.filter(edition_id=edition_id, kind=kind)
    found = own.filter(published_at__isnull=True).first()
    if found is not None:
        return found
    last = own.order_by("-number").first()
    if last is None:
        words = shipped_policy(EditionPage.objects.get(pk=edition_id).locale.language_code, kind)
    else:
        words = {"title": last.title, "text": "" if last.kind == PolicyKind.STANDARDS else last.text}
    try:
        with transaction.atomic():
            number = last.number + 1 if last else 1
            return PolicyVersion.objects.create(edition_id=edition_id, kind=kind, number=number, **words)
    except IntegrityError:  # somebody else began it at the same moment
        return own.get(published_at__isnull=True)


def begin_missing_policies() -> int:
    """Make the shipped texts drafts wherever an edition has neither version nor draft; return how many were made.

    They aren't published: what an existing paper promises its readers is for somebody to read first.
    """
    wanted = [(edition, kind) for edition, kinds in editions_without_policies() for kind in kinds]
    for edition, kind in wanted:
        begin_policy(edition_id=edition, kind=kind)
    return len(wanted)


@transaction.atomic
def update_policy_draft(
    *, draft: PolicyVersion, title: str, text: str, what_changed: str, why: str, effective_at: datetime | None
) -> PolicyVersion:
    """Store the draft with these values; `Refused` where it was published meanwhile or a value is wrong."""
    stored = held_draft(draft.pk)
    stored.title, stored.text = title, text
    stored.what_changed, stored.why, stored.effective_at = what_changed, why, effective_at
    try:
        stored.full_clean()
    except ValidationError as error:
        raise refuse(
            "invalid-policy", _("The draft was not stored."), sentences(error), _("Correct it and send it again.")
        ) from error
    stored.save()
    return stored


@transaction.atomic
def discard_policy_draft(*, draft: PolicyVersion) -> None:
    """Remove the draft; what is published stays."""
    held_draft(draft.pk).delete()


def held_draft(number: int) -> PolicyVersion:
    """Return the draft with this database id, held until the transaction ends; `Refused` where it is none any more."""
    stored = PolicyVersion.objects.select_for_update().filter(pk=number, published_at__isnull=True).first()
    if stored is None:
        raise refuse(
            "policy-no-draft",
            _("Nothing was changed."),
            _("The version was published or discarded meanwhile."),
            _("Begin a new version."),
        )
    return stored

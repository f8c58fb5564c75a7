"""Writes a version of a policy as an archive has it, with the words and times it was published with."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from broadsheet.kernel.facts import announce
from broadsheet.newsroom.actions.publish_policy import announce_policy
from broadsheet.newsroom.conf import PolicyKind
from broadsheet.newsroom.errors import refuse
from broadsheet.newsroom.facts import PolicyTookEffect
from broadsheet.newsroom.models import EditionPage, PolicyVersion
from broadsheet.newsroom.queries.policies import words_of
from broadsheet.newsroom.rules.policy_text import digest
from broadsheet.newsroom.rules.wording import sentences

# What an archive has of a version, beside its edition, kind and number.
POLICY_FIELDS = (
    "title", "text", "names", "document", "rulebook_version", "digest", "what_changed", "why", "effective_at",
    "published_at",
)  # fmt: skip


@transaction.atomic
def restore_policy(
    *,
    edition: EditionPage,
    kind: str,
    number: int,
    fields: Mapping[str, Any],
    published_by_id: int | None,
    now: datetime,
) -> PolicyVersion:
    """Make the version, or change the draft with its number, and return it.

    `Refused` where a published version stands here already, a value is wrong, or the words aren't those of the digest.
    """
    stored = PolicyVersion.objects.filter(edition_id=edition.pk, kind=kind, number=number).first()
    if stored is not None and stored.published_at is not None:
        raise _wrong(kind, number, _("Another version of that number is published here, and it never changes."))
    stored = stored or PolicyVersion(edition_id=edition.pk, kind=kind, number=number)
    for name in POLICY_FIELDS:
        setattr(stored, name, fields[name])
    stored.published_by_id = published_by_id
    if stored.published_at is not None and digest(words_of(stored)) != stored.digest:
        raise _wrong(kind, number, _("Its words aren't those that were published."))
    in_force = stored.published_at is not None and stored.effective_at is not None and stored.effective_at <= now
    stored.told_at = now if in_force else None
    try:
        stored.full_clean()
    except ValidationError as error:
        raise _wrong(kind, number, sentences(error)) from error
    stored.save()
    if in_force:
        announce(PolicyTookEffect(edition_id=edition.pk, edition=edition.code, kind=kind, number=number, at=now))
    elif stored.published_at is not None:
        announce_policy(stored, now)
    return stored


def _wrong(kind: str, number: int, why: str) -> Exception:
    return refuse(
        "bad-policy",
        _("Version %(number)d of %(kind)s was not stored.") % {"number": number, "kind": _named(kind)},
        why,
    )


def _named(kind: str) -> str:
    """Return the name of the kind, or the word itself where an archive says one that isn't."""
    return str(PolicyKind(kind).label) if kind in PolicyKind.values else kind

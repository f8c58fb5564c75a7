"""What a reader accepted and consented to: shown and exported as it is, gone with the account."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from broadsheet.kernel.personal_data import Holding, delete_portion, register
from broadsheet.readers.models import Acceptance, Consent

_FIELDS = ("kind", "edition", "version", "digest", "language", "way", "at")


def _acceptances(reader_id: int) -> Iterator[dict[str, Any]]:
    for row in Acceptance.objects.filter(reader_id=reader_id).order_by("at", "pk").values(*_FIELDS):
        yield {**row, "at": row["at"].isoformat()}


def _consents(reader_id: int) -> Iterator[dict[str, Any]]:
    for row in Consent.objects.filter(reader_id=reader_id).order_by("given_at", "pk"):
        yield {
            "purpose": row.purpose,
            "wording": row.wording,
            "digest": row.digest,
            "language": row.language,
            "way": row.way,
            "given_at": row.given_at.isoformat(),
            "withdrawn_at": row.withdrawn_at.isoformat() if row.withdrawn_at else None,
        }


register(
    Holding(
        "acceptances",
        _("What you accepted"),
        ("readers.Acceptance",),
        _acceptances,
        lambda reader_id: delete_portion(Acceptance.objects.filter(reader_id=reader_id)),
    )
)
register(
    Holding(
        "consents",
        _("What you consented to"),
        ("readers.Consent",),
        _consents,
        lambda reader_id: delete_portion(Consent.objects.filter(reader_id=reader_id)),
    )
)

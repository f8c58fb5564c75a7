"""Annulments that somebody asked for and that wait for a second person (MOD-06)."""

from dataclasses import dataclass
from datetime import datetime

from broadsheet.moderation.models import Annulment


@dataclass(frozen=True, slots=True)
class AnnulmentView:
    """Why a sanction is held to be wrong, and by whom."""

    id: int
    sanction_id: int
    reason: str
    asked_by_id: int
    asked_role: str
    asked_at: datetime


def annulments_of(reader_id: int) -> dict[int, AnnulmentView]:
    """Return the annulments that wait, by the sanction they are about."""
    rows = Annulment.objects.filter(sanction__reader_id=reader_id, confirmed_at=None).order_by("pk")
    return {
        row.sanction_id: AnnulmentView(row.pk, row.sanction_id, row.reason, row.asked_by, row.asked_role, row.asked_at)
        for row in rows
    }

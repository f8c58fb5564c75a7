"""Keeps what the public's figures need of letters and annulments, as long as their rows are there to say it (MOD-11)."""

from django.db import transaction

from broadsheet.moderation.models import Annulment, Letter, Sanction, Tally


@transaction.atomic
def tally_letter(*, letter_id: int) -> None:
    """Let the letter be tallied as it stands now; repeated it changes nothing, and a letter that is gone stays as it was."""
    row = Letter.objects.select_related("decision").filter(pk=letter_id, state__in=["open", "answered"]).first()
    if row is None:
        return
    values = {
        "edition": row.edition, "at": row.verified_at or row.at, "settled_at": row.answered_at,
        "outcome": _outcome(row),
    }  # fmt: skip
    Tally.objects.update_or_create(kind="letter", number=row.pk, defaults=values)


@transaction.atomic
def tally_annulments(*, sanction_id: int) -> None:
    """Let the annulments of the sanction's incident be tallied, in whichever account of the person it was asked for."""
    origin = Sanction.objects.filter(pk=sanction_id).values_list("incident__origin", flat=True).first()
    if origin is None:
        return
    decided = Sanction.objects.filter(incident__origin=origin, decision__isnull=False).order_by("pk")
    edition = decided.values_list("decision__edition", flat=True).first()
    if edition is None:
        return
    done = Annulment.objects.filter(sanction__incident__origin=origin, confirmed_at__isnull=False)
    for row in done.order_by("pk"):
        values = {"edition": edition, "at": row.confirmed_at, "settled_at": row.confirmed_at, "outcome": "annulled"}
        Tally.objects.update_or_create(kind="annulment", number=row.pk, defaults=values)


def _outcome(row: Letter) -> str:
    if row.answered_at is None:
        return ""
    if not row.granted:
        return "refused"
    undone_at = row.decision.undone_at if row.decision is not None else None
    return "overturned" if undone_at == row.answered_at else "granted"

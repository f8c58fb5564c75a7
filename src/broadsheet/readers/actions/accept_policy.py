"""Records what a reader accepts: at the gate, when registering, and at each log-in (ACC-08, ACC-09)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from broadsheet.kernel.errors import Refusal, Refused
from broadsheet.newsroom.queries.policies import PolicyView, current_by_code
from broadsheet.readers.models import Acceptance
from broadsheet.readers.queries.acceptances import PRIVACY, STANDARDS, TERMS, last_accepted

REGISTRATION, LOGIN, SOCIAL, GATE = "registration", "login", "social", "gate"


@transaction.atomic
def accept(*, reader_id: int, edition_code: str, number: int, now: datetime) -> None:
    """Record at the gate that the reader acknowledges the version `number` of the privacy policy; once is enough.

    `Refused` where that version is no longer in force: what was read is not what counts now.
    """
    policy = current_by_code(edition_code, PRIVACY, now)
    if policy is None or policy.number != number:
        raise Refused(
            Refusal(
                "policy-changed",
                _("Nothing was recorded."),
                _("Meanwhile another version of the Privacy Policy is in force."),
                _("Read it below and check the box again."),
            )
        )
    if (last_accepted(reader_id=reader_id, edition_code=edition_code, kind=PRIVACY) or 0) < number:
        _record(reader_id, policy, GATE, now)


@transaction.atomic
def accept_at_entrance(
    *, reader_id: int, edition: str, way: str, now: datetime, privacy_shown: int | None = None
) -> None:
    """Record what the page of entrance says is accepted: the terms and the standards of the edition (a code).

    `way` is registration, login or social. Who registers acknowledges the privacy policy as well, unless the page
    showed another version, `privacy_shown`, than that in force now: then the gate asks. Logging in doesn't, or nobody
    would meet the gate.
    """
    for kind in (PRIVACY, TERMS, STANDARDS) if way == REGISTRATION else (TERMS, STANDARDS):
        policy = current_by_code(edition, kind, now)
        if policy is None or (kind == PRIVACY and privacy_shown not in {None, policy.number}):
            continue
        _record(reader_id, policy, way, now)


def _record(reader_id: int, policy: PolicyView, way: str, now: datetime) -> None:
    Acceptance.objects.create(
        reader_id=reader_id,
        kind=policy.kind,
        edition=policy.edition.code,
        version=policy.number,
        digest=policy.digest,
        language=policy.edition.language,
        way=way,
        at=now,
    )

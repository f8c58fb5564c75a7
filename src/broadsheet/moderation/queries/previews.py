"""The statement of reasons as a reader would get it, before anybody decides."""

from collections.abc import Sequence
from datetime import datetime

from broadsheet.moderation.engines.statements import StatementText, Told, statement_of
from broadsheet.moderation.queries.case_decisions import decision_for, ground_of, would_be
from broadsheet.moderation.queries.cases import CaseView
from broadsheet.moderation.queries.duties import duties
from broadsheet.moderation.rules.basis import Basis, Block
from broadsheet.moderation.rules.decisions import Actor, Measure
from broadsheet.newsroom.queries.editions import edition_by_id
from broadsheet.readers.queries.conduct import conducted


def previewed(
    shown: CaseView, basis: Basis, measures: Sequence[Measure], *, by: Actor, version: int | None, now: datetime,
    block: Block | None = None, redactions: Sequence[tuple[int, int]] = (),
) -> StatementText:  # fmt: skip
    """Return the statement; its number is left open. `Refused` where there could be no such decision."""
    ground = ground_of(shown.edition_id, shown.comment_id, shown.reader_id)
    decision = decision_for(
        ground, basis, measures, by=by, version=version, now=now, block=block, redactions=redactions
    )
    number = would_be(ground.reader_id, shown.comment_id) if decision.counts else 0
    account = conducted(ground.reader_id) if ground.reader_id is not None else None
    return statement_of(
        decision, user_id=account.user_id if account is not None else "", puid="…",
        told=Told(0, now, number, number >= 2), zone=edition_by_id(shown.edition_id).zone, duties=duties(),
    )  # fmt: skip

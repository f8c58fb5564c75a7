"""A person decides of a comment or an account: effect, statement, inverse and log in one transaction (MOD-03)."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from broadsheet.kernel.errors import Refusal, Refused
from broadsheet.kernel.facts import announce
from broadsheet.kernel.turns import take_turn
from broadsheet.moderation.actions.carry_over import carry_over
from broadsheet.moderation.actions.impose import impose
from broadsheet.moderation.actions.on_comments import change_comment
from broadsheet.moderation.actions.settle import TURN
from broadsheet.moderation.actions.write_audit import write_audit
from broadsheet.moderation.conf import CONTESTED_FOR
from broadsheet.moderation.engines.dsa import dsa_statement
from broadsheet.moderation.engines.statements import UTC_ZONE, Told, statement_of
from broadsheet.moderation.facts import DecisionMade
from broadsheet.moderation.models import DecisionClause, DecisionRow, Incident, Sanction, Statement
from broadsheet.moderation.queries.actors import refuse_actor
from broadsheet.moderation.queries.decisions import standing_removal
from broadsheet.moderation.queries.duties import duties
from broadsheet.moderation.queries.months import month_of
from broadsheet.moderation.queries.sanctions import values_of
from broadsheet.moderation.rules.chain import payload_hash
from broadsheet.moderation.rules.decisions import ON_READERS, Approval, Decision, Source, as_json
from broadsheet.moderation.rules.sanctions import ordinals, refuse_end
from broadsheet.newsroom.queries.editions import edition_by_code
from broadsheet.readers.queries.conduct import Conducted, conducted
from broadsheet.readers.queries.faces import faces


@dataclass(frozen=True, slots=True)
class Decided:
    """What came of a decision; `puid` is its statement's number, `ordinal` which of those that count its incident is, or 0."""

    decision_id: int
    puid: str
    ordinal: int
    final: bool


@transaction.atomic
def decide(
    *, decision: Decision | Approval, now: datetime, incident_id: int | None = None, key: UUID | None = None,
    waiting_since: datetime | None = None,
) -> Decided:  # fmt: skip
    """Let the decision take effect at once and return what came of it; `Refused` where it can't.

    Everything it causes is there afterwards, or nothing: comment, sanction and account, the statement of reasons, what
    takes it all back, the entry of the audit log and the fact. `incident_id` joins it to an incident that was decided
    of before; a decision about the same comment joins by itself. Several measures for one incident count once. `key` is
    the form's: what is sent twice is one decision. `waiting_since` is when it was held, marked or reported.
    """
    take_turn(TURN)
    if decided := _decided_before(key):
        return decided
    what = _("Nothing was decided.")
    if refusal := refuse_actor(decision.actor, decision.about.reader_id, what):
        raise Refused(refusal)
    if isinstance(decision, Approval):
        return _approve(decision, now, key, waiting_since)
    if decision.duration.ends is not None and decision.duration.ends <= now:
        raise Refused(Refusal("no-duration", what, _("The end of the block is over already."), _("Choose the end.")))
    account = _account(decision)
    incident = None
    if account is not None:
        carry_over(reader_id=account.reader_id, now=now)
        incident = _incident(decision, account.reader_id, incident_id, now)
        before = values_of(account.reader_id)
        if decision.counts and (refusal := refuse_end(before, incident.pk, decision.duration.ends)):
            raise Refused(refusal)
    row = _store(decision, incident, now, key, waiting_since)
    sanctions: list[Sanction] = []
    comments = change_comment(decision)
    if account is not None and incident is not None:
        sanctions = impose(decision, row, incident, now)
    row.inverse = {"comments": comments, "sanctions": [one.pk for one in sanctions]}
    row.save(update_fields=["inverse"])
    ordinal = 0
    if incident is not None and any(one.counts for one in sanctions):
        ordinal = ordinals(values_of(incident.reader_id))[incident.pk]
    final = ordinal >= 2
    puid = _write_statement(row, decision, account, Told(row.pk, now, ordinal, final))
    _log("decide", row, decision, now, {"sanctions": row.inverse["sanctions"], "ordinal": ordinal})
    return Decided(row.pk, puid, ordinal, final)


def _decided_before(key: UUID | None) -> Decided | None:
    """Return what came of the decision that was sent before under this key."""
    row = DecisionRow.objects.filter(key=key).first() if key is not None else None
    if row is None:
        return None
    puid = Statement.objects.filter(pk=row.pk).values_list("puid", flat=True).first() or ""
    led = row.sanctions.filter(counts=True).exists() and row.incident is not None
    ordinal = ordinals(values_of(row.reader_id))[row.incident_id] if led and row.reader_id and row.incident_id else 0
    return Decided(row.pk, puid, ordinal, ordinal >= 2)


def _approve(approval: Approval, now: datetime, key: UUID | None, since: datetime | None) -> Decided:
    if approval.about.comment_id is not None and standing_removal(approval.about.comment_id) is not None:
        why = _("A decision that stands removed the comment: whoever wrote it is to be told that it was wrong.")
        raise Refused(Refusal("removed-before", _("Nothing was decided."), why, _("Undo that decision instead.")))
    row = _store(approval, None, now, key, since)
    row.inverse = {"comments": change_comment(approval), "sanctions": []}
    row.save(update_fields=["inverse"])
    _log("approve", row, approval, now, {})
    return Decided(row.pk, "", 0, final=False)


def _account(decision: Decision) -> Conducted | None:
    """Return whose account it is about, None for a comment of nobody any more; refuse what can't be done to it."""
    account = conducted(decision.about.reader_id) if decision.about.reader_id is not None else None
    on_reader = bool(ON_READERS & set(decision.measures))
    what = _("Nothing was decided.")
    if account is None or account.state == "erased":
        if on_reader:
            raise Refused(Refusal("account-not-there", what, _("There is no such account."), _("Check the User ID.")))
        return None
    if on_reader and account.of_newsroom:
        why = _("The account belongs to the newsroom, whose accounts are ended by the operator.")
        raise Refused(Refusal("staff-account", what, why, _("Ask the operator of the paper to end it.")))
    return account


def _incident(decision: Decision, reader_id: int, incident_id: int | None, now: datetime) -> Incident:
    """Return the incident it belongs to: the one named, that of the same comment, else a new one."""
    own = Incident.objects.filter(reader_id=reader_id)
    number = decision.about.comment_id
    if incident_id is not None:
        found = own.filter(pk=incident_id).first()
        if found is None:
            why = _("The incident it is to belong to is another reader's.")
            raise Refused(Refusal("other-incident", _("Nothing was decided."), why, _("Choose one of this reader's.")))
        return found
    if number is None:
        return Incident.objects.create(reader_id=reader_id, opened_at=now)
    made: Incident = own.get_or_create(comment_id=number, defaults={"reader_id": reader_id, "opened_at": now})[0]
    return made


def _store(
    decision: Decision | Approval, incident: Incident | None, now: datetime, key: UUID | None, since: datetime | None
) -> DecisionRow:
    restricts = isinstance(decision, Decision)
    about = decision.about
    until = decision.redress.until if isinstance(decision, Decision) else now + CONTESTED_FOR
    row = DecisionRow.objects.create(
        at=now, reader_id=about.reader_id, comment_id=about.comment_id, thread_id=about.thread_id,
        edition=decision.edition, incident=incident, key=key, actor_id=decision.actor.reader_id,
        actor_role=decision.actor.role, restricts=restricts, by_machine=bool(decision.noticed.detectors), value=as_json(decision),
        measures=[str(one) for one in decision.measures] if isinstance(decision, Decision) else [],
        contested_until=max(until, now + timedelta(days=181)), source=decision.noticed.source,
        waited=_waited(decision, since, now),
    )  # fmt: skip
    if isinstance(decision, Decision):
        cited = [
            DecisionClause(decision=row, code=one.code, edition=one.edition, policy=one.policy, rulebook=one.rulebook, broken=True)
            for one in decision.clauses
        ]  # fmt: skip
    else:
        cited = [
            DecisionClause(decision=row, code=code, edition=decision.edition, broken=False)
            for code in decision.considered
        ]
    DecisionClause.objects.bulk_create(cited)
    return row


def _waited(decision: Decision | Approval, since: datetime | None, now: datetime) -> int | None:
    """Return for how many seconds it waited; None where neither people nor a program had pointed at it."""
    pointed_at = decision.noticed.source != Source.OWN or decision.noticed.detectors
    return max(0, int((now - since).total_seconds())) if since is not None and pointed_at else None


def _write_statement(row: DecisionRow, decision: Decision, account: Conducted | None, told: Told) -> str:
    puid = f"{row.pk}-{secrets.token_hex(8)}"
    edition = edition_by_code(decision.edition)
    written = statement_of(
        decision, user_id=account.user_id if account else "", puid=puid, told=told,
        zone=edition.zone if edition is not None else UTC_ZONE, duties=duties(),
    )  # fmt: skip
    Statement.objects.create(
        decision=row, puid=puid, language=decision.language, text=written.text, html=written.html,
        dsa=dsa_statement(decision, puid=puid, decided_at=told.at, final=told.final, names=_names(account)),
    )  # fmt: skip
    return puid


def _names(account: Conducted | None) -> tuple[str, ...]:
    """Return by what the account is known to others."""
    return (
        (account.user_id, *(face.name for face in faces([account.reader_id]).values())) if account is not None else ()
    )


def _log(action: str, row: DecisionRow, decision: Decision | Approval, now: datetime, more: dict[str, Any]) -> None:
    """Announce the decision and add it to the log, which is last: nobody else adds to it until the transaction ends."""
    announce(
        DecisionMade(
            decision_id=row.pk, reader_id=row.reader_id or 0, comment_id=row.comment_id or 0, edition=row.edition,
            restricts=row.restricts, month=month_of(row.edition, now),
        )
    )  # fmt: skip
    payload = {"measures": row.measures, "clauses": list(row.clauses.values_list("code", flat=True)),
               "role": row.actor_role, "value": payload_hash(row.value), **more}  # fmt: skip
    write_audit(
        actor=f"reader:{decision.actor.reader_id}", action=action, subject=f"decision:{row.pk}", payload=payload, now=now,
        reader_id=row.reader_id,
    )  # fmt: skip

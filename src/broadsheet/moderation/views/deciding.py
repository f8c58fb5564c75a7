"""What is done with a case: each button of its forms, and taking it back (MOD-02, MOD-05, MOD-07)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from broadsheet.kernel import clock
from broadsheet.kernel.errors import Refusal, Refused
from broadsheet.moderation.actions import case_decisions as actions
from broadsheet.moderation.actions.annul import confirm_annulment
from broadsheet.moderation.actions.answer_case import answer_case
from broadsheet.moderation.actions.claim_case import release, skip
from broadsheet.moderation.actions.close_own import close_own
from broadsheet.moderation.actions.decide_many import decide_mob, stop_flood, undo_many
from broadsheet.moderation.forms.decisions import DecisionForm
from broadsheet.moderation.queries.bounds import covers_annulment
from broadsheet.moderation.queries.case_decisions import would_be
from broadsheet.moderation.queries.case_details import CaseDetail, case_detail
from broadsheet.moderation.queries.previews import previewed
from broadsheet.moderation.queries.roles import Scope
from broadsheet.moderation.rules.basis import Block
from broadsheet.moderation.rules.decisions import Measure
from broadsheet.moderation.rules.labels import outcome_label
from broadsheet.moderation.rules.marked import not_found, spans_of
from broadsheet.moderation.views.case import MANY, form_for, show_case
from broadsheet.moderation.views.entering import back_to, entered, filters, the_case
from broadsheet.moderation.views.queue import lead_on


@dataclass(frozen=True, slots=True)
class Sent:
    """A form that was sent about a case."""

    detail: CaseDetail
    form: DecisionForm
    scope: Scope
    now: datetime

    @property
    def number(self) -> int:
        """Return the case's number."""
        return self.detail.case.id

    @property
    def version(self) -> int:
        """Return the text that was looked at; -1, which is none, where the form doesn't say."""
        found = self.form.cleaned_data.get("version")
        return found if found is not None else -1

    @property
    def version_or_none(self) -> int | None:
        """Return the text that was looked at, None where the case is about no comment."""
        return self.version if self.detail.comment is not None else None


@require_POST
def act(request: HttpRequest, number: int) -> HttpResponse:
    """Do what the button says and lead on to the next case; where it can't be done, show the case anew and why."""
    scope, now = entered(request), clock.now()
    found = the_case(scope, number)
    detail = case_detail(number)
    if detail is None:
        raise Http404
    form = form_for(found, scope, detail, request.POST)
    form.is_valid()
    sent = Sent(detail, form, scope, now)
    try:
        if preview := request.POST.get("preview"):
            return show_case(request, scope, number, form=form, preview=_preview(sent, preview))
        wanted = request.POST.get("action", "")
        if wanted not in ACTIONS:
            raise Http404
        _refuse_faults(form)
        stays = ACTIONS[wanted](sent)
    except Refused as refused:
        return show_case(request, scope, number, form=form, refusal=refused.refusal, status=409)
    if wanted == "release":
        return redirect(back_to("moderation_queue", filters(request, scope).query()))
    if stays:
        return redirect(back_to("moderation_case", filters(request, scope).query(), number))
    return lead_on(request, scope, done=number if wanted in UNDONE else None)


@require_POST
def take_back(request: HttpRequest, number: int) -> HttpResponse:
    """Undo what was decided in the case, and show it again."""
    scope, now = entered(request), clock.now()
    found = the_case(scope, number)
    if found.kind in MANY:
        undo_many(case_id=number, by=scope.actor, key=uuid4(), now=now)
    else:
        actions.undo_case(case_id=number, by=scope.actor, now=now)
    outcome = outcome_label(found.outcome)
    messages.success(request, _("Undone: %(outcome)s. All is as it was before.") % {"outcome": outcome})
    return redirect(back_to("moderation_case", filters(request, scope).query(), number))


def _approve(sent: Sent) -> bool:
    if sent.detail.comment is None and sent.detail.case.kind in MANY:
        decide_mob(case_id=sent.number, by=sent.scope.actor, basis=None, key=_key(sent), now=sent.now)
    else:
        actions.approve_case(
            case_id=sent.number, by=sent.scope.actor, version=sent.version, key=_key(sent), now=sent.now
        )
    return False


def _remove(sent: Sent) -> bool:
    warn = bool(sent.form.cleaned_data.get("warn"))
    by, basis = sent.scope.actor, sent.form.basis
    if sent.detail.case.kind in MANY:
        decide_mob(case_id=sent.number, by=by, basis=basis, warn=warn, key=_key(sent), now=sent.now)
    else:
        actions.remove_case(
            case_id=sent.number, by=by, basis=basis, version=sent.version, warn=warn, key=_key(sent), now=sent.now
        )
    return False


def _redact(sent: Sent) -> bool:
    actions.redact_case(
        case_id=sent.number, by=sent.scope.actor, basis=sent.form.basis, version=sent.version, spans=_spans(sent),
        key=_key(sent), now=sent.now,
    )  # fmt: skip
    return False


def _warn(sent: Sent) -> bool:
    actions.warn_case(
        case_id=sent.number, by=sent.scope.actor, basis=sent.form.basis, version=sent.version_or_none, key=_key(sent),
        now=sent.now,
    )  # fmt: skip
    return False


def _hold(sent: Sent) -> bool:
    actions.hold_case(
        case_id=sent.number, by=sent.scope.actor, basis=sent.form.basis, version=sent.version, key=_key(sent),
        now=sent.now,
    )  # fmt: skip
    return True


def _block(sent: Sent) -> bool:
    actions.block_case(
        case_id=sent.number, by=sent.scope.actor, basis=sent.form.basis, version=sent.version_or_none,
        block=_told_block(sent), remove=not sent.form.cleaned_data.get("keep"), key=_key(sent), now=sent.now,
    )  # fmt: skip
    return False


def _flood(sent: Sent) -> bool:
    stop_flood(
        case_id=sent.number, by=sent.scope.actor, basis=sent.form.basis, since=sent.form.since_then,
        block=_told_block(sent), key=_key(sent), now=sent.now,
    )  # fmt: skip
    return False


def _delete_account(sent: Sent) -> bool:
    _refuse_untold(sent, Block(everywhere=True))
    actions.delete_account_case(
        case_id=sent.number, by=sent.scope.actor, basis=sent.form.basis, version=sent.version_or_none,
        remove=not sent.form.cleaned_data.get("keep"), key=_key(sent), now=sent.now,
    )  # fmt: skip
    return False


def _note(sent: Sent) -> bool:
    text = sent.form.cleaned_data.get("text", "")
    actions.note_case(case_id=sent.number, by=sent.scope.actor, text=text, now=sent.now)
    return True


def _ask(sent: Sent) -> bool:
    values = sent.form.cleaned_data
    actions.ask_case(
        case_id=sent.number, by=sent.scope.actor, colleague_id=values.get("colleague"), text=values.get("text", ""),
        now=sent.now,
    )  # fmt: skip
    return False


def _skip(sent: Sent) -> bool:
    skip(case_id=sent.number, moderator_id=sent.scope.reader_id, now=sent.now)
    return False


def _nothing(sent: Sent) -> bool:
    close_own(case_id=sent.number, by=sent.scope.actor, now=sent.now)
    return False


def _grant(sent: Sent) -> bool:
    return _answer(sent, granted=True)


def _grant_as_wrong(sent: Sent) -> bool:
    return _answer(sent, granted=True, as_wrong=True)


def _refuse(sent: Sent) -> bool:
    return _answer(sent, granted=False)


def _answer(sent: Sent, *, granted: bool, as_wrong: bool = False) -> bool:
    reason = sent.form.cleaned_data.get("reason", "")
    answer_case(
        case_id=sent.number, by=sent.scope.actor, granted=granted, reason=reason, as_wrong=as_wrong, now=sent.now
    )
    return False


def _confirm(sent: Sent) -> bool:
    for one in sent.detail.case.reasons:
        number = one.get("annulment")
        if number is not None and covers_annulment(sent.scope, number):
            confirm_annulment(annulment_id=number, by=sent.scope.actor, now=sent.now)
    return False


def _release(sent: Sent) -> bool:
    release(case_id=sent.number, moderator_id=sent.scope.reader_id, now=sent.now)
    return False


ACTIONS: dict[str, Callable[[Sent], bool]] = {
    "approve": _approve, "remove": _remove, "redact": _redact, "warn": _warn, "hold": _hold, "block": _block,
    "flood": _flood, "delete-account": _delete_account, "note": _note, "ask": _ask, "skip": _skip, "nothing": _nothing,
    "grant": _grant, "grant-as-wrong": _grant_as_wrong, "refuse": _refuse, "confirm": _confirm, "release": _release,
}  # fmt: skip
# After which the next case offers to undo this one.
UNDONE = frozenset({"approve", "remove", "redact", "warn", "block", "flood", "delete-account"})


def _preview(sent: Sent, wanted: str) -> object:
    """Return the statement that the reader would get."""
    measures = {
        "remove": (Measure.REMOVE, Measure.WARN) if sent.form.cleaned_data.get("warn") else (Measure.REMOVE,),
        "warn": (Measure.WARN,),
        "redact": (Measure.REDACT,),
        "block": (Measure.BLOCK,),
        "delete-account": (Measure.DELETE_ACCOUNT,),
    }.get(wanted)
    if measures is None or sent.detail.case.kind in MANY:
        raise Http404
    _refuse_faults(sent.form)
    keeps = sent.form.cleaned_data.get("keep") or sent.detail.comment is None
    if wanted in {"block", "delete-account"} and not keeps:
        measures = (Measure.REMOVE, *measures)
    return previewed(
        sent.detail.case, sent.form.basis, measures, by=sent.scope.actor, version=sent.version_or_none, now=sent.now,
        block=sent.form.block(sent.now) if wanted == "block" else None,
        redactions=_spans(sent) if wanted == "redact" else (),
    )  # fmt: skip


def _told_block(sent: Sent) -> Block:
    """Return the block that is ordered, once whoever orders it was told that it is the last."""
    block = sent.form.block(sent.now)
    if not block.everywhere and sent.detail.comment is None and sent.detail.case.kind not in MANY:
        block = Block(True, block.ends)  # there is no discussion that it could be for
    _refuse_untold(sent, block)
    return block


def _refuse_untold(sent: Sent, block: Block) -> None:
    """Refuse what is for good unless the box that says so is ticked (MOD-04)."""
    if not block.everywhere or sent.form.cleaned_data.get("final"):
        return
    comment_id = sent.detail.case.comment_id
    reader_id = sent.detail.account.reader_id if sent.detail.account is not None else None
    if would_be(reader_id, comment_id) >= 2:
        why = _("This would be the reader's second block that counts: it has no end, and nobody can lift it.")
        remedy = _("Tick the box that says so, or choose a block for this discussion alone.")
        raise Refused(Refusal("untold", _("Nothing was decided yet."), why, remedy))


def _spans(sent: Sent) -> list[tuple[int, int]]:
    """Return what is to be blacked out; refused where a piece isn't in the text as it was typed."""
    text = sent.detail.comment.comment.text if sent.detail.comment is not None else ""
    if missing := not_found(text, sent.form.lines):
        why = _("The comment doesn't say “%(words)s”.") % {"words": missing[0][:80]}
        raise Refused(Refusal("no-such-words", _("Nothing was decided."), why, _("Write it as the comment does.")))
    return spans_of(text, sent.form.lines)


def _key(sent: Sent) -> UUID:
    found: UUID | None = sent.form.cleaned_data.get("key")
    return found or uuid4()


def _refuse_faults(form: DecisionForm) -> None:
    """Refuse what can't be read at all, such as facts that are too long."""
    faults = [(name, str(error)) for name, errors in form.errors.items() for error in errors]
    if faults:
        name, error = faults[0]
        label = str(form.fields[name].label or name) if name in form.fields else ""
        raise Refused(Refusal("not-understood", _("Nothing was decided."), f"{label}: {error}" if label else error))

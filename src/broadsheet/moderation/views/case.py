"""One case with everything that a decision needs (MOD-02), and that it is on somebody's screen (MOD-01)."""

from typing import Any
from uuid import uuid4

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from broadsheet.kernel import clock
from broadsheet.kernel.errors import Refused
from broadsheet.moderation.actions.claim_case import claim
from broadsheet.moderation.actions.open_own import open_own
from broadsheet.moderation.conf import CaseKind
from broadsheet.moderation.forms.decisions import DecisionForm
from broadsheet.moderation.queries.bounds import case_for, colleagues_for, comment_for
from broadsheet.moderation.queries.case_details import CaseDetail, case_detail
from broadsheet.moderation.queries.cases import CaseView, harsh_seen
from broadsheet.moderation.queries.decisions import statement
from broadsheet.moderation.queries.grounds import clauses_to_choose
from broadsheet.moderation.queries.letters import letter
from broadsheet.moderation.queries.roles import Scope
from broadsheet.moderation.queries.sanctions import is_out_for_good
from broadsheet.moderation.queries.screens import clause_choices, decided, marked, reported, shown_rows
from broadsheet.moderation.rules.labels import comment_state_label, outcome_label, sanction_label, sanction_state_label
from broadsheet.moderation.rules.marked import SLURS
from broadsheet.moderation.views.entering import back_to, common, entered, filters, just_done, the_case
from broadsheet.newsroom.queries.editions import edition_by_id
from broadsheet.readers.queries.faces import faces

MANY = (CaseKind.MOB, CaseKind.FLOOD)


@require_GET
@never_cache
def show(request: HttpRequest, number: int) -> HttpResponse:
    """Show the case, which is this person's from now on if nobody has it; others see who has."""
    scope = entered(request)
    found = the_case(scope, number)
    refusal = None
    if found.state == "open":
        try:
            claim(case_id=number, moderator_id=scope.reader_id, now=clock.now())
        except Refused as refused:
            refusal = refused.refusal
    return show_case(request, scope, number, refusal=refusal)


@require_POST
def stay(request: HttpRequest, number: int) -> JsonResponse:
    """Say that the case is still on the screen; return whether it is still this person's, and which text it is about."""
    scope = entered(request)
    the_case(scope, number)
    try:
        claim(case_id=number, moderator_id=scope.reader_id, now=clock.now())
    except Refused as refused:
        return JsonResponse({"mine": False, "says": str(refused.refusal)})
    found = case_for(scope, number)
    row = comment_for(scope, found.comment_id) if found is not None and found.comment_id is not None else None
    return JsonResponse({"mine": True, "version": row.version if row is not None else None, "says": ""})


@require_POST
def begin(request: HttpRequest, number: int) -> HttpResponse:
    """Open a case of a comment that nobody reported, or go to the one there is."""
    scope = entered(request)
    if comment_for(scope, number) is None:
        raise Http404
    return redirect("moderation_case", open_own(comment_id=number, by=scope.actor, now=clock.now()))


def show_case(
    request: HttpRequest, scope: Scope, number: int, *, form: DecisionForm | None = None, refusal: Any = None,
    preview: Any = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    """Show the case with what was filled in and why it wasn't done, or the statement as it would be."""
    detail = case_detail(number)
    if detail is None:
        raise Http404
    queue = filters(request, scope)
    context = {
        **common(request, scope),
        **_shown(detail, scope),
        "form": form or form_for(detail.case, scope, detail),
        "query": queue.query(),
        "key": uuid4(),
        "refusal": refusal,
        "preview": preview,
        **just_done(request, scope),
        "harsh": harsh_seen(scope.reader_id, clock.now()) if detail.case.harsh else 0,
        "harsh_limit": settings.HARSH_CASES_A_DAY,
        "slurs": SLURS,
        "here": back_to("moderation_case", queue.query(), number),
    }
    return render(request, "desk/moderation/case.html", context, status=status)


def form_for(shown: CaseView, scope: Scope, detail: CaseDetail, data: Any = None) -> DecisionForm:
    """Return the form of the case, filled with what was suggested or with what was sent."""
    suggested = detail.suggestion
    private = [word for one in _findings(detail) if one.clause == "PRIVACY" for word in one.words]
    facts = suggested.facts if suggested is not None else ""
    return DecisionForm(
        data,
        codes=[one.code for one in clauses_to_choose(shown.edition_id)],
        colleagues=colleagues_for(scope, shown),
        initial={
            "clauses": [suggested.clause] if suggested is not None else [],
            "facts": facts,
            "words": "\n".join(dict.fromkeys(private)),
            "days": "" if detail.would_be >= 2 else "7",
            "since": 60,
        },
    )


def _shown(detail: CaseDetail, scope: Scope) -> dict[str, Any]:
    """Return the case in all its parts, with titles and names."""
    shown, now = detail.case, clock.now()
    facts, edition = detail.comment, edition_by_id(detail.case.edition_id)
    people = faces({one for one in (shown.claimed_by_id, shown.closed_by_id, shown.asked_id) if one is not None})
    mine = shown.state == "open" and shown.claimed_by_id == scope.reader_id and shown.is_claimed(now)
    return {
        "detail": detail,
        "case": shown,
        "edition": edition,
        "mine": mine,
        "claimed_by": people.get(shown.claimed_by_id or 0) if shown.is_claimed(now) else None,
        "closed_by": people.get(shown.closed_by_id or 0),
        "asked": people.get(shown.asked_id or 0),
        "outcome": outcome_label(shown.outcome),
        "pieces": marked(facts.comment, facts.findings) if facts is not None else (),
        "state": comment_state_label(facts.comment.state) if facts is not None else "",
        "above": shown_rows(facts.above, cut=600) if facts is not None else [],
        "members": shown_rows(detail.members),
        "history": [one for one in shown_rows(detail.history) if one.row.id != shown.comment_id],
        "sanctions": [
            (one, sanction_label(one.kind, one.thread_id), sanction_state_label(one.state)) for one in detail.sanctions
        ],
        "choices": clause_choices(detail),
        "reports": reported(detail.reports, shown.edition_id),
        "decided": decided(detail.decided_of_comment, shown.edition_id),
        "of_author": decided(
            [one for one in detail.decided_of_author if one.comment_id != shown.comment_id], shown.edition_id
        ),
        "like": decided(detail.like, shown.edition_id),
        "many": shown.kind in MANY,
        "earlier": [(one, outcome_label(one.outcome)) for one in detail.earlier_cases],
        **_letter(detail),
        **_annulment(detail),
    }


def _letter(detail: CaseDetail) -> dict[str, Any]:
    """Return the letter that the case is about, and what was decided of its writer."""
    if detail.case.kind != CaseKind.LETTER:
        return {"letter": None}
    found = letter(detail.case.subject_id)
    told = statement(found.decision_id) if found is not None and found.decision_id is not None else None
    final = found is not None and found.reader_id is not None and is_out_for_good(found.reader_id)
    return {"letter": found, "told": told, "out_for_good": final}


def _annulment(detail: CaseDetail) -> dict[str, Any]:
    """Return the annulments that wait, where the case is about one."""
    numbers = [one.get("annulment") for one in detail.case.reasons if one["code"] == "annulment"]
    return {"annulments": [number for number in numbers if number is not None]}


def _findings(detail: CaseDetail) -> tuple[Any, ...]:
    return detail.comment.findings if detail.comment is not None else ()

"""Issues of newsletters in the desk: written, tried, sent, confirmed, recalled (NOT-02)."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin import messages

from broadsheet.kernel.errors import Refusal, Refused
from broadsheet.newsroom.queries.pickable import LONGEST_SEARCH, pickable
from broadsheet.notifications.actions.end_issue import recall_issue, take_back_issue
from broadsheet.notifications.actions.send_issue import confirm_issue, send_issue
from broadsheet.notifications.actions.try_issue import try_issue
from broadsheet.notifications.actions.write_issue import (
    begin_issue,
    bring_back_version,
    discard_issue,
    save_issue,
    take_up_issue,
)
from broadsheet.notifications.conf import MOST_PICKS, NEWSLETTER_SUBJECT_SHOWN
from broadsheet.notifications.forms.newsletters import IssueForm, SendForm
from broadsheet.notifications.models import IssueState, NewsletterIssue
from broadsheet.notifications.queries.mail_topics import reach_of
from broadsheet.notifications.queries.newsletter_desk import issue_row, pick_rows, picked_rows, version_rows
from broadsheet.notifications.queries.newsletter_issues import content_of, issue_path
from broadsheet.notifications.queries.newsletter_rights import Bound
from broadsheet.notifications.queries.newsletters import topic_word
from broadsheet.notifications.rules.newsletters import IssueContent
from broadsheet.notifications.views.newsletter_desk import written_by

STEPS = {"up": -1, "down": 1, "first": -MOST_PICKS, "last": MOST_PICKS}


@require_http_methods(["GET", "HEAD", "POST"])
def issue(request: HttpRequest, number: int) -> HttpResponse:
    """Show a draft to be written, or how an issue stands; save what was written and do what was pressed."""
    row, bound = of_issue(request, number)
    with timezone.override(bound.edition.zone):
        if row.state != IssueState.DRAFT:
            return _shown(request, row, bound)
        content = content_of(row)
        form = IssueForm(request.POST or None, content=content, version=row.version)
        refusal = None
        if request.method == "POST" and form.is_valid():
            try:
                return _done(request, row, bound, form)
            except Refused as refused:
                refusal = refused.refusal
                row.refresh_from_db()
                if row.state != IssueState.DRAFT:
                    messages.error(request, str(refusal))
                    return redirect("notifications_newsletter_issue", number)
        return render(request, "desk/newsletter_issue.html", _written(request, row, bound, form, refusal))


@require_http_methods(["GET", "HEAD", "POST"])
def send(request: HttpRequest, number: int) -> HttpResponse:
    """Say to how many a draft goes, and send it, at once or at a time."""
    row, bound = of_issue(request, number)
    if row.state != IssueState.DRAFT:
        return redirect("notifications_newsletter_issue", number)
    with timezone.override(bound.edition.zone):
        form = SendForm(request.POST or None, initial={"version": row.version, "due_at": row.due_at})
        if request.method == "POST" and form.is_valid() and _sent(request, row, form):
            return redirect("notifications_newsletter_issue", number)
        row.refresh_from_db()
        context = {
            "row": issue_row(row),
            "newsletter": row.newsletter,
            "edition": bound.edition,
            "form": form,
            "reach": reach_of([topic_word(row.newsletter_id)]),
            "limit": settings.NEWSLETTER_CONFIRM,
            "screens": _screens(),
        }
        return render(request, "desk/newsletter_send.html", context)


@require_POST
def change(request: HttpRequest, number: int) -> HttpResponse:
    """Confirm, recall, take back, discard, take up, copy, or bring an earlier version back."""
    row, _bound = of_issue(request, number)
    what, _colon, detail = request.POST.get("what", "").partition(":")
    done = _changed(request, row, what, detail)
    if what == "discard" and done:
        return redirect("notifications_newsletter", row.newsletter_id)
    return redirect("notifications_newsletter_issue", done or number)


def of_issue(request: HttpRequest, number: int) -> tuple[NewsletterIssue, Bound]:
    """Return the issue and the bound of its newsletter; 404 and 403 as of the newsletter."""
    row = NewsletterIssue.objects.select_related("newsletter").filter(pk=number).first()
    if row is None:
        raise Http404
    _newsletter, bound = written_by(request, row.newsletter_id)
    return row, bound


def _done(request: HttpRequest, row: NewsletterIssue, bound: Bound, form: IssueForm) -> HttpResponse:
    """Save what was written, do what was pressed, and say where that leads; `Refused` where nothing was saved."""
    pressed, _colon, detail = request.POST.get("op", "save").partition(":")
    by, content = request.user.pk or 0, _as_pressed(form.content(), pressed, detail)
    if pressed == "own":
        own = begin_issue(newsletter=row.newsletter, by=by, content=content)
        messages.success(request, _("Yours is an issue of its own now; the other stands as it was saved."))
        return redirect("notifications_newsletter_issue", own.pk)
    version = form.cleaned_data["version"]
    if pressed == "over":
        version = int(detail) if detail.isdecimal() else version
    row.version = save_issue(issue_id=row.pk, content=content, version=version, by=by, keep=pressed == "remove")
    here = reverse("notifications_newsletter_issue", args=[row.pk])
    if pressed == "send":
        return redirect("notifications_newsletter_send", row.pk)
    if pressed == "try":
        _tried(request, row)
    elif pressed == "search":
        words = request.POST.get("words", "").strip()[:LONGEST_SEARCH]
        return redirect(f"{here}?{urlencode({'words': words})}#found" if words else f"{here}#found")
    elif pressed in {"add", "remove", *STEPS}:
        words = request.POST.get("words", "").strip()[:LONGEST_SEARCH]
        query = f"?{urlencode({'words': words})}" if words and pressed == "add" else ""
        return redirect(f"{here}{query}#{'picks' if pressed == 'remove' else f'pick-{detail}'}")
    return redirect(here)


def _as_pressed(content: IssueContent, pressed: str, detail: str) -> IssueContent:
    """Return what was written with the article added, moved or removed."""
    if not (detail.isascii() and detail.isdecimal() and len(detail) < 19):
        return content
    number = int(detail)
    if pressed in STEPS:
        return content.moved(number, STEPS[pressed])
    if pressed == "remove":
        return content.without_article(number)
    return content.with_article(number) if pressed == "add" else content


def _tried(request: HttpRequest, row: NewsletterIssue) -> None:
    address = str(getattr(request.user, "email", "") or "")
    if not address:
        messages.error(request, _("Nothing was sent: your account has no address."))
    elif try_issue(issue=row, address=address, by=request.user.pk or 0):
        messages.success(request, _("It is on its way to %(address)s.") % {"address": address})
    else:
        messages.warning(request, _("The same went to you less than a minute ago."))


def _sent(request: HttpRequest, row: NewsletterIssue, form: SendForm) -> bool:
    found = form.cleaned_data
    try:
        issue = send_issue(issue_id=row.pk, version=found["version"], due_at=found["due_at"], by=request.user.pk or 0)
    except Refused as refused:
        form.add_error(None, str(refused.refusal))
        row.refresh_from_db()
        form.see(row.version)
        return False
    if issue.state == IssueState.CONFIRMING:
        messages.warning(request, _("It goes to many, and waits for a second person who writes this newsletter."))
    elif found["due_at"] is not None:
        messages.success(request, _("Scheduled. Until then it can be a draft again."))
    else:
        messages.success(request, _("The issue is on its way."))
    return True


def _changed(request: HttpRequest, row: NewsletterIssue, what: str, detail: str) -> int:
    """Do it, tell what came of it, and return the issue to be shown; 0 where nothing was done."""
    by = request.user.pk or 0
    try:
        done, told = _acted(row, what, detail, by)
    except Refused as refused:
        messages.error(request, str(refused.refusal))
        return 0
    if done:
        messages.success(request, told)
    else:
        messages.warning(request, _("Nothing was changed: it no longer stands as you saw it."))
    return done


def _acted(row: NewsletterIssue, what: str, detail: str, by: int) -> tuple[int, str]:
    """Do it; return the issue to be shown, 0 where nothing was done, and what to say."""
    number = row.pk
    if what == "copy":
        return begin_issue(newsletter=row.newsletter, by=by, content=content_of(row)).pk, _("This is a copy.")
    ways: dict[str, tuple[Callable[[], bool], str]] = {
        "confirm": (lambda: confirm_issue(issue_id=number, by=by), _("The issue is on its way.")),
        "recall": (
            lambda: recall_issue(issue_id=number, by=by),
            _("Recalled: nothing more of it goes out. What mail servers have by now, readers get."),
        ),
        "back": (lambda: take_back_issue(issue_id=number), _("It is a draft again. Nothing has gone.")),
        "discard": (
            lambda: discard_issue(issue_id=number),
            _("Discarded. It can be taken up again for 30 days; it stands at the foot of the list."),
        ),
        "take-up": (lambda: take_up_issue(issue_id=number), _("It is a draft again.")),
    }
    if what == "version" and detail.isascii() and detail.isdecimal():
        done = bring_back_version(issue_id=number, number=int(detail[:9]), by=by)
        return number if done else 0, _("The earlier version is back; what it took the place of is kept in turn.")
    do, told = ways.get(what, (lambda: False, ""))
    return number if do() else 0, told


def _written(
    request: HttpRequest, row: NewsletterIssue, bound: Bound, form: IssueForm, refusal: Refusal | None
) -> dict[str, Any]:
    """Return what the page of a draft shows; where somebody else saved meanwhile, theirs as well."""
    picks = picked_rows(form.picks())
    words = (request.GET.get("words") or request.POST.get("words", "")).strip()[:LONGEST_SEARCH]
    found = pickable(
        bound.edition.id,
        words=words,
        sections=() if words else row.newsletter.sections,
        without=[pick.article_id for pick in picks],
    )
    return {
        "row": issue_row(row),
        "newsletter": row.newsletter,
        "edition": bound.edition,
        "form": form,
        "picks": picks,
        "found": found,
        "words": words,
        "full": len(picks) >= MOST_PICKS,
        "refusal": refusal,
        "theirs": pick_rows(row) if refusal is not None else [],
        "theirs_opening": row.opening,
        "versions": version_rows(row),
        "reach": reach_of([topic_word(row.newsletter_id)]),
        "subject_shown": NEWSLETTER_SUBJECT_SHOWN,
        "screens": _screens(),
    }


def _shown(request: HttpRequest, row: NewsletterIssue, bound: Bound) -> HttpResponse:
    if request.method == "POST":
        messages.warning(request, _("Nothing was saved: somebody has sent, scheduled or discarded this issue."))
    context = {
        "row": issue_row(row),
        "newsletter": row.newsletter,
        "edition": bound.edition,
        "picks": pick_rows(row),
        "public_path": issue_path(bound.edition, row.pk),
        "own": request.user.pk,
        "screens": _screens(),
    }
    return render(request, "desk/newsletter_result.html", context)


def _screens() -> list[tuple[str, str, str]]:
    """Return the screens that show the mail: name, title, and in which light at first."""
    return [("phone", _("Phone"), "light"), ("desktop", _("Desktop"), "dark")]

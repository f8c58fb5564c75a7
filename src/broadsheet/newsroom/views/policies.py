"""The desk's policies: what each edition has, the draft of a new version, and its publication (ACC-08, ACC-09)."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from wagtail.admin import messages

from broadsheet.kernel import clock
from broadsheet.kernel.errors import Refused
from broadsheet.newsroom.actions.draft_policy import begin_policy, discard_policy_draft, update_policy_draft
from broadsheet.newsroom.actions.publish_policy import publish_policy
from broadsheet.newsroom.conf import PolicyKind
from broadsheet.newsroom.forms.policies import PolicyForm
from broadsheet.newsroom.models import PolicyVersion
from broadsheet.newsroom.queries.editions import EditionView, edition_by_id
from broadsheet.newsroom.queries.policy_drafts import may_write_policies, policy_places, previewed
from broadsheet.newsroom.queries.policy_names import policy_names


@require_GET
def places(request: HttpRequest) -> HttpResponse:
    """Show the policies of every edition with their versions."""
    _only_chiefs(request)
    return render(request, "desk/policies.html", {"places": policy_places(), "now": clock.now()})


@require_POST
def begin(request: HttpRequest, edition: int, kind: str) -> HttpResponse:
    """Begin a new version, made from the last one or from the shipped text, or go on with the draft there is."""
    _only_chiefs(request)
    _edition(edition)
    if kind not in PolicyKind.values:
        raise Http404
    draft = begin_policy(edition_id=edition, kind=kind)
    return redirect("newsroom_desk:policy", draft.pk)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, number: int) -> HttpResponse:
    """Show the draft in its form; store it changed, and lead to its preview."""
    _only_chiefs(request)
    draft = _draft(number)
    edition = _edition(draft.edition_id)
    with timezone.override(edition.zone):
        form = PolicyForm(request.POST or None, instance=draft)
        if request.method == "POST" and form.is_valid():
            try:
                update_policy_draft(draft=draft, **form.values())
            except Refused as refused:
                form.add_error(None, str(refused.refusal))
            else:
                return redirect("newsroom_desk:policy_preview", draft.pk)
        context = {"draft": draft, "edition": edition, "form": form, "names": policy_names(edition)}
        return render(request, "desk/policy.html", context)


@require_http_methods(["GET", "POST"])
def preview(request: HttpRequest, number: int) -> HttpResponse:
    """Show what the draft would say, and what it says otherwise than the last version; publish it once confirmed."""
    _only_chiefs(request)
    draft = _draft(number)
    edition = _edition(draft.edition_id)
    if request.method == "POST":
        publish_policy(draft=draft, by=request.user, now=clock.now(), seen=request.POST.get("seen", "unseen"))
        messages.success(request, _("“%(title)s” is published.") % {"title": draft.title})
        return redirect("newsroom_desk:policies")
    with timezone.override(edition.zone):
        context = {"draft": draft, "edition": edition, "preview": previewed(draft, clock.now())}
        return render(request, "desk/policy_preview.html", context)


@require_POST
def discard(request: HttpRequest, number: int) -> HttpResponse:
    """Discard the draft."""
    _only_chiefs(request)
    discard_policy_draft(draft=_draft(number))
    messages.success(request, _("The draft is discarded."))
    return redirect("newsroom_desk:policies")


def _only_chiefs(request: HttpRequest) -> None:
    if not may_write_policies(request.user):
        raise PermissionDenied


def _draft(number: int) -> PolicyVersion:
    draft = PolicyVersion.objects.filter(pk=number, published_at__isnull=True).first()
    if draft is None:
        raise Http404
    return draft


def _edition(number: int) -> EditionView:
    try:
        return edition_by_id(number)
    except LookupError as error:
        raise Http404 from error

"""The draft of an edition's rulebook in its forms (STD-05, STD-06)."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin import messages

from broadsheet.kernel import clock
from broadsheet.kernel.errors import Refused
from broadsheet.moderation.actions.edit_standards import edit_standards
from broadsheet.moderation.forms.standards import FileForm, NewClauseForm, SettingsForm, TextsForm, WhyForm, WordsForm
from broadsheet.moderation.queries.roles import Scope
from broadsheet.moderation.queries.standards_screen import (
    changes_in_words,
    clause_rows,
    clause_title,
    heads_of_draft,
)
from broadsheet.moderation.queries.trials import latest_learning, latest_trial, open_trial
from broadsheet.moderation.rules import standards_edits as edits
from broadsheet.moderation.rules.trials import gone_wrong
from broadsheet.moderation.views.entering import common, entered_chief
from broadsheet.moderation.views.standards import the_draft, the_edition
from broadsheet.newsroom.actions.draft_rulebook import discard_rulebook_draft
from broadsheet.newsroom.queries.rulebook_drafts import Composed, composed
from broadsheet.newsroom.queries.rulebook_versions import seal_of, tables_in_draft
from broadsheet.standards.rulebook import RulebookError, as_toml, read_toml

if TYPE_CHECKING:
    from broadsheet.newsroom.models import RulebookVersion

DAYS = (7, 30, 90)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def edit(request: HttpRequest, edition: int) -> HttpResponse:
    """Show the draft: its reason, its clauses, its differences and its trial; store the settings."""
    scope, draft = entered_chief(request), the_draft(edition)
    found, tables = composed(draft, clock.now().date()), tables_in_draft(draft)
    form = SettingsForm(request.POST or None, rows=clause_rows(found), tables=tables)
    why = WhyForm(request.POST or None, initial={"why": draft.why})
    if request.method == "POST" and all([form.is_valid(), why.is_valid()]):
        stored = _stored(
            request,
            form,
            edition,
            tables=lambda: edits.with_settings(tables, form.edits()),
            why=why.cleaned_data["why"],
        )
        if stored:
            return redirect("moderation_standards_draft", edition)
    trial = latest_trial(edition, draft.number)
    seal = seal_of(draft)
    context = {
        **_about(request, scope, draft, found),
        "form": form, "why": why,
        "changes": changes_in_words(found.changes, found.kept.rulebook),
        "heads": heads_of_draft(draft, found.kept.rulebook),
        "trial": trial, "stale": trial is not None and trial.seal != seal,
        "gone_wrong": gone_wrong(trial.why) if trial is not None and trial.why else "",
        "open": open_trial(edition), "days": DAYS,
        "files": sorted(tables),
    }  # fmt: skip
    return render(request, "desk/moderation/standards_draft.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def clause(request: HttpRequest, edition: int, code: str) -> HttpResponse:
    """Show a clause's words, texts and examples; store what was changed in them."""
    scope, draft = entered_chief(request), the_draft(edition)
    found, tables = composed(draft, clock.now().date()), tables_in_draft(draft)
    if code not in found.kept.rulebook.clauses:
        raise Http404
    what = request.POST.get("what", "")
    words = WordsForm(request.POST if what == "words" else None, tables=tables, code=code)
    texts = TextsForm(
        request.POST if what == "texts" else None, tables=tables, code=code, languages=found.kept.rulebook.languages
    )
    if what == "words" and words.is_valid():
        values = words.cleaned_data
        changed = edits.with_words(
            tables, code, added=words.added(), handling=values["does"], allowed=values.get("allow", [])
        )
        if _stored(request, words, edition, tables=lambda: changed):
            return redirect("moderation_standards_clause", edition, code)
    if what == "texts" and texts.is_valid():
        rewritten = edits.with_texts(tables, code, words=texts.words(), pairs=texts.pairs())
        if _stored(request, texts, edition, tables=lambda: rewritten):
            return redirect("moderation_standards_clause", edition, code)
    lesson = latest_learning(edition, code)
    context = {
        **_about(request, scope, draft, found),
        "code": code, "title": clause_title(found.kept.rulebook, code),
        "clause": found.kept.rulebook.clauses[code],
        "own": code not in found.live.rulebook.clauses,
        "words": words, "texts": texts,
        "head": next((one for one in heads_of_draft(draft, found.kept.rulebook) if one.clause == code), None),
        "lesson": lesson, "gone_wrong": gone_wrong(lesson.why) if lesson is not None and lesson.why else "",
        "open": open_trial(edition),
    }  # fmt: skip
    return render(request, "desk/moderation/standards_clause.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def new(request: HttpRequest, edition: int) -> HttpResponse:
    """Show the form of a clause of the newsroom's own; store it in the draft."""
    scope, draft = entered_chief(request), the_draft(edition)
    found, tables = composed(draft, clock.now().date()), tables_in_draft(draft)
    rulebook = found.kept.rulebook
    language = the_edition(edition).language.partition("-")[0]
    form = NewClauseForm(
        request.POST or None, languages=rulebook.languages, taken=list(rulebook.clauses),
        language=language if language in rulebook.languages else rulebook.languages[0],
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        made = form.clause()
        if _stored(request, form, edition, tables=lambda: edits.with_new(tables, made, rulebook.languages)):
            return redirect("moderation_standards_clause", edition, made.code)
    context = {**_about(request, scope, draft, found), "form": form}
    return render(request, "desk/moderation/standards_new.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def file(request: HttpRequest, edition: int) -> HttpResponse:
    """Show a file of the rulebook as TOML, with whatever the forms don't ask; store it."""
    scope, draft = entered_chief(request), the_draft(edition)
    found, tables = composed(draft, clock.now().date()), tables_in_draft(draft)
    name = request.GET.get("name", "")
    if name not in tables:
        raise Http404
    form = FileForm(request.POST or None, initial={"toml": as_toml(tables[name])})
    if request.method == "POST" and form.is_valid():
        source = form.cleaned_data["toml"]
        if _stored(request, form, edition, tables=lambda: {**tables, name: read_toml(source, name)}):
            return redirect("moderation_standards_draft", edition)
    context = {**_about(request, scope, draft, found), "form": form, "name": name}
    return render(request, "desk/moderation/standards_file.html", context)


@require_POST
def remove(request: HttpRequest, edition: int, code: str) -> HttpResponse:
    """Take a clause that never judged, or what was learned about one, out of the draft."""
    entered_chief(request)
    draft = the_draft(edition)
    found = composed(draft, clock.now().date())
    seen = request.POST.get("seen", "")
    if request.POST.get("what") == "head":
        edit_standards(edition_id=edition, seen=seen, without_head=code)
    elif code in found.live.rulebook.clauses or code not in found.kept.rulebook.clauses:
        raise Http404
    else:
        edit_standards(edition_id=edition, seen=seen, tables=edits.without_clause(tables_in_draft(draft), code))
    messages.success(request, _("It is taken out of the draft."))
    return redirect("moderation_standards_draft", edition)


@require_POST
def discard(request: HttpRequest, edition: int) -> HttpResponse:
    """Discard the draft; what is live or in shadow mode stays."""
    entered_chief(request)
    discard_rulebook_draft(draft=the_draft(edition))
    messages.success(request, _("The draft is discarded."))
    return redirect("moderation_standards")


def _stored(
    request: HttpRequest, form: Any, edition: int, *, tables: Callable[[], dict[str, Any]], why: str | None = None
) -> bool:
    """Store the draft's files; say in the form, with file and field, why they make no rulebook."""
    try:
        edit_standards(edition_id=edition, seen=request.POST.get("seen", ""), tables=tables(), why=why)
    except Refused as refused:
        form.add_error(None, str(refused.refusal))
        return False
    except RulebookError as error:
        form.add_error(None, str(error))
        return False
    messages.success(request, _("The draft is stored."))
    return True


def _about(request: HttpRequest, scope: Scope, draft: "RulebookVersion", found: Composed) -> dict[str, Any]:
    return {
        **common(request, scope, here="standards"),
        "edition": the_edition(draft.edition_id),
        "draft": draft,
        "seen": request.POST.get("seen") or seal_of(draft),
        "differs": found.differs,
        "told_otherwise": found.told,
    }

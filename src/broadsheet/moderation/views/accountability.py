"""The figures of an edition and a time for chiefs, and what is handed on to authorities (MOD-11)."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from broadsheet.kernel import clock
from broadsheet.moderation.forms.period import PeriodForm
from broadsheet.moderation.queries.accountability import accounted
from broadsheet.moderation.queries.duties import duties
from broadsheet.moderation.queries.exports import count_statements, statement_lines
from broadsheet.moderation.queries.months import running_month, span_of
from broadsheet.moderation.queries.report import report_zip
from broadsheet.moderation.views.entering import common, entered_chief
from broadsheet.newsroom.queries.editions import EditionView, edition_by_code, editions


@require_GET
@never_cache
def show(request: HttpRequest) -> HttpResponse:
    """Show the figures of the chosen edition and months, by default of the running month, and what can be downloaded."""
    scope = entered_chief(request)
    form = PeriodForm(request.GET if "first" in request.GET else _newest())
    context: dict[str, Any] = {"form": form, "duties": duties(), "told": None}
    if (chosen := _chosen(form)) is not None:
        edition, first, last = chosen
        context |= {
            "edition": edition,
            "told": accounted(edition, first, last, clock.now()),
            "statements": count_statements([(edition, *span_of(edition, first, last))]),
            "query": urlencode({"edition": edition.code, "first": f"{first:%Y-%m}", "last": f"{last:%Y-%m}"}),
        }
    answer = {**common(request, scope, here="accountability"), **context}
    return render(request, "desk/moderation/accountability.html", answer, status=200 if form.is_valid() else 422)


@require_GET
@never_cache
def statements(request: HttpRequest) -> HttpResponseBase:
    """Hand out the statements for the EU's database, row by row, however many there are."""
    entered_chief(request)
    chosen = _chosen(PeriodForm(request.GET))
    if chosen is None:
        return _back(request)
    edition, first, last = chosen
    batches = request.GET.get("batches") == "1"
    lines = statement_lines([(edition, *span_of(edition, first, last))], batches=batches)
    answer = StreamingHttpResponse(
        (line.encode() for line in lines), content_type="application/x-ndjson; charset=utf-8"
    )
    return _named(answer, f"statements-{edition.code}-{first:%Y-%m}-{last:%Y-%m}.ndjson")


@require_GET
@never_cache
def report(request: HttpRequest) -> HttpResponseBase:
    """Hand out the transparency report."""
    entered_chief(request)
    chosen = _chosen(PeriodForm(request.GET))
    if chosen is None:
        return _back(request)
    edition, first, last = chosen
    with translation.override("en"):
        made = report_zip([edition], first, last, clock.now())
    answer = HttpResponse(made, content_type="application/zip")
    return _named(answer, f"transparency-{edition.code}-{first:%Y-%m}-{last:%Y-%m}.zip")


def _newest() -> dict[str, str]:
    """Return what is chosen at first: the first edition, the running month."""
    edition = next(iter(editions()), None)
    month = f"{running_month(edition, clock.now()) if edition is not None else clock.now():%Y-%m}"
    return {"edition": edition.code if edition is not None else "", "first": month, "last": month}


def _chosen(form: PeriodForm) -> tuple[EditionView, date, date] | None:
    if not form.is_valid():
        return None
    edition = edition_by_code(form.cleaned_data["edition"])
    return (edition, form.cleaned_data["first"], form.cleaned_data["last"]) if edition is not None else None


def _back(request: HttpRequest) -> HttpResponse:
    """Lead to the form, which says what is wrong."""
    return HttpResponseRedirect(f"{reverse('moderation_accountability')}?{request.GET.urlencode()}")


def _named(answer: Any, name: str) -> Any:
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer

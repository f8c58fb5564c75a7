"""A comment is reported, by readers and by visitors, and a report is taken back (DIS-05; DSA art. 16)."""

from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from broadsheet.discussion.actions.retract_report import retract_report
from broadsheet.discussion.queries.may_comment import refuse_to_take_part
from broadsheet.discussion.queries.reports import ReportView, open_report_of
from broadsheet.kernel import clock
from broadsheet.kernel.errors import Refusal, Refused
from broadsheet.kernel.rates import network_of
from broadsheet.readers.forms.captcha import Captcha
from broadsheet.web.actions.file_report import file_report
from broadsheet.web.forms.report import NoticeForm, ReportForm
from broadsheet.web.queries.reportable import Reportable, clause_choices, reportable


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
def report(request: HttpRequest, comment_id: str) -> HttpResponse:
    """Show the comment with the form, of a clause or of a notice (`?illegal`), and file what was sent."""
    if request.edition is None:  # type: ignore[attr-defined]  # set by EditionOfAccounts
        raise Http404
    about = reportable(int(comment_id))
    if about is None:
        return _gone(request)
    if about.edition.id != request.edition.id:  # type: ignore[attr-defined]
        return HttpResponseRedirect(f"{about.edition.path}{request.get_full_path_info().removeprefix('/')}")
    form = _form(request, about)
    refusal = _refusal(request, about, form)
    if refusal is None and request.method == "POST" and form.is_valid():
        try:
            return _filed(request, about, form)
        except Refused as refused:
            if refused.refusal.code == "no-such-comment":
                return _gone(request)
            form.add_error(None, str(refused))
    return render(
        request,
        "account/report_illegal.html" if isinstance(form, NoticeForm) else "account/report.html",
        {"about": about, "form": form, "refusal": refusal, "mine": _mine(request, about, form)},
    )


@require_POST
def retract(request: HttpRequest, comment_id: str) -> HttpResponse:
    """Take the reader's open report of the comment back, or the notice (`?illegal`)."""
    reader: Any = request.user
    if not reader.is_authenticated:
        return redirect_to_login(request.path, settings.LOGIN_URL)
    try:
        illegal = "illegal" in request.GET
        retract_report(comment_id=int(comment_id), reporter_id=reader.pk, illegal=illegal, now=clock.now())
    except Refused as refused:
        return render(request, "account/report_retracted.html", {"refusal": refused.refusal}, status=409)
    return render(request, "account/report_retracted.html")


def _form(request: HttpRequest, about: Reportable) -> ReportForm | NoticeForm:
    data = request.POST if request.method == "POST" else None
    reader: Any = request.user
    known = reader.is_authenticated
    network = network_of(request.META.get("REMOTE_ADDR", ""))
    captcha = None if known else Captcha("report", data, network)
    if "illegal" not in request.GET:
        return ReportForm(data, clauses=clause_choices(about.edition), captcha=captcha)
    initial = {"name": str(reader), "email": reader.email} if known else {}
    return NoticeForm(data, captcha=captcha, initial=initial)


def _refusal(request: HttpRequest, about: Reportable, form: ReportForm | NoticeForm) -> Refusal | None:
    """Return why the reader can't report for a clause, before anything is written; a notice is open to everybody."""
    reader: Any = request.user
    if not reader.is_authenticated or isinstance(form, NoticeForm):
        return None
    return refuse_to_take_part(reader.pk, about.article.id, about.edition.id, clock.now())


def _mine(request: HttpRequest, about: Reportable, form: ReportForm | NoticeForm) -> ReportView | None:
    reader: Any = request.user
    if not reader.is_authenticated:
        return None
    return open_report_of(reader.pk, about.comment.id, illegal=isinstance(form, NoticeForm))


def _filed(request: HttpRequest, about: Reportable, form: ReportForm | NoticeForm) -> HttpResponse:
    reader: Any = request.user
    notice = form.notice if isinstance(form, NoticeForm) else None
    told = {"about": about, "notice": notice, "known": reader.is_authenticated}
    if form.trapped:
        return render(request, "account/reported.html", told)  # a program that filled in what nobody sees
    filed = file_report(
        comment_id=about.comment.id,
        reporter_id=reader.pk if reader.is_authenticated else None,
        clause=form.cleaned_data.get("clause", ""),
        facts=form.cleaned_data["facts"],
        notice=notice,
        edition=about.edition,
        now=clock.now(),
    )
    return render(request, "account/reported.html", {**told, "number": filed.number})


def _gone(request: HttpRequest) -> HttpResponse:
    """Answer the same for every comment that not everybody sees: nobody learns whether there is one."""
    return render(request, "account/report_gone.html", status=404)

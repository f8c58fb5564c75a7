"""The translations of an article: linking one that exists, beginning one, taking a link away."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages

from broadsheet.kernel.errors import Refused
from broadsheet.newsroom.actions.translations import begin_translation, link_translation, unlink_translation
from broadsheet.newsroom.forms.translations import BeginForm, LinkForm
from broadsheet.newsroom.models import ArticlePage
from broadsheet.newsroom.queries.editions import edition_by_id, editions
from broadsheet.newsroom.views.found import editable_article


@require_GET
def show(request: HttpRequest, number: int) -> HttpResponse:
    """Show the article's translations, and for each other edition the ways to get one."""
    article = editable_article(request, number)
    linked = {row.edition_id: row for row in ArticlePage.objects.filter(translation_key=article.translation_key)}
    rows: list[dict[str, Any]] = [
        {
            "edition": edition,
            "article": linked.get(edition.id),
            "link": LinkForm(prefix=f"link{edition.id}"),
            "begin": BeginForm(prefix=f"begin{edition.id}", edition_id=edition.id),
        }
        for edition in editions()
        if edition.id != article.edition_id
    ]
    media = LinkForm().media
    return render(request, "desk/translations.html", {"article": article, "rows": rows, "media": media})


@require_POST
def change(request: HttpRequest, number: int, edition: int) -> HttpResponse:
    """Link, begin or unlink the translation of one edition, and lead back."""
    article = editable_article(request, number)
    edition_by_id(edition)
    what = request.POST.get("what", "")
    try:
        if what == "link":
            return _link(request, article, edition)
        if what == "begin":
            return _begin(request, article, edition)
        if what == "unlink":
            other = get_object_or_404(ArticlePage, translation_key=article.translation_key, edition_id=edition)
            unlink_translation(article=editable_article(request, other.pk))
            messages.success(request, _("The articles are no longer linked."))
    except Refused as refused:
        messages.error(request, str(refused.refusal))
    return redirect("newsroom_desk:translations", article.pk)


def _link(request: HttpRequest, article: ArticlePage, edition: int) -> HttpResponse:
    form = LinkForm(request.POST, prefix=f"link{edition}")
    if form.is_valid():
        other = editable_article(request, form.cleaned_data["other"].pk)
        link_translation(article=article, other=other)
        messages.success(request, _("The articles are linked as translations."))
    else:
        messages.error(request, _("Choose an article of the other edition first."))
    return redirect("newsroom_desk:translations", article.pk)


def _begin(request: HttpRequest, article: ArticlePage, edition: int) -> HttpResponse:
    form = BeginForm(request.POST, prefix=f"begin{edition}", edition_id=edition)
    if not form.is_valid():
        messages.error(request, _("Choose a section of the other edition first."))
        return redirect("newsroom_desk:translations", article.pk)
    section = form.cleaned_data["section"]
    if not section.permissions_for_user(request.user).can_add_subpage():
        messages.error(request, _("You may not write in that section."))
        return redirect("newsroom_desk:translations", article.pk)
    draft = begin_translation(article=article, section=section, user=request.user)
    messages.success(request, _("The draft of the translation holds the original's text."))
    return redirect("wagtailadmin_pages:edit", draft.pk)

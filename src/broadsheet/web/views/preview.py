"""A draft as its readers would see it, for the desk."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.safestring import mark_safe

from broadsheet.newsroom.queries.articles import detail
from broadsheet.newsroom.queries.editions import EditionView, edition_by_id, editions
from broadsheet.web.engines.richtext import Writer
from broadsheet.web.queries.article_page import article_parts
from broadsheet.web.queries.frame import frame
from broadsheet.web.queries.laid_out import Layouter, default_layout
from broadsheet.web.views.framing import page


def render_preview(request: HttpRequest, draft: Any, mode: str = "") -> HttpResponse:
    """Return the page of an article, edition, section or standing page that isn't saved yet."""
    edition = _edition(draft)
    if edition is None:
        return HttpResponse(status=404)
    with translation.override(edition.language), timezone.override(edition.zone):
        response = _render(draft, edition)
    response["X-Robots-Tag"] = "noindex"
    response["Cache-Control"] = "no-store, private"
    return response


def _edition(draft: Any) -> EditionView | None:
    number = draft.edition_id if hasattr(draft, "edition_id") else draft.pk
    try:
        return edition_by_id(number)
    except LookupError:
        return next(iter(editions()), None)


def _render(draft: Any, edition: EditionView) -> HttpResponse:
    kind = type(draft).__name__
    if kind == "ArticlePage":
        draft.is_previewed = True
        parts = article_parts(detail(draft, is_public=False))
        return page("pages/article.html", frame=parts.frame, parts=parts, card=parts.card)
    if kind == "InfoPage":
        head = frame(edition, title=draft.title, path=edition.path)
        text = mark_safe(Writer({}).write(draft.text))
        return page("pages/info.html", frame=head, info=draft, text=text, changed_at=None)
    if kind == "SectionPage":
        section = edition.section_by_id(draft.pk)
        laid = Layouter(edition, draft.pk).fill(list(draft.layout.raw_data))
        head = frame(edition, title=draft.title, path=edition.path, section=section, description=draft.description)
        return page("pages/section.html", frame=head, laid=laid, section=section or draft, rest=[])
    laid = Layouter(edition).fill(list(draft.layout.raw_data) or default_layout())
    head = frame(edition, title=draft.title, path=edition.path, big_masthead=True)
    return page("pages/front.html", frame=head, laid=laid)

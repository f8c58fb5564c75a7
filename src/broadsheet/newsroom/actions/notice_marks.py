"""Marks mentions of legal notices in articles (ART-08)."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from broadsheet.newsroom.actions.drafts import update_article
from broadsheet.newsroom.engines.marking import mark_in
from broadsheet.newsroom.errors import refuse
from broadsheet.newsroom.models import ArticlePage, LegalNotice


@transaction.atomic
def mark_notice(*, article: ArticlePage, anchor: str, key: str, words: str, user: Any = None) -> ArticlePage:
    """Store a new revision with the first unmarked `words` of the block `anchor` marked; `Refused` if there are none."""
    stored = ArticlePage.objects.get(pk=article.pk)
    if not LegalNotice.objects.filter(edition_id=stored.edition_id, key=key).exists():
        raise refuse(
            "unknown-notice",
            _("Nothing was marked."),
            _("The edition has no legal notice “%(key)s”.") % {"key": key},
        )
    blocks = list(stored.get_latest_revision_as_object().body.get_prep_value())
    for block in blocks:
        if block["type"] == "paragraph" and anchor in {"", f"body.{block.get('id')}"}:
            marked = mark_in(str(block["value"]), key, words)
            if marked is not None:
                block["value"] = marked
                return update_article(article=stored, user=user, body=blocks)
    raise refuse(
        "mention-not-found",
        _("Nothing was marked."),
        _("“%(words)s” does not stand unmarked, outside links, in that paragraph.") % {"words": words},
        _("Mark it by hand with the button of the editor."),
    )

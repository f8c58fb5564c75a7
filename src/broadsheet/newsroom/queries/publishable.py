"""Which articles a member of the newsroom may bring before readers."""

from typing import Any

from broadsheet.newsroom.models import ArticlePage


def may_publish(article_id: int, user: Any) -> bool | None:
    """Return whether the user may publish this article (its database id); None where there is none."""
    article = ArticlePage.objects.filter(pk=article_id).defer("body").first()
    return bool(article.permissions_for_user(user).can_publish()) if article is not None else None


def headlines(article_ids: list[int]) -> dict[int, str]:
    """Return the headlines of these articles, public or not."""
    return dict(ArticlePage.objects.filter(pk__in=article_ids).values_list("pk", "title"))

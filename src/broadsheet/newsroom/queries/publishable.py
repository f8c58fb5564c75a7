"""Which articles a member of the newsroom may bring before readers."""

from collections.abc import Collection
from typing import Any

from wagtail.permissions import page_permission_policy

from broadsheet.newsroom.models import ArticlePage


def may_publish(article_id: int, user: Any) -> bool | None:
    """Return whether the user may publish this article (its database id); None where there is none."""
    article = ArticlePage.objects.filter(pk=article_id).defer("body").first()
    return bool(article.permissions_for_user(user).can_publish()) if article is not None else None


def publishable_among(article_ids: Collection[int], user: Any) -> set[int]:
    """Return those of the articles that the user may publish."""
    reach = page_permission_policy.instances_user_has_any_permission_for(user, {"publish"})
    return set(reach.filter(pk__in=list(article_ids)).values_list("pk", flat=True))


def publishes_somewhere(user: Any) -> bool:
    """Return whether the user may publish in some place."""
    return bool(page_permission_policy.instances_user_has_any_permission_for(user, {"publish"}).exists())


def headlines(article_ids: Collection[int]) -> dict[int, str]:
    """Return the headlines of these articles, public or not."""
    return dict(ArticlePage.objects.filter(pk__in=article_ids).values_list("pk", "title"))

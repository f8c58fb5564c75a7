"""Withdraws an article."""

from django.db import transaction

from broadsheet.newsroom.models import ArticlePage


@transaction.atomic
def withdraw_article(*, article: ArticlePage, user: object = None) -> ArticlePage:
    """Take a public article from every page; the draft stays. Permission is asked where a user is given."""
    stored = ArticlePage.objects.get(pk=article.pk)
    stored.unpublish(user=user)
    return ArticlePage.objects.get(pk=article.pk)

"""Finds what a desk view is about, for those who may edit it."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from wagtail.images.permissions import permission_policy

from broadsheet.newsroom.models import ArticlePage, Picture


def editable_article(request: HttpRequest, number: int) -> ArticlePage:
    """Return the article; 404 where there is none, 403 where the user may not edit it."""
    article = get_object_or_404(ArticlePage, pk=number)
    if not article.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    return article


def editable_picture(request: HttpRequest, number: int) -> Picture:
    """Return the picture; 404 where there is none, 403 where the user may not change it."""
    picture = get_object_or_404(Picture, pk=number)
    if not permission_policy.user_has_permission_for_instance(request.user, "change", picture):
        raise PermissionDenied
    return picture

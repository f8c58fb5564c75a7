"""Writes the posts of a live blog."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from broadsheet.kernel import clock
from broadsheet.newsroom.engines.markup import clean_markup
from broadsheet.newsroom.errors import refuse
from broadsheet.newsroom.models import ArticlePage, Author, LivePost, Picture
from broadsheet.newsroom.rules.wording import sentences


@transaction.atomic
def put_live_post(
    *,
    article: ArticlePage,
    html: str,
    key: str = "",
    at: datetime | None = None,
    headline: str = "",
    picture: Picture | None = None,
    author: Author | None = None,
    pinned: bool = False,
) -> LivePost:
    """Store the post with this key, made anew (with a fresh key where none is given) or changed, and return it.

    It is public at once where the article is. A picture needs a credit and words for those who can't see it.
    """
    key = key or f"p{get_random_string(9, 'abcdefghijkmnpqrstuvwxyz23456789')}"
    post = LivePost.objects.filter(article_id=article.pk, key=key).first()
    if post is None:
        post = LivePost(article=ArticlePage.objects.get(pk=article.pk), key=key, at=at or clock.now())
    else:
        post.changed_at = clock.now()
        post.at = at or post.at
    post.headline, post.text, post.pinned = headline, clean_markup(html), pinned
    post.picture, post.author = picture, author
    if picture is not None and (not picture.agency or not (picture.alt or picture.decorative)):
        raise refuse(
            "picture-incomplete",
            _("The post was not stored."),
            _("The picture “%(title)s” has no credit or no alternative text.") % {"title": picture.title},
            _("Complete the picture in the library first."),
        )
    try:
        post.full_clean()
    except ValidationError as error:
        raise refuse(
            "invalid-post", _("The post was not stored."), sentences(error), _("Correct it and send it again.")
        ) from error
    post.save()
    return post


@transaction.atomic
def remove_live_post(*, post: LivePost) -> None:
    """Take the post away for good; readers who have the page open see it go."""
    LivePost.objects.get(pk=post.pk).delete()


@transaction.atomic
def pin_live_post(*, post: LivePost, pinned: bool) -> LivePost:
    """Put the post above the others, or back among them."""
    stored = LivePost.objects.get(pk=post.pk)
    stored.pinned = pinned
    stored.save()
    return stored

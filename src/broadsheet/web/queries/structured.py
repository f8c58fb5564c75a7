"""Gathers what `rules.structured` says of a page."""

from collections.abc import Iterator
from datetime import datetime
from html import unescape
from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.utils.html import strip_tags

from broadsheet.delivery.queries.pictures import picture_at, sizes_at
from broadsheet.newsroom.queries.articles import ArticleDetail
from broadsheet.newsroom.queries.cards import PictureView
from broadsheet.newsroom.queries.editions import EditionView
from broadsheet.newsroom.queries.live_posts import LivePostView
from broadsheet.newsroom.queries.media import MediaView
from broadsheet.web.queries.discussion import Discussion
from broadsheet.web.rules.structured import Image, Node, Publisher, Story, story

COMMENTS = 3  # that the structured data quote: enough to say what a discussion is, at a few hundred bytes


def absolute(path: str) -> str:
    """Return the path with the paper's public address, addresses as they are."""
    return path if "://" in path else f"{settings.PUBLIC_URL}{path}"


def publisher(edition: EditionView) -> Publisher:
    """Return the paper as this edition names it."""
    policies = {page.purpose: absolute(page.path) for page in edition.pages if page.purpose}
    return Publisher(edition.name, absolute(edition.path), absolute(static("icons/icon-512.png")), policies)


def image(picture: PictureView) -> Image:
    """Return the picture at its three ratios."""
    urls = []
    for ratio, width in (("16:9", 1200), ("4:3", 1200), ("1:1", 1200)):
        wide, high = sizes_at(picture, ratio, (width,))[-1]
        urls.append((absolute(picture_at(picture, ratio=ratio, width=width)), wide, high))
    return Image(tuple(urls), picture.caption, picture.credit)


def story_of(
    article: ArticleDetail,
    *,
    words: int,
    posts: list[LivePostView],
    poster: PictureView | None,
    discussion: Discussion | None = None,
) -> Node:
    """Return the article's structured data."""
    card = article.card
    return story(
        Story(
            kind=card.kind,
            url=absolute(card.path),
            headline=card.headline,
            description=card.standfirst,
            language=card.edition.language,
            section=card.section.name,
            section_url=absolute(card.section.path),
            published_at=card.published_at,
            modified_at=modified_at(article, posts),
            words=words,
            publisher=publisher(card.edition),
            authors=tuple((author.name, absolute(author.path)) for author in card.authors),
            images=(image(card.picture),) if card.picture else (),
            keywords=tuple(tag.name for tag in article.tags),
            about=tuple((tag.kind, tag.name, absolute(tag.path)) for tag in article.tags),
            corrections=tuple((entry.at, entry.text) for entry in article.corrections),
            dateline=article.dateline,
            based_on=(article.source_name, article.source_url, article.source_licence),
            recording=recording(article.media, article, poster) if article.media else None,
            coverage=(article.live_starts_at, article.live_ends_at),
            updates=tuple(_update(post) for post in posts),
            comment_count=discussion.counts.visible if discussion else None,
            comments=tuple(_comments(discussion)) if discussion else (),
        )
    )


def _comments(discussion: Discussion) -> Iterator[tuple[str, datetime, str, str]]:
    """Return author, time, text and address of the first comments that the page shows."""
    seen = [strand.root for strand in discussion.strands if strand.root.view.is_visible]
    for comment in seen[:COMMENTS]:
        text = " ".join(strip_tags(comment.view.html.replace("</p>", "</p> ")).split())
        yield comment.name, comment.view.created_at, unescape(text), absolute(comment.path)


def modified_at(article: ArticleDetail, posts: list[LivePostView]) -> datetime:
    """Return when the article last changed in a way that readers should know of."""
    times = [article.card.updated_at or article.card.published_at, *(entry.at for entry in article.corrections)]
    return max([*times, *(post.changed_at or post.at for post in posts)])


def recording(media: MediaView, article: ArticleDetail, poster: PictureView | None) -> dict[str, Any]:
    """Return a film or sound as machines read it."""
    node: dict[str, Any] = {
        "@type": "VideoObject" if media.kind == "video" else "AudioObject",
        "name": media.title,
        "description": article.card.standfirst or media.title,
        "uploadDate": article.card.published_at.isoformat(),
        "contentUrl": absolute(media.path),
        "duration": f"PT{media.duration_s}S",
    }
    picture = poster or article.card.picture
    if picture is not None:
        node["thumbnailUrl"] = absolute(picture_at(picture, ratio="16:9", width=1200))
    if media.transcript:
        node["transcript"] = strip_tags(media.transcript)
    return node


def _update(post: LivePostView) -> dict[str, Any]:
    text = strip_tags(post.text).strip()
    return {"headline": post.headline or text[:110], "at": post.at, "text": text, "anchor": f"post-{post.key}"}

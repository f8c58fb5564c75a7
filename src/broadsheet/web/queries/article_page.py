"""Everything the page of an article shows, in a fixed number of questions (PERF-03)."""

from dataclasses import dataclass, field

from django.utils.safestring import SafeString, mark_safe

from broadsheet.delivery.queries.pictures import share_picture
from broadsheet.delivery.queries.recommended import Recommendation, choices
from broadsheet.delivery.queries.short_links import short_link
from broadsheet.delivery.queries.views import views_of
from broadsheet.kernel.tailer import latest_number
from broadsheet.newsroom.queries.articles import ArticleDetail
from broadsheet.newsroom.queries.cards import ArticleCard, PictureView, cards_by_id, picture_views
from broadsheet.newsroom.queries.live_posts import LivePostView, live_posts
from broadsheet.newsroom.queries.media import MediaView, media_views
from broadsheet.newsroom.queries.term_pages import NoticeView, notices
from broadsheet.web.conf import RECOMMENDED
from broadsheet.web.engines.body import Material, plain_words, render_body, wanted
from broadsheet.web.engines.richtext import Writer, notice_keys, page_links
from broadsheet.web.queries.discussion import Discussion, discussion_of
from broadsheet.web.queries.frame import Feed, Frame, Share, frame, shown_keys
from broadsheet.web.queries.rails import Rails, rails
from broadsheet.web.queries.structured import modified_at, story_of


@dataclass(frozen=True, slots=True)
class ShownPost:
    """A post of a live blog with its markup."""

    post: LivePostView
    html: SafeString


@dataclass(frozen=True, slots=True)
class ArticleParts:
    """The article's page."""

    article: ArticleDetail
    body: SafeString
    posts: tuple[ShownPost, ...]
    notices: tuple[NoticeView, ...]
    rails: Rails
    recommended: tuple[Recommendation, ...]
    poster: PictureView | None
    discussion: Discussion | None  # of a public article
    views: int
    number: int  # of the newest fact that the page's live posts know of
    frame: Frame
    keys: tuple[str, ...] = field(default=())

    @property
    def card(self) -> ArticleCard:
        """Return the article as lists show it."""
        return self.article.card

    @property
    def opens_with_gallery(self) -> bool:
        """Return whether the lead picture is left out, as the gallery that the page is about begins with it."""
        galleries = [block["value"] for block in self.article.body.raw_data if block["type"] == "gallery"]
        return self.card.kind == "gallery" and bool(galleries)

    @property
    def updated(self) -> bool:
        """Return whether the reader should be told that the article changed after its publication."""
        at = self.card.updated_at
        return at is not None and (at - self.card.published_at).total_seconds() >= 60


def article_parts(article: ArticleDetail) -> ArticleParts:
    """Return everything the page shows."""
    card = article.card
    blocks = list(article.body.raw_data)
    number = latest_number() if card.kind == "live" else 0
    posts = live_posts(card.id) if card.kind == "live" else []
    asked = wanted(blocks)
    asked.articles |= {number for post in posts for number in page_links(post.text)}
    asked.notices += [key for post in posts for key in notice_keys(post.text)]
    if article.media and article.media.poster_id:
        asked.pictures.add(article.media.poster_id)
    found_notices = notices(card.edition.id, asked.notices)
    chosen = choices(article, RECOMMENDED) if article.is_public else []
    cards = cards_by_id([*asked.articles, *(choice.article_id for choice in chosen)], signed=False)
    media = media_views(asked.media, card.edition.language)
    pictures = picture_views([*asked.pictures, *(view.poster_id for view in media.values() if view.poster_id)])
    writer = Writer({number: other.path for number, other in cards.items()}, _ordered(asked.notices, found_notices))
    material = Material(pictures, media, cards, writer, f"{card.public_id:010d}", card.kind == "interview")
    body = render_body(blocks, material)
    shown = tuple(ShownPost(post, mark_safe(writer.write(post.text))) for post in posts)
    beside = rails(card.edition.id).without(card.id)
    picks = tuple(
        Recommendation(cards[choice.article_id], choice.reasons, choice.score)
        for choice in chosen
        if choice.article_id in cards
    )
    poster = pictures.get(article.media.poster_id or 0) if article.media else None
    discussion = discussion_of(article) if article.is_public else None
    return ArticleParts(
        article=article,
        body=body,
        posts=shown,
        notices=tuple(found_notices[key] for key in writer.order),
        rails=beside,
        recommended=picks,
        poster=poster,
        discussion=discussion,
        views=views_of(card.id) if article.is_public else 0,
        number=number,
        frame=_frame(
            article, words=len(plain_words(blocks).split()), posts=posts, poster=poster, discussion=discussion
        ),
        keys=(
            *_keys(article, pictures, media, found_notices, [*beside.news, *beside.multimedia, *cards.values()]),
            *(discussion.keys if discussion else ()),
        ),
    )


def _ordered(keys: list[str], found: dict[str, NoticeView]) -> list[str]:
    return [key for key in dict.fromkeys(keys) if key in found]


def _keys(
    article: ArticleDetail,
    pictures: dict[int, PictureView],
    media: dict[int, MediaView],
    found_notices: dict[str, NoticeView],
    cards: list[ArticleCard],
) -> tuple[str, ...]:
    own = [f"media:{number}" for number in media]
    own += [f"media:{article.media.id}"] if article.media else []
    own += [f"tag:{tag.id}" for tag in article.tags]
    own += [f"notice:{notice.id}" for notice in found_notices.values()]
    own += [f"article:{other.article_id}" for other in article.translations]
    return (*own, *shown_keys([article.card, *cards], pictures.values()))


def _frame(
    article: ArticleDetail,
    *,
    words: int,
    posts: list[LivePostView],
    poster: PictureView | None,
    discussion: Discussion | None,
) -> Frame:
    card = article.card
    share = None
    if card.picture is not None:
        share = Share(*share_picture(card.picture), card.picture.alt)
    return frame(
        card.edition,
        title=card.headline,
        path=card.path,
        translations=[(other.edition, other.path) for other in article.translations],
        description=card.standfirst,
        section=card.section,
        share=share,
        structured=story_of(article, words=words, posts=posts, poster=poster, discussion=discussion),
        article=ArticleHead(article, modified_at(article, posts).isoformat()),
        shortlink=short_link(card),
        feed=Feed(card.section.name, f"{card.section.path}feeds/"),
    )


@dataclass(frozen=True, slots=True)
class ArticleHead:
    """What the head of an article's page says beyond that of others."""

    detail: ArticleDetail
    modified: str

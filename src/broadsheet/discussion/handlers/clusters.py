"""Looks for flash mobs as comments come, and drops what is remembered of articles that changed."""

from broadsheet.discussion.actions.gather_mob import gather_mob
from broadsheet.discussion.engines.nearby import nearby
from broadsheet.discussion.facts import CommentEdited, CommentPosted, CommentsErased
from broadsheet.discussion.queries.submissions import forget_article
from broadsheet.kernel import clock
from broadsheet.kernel.facts import follows, handles
from broadsheet.newsroom.facts import ArticlePublished, ArticleWithdrawn


@handles(CommentPosted, CommentEdited)
def find_mob(happened: CommentPosted | CommentEdited) -> None:
    """Put the comment into the flash mob that it belongs to, if any."""
    gather_mob(comment_id=happened.comment_id, now=clock.now())


@follows(ArticlePublished, ArticleWithdrawn)
def forget(happened: ArticlePublished | ArticleWithdrawn, number: int) -> None:
    """Read the article afresh for the next comment under it."""
    forget_article(happened.article_id)


@follows(CommentsErased)
def forget_erased(happened: CommentsErased, number: int) -> None:
    """Keep no fingerprint of an erased account's comments in memory: all are read afresh, without them."""
    nearby.forget()

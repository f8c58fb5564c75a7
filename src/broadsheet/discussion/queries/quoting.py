"""The comment that is answered: as it is shown above the answer, and as a quote in it (DIS-02)."""

from broadsheet.discussion.engines.markup import to_shown_text
from broadsheet.discussion.models import Comment
from broadsheet.discussion.queries.comments import CommentView, comment_views

LONGEST_QUOTE = 600  # characters: what the answer is about, with room left for the answer


def answerable(comment_id: int, article_id: int) -> CommentView | None:
    """Return the comment where it is visible under the article; what else it may be nobody learns."""
    view = comment_views([comment_id]).get(comment_id)
    return view if view is not None and view.is_visible and view.thread_id == article_id else None


def quote_of(comment_id: int) -> str:
    """Return the visible comment's own words as a quote, cut at a word; empty where there is none.

    What it quotes itself is left out, and what was blacked out stays so.
    """
    row = Comment.objects.filter(pk=comment_id, state="visible").values_list("text", "redactions").first()
    if row is None:
        return ""
    text, redactions = row
    shown = to_shown_text(text, [(start, end) for start, end in redactions])
    lines = [line.strip() for line in shown.split("\n") if line.strip() and not line.lstrip().startswith(">")]
    return "\n".join(f"> {line}" for line in _cut("\n".join(lines)).split("\n") if line)


def _cut(text: str) -> str:
    if len(text) <= LONGEST_QUOTE:
        return text
    begin, _space, _rest = text[:LONGEST_QUOTE].rpartition(" ")
    return f"{begin or text[:LONGEST_QUOTE]} …"

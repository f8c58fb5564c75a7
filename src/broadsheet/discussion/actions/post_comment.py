"""Posts a comment (DIS-02, STD-03; design §4)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from broadsheet.discussion.actions.keep_judgement import keep_judgement
from broadsheet.discussion.actions.move_comment import about, count
from broadsheet.discussion.actions.open_thread import open_thread
from broadsheet.discussion.conf import DEEPEST, JUDGED, State
from broadsheet.discussion.engines.judges import Judged
from broadsheet.discussion.engines.markup import clean_text, to_html
from broadsheet.discussion.errors import VerdictView, Warned
from broadsheet.discussion.facts import CommentPosted
from broadsheet.discussion.models import Comment
from broadsheet.discussion.queries.badges import badge_for
from broadsheet.discussion.queries.languages import language_of
from broadsheet.discussion.queries.may_comment import Admission, admit
from broadsheet.discussion.queries.verdicts import TOLD, judged_text, verdict_of, verdict_view
from broadsheet.discussion.rules.posting import held_for, refuse_article, refuse_haste, refuse_text
from broadsheet.kernel import rates
from broadsheet.kernel.errors import Refused
from broadsheet.kernel.facts import announce
from broadsheet.kernel.inserting import insert
from broadsheet.kernel.prepared import Prepared
from broadsheet.kernel.turns import take_turn
from broadsheet.newsroom.queries.discussed import Discussed, discussed

_POSTED = Prepared(
    lambda author, key: Comment.objects.filter(author_id=author, key=key).values_list("pk", "state", "held_for")
)
MOST_RAW = 50  # times the longest comment: what is longer isn't even cleaned


@dataclass(frozen=True, slots=True)
class Posted:
    """A comment that is there: `state` is visible or held (`held_for` says why), `verdict` what its author is told."""

    comment_id: int
    state: str
    held_for: str
    verdict: VerdictView | None


@dataclass(frozen=True, slots=True)
class _Text:
    """A text that was read and judged, ready to be stored."""

    text: str
    html: str
    language: str
    judged: Judged
    key: UUID


def post_comment(
    *,
    author_id: int,
    article_id: int,
    text: str,
    parent_id: int | None = None,
    key: UUID,
    insists: bool = False,
    now: datetime,
) -> Posted:
    """Post the text under the article, as an answer to `parent_id` where one is given.

    `Refused` where the author, the thread, the text or the comment answered don't allow it. `Warned` where the judge
    would warn or hold and the author doesn't insist yet: nothing is stored then, and it counts as a preview does. What the judge would hold, and what it
    couldn't read, is held, whoever insists. A second post with the key is the first one: nothing is made anew.
    The judge reads before the transaction and holds nothing; within it all else is asked again.
    """
    if posted := _posted(author_id, key):
        return posted
    cleaned = read_text(text)
    article = _article(article_id)
    admit(author_id, article, parent_id, now)
    if refusal := refuse_haste(rates.wait_of(JUDGED, str(author_id), now)):
        raise Refused(refusal)
    edition_id = article.edition_id
    judged = judged_text(
        author_id=author_id, article_id=article_id, edition_id=edition_id, parent_id=parent_id, text=cleaned, now=now
    )
    view = verdict_view(judged.verdict, edition_id, cleaned)
    if judged.verdict.outcome in TOLD and not insists:
        rates.take(JUDGED, str(author_id), now)
        raise Warned(view)
    language = judged.language[:12] or language_of(cleaned, edition_id)
    ready = _Text(cleaned, to_html(cleaned), language, judged, key)
    with transaction.atomic():
        take_turn(f"author {author_id}")
        if posted := _posted(author_id, key):
            return posted
        article = _article(article_id)
        admission = admit(author_id, article, parent_id, now, outcome=judged.verdict.outcome)
        comment = _store(author_id, article, admission, ready, now)
    return Posted(comment.pk, comment.state, comment.held_for, view)


def read_text(text: str) -> str:
    """Return the text as it is kept, or raise `Refused` where it can't be a comment."""
    longest = settings.COMMENT_LENGTH
    cleaned = clean_text(text) if len(text) <= longest * MOST_RAW else text
    if refusal := refuse_text(cleaned, longest):
        raise Refused(refusal)
    return cleaned


def _posted(author_id: int, key: UUID) -> Posted | None:
    rows = _POSTED(author_id, key)
    if not rows:
        return None
    number, state, why = rows[0]
    return Posted(number, state, why, verdict_of(number))


def _article(article_id: int) -> Discussed:
    article = discussed(article_id)
    if article is None:
        raise Refused(refuse_article())
    return article


def _store(author_id: int, article: Discussed, admission: Admission, ready: _Text, now: datetime) -> Comment:
    """Write the comment and all that it causes, in the caller's transaction."""
    thread = open_thread(article)
    outcome = ready.judged.verdict.outcome
    why = held_for(admission.mode, admission.author, outcome, now)
    parent = admission.parent
    comment = Comment(
        thread=thread,
        parent_id=parent.id if parent else None,
        root_id=parent.root_id if parent else None,
        depth=min(parent.depth + 1, DEEPEST) if parent else 0,
        state=State.HELD if why else State.VISIBLE,
        held_for=why,
        placed=not why,
        language=ready.language,
        text=ready.text,
        html=ready.html,
        author_id=author_id,
        author_badge=badge_for(author_id, article.article_id, is_staff=admission.author.is_staff),
        key=ready.key,
        created_at=now,
    )
    insert(comment)
    if not why:
        count(comment, thread, 1)
    clauses = keep_judgement(comment, ready.judged, now)
    announce(
        CommentPosted(
            **about(comment, thread),
            state=comment.state,
            outcome=outcome,
            clauses=clauses,
            parent_id=comment.parent_id,
        )
    )
    return comment

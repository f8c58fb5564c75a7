"""Shows what a comment would look like and what the judge would say; stores nothing (DIS-02, STD-03)."""

from dataclasses import dataclass
from datetime import datetime

from broadsheet.discussion.actions.post_comment import read_text
from broadsheet.discussion.conf import JUDGED
from broadsheet.discussion.engines.markup import to_html
from broadsheet.discussion.errors import VerdictView
from broadsheet.discussion.queries.verdicts import judged_text, verdict_view
from broadsheet.discussion.rules.posting import refuse_article, refuse_haste
from broadsheet.kernel import rates
from broadsheet.kernel.errors import Refused
from broadsheet.newsroom.queries.discussed import discussed


@dataclass(frozen=True, slots=True)
class Preview:
    """A comment that isn't posted: its markup, the cleaned text it is made of, and what the judge says."""

    html: str
    text: str
    verdict: VerdictView


def preview_comment(
    *, author_id: int, article_id: int, text: str, parent_id: int | None = None, now: datetime
) -> Preview:
    """Return how the text would look and be judged there; `Refused` for no or too long a text, and for too many asked."""
    cleaned = read_text(text)
    article = discussed(article_id)
    if article is None:
        raise Refused(refuse_article())
    if refusal := refuse_haste(rates.take(JUDGED, str(author_id), now)):
        raise Refused(refusal)
    edition_id = article.edition_id
    judged = judged_text(
        author_id=author_id, article_id=article_id, edition_id=edition_id, parent_id=parent_id, text=cleaned, now=now
    )
    return Preview(to_html(cleaned), cleaned, verdict_view(judged.verdict, edition_id, cleaned))

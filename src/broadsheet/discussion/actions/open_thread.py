"""Makes the row of a thread where there is none yet."""

from broadsheet.discussion.models import Thread
from broadsheet.kernel.prepared import PreparedObjects
from broadsheet.newsroom.queries.discussed import Discussed

_HELD = PreparedObjects(Thread, lambda number: Thread.objects.select_for_update().filter(pk=number))


def open_thread(article: Discussed) -> Thread:
    """Return the article's thread, made now where it wasn't there, held until the caller's transaction ends."""
    rows = _HELD(article.article_id)
    if not rows:
        values = {"edition_id": article.edition_id, "section_id": article.section_id}
        Thread.objects.get_or_create(article_id=article.article_id, defaults=values)
        rows = _HELD(article.article_id)
    thread = rows[0]
    if (thread.edition_id, thread.section_id) != (article.edition_id, article.section_id):  # it was moved
        thread.edition_id, thread.section_id = article.edition_id, article.section_id
        thread.save(update_fields=["edition_id", "section_id"])
    return thread

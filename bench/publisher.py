"""Publishes when asked: one JSON line in, one out. Not a benchmark; those of delivery run it as their editor."""

import time
from typing import Any

from bench.frame import answer, django


class Editor:
    """Writes and publishes articles of the archive by the newsroom's own actions."""

    def __init__(self) -> None:
        django()
        from broadsheet.newsroom.queries.cards import listed

        self.articles = list(listed().order_by("-listed_at").values_list("public_id", flat=True)[:50])

    def __call__(self, *, number: int = 0, word: str = "", new: bool = False) -> dict[str, Any]:
        """Publish a new version of the article at this place, or a new article; return where, and when it was true."""
        from broadsheet.newsroom.actions.drafts import create_article, update_article
        from broadsheet.newsroom.actions.publish import publish_article
        from broadsheet.newsroom.queries.addresses import path_of
        from broadsheet.newsroom.queries.articles import article_by_number

        article = article_by_number(self.articles[number % len(self.articles)])
        if article is None:
            return {}
        if new:
            fields = {"standfirst": f"Standfirst of {word}, long enough for a list, and for those who read only lists."}
            article = create_article(section=article.section, headline=word, fields=fields)
        elif word:
            article = update_article(article=article, headline=word)
        if word:
            article = publish_article(article=article)
        return {"path": path_of(article), "section": f"/{article.section.slug}/", "at": time.time(), "word": word}


if __name__ == "__main__":
    editor = Editor()
    answer(editor)

"""What is searched: one row an article, beside it the database's own full-text index."""

from django.db import models


class SearchDocument(models.Model):
    """A public article's words. `id` ascends with the time of publication, so that the newest matches come first.

    `stems_…` hold one stem for each word of the original, in the same order: a match in the stems is marked in
    the original by counting words.
    """

    id = models.BigIntegerField(primary_key=True)
    article_id = models.BigIntegerField(unique=True)
    edition_id = models.BigIntegerField()
    section_id = models.BigIntegerField()
    kind = models.CharField(max_length=12)
    published_at = models.DateTimeField()
    headline = models.TextField()
    standfirst = models.TextField()
    body = models.TextField()
    stems_headline = models.TextField()
    stems_standfirst = models.TextField()
    stems_body = models.TextField()
    stems_tags = models.TextField()
    words = models.TextField()
    filters = models.TextField()

    class Meta:
        db_table = "search_document"
        indexes = [models.Index(fields=["edition_id", "-id"], name="search_document_edition")]

    def __str__(self) -> str:
        """Return the headline."""
        return self.headline


class SearchName(models.Model):
    """A tag or author that public articles carry, for suggestions; `folded` is its words without accents."""

    edition_id = models.BigIntegerField()
    kind = models.CharField(max_length=8)
    term_id = models.BigIntegerField()
    name = models.CharField(max_length=160)
    path = models.CharField(max_length=300)
    folded = models.CharField(max_length=200)

    class Meta:
        db_table = "search_name"
        constraints = [models.UniqueConstraint(fields=["kind", "term_id"], name="search_name_once")]
        indexes = [models.Index(fields=["edition_id", "folded"], name="search_name_folded")]

    def __str__(self) -> str:
        """Return the name."""
        return self.name

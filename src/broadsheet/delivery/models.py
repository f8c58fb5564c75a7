"""Delivery's tables: what is counted, without anybody in it."""

from django.db import models


class ArticleCount(models.Model):
    """How often an article was looked at, and its short link followed."""

    article_id = models.BigIntegerField(primary_key=True)
    views = models.BigIntegerField(default=0)
    short_link_uses = models.BigIntegerField(default=0)

    class Meta:
        db_table = "delivery_article_count"

    def __str__(self) -> str:
        """Return the article's number and its views."""
        return f"{self.article_id}: {self.views}"


class DaySalt(models.Model):
    """The secret that a day's visitor keys are made with; thrown away when the day is over."""

    day = models.DateField(primary_key=True)
    salt = models.BinaryField(max_length=32)

    class Meta:
        db_table = "delivery_day_salt"

    def __str__(self) -> str:
        """Return the day."""
        return f"{self.day}"


class ViewKey(models.Model):
    """One visitor's view of one article on one day, as a keyed hash of both; removed when the day is over."""

    key = models.BinaryField(primary_key=True, max_length=16)
    day = models.DateField(db_index=True)

    class Meta:
        db_table = "delivery_view_key"

    def __str__(self) -> str:
        """Return the day."""
        return f"{self.day}"

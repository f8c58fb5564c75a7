"""Writes what was counted (ART-06, ART-07)."""

import secrets
from collections import defaultdict
from datetime import date, timedelta

from django.db import connection, transaction

from broadsheet.delivery.engines.counting import Batch
from broadsheet.delivery.models import ArticleCount, DaySalt, ViewKey
from broadsheet.newsroom.queries.numbers import pages_by_number

ROWS = 400  # of one statement, below SQLite's limit of values


def salt_of(*, day: date) -> bytes:
    """Return the day's salt, made by whichever process asks first."""
    row, _made = DaySalt.objects.get_or_create(day=day, defaults={"salt": secrets.token_bytes(32)})
    return bytes(row.salt)


@transaction.atomic
def record_counts(*, batch: Batch) -> int:
    """Add what is new of the batch to the articles' counts; return how many views were new."""
    pages = pages_by_number({*batch.views.values(), *batch.uses})
    by_article: dict[tuple[date, int], list[bytes]] = defaultdict(list)
    for (day, key), public_id in batch.views.items():
        if public_id in pages:
            by_article[(day, pages[public_id])].append(key)
    views: dict[int, int] = defaultdict(int)
    for (day, article_id), keys in sorted(by_article.items()):  # in one order everywhere: nobody waits in a ring
        views[article_id] += _insert(day, sorted(keys))
    uses = {pages[number]: count for number, count in batch.uses.items() if number in pages}
    changed = [article_id for article_id in {*views, *uses} if views.get(article_id) or uses.get(article_id)]
    _add(sorted(changed), views, uses)
    return sum(views.values())


def _insert(day: date, keys: list[bytes]) -> int:
    """Note the keys; return how many were not there before, in whatever process they were noted."""
    count = 0
    table = ViewKey._meta.db_table
    for first in range(0, len(keys), ROWS):
        part = keys[first : first + ROWS]
        marks = ", ".join(["(%s, %s)"] * len(part))
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {table} (key, day) VALUES {marks} ON CONFLICT DO NOTHING",  # noqa: S608
                [value for key in part for value in (key, day)],
            )
            count += cursor.rowcount
    return count


def _add(articles: list[int], views: dict[int, int], uses: dict[int, int]) -> None:
    table = ArticleCount._meta.db_table
    with connection.cursor() as cursor:
        for article_id in articles:
            cursor.execute(
                f"INSERT INTO {table} (article_id, views, short_link_uses) VALUES (%s, %s, %s)"  # noqa: S608
                f" ON CONFLICT (article_id) DO UPDATE SET views = {table}.views + excluded.views,"
                f" short_link_uses = {table}.short_link_uses + excluded.short_link_uses",
                [article_id, views.get(article_id, 0), uses.get(article_id, 0)],
            )


@transaction.atomic
def forget_days(*, today: date) -> int:
    """Throw away salts and keys of days that are over."""
    over = today - timedelta(days=1)
    DaySalt.objects.filter(day__lte=over).delete()
    return ViewKey.objects.filter(day__lte=over).delete()[0]

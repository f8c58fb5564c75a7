"""Remembers which outside addresses of articles answer; they are tried in the background, on somebody's wish."""

from datetime import timedelta

from django.db import transaction

from broadsheet.kernel import clock
from broadsheet.newsroom.engines.body_texts import BodyReader
from broadsheet.newsroom.engines.link_probe import probe
from broadsheet.newsroom.models import ArticlePage, LinkCheck

BATCH = 20


@transaction.atomic
def ask_for_link_check(*, article: ArticlePage) -> int:
    """Note that the article's outside links are to be tried, and return how many."""
    latest = article.get_latest_revision_as_object()
    addresses = {link.address for link in BodyReader(latest.body).links if link.address.startswith("http")}
    addresses = {address for address in addresses if len(address) <= 500}
    for address in sorted(addresses):
        LinkCheck.objects.update_or_create(address=address, defaults={"checked_at": None})
    return len(addresses)


def try_asked_links() -> int:
    """Try the links that are asked for and return how many; no transaction is open meanwhile."""
    rows = list(LinkCheck.objects.filter(checked_at__isnull=True).order_by("pk")[:BATCH])
    for row in rows:
        ok, answer = probe(row.address)
        LinkCheck.objects.filter(pk=row.pk).update(ok=ok, answer=answer[:80], checked_at=clock.now())
    forgotten = clock.now() - timedelta(days=90)
    LinkCheck.objects.filter(checked_at__lt=forgotten).delete()
    return len(rows)

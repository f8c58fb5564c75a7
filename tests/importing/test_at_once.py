"""The same source imported twice at the same moment comes in once."""

import pytest

from broadsheet.importing.actions.import_feed import import_feed
from broadsheet.newsroom.models import ArticlePage
from tests.at_once import at_once
from tests.factories.newsroom import make_section

pytestmark = [pytest.mark.row("ART-16"), pytest.mark.django_db(transaction=True)]
ITEM = "<item><title>Tale {n}</title><guid isPermaLink='false'>tag:{n}</guid><description>&lt;p&gt;Text {n}.&lt;/p&gt;</description></item>"


def test_one_feed_imported_by_three_at_once_makes_each_article_once(tmp_path):
    make_section()
    file = tmp_path / "feed.xml"
    items = "".join(ITEM.format(n=number) for number in range(8))
    file.write_text(f"<rss version='2.0'><channel><title>Shore</title><language>en</language>{items}</channel></rss>")
    reports = at_once(*[lambda: import_feed(place=str(file), section="world")] * 3)
    assert [report.failed for report in reports] == [[], [], []]
    assert sorted(ArticlePage.objects.values_list("title", flat=True)) == [f"Tale {number}" for number in range(8)]

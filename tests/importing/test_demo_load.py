"""The demo paper loads whole: every article public at its place, its times moved to today, nothing left out."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import broadsheet.importing
from broadsheet.importing.actions.load_bundle import load_bundle
from broadsheet.kernel.models import Delivery
from broadsheet.newsroom.queries import archive
from broadsheet.newsroom.queries.cards import newest

pytestmark = [pytest.mark.row("OPS-01"), pytest.mark.django_db]
DEMO = Path(broadsheet.importing.__file__).parent / "demo"


def test_the_demo_paper_loads_whole() -> None:
    now = datetime(2027, 8, 3, 15, 20, 40, tzinfo=UTC)
    report = load_bundle(DEMO, shift_to=now)
    assert report.failed == []
    assert report.skipped == []
    assert [line for line in report.dropped if "doesn't know" not in line.reason] == []
    editions = archive.all_editions()
    assert [page.code for page in editions] == ["en", "fr", "ar"]
    assert len(archive.article_numbers()) == len(list((DEMO / "articles").glob("*.json"))) >= 40
    assert Delivery.objects.count() == 0
    for page in editions:
        shown = newest(edition_id=page.pk, count=5)
        assert len(shown) == 5
        assert shown[0].published_at <= now
        assert now - shown[0].published_at < timedelta(days=2)
        assert all(block.value for block in page.layout)
    surge = archive.article_row(1000000306)
    # 17:30 on the eighteenth, two days before the bundle's clock: 17:30 by the edition's clock, GMT, two days before today.
    assert surge.listed_at == datetime(2027, 8, 1, 17, 30, tzinfo=UTC)
    assert surge.live_posts.count() >= 10
    again = load_bundle(DEMO, shift_to=now)
    assert again.changed == 0

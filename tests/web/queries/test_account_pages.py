"""What every page of an account points to."""

from datetime import timedelta

import pytest

from broadsheet.kernel import clock
from broadsheet.newsroom.queries.editions import edition_by_code, forget_editions
from broadsheet.web.queries.account_pages import policy_links
from tests.factories.newsroom import make_edition
from tests.factories.policies import make_version

pytestmark = [pytest.mark.row("PAGE-01"), pytest.mark.row("ACC-09"), pytest.mark.django_db]


def test_a_policy_is_linked_once_it_is_in_force_and_leads_to_a_page(client):
    edition = make_edition()
    now = clock.now()
    make_version(edition, "terms", at=now - timedelta(days=1))
    make_version(edition, "privacy", at=now + timedelta(days=1))
    forget_editions()
    links = policy_links(edition_by_code("en"))
    assert [entry.word for entry in links] == ["terms", "contact"]
    assert [client.get(entry.path).status_code for entry in links] == [200, 200]

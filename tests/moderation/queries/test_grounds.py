"""What a decision cites is what the reader could read: the standards, with the paper's own names."""

import pytest

from broadsheet.kernel import clock
from broadsheet.moderation.queries.grounds import cited
from tests.factories.newsroom import make_edition

pytestmark = [pytest.mark.row("MOD-03"), pytest.mark.django_db]


@pytest.mark.parametrize("publisher", ["Estuary Press", ""])
def test_a_clause_is_cited_with_the_publishers_name(publisher):
    edition = make_edition(publisher=publisher)
    (clause,) = cited(edition.pk, ["PUBLISHER"], language="en", now=clock.now())
    assert (publisher or edition.brand) in clause.text
    assert "{" not in clause.title + clause.text

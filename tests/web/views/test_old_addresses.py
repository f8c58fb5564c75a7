"""Links from elsewhere to an imported article still lead to it."""

import pytest

from broadsheet.importing.models import OldAddress
from broadsheet.importing.rules.old_paths import old_path
from broadsheet.kernel import clock
from broadsheet.newsroom.actions.withdraw import withdraw_article
from tests.factories.newsroom import make_article, make_section

pytestmark = [pytest.mark.row("ART-16"), pytest.mark.django_db]
OLD = "https://old.example/2019/03/the-gates-close/?p=17"


@pytest.fixture
def article():
    article = make_article(make_section(), "The gates close")
    OldAddress.objects.create(path=old_path(OLD), article_id=article.pk, at=clock.now())
    return article


def test_an_old_address_leads_to_the_article_for_good(client, article):
    response = client.get("/2019/03/the-gates-close/?p=17")
    assert response.status_code == 301
    assert response["Location"] == article.public_path()


def test_other_addresses_are_not_found_as_before(client, article):
    assert client.get("/2019/03/another/").status_code == 404


def test_an_old_address_of_a_withdrawn_article_leads_nowhere(client, article):
    withdraw_article(article=article)
    assert client.get("/2019/03/the-gates-close/?p=17").status_code == 404

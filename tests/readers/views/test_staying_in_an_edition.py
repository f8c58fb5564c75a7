"""Who has to log in does so in the edition whose page was asked for."""

import pytest

pytestmark = [pytest.mark.row("ACC-02", "ACC-11"), pytest.mark.django_db, pytest.mark.usefixtures("paper")]


@pytest.mark.parametrize("page", ["profile/", "my-data/", "sessions/", "delete/", "notices/", "gate/", "social/"])
@pytest.mark.parametrize("root", ["/accounts/", "/fr/accounts/"])
def test_a_session_that_ended_leads_to_the_edition_s_own_page(client, root, page):
    answer = client.get(root + page)
    assert answer.status_code == 302
    assert answer["Location"] == f"{root}login/?next={root}{page}"

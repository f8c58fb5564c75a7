"""Policies and gate in a real browser: anchors, narrow screens, both directions, the unticked box."""

from datetime import timedelta

import pytest
from django.test import Client

from broadsheet.kernel import clock
from broadsheet.newsroom.actions.publish_policy import publish_first_policies
from broadsheet.newsroom.models import EditionPage
from broadsheet.newsroom.queries.editions import forget_editions
from broadsheet.readers.models import Acceptance, Reader
from tests.factories.policies import make_version

pytestmark = [pytest.mark.browser, pytest.mark.row("ACC-08", "ACC-09")]
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def policies(served):
    EditionPage.objects.update(privacy_address="privacy@tide.example", postal_address="1 Quay", minimum_age=16)
    forget_editions()
    for edition in (served.edition, served.ar):
        assert publish_first_policies(edition_id=edition.pk, now=clock.now() - timedelta(days=2)) == []
    forget_editions()
    return served


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("root", ["/", "/ar/"])
def test_policies_fit_and_a_clause_is_found_by_its_anchor(policies, visit, root, width):
    page = visit(f"{root}standards/#HATE", width=width)
    box = page.locator("#HATE").bounding_box()
    assert abs(box["y"]) < 120
    page.locator("#HATE summary").click()
    assert page.locator("#HATE .sides li").first.is_visible()
    assert page.evaluate(WIDER) <= 0
    page.goto(f"{policies.url}{root}privacy/")
    assert page.evaluate(WIDER) <= 0
    assert page.locator("html").get_attribute("dir") == ("rtl" if root == "/ar/" else "ltr")


def test_the_gate_opens_by_the_box_alone(policies, visit):
    reader = Reader.objects.create_user("ines@reader.example", display_name="Inês")
    make_version(policies.edition, number=2, at=clock.now() - timedelta(hours=1), what_changed="We keep less.")
    client = Client()
    client.force_login(reader)
    page = visit("/accounts/login/")
    cookies = [{"name": name, "value": one.value, "url": policies.url} for name, one in client.cookies.items()]
    page.context.add_cookies(cookies)
    page.goto(f"{policies.url}/accounts/gate/?next=/privacy/2/")
    assert not page.get_by_role("checkbox").is_checked()
    page.get_by_role("button", name="Continue").click()
    assert not Acceptance.objects.exists(), "the browser itself asks for the box"
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url("**/privacy/2/")
    assert Acceptance.objects.get().version == 2

"""The picture beside the greeting of an identity that waits: from this host, for its session alone (ACC-04, ACC-05)."""

from typing import Any

import pytest
from django.test import Client

from broadsheet.kernel import clock
from broadsheet.readers.actions.fetch_pending_picture import fetch_pending_picture
from tests.readers.actions.test_fetch_pending_picture import Network, network, serving
from tests.readers.conftest import _no_limit_reached_before, _quick_hashes, paper
from tests.readers.provider import city, city_running, sign_in
from tests.readers.views.test_social import ADA, branch, content

__all__ = ["_no_limit_reached_before", "_quick_hashes", "city", "city_running", "network", "paper", "serving"]
pytestmark = [pytest.mark.row("ACC-04"), pytest.mark.row("ACC-05"), pytest.mark.django_db]


def pictures(client: Client, response: Any) -> tuple[str, set[str]]:
    """Return the path of No, and where both branches have their picture."""
    no = branch(client, response, "No")
    pages = (client.get(no), client.get(no.replace("/no/", "/yes/")))
    return no, {content(page).select_one("img.avatar")["src"] for page in pages}


def fetched(client: Client, address: str) -> bytes | None:
    """Fetch it as the page does, from the test's own network, which is none of the open internet."""
    key = address.rstrip("/").split("/")[-2]
    return fetch_pending_picture(session=client.session, key=key, now=clock.now(), allow_private=True)


def is_default(response: Any) -> bool:
    assert "no-store" in response["Cache-Control"]
    return response.status_code == 302 and response["Location"].startswith("/static/icons/reader")


def test_both_branches_show_the_networks_picture_from_here_and_do_not_wait_for_it(client, city, network):
    city.person("1", **ADA, picture=f"{network}/ada.png")
    no, [address] = pictures(client, sign_in(client, city, "1"))
    assert Network.asked == []
    assert address.startswith("/accounts/social/registration/")
    expected = fetched(client, address)
    response = client.get(address)
    assert (response["Content-Type"], response.content) == ("image/webp", expected)
    assert {"no-store", "private"} <= set(response["Cache-Control"].replace(" ", "").split(","))
    assert response["X-Content-Type-Options"] == "nosniff"
    assert is_default(Client().get(address))
    assert is_default(client.get("/accounts/social/registration/unknown/picture/"))
    client.post(no, {"display_name": "Ada Quay", "email": "ada@mail.example"})
    assert is_default(client.get(address))
    assert Network.asked == ["/ada.png"]


def test_a_picture_of_the_inner_network_is_the_default_one(client, city, network):
    city.person("1", **ADA, picture=f"{network}/ada.png")
    _no, [address] = pictures(client, sign_in(client, city, "1"))
    assert is_default(client.get(address))
    assert Network.asked == []


def test_without_a_picture_nothing_is_asked_for(client, city):
    city.person("1", **ADA)
    _no, addresses = pictures(client, sign_in(client, city, "1"))
    [address] = addresses
    assert address.startswith("/static/icons/reader")


def test_an_edition_shows_it_in_its_own_frame(client, city, network):
    city.person("1", **ADA, picture=f"{network}/ada.png")
    response = sign_in(client, city, "1", edition="/fr")
    page = client.get(response["Location"] + "yes/")
    address = content(page).select_one("img.avatar")["src"]
    assert address.startswith("/fr/accounts/social/registration/")
    expected = fetched(client, address)
    assert expected is not None
    assert client.get(address).content == expected

"""What browsers tell about themselves: from this site alone, of a known shape, and ended as easily as begun (NOT-01)."""

import json

import pytest

from broadsheet.kernel.personal_data import holdings
from broadsheet.notifications.forms import push as form
from broadsheet.notifications.models import PushDelivery, PushRefusal, PushSubscription, PushTopic
from broadsheet.readers.models import Consent
from tests.factories.accounts import make_reader
from tests.factories.newsroom import make_edition, make_section
from tests.notifications.push_sink import Browser
from tests.notifications.pushing import first_edition

pytestmark = [pytest.mark.row("NOT-01"), pytest.mark.django_db]
HERE = {"HTTP_ORIGIN": "http://testserver", "HTTP_SEC_FETCH_SITE": "same-origin"}


@pytest.fixture(autouse=True)
def _keys(settings):
    from broadsheet.config.env import new_push_key

    settings.PUSH_LOCAL = True
    settings.PUSH_KEYS = (new_push_key(),)


@pytest.fixture
def edition():
    return make_edition(name="The Courier", brand="Courier Press")


@pytest.fixture
def tell(client, edition):
    def post(path: str, body, status: int = 200, **headers):
        data = body if isinstance(body, bytes) else json.dumps(body)
        response = client.post(f"/accounts/push/{path}", data, content_type="application/json", **(headers or HERE))
        assert response.status_code == status, response.content
        return response.json()

    return post


def wish(client, browser: Browser, *topics: str, **more):
    offer = client.get("/accounts/push/dialog/").json()
    return {
        "subscription": {"endpoint": browser.endpoint, "keys": browser.keys}, "key": offer["key"],
        "topics": list(topics) or offer["topics"], "quiet": None, "zone": "Europe/Paris", "way": "dialog", **more,
    }  # fmt: skip


@pytest.fixture
def browser():
    return Browser("http://127.0.0.1:9/push/a")


def test_the_dialog_says_what_it_is_in_each_edition(client, edition):
    make_edition("fr", name="La Marée", brand="Marée Presse", at_root=False)
    said = client.get("/accounts/push/dialog/").json()
    assert (said["title"], said["text"]) == (
        "Courier Press push notifications", "Get push notifications from The Courier",
    )  # fmt: skip
    assert (said["accept"], said["refuse"]) == ("Accept", "Refuse")
    assert "La Marée" in client.get("/fr/accounts/push/dialog/").json()["text"]
    answer = client.get("/accounts/push/dialog/")
    assert "no-store" in answer["Cache-Control"]
    assert not answer.cookies


def test_one_browser_has_one_subscription_with_its_consent_and_ends_it(client, tell, browser):
    state = tell("subscription/", wish(client, browser, quiet=["22:00", "07:30"]))
    assert state["subscribed"]
    assert state["quiet"] == ["22:00", "07:30"]
    row = PushSubscription.objects.get()
    assert (row.zone, row.quiet_from, row.quiet_to, row.reader_id) == ("Europe/Paris", 1320, 450, None)
    assert "Get push notifications from The Courier" in row.wording
    assert row.way == "dialog"
    tell("subscription/", wish(client, browser, f"news:{first_edition().id}"))
    row = PushSubscription.objects.get()
    assert (row.quiet_from, list(PushTopic.objects.values_list("topic", flat=True))) == (
        None,
        [f"news:{first_edition().id}"],
    )
    assert tell("subscription/state/", {"endpoint": browser.endpoint})["subscribed"]
    moved = Browser("http://127.0.0.1:9/push/b", browser.private, browser.auth)
    key = client.get("/accounts/push/dialog/").json()["key"]
    new = {"old": browser.endpoint, "subscription": {"endpoint": moved.endpoint, "keys": moved.keys}, "key": key}
    assert tell("subscription/change/", new) == tell("subscription/change/", {**new, "old": "http://127.0.0.1:9/none"})
    assert PushSubscription.objects.get().endpoint == moved.endpoint
    assert PushTopic.objects.count() == 1
    ended = tell("subscription/withdraw/", {"endpoint": moved.endpoint})
    assert ended == tell("subscription/withdraw/", {"endpoint": moved.endpoint}), (
        "nothing is said of whether it was known"
    )
    assert not PushSubscription.objects.exists()
    assert not tell("subscription/state/", {"endpoint": moved.endpoint})["subscribed"]


@pytest.mark.parametrize(
    "headers",
    [
        {"HTTP_ORIGIN": "https://evil.example"},
        {"HTTP_ORIGIN": "http://testserver", "HTTP_SEC_FETCH_SITE": "cross-site"},
        {"HTTP_ORIGIN": "http://testserver", "HTTP_SEC_FETCH_SITE": "same-site"},
        {"HTTP_ORIGIN": "null"},
        {"HTTP_SEC_FETCH_SITE": "none"},
        {"HTTP_X_NOTHING": "said"},
    ],
)
def test_other_sites_can_tell_nothing(client, tell, browser, headers):
    for path in ("subscription/", "subscription/change/", "subscription/withdraw/", "subscription/state/", "refuse/"):
        assert tell(path, wish(client, browser), 403, **headers)["code"] == "push-foreign"
    assert not PushSubscription.objects.exists()


@pytest.mark.parametrize(
    "body",
    [
        b"", b"[]", b"null", b"no json", b"\xff\xfe", b"{" * 5000, b"[" * 8000, b'{"x": "' + b"y" * 9000 + b'"}',
        {"subscription": None}, {"subscription": {"endpoint": "http://127.0.0.1/x", "keys": 5}},
        {"topics": "news:1"}, {"topics": [1]}, {"topics": ["x"] * 101}, {"topics": ["nothing:1"]}, {"topics": ["news:99999"]},
        {"quiet": "22"}, {"quiet": ["22:00"]}, {"quiet": ["25:00", "07:00"]}, {"quiet": ["22:00", "7"]},
        {"key": "AAAA"}, {"key": 7},
        {"endpoint": "x" * 2001}, {"endpoint": "http://u:p@127.0.0.1/x"}, {"endpoint": "ftp://127.0.0.1/x"},
        {"endpoint": "http://127.0.0.1/a b"}, {"endpoint": "http://127.0.0.1/\r\nX: y"}, {"endpoint": "http://127.0.0.1/é"},
        {"endpoint": "http://127.0.0.1/x#y"}, {"endpoint": "http://["}, {"p256dh": "AAAA"}, {"p256dh": "B" * 87}, {"auth": "x"},
        {"auth": "é"},
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused_in_words(client, tell, browser, body):
    if isinstance(body, dict):
        sent = wish(client, browser)
        for name, value in body.items():
            if name == "endpoint":
                sent["subscription"]["endpoint"] = value
            elif name in {"p256dh", "auth"}:
                sent["subscription"]["keys"] = {**browser.keys, name: value}
            else:
                sent[name] = value
        body = sent
    said = tell("subscription/", body, 400)
    assert said["what"]
    assert said["why"]
    assert not PushSubscription.objects.exists()


def test_a_network_that_asks_too_often_waits(client, tell, browser, monkeypatch):
    from datetime import timedelta

    monkeypatch.setattr(form, "ASKED", form.Limit("push-few", times=2, per=timedelta(hours=1)))
    for _time in range(2):
        tell("subscription/state/", {"endpoint": browser.endpoint})
    assert tell("subscription/state/", {"endpoint": browser.endpoint}, 429)["code"] == "push-too-often"


def test_whoever_is_logged_in_has_a_consent_an_export_and_is_forgotten_at_leaving(client, tell, browser):
    reader, other = make_reader(), make_reader()
    client.force_login(reader)
    tell("subscription/", wish(client, browser))
    assert PushSubscription.objects.get().reader_id == reader.pk
    [consent] = Consent.objects.filter(reader=reader)
    assert consent.purpose == "push:en"
    assert "Get push notifications" in consent.wording
    tell("refuse/", {})
    PushDelivery.objects.create(
        campaign=_campaign(), subscription_id=PushSubscription.objects.get().pk, urgency=5, due_at=consent.given_at
    )
    assert client.get("/accounts/push/dialog/").json() == {}, "refused here, refused in every browser of the account"
    ours = [one for one in holdings() if one.name.startswith("notifications.push-")]
    told = json.dumps([list(one.rows(reader.pk)) for one in ours])
    for word in (browser.endpoint, browser.keys["p256dh"], "Get push notifications", "The bridge"):
        assert word in told
    assert not any(list(one.rows(other.pk)) for one in ours)
    assert [one.erase(reader.pk) for one in ours] == [1, 1, 1]
    assert [PushSubscription.objects.count(), PushRefusal.objects.count(), PushDelivery.objects.count()] == [0, 0, 0]
    tell("subscription/", wish(client, browser, f"news:{first_edition().id}"))
    from broadsheet.notifications.handlers.push_leaving import left
    from broadsheet.readers.facts import AccountDeleted

    left(AccountDeleted(reader_id=reader.pk))
    assert not PushSubscription.objects.exists()
    assert not Consent.objects.filter(reader=reader, withdrawn_at=None).exists()


def _campaign():
    from broadsheet.kernel import clock
    from broadsheet.notifications.models import PushCampaign

    now = clock.now()
    return PushCampaign.objects.create(
        article_id=1,
        edition="en",
        topics=[],
        title="The bridge is open",
        follows=0,
        state="done",
        written_at=now,
        due_at=now,
    )


def test_the_page_tells_everybody_and_withdraws_all_browsers_of_the_reader(client, edition, browser, tell):
    section = make_section(edition, "sport", name="Sport")
    shown = client.get(f"/accounts/push/?topic=section:{section.pk}&topic=tag:999&topic=<b>")
    text = shown.content.decode()
    assert "JavaScript" in text
    assert "Sport" in text
    assert "<b>" not in text
    assert client.post("/accounts/push/").status_code in {302, 403}
    reader = make_reader()
    client.force_login(reader)
    tell("subscription/", wish(client, browser))
    stranger = Browser("http://127.0.0.1:9/push/stranger")
    client.logout()
    tell("subscription/", wish(client, stranger))
    client.force_login(reader)
    assert "1 browser gets" in client.get("/accounts/push/").content.decode()
    client.post("/accounts/push/")
    assert PushSubscription.objects.get().endpoint == stranger.endpoint


def test_the_footer_of_every_page_leads_there_and_the_worker_has_the_whole_site(client, edition):
    assert "/accounts/push/" in client.get("/").content.decode()
    worker = client.get("/push-worker.js")
    assert worker["Content-Type"].startswith("text/javascript")
    assert worker["Cache-Control"] == "no-cache"
    assert b"notificationclick" in worker.content
    assert not worker.cookies

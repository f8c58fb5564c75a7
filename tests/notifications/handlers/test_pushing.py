"""Push over real HTTP to a push service that reads what it is sent (NOT-01, NOT-03)."""

import json
import time
from datetime import timedelta
from email.utils import format_datetime

import jwt
import pytest

from broadsheet.kernel import clock
from broadsheet.kernel.errors import Refused
from broadsheet.newsroom.actions.withdraw import withdraw_article
from broadsheet.newsroom.queries.editions import editions
from broadsheet.notifications import conf
from broadsheet.notifications.actions.confirm_push import confirm_push
from broadsheet.notifications.actions.end_push import recall_push
from broadsheet.notifications.actions.withdraw_push import withdraw_push
from broadsheet.notifications.engines import push_service
from broadsheet.notifications.engines.web_push import server_keys
from broadsheet.notifications.handlers import pushing
from broadsheet.notifications.models import CampaignState, DeliveryState, PushDelivery, PushSubscription
from broadsheet.notifications.queries.pushes import pushes_of
from tests.factories.newsroom import make_article, make_section, make_tag
from tests.notifications.push_sink import answering
from tests.notifications.pushing import let_time_pass, push, send, states, subscribe

pytestmark = [pytest.mark.row("NOT-01"), pytest.mark.row("NOT-03"), pytest.mark.django_db(transaction=True)]


def test_a_push_arrives_readable_signed_and_with_everything_the_browser_needs(push_service_here, article):
    sink, browser = push_service_here, push_service_here.browser("a")
    subscribe(browser)
    subscribe(sink.browser("other"), f"breaking:{article.edition_id}")
    written = push(article)
    send()
    [taken] = sink.taken
    assert taken.path == "/push/a"
    told = browser.read(taken.body)
    assert told["web_push"] == 8030
    shown = told["notification"]
    assert (shown["title"], shown["body"]) == ("The bridge is open", "Ferries end on Friday.")
    assert shown["navigate"].endswith(f"{article.public_id:010d}-{article.address_slug}/")
    assert shown["navigate"].startswith("http")
    assert (shown["lang"], shown["dir"]) == ("en", "ltr")
    assert [action["navigate"].endswith("/accounts/push/") for action in shown["actions"]] == [True], "how to withdraw"
    claims = taken.claims(sink.origin)
    assert claims["sub"] == "mailto:desk@courier.example"
    assert claims["k"] == server_keys()[0].public
    assert taken.headers["content-encoding"] == "aes128gcm"
    assert taken.headers["urgency"] == "normal"
    assert 0 < int(taken.headers["ttl"]) <= 86_400
    assert len(taken.headers["topic"]) <= 32
    written.refresh_from_db()
    assert (written.state, written.result) == (CampaignState.DONE, {"dropped": 0, "sent": 1})
    assert PushSubscription.objects.get(pk=PushDelivery.objects.get().subscription_id).last_ok_at is not None


def test_what_each_answer_does_to_the_delivery_and_the_subscription(push_service_here, article):
    sink = push_service_here
    said = {"ok": 201, "gone": 410, "never": 404, "bad": 400, "large": 413, "busy": 503, "away": 302, "who": 403}
    for name, status in said.items():
        subscribe(sink.browser(name))
        sink.answers[f"/push/{name}"] = answering(status, Location=f"{sink.origin}/push/elsewhere")
    push(article)
    send()
    found = dict(zip(said, states(), strict=True))
    assert found == {
        "ok": "sent", "gone": "gone", "never": "gone", "bad": "failed", "large": "failed", "busy": "due",
        "away": "failed", "who": "due",
    }  # fmt: skip
    assert sink.count()["/push/elsewhere"] == 0, "no redirect is followed"
    left = {row.endpoint.rpartition("/")[2] for row in PushSubscription.objects.all()}
    assert left == set(said) - {"gone", "never"}
    sink.answers["/push/busy"] = sink.answers["/push/who"] = answering(201)
    let_time_pass()
    send()
    assert states().count(DeliveryState.SENT) == 3
    assert sink.count()["/push/ok"] == 1, "what was accepted is not sent again"


@pytest.mark.parametrize("how", ["seconds", "date", "far"])
def test_a_service_that_asks_to_be_left_alone_is(push_service_here, article, how):
    sink, now = push_service_here, clock.now()
    value = {"seconds": "120", "date": format_datetime(now + timedelta(seconds=120)), "far": "99999999"}[how]
    sink.answer = answering(429, Retry_After=value)
    for name in "abc":
        subscribe(sink.browser(name))
    push(article)
    pusher = send()
    asked = len(sink.taken)
    waits = [row.due_at - now for row in PushDelivery.objects.filter(state="due")]
    assert min(waits) > timedelta(seconds=100)
    assert max(waits) <= conf.PUSH_LONGEST_RETRY + timedelta(minutes=1), "it can't keep us for ever"
    let_time_pass()
    send(pusher)
    assert len(sink.taken) == asked, "nothing else goes there meanwhile"


@pytest.mark.parametrize("manners", ["silent", "drop by drop", "huge", "hangs up", "no http"])
def test_bad_manners_cost_a_bounded_time_and_lose_nothing(push_service_here, article, manners, monkeypatch):
    sink = push_service_here
    monkeypatch.setattr(push_service, "PUSH_TOTAL_SECONDS", 0.7)

    def answer(sink, request, _taken):
        request.close_connection = True
        if manners == "silent":
            sink.over.wait(10)
        elif manners == "drop by drop":
            for sign in b"HTTP/1.1 201 Created\r\n" + b"X: y\r\n" * 1000:
                request.wfile.write(bytes([sign]))
                if sink.over.wait(0.05):
                    return
        elif manners == "huge":
            request.wfile.write(b"HTTP/1.1 201 Created\r\nContent-Length: 99999999999\r\n\r\n")
            for _piece in range(500):
                request.wfile.write(bytes(100_000))
        elif manners == "no http":
            request.wfile.write(b"\0\1\2 what?\r\n\r\n")

    sink.answers["/push/rude"] = answer
    subscribe(sink.browser("rude"))
    subscribe(sink.browser("kind"))
    push(article)
    begun = time.monotonic()
    send()
    assert time.monotonic() - begun < 9
    assert states() == ["sent" if manners == "huge" else "due", "sent"]
    assert PushSubscription.objects.count() == 2


def test_private_addresses_are_asked_for_nothing(push_service_here, article, settings):
    sink = push_service_here
    subscribe(sink.browser("inner"))
    settings.PUSH_LOCAL = False
    PushSubscription.objects.update(endpoint=f"https://127.0.0.1:{sink.port}/push/inner")
    push(article)
    send()
    assert (states(), sink.connections) == (["failed"], 0)
    assert PushDelivery.objects.get().failed_with == "address-refused"
    for endpoint in ("https://localhost/x", "https://10.1.2.3/x", "https://[::1]/x", "http://updates.push.example/x"):
        browser = sink.browser("x")
        browser.endpoint = endpoint
        with pytest.raises(Refused):
            subscribe(browser)


def test_an_article_withdrawn_after_queueing_is_not_sent_and_the_desk_says_so(push_service_here, article):
    subscribe(push_service_here.browser("a"))
    queued = push(article, due_at=clock.now() + timedelta(hours=1))
    withdraw_article(article=article)
    type(queued).objects.update(due_at=clock.now())
    send()
    assert push_service_here.taken == []
    [view] = pushes_of(article.pk)
    assert (view.state, view.why) == (CampaignState.STOPPED, "article")


def test_a_topic_deleted_while_it_is_sent_and_a_reader_who_withdraws_get_nothing_more(
    push_service_here, article, monkeypatch
):
    sink = push_service_here
    tag = make_tag(article.edition, "floods")
    for name in "abcd":
        subscribe(sink.browser(name), f"tag:{tag.pk}")
    monkeypatch.setattr("broadsheet.notifications.handlers.pushing.claim_deliveries", lambda **_words: [])
    push(article, f"tag:{tag.pk}")
    send(turns=1)
    assert states() == ["due"] * 4
    monkeypatch.undo()
    withdraw_push(endpoint=sink.browser("a").endpoint)
    one_by_one(monkeypatch, 2)
    pusher = send(turns=1)
    assert len(sink.taken) == 1, "the first of the two was withdrawn"
    tag.delete()
    send(pusher)
    assert len(sink.taken) == 1
    [view] = pushes_of(article.pk)
    assert (view.why, view.accepted, view.dropped) == ("topic", 1, 3)


def test_what_has_not_gone_is_recalled(push_service_here, article):
    sink = push_service_here
    for name in "ab":
        subscribe(sink.browser(name))
    sink.answer = answering(503)
    queued = push(article)
    pusher = send(turns=1)
    asked = len(sink.taken)
    assert recall_push(push_id=queued.pk, by=7)
    assert not recall_push(push_id=queued.pk, by=7), "once"
    let_time_pass()
    send(pusher)
    assert len(sink.taken) == asked
    [view] = pushes_of(article.pk)
    assert (view.state, view.dropped, view.waits) == (CampaignState.RECALLED, 2, 0)


def test_two_who_press_send_one_push(article):
    first = push(article)
    with pytest.raises(Refused) as refused:
        push(article, by=2)
    assert refused.value.refusal.code == "push-meanwhile"
    assert push(article, by=2, follows=first.pk).follows == first.pk, "who has seen the first may send another"


def test_a_push_to_many_waits_for_a_second_person(push_service_here, article, settings):
    settings.PUSH_CONFIRM = 2
    sink = push_service_here
    for name in "ab":
        subscribe(sink.browser(name))
    queued = push(article, by=1)
    send()
    assert (queued.state, sink.taken) == (CampaignState.CONFIRMING, [])
    with pytest.raises(Refused):
        confirm_push(push_id=queued.pk, by=1)
    assert confirm_push(push_id=queued.pk, by=2)
    send()
    assert len(sink.taken) == 2


def one_by_one(monkeypatch, limit: int = 1) -> None:
    """Let batches be small, so that what comes first is sent first."""
    claim = pushing.claim_deliveries
    monkeypatch.setattr(pushing, "claim_deliveries", lambda carrier: claim(carrier=carrier, limit=limit))


def test_breaking_news_goes_first_and_wakes_phones_and_quiet_hours_are_kept(push_service_here, article, monkeypatch):
    one_by_one(monkeypatch)
    sink, now = push_service_here, clock.now()
    minute = now.hour * 60 + now.minute
    quiet = {"wishes": {"zone": "UTC", "quiet_from": (minute - 60) % 1440, "quiet_to": (minute + 60) % 1440}}
    breaking, news = f"breaking:{article.edition_id}", f"news:{article.edition_id}"
    subscribe(sink.browser("awake"), news)
    subscribe(sink.browser("asleep"), news, breaking, **quiet)
    push(article)
    other = make_article(article.section)
    push(other, breaking, title="The dam holds")
    send()
    assert [taken.path for taken in sink.taken] == ["/push/asleep", "/push/awake"]
    assert sink.taken[0].headers["urgency"] == "high"
    [later] = PushDelivery.objects.filter(state="due")
    assert timedelta(minutes=58) < later.due_at - now < timedelta(minutes=62)


def test_followers_hear_of_new_articles_once_and_not_of_old_ones(push_service_here, article, monkeypatch):
    from broadsheet.notifications.actions import push_to_followers as follow
    from broadsheet.notifications.models import PushCampaign

    monkeypatch.setattr(follow, "PAUSE", timedelta(0))
    sink = push_service_here
    section = f"section:{article.section_id}"
    subscribe(sink.browser("follows"), section)
    subscribe(sink.browser("both"), section, f"news:{article.edition_id}")
    push(article)
    send()
    assert follow.push_to_followers(article_id=article.pk)
    assert not follow.push_to_followers(article_id=article.pk), "once"
    send()
    assert sorted(taken.path for taken in sink.taken) == ["/push/both", "/push/follows"], "who knows is not told again"
    old = make_article(article.section, at=clock.now() - timedelta(days=30))
    assert not follow.push_to_followers(article_id=old.pk)
    assert PushCampaign.objects.filter(follows=None).count() == 1


def test_a_browser_that_knows_an_older_key_is_sent_to_by_that_key(push_service_here, article, settings):
    from broadsheet.config.env import new_push_key

    sink = push_service_here
    old = server_keys()[0].public
    subscribe(sink.browser("a"))
    settings.PUSH_KEYS = (new_push_key(), *settings.PUSH_KEYS)
    push(article)
    send()
    assert sink.taken[0].claims(sink.origin)["k"] == old != server_keys()[0].public


def test_texts_of_any_script_fit_and_the_edition_is_the_articles(push_service_here, article):
    from tests.factories.newsroom import make_edition

    edition = make_edition("ar", at_root=False)
    story = make_article(make_section(edition, "alam"))
    browser = push_service_here.browser("a")
    view = next(one for one in editions() if one.code == "ar")
    subscribe(browser, f"news:{edition.pk}", edition=view)
    push(story, title="ﷺ" * 100, text='\u0001"\\' * 80)
    send()
    told = json.dumps(browser.read(push_service_here.taken[0].body))
    assert '"dir": "rtl"' in told
    assert "/ar/alam/" in told


@pytest.mark.parametrize("hours", [-11, 11])
def test_a_push_service_whose_clock_is_hours_away_believes_us(push_service_here, article, hours):
    sink = push_service_here
    sink.answer = lambda sink, request, taken: answering(201 if believes(taken, time.time() + hours * 3600) else 401)(
        sink, request, taken
    )
    subscribe(sink.browser("a"))
    push(article)
    send()
    assert states() == ["sent"]


def test_while_our_own_clock_is_days_ahead_nothing_is_lost_and_it_goes_when_the_clock_is_right(
    push_service_here, article, monkeypatch
):
    sink, right = push_service_here, clock.now
    sink.answer = lambda sink, request, taken: answering(201 if believes(taken, time.time()) else 401)(
        sink, request, taken
    )
    subscribe(sink.browser("a"))
    with monkeypatch.context() as wrong:
        wrong.setattr(clock, "now", lambda: right() + timedelta(days=3))
        push(article)
        pusher = send()
        assert states() == ["due"]
        assert PushSubscription.objects.count() == 1, "no reader is lost by a wrong clock"
    let_time_pass()
    send(pusher)
    assert states() == ["sent"]
    assert believes(sink.taken[-1], time.time())


def believes(taken, now: float) -> bool:
    """Return whether a push service at that time takes the token: not over, and for no more than a day (RFC 8292 §2)."""
    claims = jwt.decode(
        taken.headers["authorization"].partition("t=")[2].partition(",")[0], options={"verify_signature": False}
    )
    return now < claims["exp"] <= now + 24 * 3600

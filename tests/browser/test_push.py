"""Push in a real browser: the paper's question, the browser's after it, the worker, and the page that ends it (NOT-01).

Chromium's own push service can't be reached from a test, and no flag names another: what it would hand out is handed out
by the test (`PushManager.subscribe`). All else is real: the permission, the worker, the message as the paper sent it over
HTTP to the tests' push service, delivered to the worker by the browser's own tools, and the notification.
"""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from broadsheet.config.env import new_push_key
from broadsheet.notifications.models import PushSubscription
from tests.notifications.push_sink import Browser, Sink, sinking
from tests.notifications.pushing import push, send

pytestmark = pytest.mark.row("NOT-01")

STUB = """
Object.defineProperty(Navigator.prototype, "webdriver", { get: () => false }); // robots are not asked
window.asked = 0;
const real = Notification.requestPermission.bind(Notification);
Notification.requestPermission = () => { window.asked += 1; return real(); };
const given = __GIVEN__;
const subscription = (key) => ({
  endpoint: given.endpoint, options: { applicationServerKey: key, userVisibleOnly: true },
  toJSON: () => ({ endpoint: given.endpoint, expirationTime: null, keys: given.keys }),
  unsubscribe: async () => { localStorage.removeItem("stub"); return true; },
});
const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0)).buffer;
PushManager.prototype.subscribe = async (options) => {
  localStorage.setItem("stub", options.applicationServerKey);
  return subscription(bytes(options.applicationServerKey));
};
PushManager.prototype.getSubscription = async () => localStorage.getItem("stub") ? subscription(bytes(localStorage.getItem("stub"))) : null;
"""


@pytest.fixture
def sink(settings: Any) -> Iterator[Sink]:
    settings.PUSH_LOCAL, settings.PUSH_KEYS = True, (new_push_key(),)
    with sinking() as running:
        yield running


@pytest.fixture
def reading(chromium: Any, served: Any, settings: Any) -> Iterator[Callable[..., Any]]:
    """Return a function that opens a browser that a push service would give this subscription."""
    settings.PUBLIC_URL = served.url
    contexts = []

    def begin(browser: Browser, **options: Any) -> Any:
        context = chromium.new_context(
            viewport={"width": 1280, "height": 800}, permissions=["notifications"], **options
        )
        contexts.append(context)
        context.add_init_script(
            STUB.replace("__GIVEN__", json.dumps({"endpoint": browser.endpoint, "keys": browser.keys}))
        )
        page = context.new_page()
        page.set_default_timeout(25_000)
        return page

    yield begin
    for context in contexts:
        context.close()


def below(page: Any) -> bool:
    """Return whether the bar lies below the headline."""
    bar, headline = (page.locator(css).first.bounding_box() for css in (".push-offer", "h1"))
    return bool(bar["y"] >= headline["y"] + headline["height"])


def test_the_question_comes_on_the_second_page_and_refuse_is_remembered(reading, served, sink):
    page = reading(sink.browser("a"))
    page.goto(f"{served.url}/")
    page.wait_for_timeout(4000)
    assert page.locator(".push-offer").count() == 0, "not on the first page of a visit"
    page.goto(served.url + served.path())
    bar = page.get_by_role("dialog", name="The Tide Press push notifications")
    bar.wait_for()
    assert "Get push notifications from The Tide" in bar.inner_text()
    assert [key.inner_text() for key in bar.get_by_role("button").all()] == ["Accept", "Refuse"]
    assert below(page)
    assert page.evaluate("asked") == 0, "the browser asks only after Accept"
    bar.get_by_role("button", name="Refuse").click()
    assert page.locator(".push-offer").count() == 0
    page.goto(served.url + served.path("analysis"))
    page.wait_for_timeout(4000)
    assert (page.locator(".push-offer").count(), page.evaluate("asked")) == (0, 0)
    assert not PushSubscription.objects.exists()


def test_accepted_pushed_shown_opened_chosen_and_withdrawn(reading, served, sink):
    browser = sink.browser("a")
    page = reading(browser, color_scheme="dark")
    page.goto(f"{served.url}/")
    page.goto(served.url + served.path())
    session = page.context.new_cdp_session(page)
    registrations: list[Any] = []
    session.on("ServiceWorker.workerRegistrationUpdated", lambda told: registrations.extend(told["registrations"]))
    session.send("ServiceWorker.enable")
    page.get_by_role("button", name="Accept").click()
    page.get_by_text("You get push notifications now.").wait_for()
    assert page.evaluate("asked") == 1
    row = PushSubscription.objects.get()
    assert "Get push notifications from The Tide" in row.wording
    assert row.topics.count() == 2

    push(served.articles["news"], title="The gates are shut", text="Nine in 38 minutes.")
    send().end()
    message = json.dumps(browser.read(sink.taken[0].body))
    page.wait_for_function("navigator.serviceWorker.ready.then((one) => one.active.state === 'activated')")
    number = next(one["registrationId"] for one in registrations)
    told = {"origin": served.url, "registrationId": number, "data": message}
    for _twice in range(2):
        session.send("ServiceWorker.deliverPushMessage", told)
        page.wait_for_function(
            "navigator.serviceWorker.ready.then((one) => one.getNotifications()).then((all) => all.length)"
        )
    shown = page.evaluate(
        "navigator.serviceWorker.ready.then((one) => one.getNotifications())"
        ".then((all) => all.map((one) => [one.title, one.body, one.lang, one.data.navigate]))"
    )
    assert shown == [["The gates are shut", "Nine in 38 minutes.", "en", served.url + served.path()]], "twice is once"
    worker = page.context.service_workers[0]
    opened = worker.evaluate(
        "(place) => { Clients.prototype.matchAll = async () => []; Clients.prototype.openWindow = async (to) => { self.opened = to; };"
        " return open(place).then(() => self.opened); }",
        shown[0][3],
    )
    assert opened == served.url + served.path()
    assert worker.evaluate("self.opened = null, open('https://evil.example/').then(() => self.opened)") is None

    choose_and_withdraw(page, served, row)


def choose_and_withdraw(page: Any, served: Any, row: PushSubscription) -> None:
    """Change topics and quiet hours on the page, and end it all there."""
    page.goto(f"{served.url}/accounts/push/?topic=section:{served.world.pk}")
    page.get_by_text("This browser gets push notifications.").first.wait_for()
    page.get_by_label("Breaking news", exact=True).uncheck()
    page.get_by_label("Say nothing at certain hours").check()
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Saved.").wait_for()
    row.refresh_from_db()
    edition = served.edition.pk
    assert set(row.topics.values_list("topic", flat=True)) == {f"news:{edition}", f"section:{served.world.pk}"}
    assert (row.quiet_from, row.quiet_to) == (22 * 60, 7 * 60)
    page.get_by_role("button", name="Withdraw").click()
    page.get_by_text("the paper has forgotten it").wait_for()
    assert not PushSubscription.objects.exists()


CHANGED = """({ given, old, key }) => {
  const options = { applicationServerKey: Uint8Array.from(atob(key.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0)).buffer, userVisibleOnly: true };
  const now = { endpoint: given.endpoint, options, toJSON: () => ({ endpoint: given.endpoint, expirationTime: null, keys: given.keys }) };
  PushManager.prototype.subscribe = async () => now; // what Chromium's own service, out of reach here, would give
  let done = null;
  const event = new Event("pushsubscriptionchange");
  Object.assign(event, { waitUntil: (work) => { done = work; }, oldSubscription: { endpoint: old, options }, newSubscription: null });
  self.dispatchEvent(event);
  return done.then(() => true);
}"""


def test_the_worker_follows_a_push_service_that_gives_another_address(reading, served, sink):
    first, second = sink.browser("a"), sink.browser("b")
    page = reading(first)
    page.goto(f"{served.url}/")
    page.goto(served.url + served.path())
    page.get_by_role("button", name="Accept").click()
    page.get_by_text("You get push notifications now.").wait_for()
    page.wait_for_function("navigator.serviceWorker.ready.then((one) => one.active.state === 'activated')")
    before = PushSubscription.objects.get()
    topics = set(before.topics.values_list("topic", flat=True))
    given = {"endpoint": second.endpoint, "keys": second.keys}
    told = {"given": given, "old": first.endpoint, "key": before.server_key}
    assert page.context.service_workers[0].evaluate(CHANGED, told)
    now = PushSubscription.objects.get()
    assert (now.pk, now.endpoint, now.wording) == (before.pk, second.endpoint, before.wording)
    assert set(now.topics.values_list("topic", flat=True)) == topics, "what was chosen and agreed stays"
    push(served.articles["news"], title="The gates are shut", text="Nine in 38 minutes.")
    send().end()
    assert second.read(sink.taken[0].body)["notification"]["title"] == "The gates are shut"

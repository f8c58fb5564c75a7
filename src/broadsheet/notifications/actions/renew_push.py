"""Follows a browser to the new address that its push service gave it (`pushsubscriptionchange`)."""

from broadsheet.notifications.actions.subscribe_push import Browser, check_browser
from broadsheet.notifications.engines.web_push import server_key
from broadsheet.notifications.models import PushSubscription
from broadsheet.notifications.rules.endpoints import digest_of


def renew_push(*, old: str, browser: Browser, known_by: str) -> bool:
    """Let what was sent to the old endpoint go to the new one; return whether there was one: nobody is subscribed by it.

    The consent, the topics and the quiet hours stay as they were. `Refused` as when subscribing.
    """
    check_browser(browser)
    if server_key(known_by) is None or not old:
        return False
    new = digest_of(browser.endpoint)
    rows = PushSubscription.objects.filter(endpoint_digest=digest_of(old))
    if new != digest_of(old) and PushSubscription.objects.filter(endpoint_digest=new).exists():
        return rows.delete()[0] > 0  # the page was faster
    return bool(
        rows.update(
            endpoint=browser.endpoint,
            endpoint_digest=new,
            p256dh=browser.p256dh,
            auth=browser.auth,
            server_key=known_by,
            failures=0,
        )
    )

"""Push notifications: the key that push services know the paper by, and whether what is queued goes out."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from django.conf import settings

from broadsheet.config.env import Environment
from broadsheet.config.inspection.finding import Finding, problem, warning
from broadsheet.config.inspection.settings import LOOPBACK
from broadsheet.notifications.queries.pushes import believed, look_at_keys, offers_push
from broadsheet.notifications.queries.pushes import look as state


def look() -> Iterator[Finding]:
    """Look whether push can be offered and is sent."""
    yield from _keys()
    environment: Environment = settings.ENV
    parts = urlsplit(environment.url())
    if settings.PUSH_LOCAL and parts.hostname not in LOOPBACK:
        yield problem(
            "push-local",
            "Push goes to addresses of the inner network, too.",
            "BROADSHEET_PUSH_LOCAL is on and the paper's address is public: any browser can name such an address.",
            "Set BROADSHEET_PUSH_LOCAL=off.",
        )
    found = state()
    if not found["ok"]:
        yield problem(
            "push-waits",
            "Push notifications are not sent.",
            f"{found['waiting']} wait, the longest for {found['late_seconds']} s.",
            "See that `broadsheet serve` (or, with BROADSHEET_WORK=off, `broadsheet work`) runs.",
        )
    if not believed():
        yield problem(
            "push-not-believed",
            "A push service doesn't believe who sends.",
            "It answered 401 or 403: the clock of this machine is wrong, or the key is another than browsers know.",
            "Let the machine follow a time server; put back the push.key that the paper had (docs/guides/push.md).",
        )


def _keys() -> Iterator[Finding]:
    environment: Environment = settings.ENV
    file = environment.data / "push.key"
    if not environment.values.get("BROADSHEET_PUSH_KEY") and not file.is_file():
        yield problem(
            "no-push-key",
            "The key of push is missing: browsers that subscribe now can't be reached after a restart.",
            f"{file} does not exist and could not be written.",
            "Make the data folder writable, put the file back from a backup, or set BROADSHEET_PUSH_KEY.",
        )
    elif not offers_push():
        yield problem(
            "bad-push-key",
            "Push notifications are neither offered nor sent.",
            "The key in push.key or BROADSHEET_PUSH_KEY is damaged.",
            "Put push.key back from a backup. Without one, remove it and start: browsers subscribe anew as they come.",
        )
    elif look_at_keys() < len(settings.PUSH_KEYS):
        yield warning(
            "bad-push-key-line",
            "Some browsers can't be reached by push until they come again.",
            "An older key in push.key or BROADSHEET_PUSH_KEY is damaged.",
            "Put push.key back from a backup, or remove the damaged line.",
        )

"""Accounts of the demo paper, which anybody who reads its source knows by name."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from django.conf import settings

from broadsheet.config.inspection.finding import Finding, problem
from broadsheet.config.inspection.settings import LOOPBACK
from broadsheet.importing.actions.load_conversation import HOST
from broadsheet.readers.queries.people import accounts_at


def look() -> Iterator[Finding]:
    """Look whether they meet a public host, also in a folder that was copied and is the demo's no longer."""
    if urlsplit(settings.PUBLIC_URL).hostname in LOOPBACK:
        return
    known = accounts_at(HOST)
    if known:
        yield problem(
            "demo-accounts-in-public",
            "Accounts of the demo paper are there under a public address.",
            f"{known} accounts have an address at {HOST}, which is nobody's; some of them belong to the newsroom.",
            "Make a paper of your own: broadsheet new FOLDER.",
        )

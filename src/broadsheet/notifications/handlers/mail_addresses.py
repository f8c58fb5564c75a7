"""Hears that an account has another address."""

from broadsheet.kernel.facts import handles
from broadsheet.notifications.actions.follow_address import follow_address
from broadsheet.readers.facts import MarksChanged


@handles(MarksChanged)
def moved(happened: MarksChanged) -> None:
    """Let its mail follow; nothing where the address is the same."""
    follow_address(reader_id=happened.reader_id)

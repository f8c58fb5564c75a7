"""Ends push notifications to the browsers of whoever leaves, at the beginning of the thirty days (ACC-07)."""

from broadsheet.kernel.facts import handles
from broadsheet.notifications.actions.withdraw_push import withdraw_reader_push
from broadsheet.readers.facts import AccountClosed, AccountDeleted


@handles(AccountDeleted, AccountClosed)
def left(happened: AccountDeleted | AccountClosed) -> None:
    """Forget the reader's browsers; restoring the account doesn't bring them back, the reader subscribes anew."""
    withdraw_reader_push(reader_id=happened.reader_id)

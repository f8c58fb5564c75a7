"""Ends the subscribed mail of whoever leaves, at the beginning of the thirty days (ACC-07)."""

from broadsheet.kernel.facts import handles
from broadsheet.notifications.actions.end_mail import end_reader_mail
from broadsheet.readers.facts import AccountClosed, AccountDeleted


@handles(AccountDeleted, AccountClosed)
def left(happened: AccountDeleted | AccountClosed) -> None:
    """End the reader's mail; restoring the account doesn't bring it back by itself, its owner takes it back."""
    end_reader_mail(reader_id=happened.reader_id)

"""What mails say of identities that were linked or unlinked."""

from broadsheet.newsroom.queries.editions import EditionView
from broadsheet.readers.actions.account_mail import AccountMail, makes_mail
from broadsheet.readers.models import Reader
from broadsheet.readers.queries.addresses import account_address


@makes_mail("linked")
def linked(reader: Reader, edition: EditionView, _email_id: int | None) -> AccountMail | None:
    """Tell the owner that one more identity opens the account (ASVS 6.3.7)."""
    return _told("linked", reader, edition)


@makes_mail("unlinked")
def unlinked(reader: Reader, edition: EditionView, _email_id: int | None) -> AccountMail | None:
    """Tell the owner that an identity opens the account no longer."""
    return _told("unlinked", reader, edition)


def _told(purpose: str, reader: Reader, edition: EditionView) -> AccountMail | None:
    if not reader.email:
        return None
    values = {
        "name": str(reader),
        "user_id": reader.public_id,
        "identities": account_address(edition, "socialaccount_connections"),
        "recover": account_address(edition, "account_reset_password"),
    }
    return AccountMail(purpose, reader.email, reader.language or edition.language, edition, values)

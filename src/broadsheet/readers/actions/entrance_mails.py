"""What the mails of the entrance say, their links made when they are sent."""

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.account.utils import user_pk_to_url_str

from broadsheet.kernel import clock
from broadsheet.newsroom.queries.editions import EditionView
from broadsheet.readers.actions.account_mail import AccountMail, makes_mail
from broadsheet.readers.conf import LINK_HOURS
from broadsheet.readers.models import FormerAddress, Reader
from broadsheet.readers.queries.addresses import account_address
from broadsheet.readers.queries.identities import awaited_provider


@makes_mail("confirm")
def confirm(reader: Reader, edition: EditionView, email_id: int | None) -> AccountMail | None:
    """Ask whether an address is one's own; where it is another account's, its owner is told so instead."""
    address = EmailAddress.objects.filter(pk=email_id, user=reader, verified=False).first()
    if address is None or not reader.is_active:
        return None
    taken = EmailAddress.objects.filter(email=address.email, verified=True).select_related("user").first()
    if taken is not None:
        return already(taken.user, edition, None)
    link = account_address(edition, "account_confirm_email", key=EmailConfirmationHMAC(address).key)
    return _mail(
        "confirm", reader, edition, address.email, link=link, changes=address.email != reader.email,
        provider=awaited_provider(reader.pk),
    )  # fmt: skip


@makes_mail("already")
def already(reader: Reader, edition: EditionView, _email_id: int | None) -> AccountMail | None:
    """Tell an owner that somebody wanted to register with the address."""
    return _mail(
        "already",
        reader,
        edition,
        reader.email,
        login=account_address(edition, "account_login"),
        recover=account_address(edition, "account_reset_password"),
    )


@makes_mail("recover")
def recover(reader: Reader, edition: EditionView, _email_id: int | None) -> AccountMail | None:
    """Send a link that replaces the password, once."""
    if not reader.is_active:
        return None
    key = {"uidb36": user_pk_to_url_str(reader), "key": default_token_generator.make_token(reader)}
    link = account_address(edition, "account_reset_password_from_key", **key)
    return _mail("recover", reader, edition, reader.email, link=link, hours=LINK_HOURS)


@makes_mail("changed-password")
def changed_password(reader: Reader, edition: EditionView, _email_id: int | None) -> AccountMail | None:
    """Tell that the password is another."""
    return _changed(reader, edition, reader.email, "password")


@makes_mail("changed-factor")
def changed_factor(reader: Reader, edition: EditionView, _email_id: int | None) -> AccountMail | None:
    """Tell that passkeys, codes or the app for codes are others."""
    return _changed(reader, edition, reader.email, "factor")


@makes_mail("new-device")
def new_device(reader: Reader, edition: EditionView, _email_id: int | None) -> AccountMail | None:
    """Tell of a log-in from a browser not seen before."""
    return _changed(reader, edition, reader.email, "device")


@makes_mail("changed-email")
def changed_email(reader: Reader, edition: EditionView, _email_id: int | None) -> AccountMail | None:
    """Tell the address before that it no longer is the account's."""
    former = FormerAddress.objects.filter(reader=reader, until__gt=clock.now()).order_by("-until").first()
    return _changed(reader, edition, former.email if former else None, "email")


def _changed(reader: Reader, edition: EditionView, address: str | None, what: str) -> AccountMail | None:
    return _mail(
        "changed",
        reader,
        edition,
        address,
        what=what,
        sessions=account_address(edition, "reader_sessions"),
        recover=account_address(edition, "account_reset_password"),
    )


def _mail(
    purpose: str, reader: Reader, edition: EditionView, address: str | None, **values: object
) -> AccountMail | None:
    if not address:
        return None
    told = {"name": str(reader), "user_id": reader.public_id, **values}
    return AccountMail(purpose, address, reader.language or edition.language, edition, told)

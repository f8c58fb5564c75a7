"""Says what a message holds, at the moment it is sent."""

from django.conf import settings
from django.utils.translation import get_language_info

from broadsheet.kernel import clock
from broadsheet.kernel.errors import Refusal, Refused
from broadsheet.newsroom.queries.editions import EditionView, edition_by_code, editions
from broadsheet.notifications.actions.newsletter_mail import TEST, make_newsletter_test
from broadsheet.notifications.actions.optional_mail import choice_of, make_optional_mail
from broadsheet.notifications.actions.owed_mail import is_owed, make_owed_mail
from broadsheet.notifications.actions.subscription_mail import is_to_subscription, make_subscription_mail
from broadsheet.notifications.actions.unsubscribe import token_for
from broadsheet.notifications.engines.compose import Letter
from broadsheet.notifications.models import Message
from broadsheet.notifications.queries.returned_mail import is_stopped
from broadsheet.notifications.queries.unsubscribed import by_address, is_unsubscribed
from broadsheet.notifications.rules.addresses import recipient
from broadsheet.readers.actions.account_mail import AccountMail, make_account_mail


def make_letter(*, message: Message) -> Letter | None:
    """Return the letter; None where it is no longer due: the account is gone, it was unsubscribed,
    or it is optional and its address gets no such mail, since what went there came back or was complained of.

    One-use links are minted here, so a letter that is made again has others. `Refused` where no mail server could be
    told the address; `LookupError` where the paper has no edition.
    """
    if is_unsubscribed(message):
        return None
    mail = _mail(message)
    if mail is None:
        return None
    to = recipient(mail.address)
    if isinstance(to, Refusal):
        raise Refused(to)
    optional = _unsubscribe_url(message, mail.edition)
    if optional and is_stopped(by_address(str(to)), clock.now()):
        return None
    language = _known(mail.language) or mail.edition.language
    return Letter(mail.purpose, to, language, mail.edition, mail.values, optional)


def _mail(message: Message) -> AccountMail | None:
    if is_to_subscription(message.purpose):
        return make_subscription_mail(message=message)
    if message.purpose == TEST:
        return make_newsletter_test(message=message)
    if choice_of(message.purpose):
        return make_optional_mail(message=message)
    if message.reader_id is not None and is_owed(message.purpose):
        return make_owed_mail(message=message)
    return _of_account(message) if message.reader_id is not None else _of_message(message)


def _of_account(message: Message) -> AccountMail | None:
    return make_account_mail(
        purpose=message.purpose,
        reader_id=message.reader_id or 0,
        edition=message.edition,
        email_id=message.email_id,
    )


def _of_message(message: Message) -> AccountMail:
    edition = edition_by_code(message.edition) or next(iter(editions()), None)
    if edition is None:
        raise LookupError("The paper has no edition to write in.")
    return AccountMail(message.purpose, message.address, message.language, edition, message.values)


def _known(language: str) -> str:
    """Return the language where its direction is known, else nothing."""
    try:
        get_language_info(language)
    except KeyError:
        return ""
    return language


def _unsubscribe_url(message: Message, edition: EditionView) -> str:
    token = token_for(message)
    return f"{settings.PUBLIC_URL}{edition.path}accounts/unsubscribe/{token}/" if token else ""

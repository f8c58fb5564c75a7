"""What Django asks of us about new passwords."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from broadsheet.newsroom.queries.editions import editions
from broadsheet.readers.rules.passwords import LONGEST, context_word, is_pattern


class NotOfThisPaper:
    """Refuses passwords that consist of the paper's names or the person's (ASVS 6.2.11)."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise a ValidationError that names the word."""
        words = {name for each in editions() for name in (each.name, each.brand, each.account_domain, each.short_name)}
        address = str(getattr(user, "email", "") or "")
        words |= {address, address.partition("@")[0], str(getattr(user, "display_name", "") or "")}
        word = context_word(password, words - {""})
        if word:
            raise ValidationError(
                _("This password is hardly more than “%(word)s”, which others would try first. Choose another."),
                code="password-context",
                params={"word": word},
            )

    def get_help_text(self) -> str:
        """Return nothing: the form says in one sentence what is asked (`readers.forms.fields`)."""
        return ""


class NoPattern:
    """Refuses repeated pieces, few signs and runs of keys, and what is too long to be one."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise a ValidationError that says what is wrong."""
        if len(password) > LONGEST:
            raise ValidationError(
                _("This password has more than %(longest)s characters. Shorten it: all of them would count."),
                code="password-long",
                params={"longest": LONGEST},
            )
        if is_pattern(password):
            raise ValidationError(
                _("This password repeats itself or follows the keys, which others would try first. Choose another."),
                code="password-pattern",
            )

    def get_help_text(self) -> str:
        """Return nothing, for the same reason."""
        return ""

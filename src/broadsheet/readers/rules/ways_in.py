"""Whether an account can still be entered: values in, a refusal or nothing out."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from broadsheet.kernel.errors import Refusal


@dataclass(frozen=True, slots=True)
class WaysIn:
    """How an account can be entered: own password, passkeys, identities at networks that the paper offers now."""

    password: bool
    passkeys: int
    identities: int

    def __bool__(self) -> bool:
        """Return whether there is a way in at all."""
        return self.password or self.passkeys > 0 or self.identities > 0


def why_not_unlink(left: WaysIn) -> Refusal | None:
    """Say why an identity stays linked; `left` are the ways in without it (ACC-04: never the last one)."""
    return None if left else _last(_("This identity was not unlinked."))


def why_not_remove_passkey(left: WaysIn) -> Refusal | None:
    """Say why a passkey stays; `left` are the ways in without it."""
    return None if left else _last(_("This passkey was not removed."))


def _last(what: str) -> Refusal:
    return Refusal(
        "last-way-in",
        what,
        _("It is your only way to log in."),
        _("Set a password or add a passkey first, or link another identity."),
    )

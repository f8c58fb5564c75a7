"""What allauth asks of us about passkeys and codes."""

from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import AbstractBaseUser
from django.utils.translation import gettext as _

from broadsheet.readers.queries.addresses import edition_of
from broadsheet.readers.rules.devices import device_family


class FactorAdapter(DefaultMFAAdapter):
    """Second factors in the paper's name."""

    def get_totp_issuer(self) -> str:
        """Return the paper's name, by which the app lists its codes."""
        return self._get_site_name()

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Authenticator.Type) -> str:  # noqa: A002
        """Return a name for a new passkey: the device it is made on."""
        browser, system = device_family(context.request.headers.get("User-Agent", ""))
        return system or browser or _("Passkey")

    def _get_site_name(self) -> str:
        edition = edition_of(context.request)
        return edition.brand if edition is not None else str(super()._get_site_name())

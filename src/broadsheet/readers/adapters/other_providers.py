"""Networks that don't speak plain OpenID Connect."""

from typing import Any

from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.apple.provider import AppleProvider
from allauth.socialaccount.providers.apple.views import AppleOAuth2Adapter
from allauth.socialaccount.providers.facebook.provider import FacebookProvider
from allauth.socialaccount.providers.facebook.views import FacebookOAuth2Adapter
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from django.http import HttpRequest
from django.utils.crypto import get_random_string

from broadsheet.readers.adapters.openid import AtRoot
from broadsheet.readers.engines.openid import nonce_of

SECRET_LENGTH = 64


class FacebookAdapter(AtRoot, FacebookOAuth2Adapter):
    """Facebook: the code is redeemed by POST, so that neither our secret nor that of PKCE stands in an address."""

    access_token_method = "POST"  # noqa: S105 - a verb


class Facebook(FacebookProvider):
    """Facebook, whose word for an address is never taken: it doesn't say whether it was confirmed."""

    oauth2_adapter_class = FacebookAdapter


class AppleAdapter(AtRoot, AppleOAuth2Adapter):
    """Apple: knows no PKCE, so the nonce ties the answer to the log-in."""

    nonce = ""

    def get_access_token_data(
        self, request: HttpRequest, app: SocialApp, client: Any, pkce_code_verifier: Any = None
    ) -> Any:
        """Return the answer of the token endpoint."""
        self.nonce = nonce_of(pkce_code_verifier or "")
        return super().get_access_token_data(request, app, client)

    def parse_token(self, data: dict[str, Any]) -> Any:
        """Return the token, whose ID token allauth has checked by signature, issuer and audience."""
        token = super().parse_token(data)
        if token.user_data.get("nonce") != self.nonce:
            raise OAuth2Error("The ID token is of another log-in.")
        return token


class Apple(AppleProvider):
    """Apple."""

    oauth2_adapter_class = AppleAdapter

    def get_pkce_params(self) -> dict[str, str]:
        """Return the nonce, and the secret it is made of."""
        verifier = get_random_string(SECRET_LENGTH)
        return {"code_verifier": verifier, "nonce": nonce_of(verifier)}

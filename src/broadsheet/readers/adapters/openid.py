"""OpenID Connect as this paper asks it: PKCE, nonce, issuer and signature checked, identity is (issuer, sub)."""

import hashlib
from typing import Any

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import EmailAddress, SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.utils import generate_code_challenge
from allauth.socialaccount.providers.oauth2.views import OAuth2Adapter
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import HttpRequest
from django.urls import get_script_prefix, set_script_prefix

from broadsheet.readers.engines.openid import discover, nonce_of, read_id_token, refuse_mixed_up
from broadsheet.readers.rules.profiles import usable_email

_TOLD = ("name", "given_name", "family_name", "preferred_username", "email", "email_verified", "picture")


class AtRoot(OAuth2Adapter):
    """One address for all editions: the one the paper is registered with at the provider."""

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        """Return the address without an edition's code."""
        before = get_script_prefix()
        set_script_prefix("/")
        try:
            return str(super().get_callback_url(request, app))
        finally:
            set_script_prefix(before)


class OpenIDAdapter(AtRoot, OpenIDConnectOAuth2Adapter):
    """The conversation with one provider."""

    nonce = ""

    @property
    def openid_config(self) -> dict[str, Any]:
        """Return what the provider says of itself."""
        if not hasattr(self, "_openid_config"):
            with get_adapter().get_requests_session() as http:
                self._openid_config = discover(self.get_provider().issuer, http)
        return self._openid_config

    def get_access_token_data(
        self, request: HttpRequest, app: SocialApp, client: Any, pkce_code_verifier: Any = None
    ) -> Any:
        """Return the answer of the token endpoint."""
        refuse_mixed_up(request.GET, self.openid_config)
        self.nonce = nonce_of(pkce_code_verifier or "")
        return super().get_access_token_data(request, app, client, pkce_code_verifier=pkce_code_verifier)

    def complete_login(self, request: HttpRequest, app: SocialApp, token: SocialToken, **answer: Any) -> SocialLogin:
        """Return whose identity it is."""
        description = self.openid_config
        with get_adapter().get_requests_session() as http:
            claims = read_id_token(
                answer["response"].get("id_token"),
                description=description, client_id=app.client_id, nonce=self.nonce, http=http,
            )  # fmt: skip
        signed_in_at = claims.get("auth_time")
        if description.get("userinfo_endpoint"):
            more = self._fetch_user_info(token.token)
            if not isinstance(more, dict) or more.get("sub") != claims["sub"]:
                raise OAuth2Error("The profile is another person's.")  # Core 5.3.2
            claims = {**claims, **more}
        told = {name: claims[name] for name in _TOLD if name in claims}
        login = self.get_provider().sociallogin_from_response(request, {"sub": claims["sub"], **told})
        login.signed_in_at = signed_in_at
        return login


class OpenID(OpenIDConnectProvider):
    """A provider of OpenID Connect, Google among them."""

    oauth2_adapter_class = OpenIDAdapter

    def get_pkce_params(self) -> dict[str, str]:
        """Return the challenge of PKCE, and the nonce made of the same secret."""
        params: dict[str, str] = generate_code_challenge()
        return {**params, "nonce": nonce_of(params["code_verifier"])}

    @property
    def issuer(self) -> str:
        """Return the issuer as the operator wrote it."""
        return str(self.app.settings["server_url"])

    def extract_uid(self, data: dict[str, Any]) -> str:
        """Return what stands for (issuer, sub): another issuer's person of the same number is somebody else."""
        return hashlib.sha256(f"{self.issuer.rstrip('/')} {data['sub']}".encode()).hexdigest()

    def extract_common_fields(self, data: dict[str, Any]) -> dict[str, Any]:
        """Return the profile's fields as our adapter reads them."""
        names = {"first_name": "given_name", "last_name": "family_name", "username": "preferred_username"}
        told = {name: data.get(claim) for name, claim in names.items()}
        told |= {name: data.get(name) for name in ("name", "email_verified", "picture")}
        return {**told, "email": usable_email(data.get("email"))}

    def extract_email_addresses(self, data: dict[str, Any]) -> list[EmailAddress]:
        """Return nothing: the one address is read with the profile."""
        return []

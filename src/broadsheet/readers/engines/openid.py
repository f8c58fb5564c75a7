"""What OpenID Connect Core 1.0 and Discovery 1.0 ask of those who rely on a provider, beyond what allauth does."""

import base64
import hashlib
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import jwt
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from django.core.cache import cache

CONFIGURATION = "/.well-known/openid-configuration"
KEPT_SECONDS = 600  # a provider's own description; its keys are asked for each time
LEEWAY_SECONDS = 60  # clocks differ
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
_ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")
_LOOPBACK = {"localhost", "127.0.0.1", "::1"}


def discover(issuer: str, http: Any) -> dict[str, Any]:
    """Return the provider's description of itself; OAuth2Error where it isn't the issuer's (Discovery 4.3)."""
    name = "openid:" + hashlib.sha256(issuer.encode()).hexdigest()
    found = cache.get(name)
    if found is None:
        response = http.get(issuer.rstrip("/") + CONFIGURATION)
        response.raise_for_status()
        found = response.json()
        if (fault := fault_of(found, issuer)) is not None:
            raise OAuth2Error(fault)
        cache.set(name, found, KEPT_SECONDS)
    return dict(found)


def fault_of(description: object, issuer: str) -> str | None:
    """Say what is wrong with a provider's description; None where it can be used."""
    if not isinstance(description, dict):
        return "The provider doesn't describe itself."
    named = description.get("issuer")
    if not isinstance(named, str) or named.rstrip("/") != issuer.rstrip("/"):
        return f"The provider calls itself {str(named)[:200]!r}, not {issuer!r}."
    for endpoint in _ENDPOINTS:
        if not _is_safe(description.get(endpoint)):
            return f"The provider has no {endpoint} under https."
    return None


def _is_safe(address: object) -> bool:
    if not isinstance(address, str):
        return False
    parts = urlsplit(address)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK)


def nonce_of(verifier: str) -> str:
    """Return the nonce of a log-in: made from its secret of PKCE, so that both are remembered and spent together."""
    digest = hashlib.sha256(f"nonce {verifier}".encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def refuse_mixed_up(answer: Mapping[str, str], description: Mapping[str, Any]) -> None:
    """Raise OAuth2Error where the answer names another issuer than was asked (RFC 9207; ASVS 10.2.2)."""
    named = answer.get("iss")
    if named is None and not description.get("authorization_response_iss_parameter_supported"):
        return
    if named != description["issuer"]:
        raise OAuth2Error("The answer is another provider's.")


def read_id_token(
    token: object, *, description: Mapping[str, Any], client_id: str, nonce: str, http: Any
) -> dict[str, Any]:
    """Return the claims of the ID token; OAuth2Error where it isn't whole, ours, or of this log-in (Core 3.1.3.7).

    The signature is checked always, also where the token came straight from the provider (ASVS 6.8.2, 10.5.1-10.5.4).
    """
    if not isinstance(token, str):
        raise OAuth2Error("There is no ID token in the answer.")
    try:
        claims = jwt.decode(
            token,
            _key_of(token, description["jwks_uri"], http),
            algorithms=list(ALGORITHMS),
            audience=client_id,
            issuer=description["issuer"],
            leeway=LEEWAY_SECONDS,
            options={"require": ["iss", "sub", "aud", "exp", "iat"]},
        )
    except (jwt.PyJWTError, ValueError, TypeError) as error:
        raise OAuth2Error("The ID token is not valid.") from error
    if claims.get("nonce") != nonce:
        raise OAuth2Error("The ID token is of another log-in.")
    if claims.get("azp", client_id) != client_id:
        raise OAuth2Error("The ID token was made for another site.")
    if not isinstance(claims["sub"], str) or not 0 < len(claims["sub"]) <= 255:
        raise OAuth2Error("The ID token names nobody.")
    return dict(claims)


def _key_of(token: str, address: str, http: Any) -> Any:
    response = http.get(address)
    response.raise_for_status()
    keys = jwt.PyJWKSet.from_dict(response.json()).keys
    wanted = jwt.get_unverified_header(token).get("kid")
    found = [key for key in keys if wanted is None or key.key_id == wanted]
    if len(found) != 1:
        raise OAuth2Error("The ID token is signed by an unknown key.")
    return found[0]

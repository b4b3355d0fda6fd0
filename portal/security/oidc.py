"""Sign-in of caseworkers through OpenID Connect: code flow, PKCE, nonce, state. Identity is (issuer, subject)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from authlib.integrations.base_client.errors import OAuthError
from authlib.integrations.flask_client import OAuth
from flask import Flask, current_app
from joserfc.errors import JoseError
from requests import RequestException
from werkzeug.wrappers import Response

from portal.settings import OidcSettings, Settings

TIMEOUT_SECONDS = 8


class SignInRefusedError(Exception):
    """The provider refused, or its answer cannot be trusted."""


class ProviderUnavailableError(Exception):
    """The provider cannot be reached; nobody can sign in at the moment."""


@dataclass(frozen=True)
class Identity:
    """Who the provider vouches for."""

    issuer: str
    subject: str


def install(app: Flask, settings: Settings) -> None:
    """Register the staff provider; its metadata are read at the first sign-in, not at start."""
    oauth = OAuth(app)
    app.extensions["oauth"] = oauth
    if settings.oidc_staff is None:
        return
    client = settings.oidc_staff
    oauth.register(
        name="staff",
        client_id=client.client_id,
        client_secret=client.client_secret,
        server_metadata_url=f"{client.issuer.rstrip('/')}/.well-known/openid-configuration",
        client_kwargs={"scope": "openid profile", "code_challenge_method": "S256", "timeout": TIMEOUT_SECONDS},
    )


def start(redirect_uri: str) -> Response:
    """Send the browser to the provider."""
    try:
        return cast(Response, _client().authorize_redirect(redirect_uri))
    except (RequestException, OAuthError) as error:
        raise ProviderUnavailableError(type(error).__name__) from error


def finish(provider: OidcSettings | None) -> Identity:
    """Read the provider's answer to this request; raises unless state, nonce, signature, issuer and audience hold."""
    if provider is None:
        raise SignInRefusedError("no provider")
    issuer = provider.issuer
    _client().server_metadata.pop("jwks", None)  # keys are read at each sign-in: a withdrawn one must not open
    try:
        token: dict[str, Any] = _client().authorize_access_token(
            claims_options={"iss": {"essential": True, "value": issuer}, "sub": {"essential": True}}
        )
    except RequestException as error:
        raise ProviderUnavailableError(type(error).__name__) from error
    except (OAuthError, JoseError, KeyError, ValueError, TypeError) as error:
        raise SignInRefusedError(type(error).__name__) from error
    claims = token.get("userinfo") or {}
    if not claims.get("sub") or claims.get("iss", issuer) != issuer:
        raise SignInRefusedError("no subject")
    return Identity(issuer, str(claims["sub"]))


def _client() -> Any:
    return current_app.extensions["oauth"].staff

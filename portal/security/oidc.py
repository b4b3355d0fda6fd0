"""Sign-in of caseworkers through OpenID Connect: code flow, PKCE, nonce, state. Identity is (issuer, subject).

Later the provider is asked whether it still vouches for them, tells when they signed out there, and is told when here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final, cast
from urllib.parse import urlencode, urlsplit

from authlib.integrations.base_client.errors import OAuthError
from authlib.integrations.flask_client import OAuth
from flask import Flask, current_app
from joserfc.errors import JoseError
from requests import RequestException
from werkzeug.wrappers import Response

from portal.security import oidc_claims
from portal.security.oidc_claims import UntrustedTokenError
from portal.services.staff import Vouched
from portal.services.staff_sessions import Logout
from portal.settings import OidcSettings, Settings

TIMEOUT_SECONDS = 8
REFUSED: Final = frozenset({"invalid_grant", "interaction_required", "login_required", "consent_required"})
"""What a provider answers when it does not vouch any more; any other fault is a matter between it and us."""
LONGEST_TOKEN: Final = 16_384
LATEST: Final = 253_402_300_800
"""Seconds until the year 10000, after which no instant can be made."""
SKEW: Final = timedelta(seconds=10)


class SignInRefusedError(Exception):
    """The provider refused, or its answer cannot be trusted."""


class ProviderUnavailableError(Exception):
    """The provider cannot be reached; nobody can sign in at the moment."""


@dataclass(frozen=True)
class Identity:
    """Who the provider vouches for."""

    issuer: str
    subject: str
    vouched: Vouched
    address: str | None = None
    """The e-mail address, only where the provider says in its ID token that it has verified it."""
    authenticated_at: datetime | None = None
    """When they last proved to the provider who they are; None where it does not say."""

    def authenticated_since(self, instant: datetime) -> bool:
        """Whether that was after an instant, the clocks of two machines granted. Never where it is not known."""
        return self.authenticated_at is not None and self.authenticated_at >= instant - SKEW


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
        client_kwargs={"scope": client.scopes, "code_challenge_method": "S256", "timeout": TIMEOUT_SECONDS},
    )


def start(redirect_uri: str, *, fresh: bool = False) -> Response:
    """Send the browser to the provider. `fresh`: it must ask who they are again, whatever session it still has.

    What came of that is asked of the answer (`Identity.authenticated_since`): the browser carries the question.
    """
    asked = {"prompt": "login", "max_age": 0} if fresh else {}
    try:
        return cast(Response, _client().authorize_redirect(redirect_uri, **asked))
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
    refresh_token, session = token.get("refresh_token"), claims.get("sid")
    vouched = Vouched(str(refresh_token) if refresh_token else None, str(session) if session else None)
    address = claims.get("email") if claims.get("email_verified") is True else None
    at = claims.get("auth_time")
    known = datetime.fromtimestamp(at, UTC) if isinstance(at, int) and 0 < at < LATEST else None
    return Identity(issuer, str(claims["sub"]), vouched, str(address) if address else None, known)


def vouch_again(provider: OidcSettings | None, issuer: str, subject: str, refresh_token: str | None) -> str | None:
    """The new refresh token, or None where the old one goes on. Raises SignInRefusedError where the provider does not vouch
    for this caseworker any more, ProviderUnavailableError where it cannot be asked or its answer is none.
    """
    if provider is None or refresh_token is None or issuer != provider.issuer:
        raise SignInRefusedError("nothing to ask by")
    try:
        keys = _keys()  # before the token is used up: an answer that could not be verified would lose it
        answer = _client().fetch_access_token(grant_type="refresh_token", refresh_token=refresh_token)
    except OAuthError as error:
        if error.error in REFUSED:
            raise SignInRefusedError(error.error) from error
        raise ProviderUnavailableError("error") from error
    except (RequestException, RuntimeError, KeyError, ValueError, TypeError) as error:
        raise ProviderUnavailableError(type(error).__name__) from error
    if not answer.get("access_token"):
        raise ProviderUnavailableError("no token")
    if answer.get("id_token"):  # it need not give one (OpenID Connect Core 1.0, section 12.2)
        try:
            claims = oidc_claims.verified(str(answer["id_token"]), keys, provider, "sub")
        except UntrustedTokenError as error:
            raise SignInRefusedError(str(error)) from error
        if claims["sub"] != subject:
            raise SignInRefusedError("another subject")
    fresh = answer.get("refresh_token")
    return str(fresh) if fresh else None


def logout_told(provider: OidcSettings | None, token: str) -> Logout:
    """What the provider tells of a logout; raises SignInRefusedError for anything but an untouched logout token of now."""
    if provider is None or not 0 < len(token) <= LONGEST_TOKEN:
        raise SignInRefusedError("no token")
    try:
        return oidc_claims.logout(token, _keys(), provider)
    except UntrustedTokenError as error:
        raise SignInRefusedError(str(error)) from error
    except (RequestException, RuntimeError, ValueError) as error:
        raise ProviderUnavailableError(type(error).__name__) from error


def sign_out_address(provider: OidcSettings | None, back: str) -> str | None:
    """Where the browser ends its session at the provider and comes `back`; None where the provider offers nothing.

    OpenID Connect RP-Initiated Logout 1.0. Without `id_token_hint`: it holds the caseworker's name and would stand in
    addresses. So the provider asks whether to sign out.
    """
    if provider is None:
        return None
    try:
        endpoint = str(_client().load_server_metadata().get("end_session_endpoint") or "")
    except (RequestException, RuntimeError, ValueError):  # the session here has ended all the same
        return None
    if not endpoint or urlsplit(endpoint).scheme != urlsplit(provider.issuer).scheme:
        return None
    asked = urlencode({"client_id": provider.client_id, "post_logout_redirect_uri": back})
    return f"{endpoint}{'&' if '?' in endpoint else '?'}{asked}"


def _keys() -> Mapping[str, Any]:
    """The provider's keys of now: a withdrawn one must not count."""
    return cast(Mapping[str, Any], _client().fetch_jwk_set(force=True))


def _client() -> Any:
    return current_app.extensions["oauth"].staff

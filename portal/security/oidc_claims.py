"""What the provider signs is believed only as far as its signature, its times and its address go."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry
from joserfc.jwt import JWTClaimsRegistry

from portal.services.staff_sessions import Logout
from portal.settings import OidcSettings

ALGORITHMS: Final = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
"""Signatures by a key that only the provider has: neither «none» nor one with the client's secret."""
LEEWAY_SECONDS: Final = 60
LOGOUT_EVENT: Final = "http://schemas.openid.net/event/backchannel-logout"
LONGEST_LOGOUT_SECONDS: Final = 3600
"""A logout token that holds for longer is refused: as long as it holds, it must be known again (`logout_seen`, a day)."""


class UntrustedTokenError(Exception):
    """The token is not the provider's, not for us, not of now, or not of this kind. The message names no value."""


def verified(token: str, keys: Mapping[str, Any], provider: OidcSettings, *required: str) -> dict[str, Any]:
    """The claims of a token: signed by one of the provider's keys, from this issuer, for this client, holding now."""
    try:
        signed = JWSRegistry(algorithms=list(ALGORITHMS), strict_check_header=False)
        found = jwt.decode(token, KeySet.import_key_set(keys), registry=signed)  # type: ignore[arg-type]
        JWTClaimsRegistry(
            leeway=LEEWAY_SECONDS,
            iss={"essential": True, "value": provider.issuer},
            aud={"essential": True, "value": provider.client_id},
            exp={"essential": True},
            iat={"essential": True},
            **{name: {"essential": True} for name in required},  # type: ignore[arg-type]
        ).validate(found.claims)
    except (JoseError, ValueError, TypeError, KeyError) as error:
        raise UntrustedTokenError(type(error).__name__) from error
    claims: dict[str, Any] = found.claims
    several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
    if several and claims.get("azp", provider.client_id) != provider.client_id:
        raise UntrustedTokenError("azp")
    return claims


def logout(token: str, keys: Mapping[str, Any], provider: OidcSettings) -> Logout:
    """What a logout token says (OpenID Connect Back-Channel Logout 1.0, section 2.6); raises UntrustedTokenError."""
    claims = verified(token, keys, provider, "jti", "events")
    events, name, subject = claims["events"], claims.get("sid"), claims.get("sub")
    if not isinstance(events, dict) or not isinstance(events.get(LOGOUT_EVENT), dict):
        raise UntrustedTokenError("events")
    if "nonce" in claims:  # an ID token is no logout
        raise UntrustedTokenError("nonce")
    if claims["exp"] - claims["iat"] > LONGEST_LOGOUT_SECONDS:
        raise UntrustedTokenError("exp")
    if not all(isinstance(one, str) and one for one in (claims["jti"], name or "-", subject or "-")):
        raise UntrustedTokenError("type")
    if not (name or subject):
        raise UntrustedTokenError("sid")
    return Logout(provider.issuer, claims["jti"], subject or None, name or None)

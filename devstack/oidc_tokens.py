"""What the local provider can do besides the package's own: refresh tokens that rotate, shutting people out, logout.

A refresh token says itself whose it is, under a key made of the client's secret: it outlives a restart of the provider, as
that of a real one does. Used twice it is refused, and with it everything of that visit. The addresses under `/devstack` want
the client's secret; they are for tests and for trying things out by hand (`docs/operations.md`).
"""

from __future__ import annotations

import base64
import hmac
import json
import secrets
import time
from collections import Counter
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

import requests
from flask import Flask, Response, jsonify, request
from joserfc import jws, jwt
from joserfc.jwk import RSAKey

OFFLINE = "offline_access"
"""The scope without which no refresh token is given."""
LOGOUT_EVENT = "http://schemas.openid.net/event/backchannel-logout"
ALGORITHM = "RS256"
SECONDS = 300


def refresh_token(client_secret: str, subject: str, visit: str) -> str:
    """A refresh token of a visit (`sid`) of somebody, as the provider gives it; nobody else can make one."""
    said = json.dumps({"sub": subject, "sid": visit, "once": secrets.token_urlsafe(9)}).encode()
    return f"{base64.urlsafe_b64encode(said).decode()}.{_proof(client_secret, said)}"


def _proof(client_secret: str, said: bytes) -> str:
    return hmac.digest(f"refresh/{client_secret}".encode(), said, sha256).hex()


@dataclass
class Tokens:
    """The memory of one run of the provider."""

    client_id: str
    client_secret: str
    key: RSAKey
    shut_out: set[str] = field(default_factory=set)
    used: set[str] = field(default_factory=set)
    ended: set[str] = field(default_factory=set)
    """Visits that give nothing any more."""
    changes: dict[str, dict[str, Any]] = field(default_factory=dict)
    """By visit, or by subject for the first token of one: what the next ID tokens say that they should not."""
    refreshed: Counter[str] = field(default_factory=Counter)
    """How often the token of each visit was shown."""

    def signed(self, claims: dict[str, Any], header: dict[str, Any] | None = None) -> str:
        """Any claims under the provider's own key."""
        return jwt.encode({"alg": ALGORITHM, "kid": self.key.kid} | (header or {}), claims, self.key)

    def claims(self, issuer: str, subject: str, visit: str) -> dict[str, Any]:
        """What each token of this provider says."""
        now = int(time.time())
        return {"iss": issuer, "aud": self.client_id, "sub": subject, "sid": visit, "iat": now, "exp": now + SECONDS}

    def owner(self, token: str) -> tuple[str, str] | None:
        """Subject and visit of a refresh token that still opens; it is used up by this."""
        encoded, _, proof = token.partition(".")
        try:
            said = base64.urlsafe_b64decode(encoded)
        except ValueError:
            return None
        if not hmac.compare_digest(_proof(self.client_secret, said), proof):
            return None
        told = json.loads(said)
        subject, visit = str(told["sub"]), str(told["sid"])
        self.refreshed[visit] += 1
        if token in self.used:  # as real ones do: who shows it twice may have stolen it
            self.ended.add(visit)
        self.used.add(token)
        return None if subject in self.shut_out or visit in self.ended else (subject, visit)


def install(app: Flask, client_id: str, client_secret: str, key: RSAKey) -> Tokens:
    """Put it before and behind the package's own routes."""
    tokens = Tokens(client_id, client_secret, key)

    def trusted() -> bool:
        given = request.authorization
        known = given is not None and given.username == client_id
        return known and hmac.compare_digest(str(given.password if given else ""), client_secret)

    @app.before_request
    def refresh() -> Response | None:
        if (request.method, request.path, request.form.get("grant_type")) != ("POST", "/oauth2/token", "refresh_token"):
            return None
        if not trusted():
            return _refused("invalid_client", 401)
        found = tokens.owner(request.form.get("refresh_token", ""))
        if found is None:
            return _refused("invalid_grant", 400)
        return jsonify(_fresh(tokens, *found))

    @app.after_request
    def give(response: Response) -> Response:
        first = request.form.get("grant_type") == "authorization_code"
        if request.path == "/oauth2/token" and first and response.status_code == 200:
            _enrich(tokens, response)
        return response

    @app.before_request
    def by_hand() -> Response | None:
        if not request.path.startswith("/devstack/"):
            return None
        return _by_hand(tokens) if trusted() else _refused("invalid_client", 401)

    return tokens


def _issuer() -> str:
    return request.host_url.rstrip("/")


def _fresh(tokens: Tokens, subject: str, visit: str) -> dict[str, Any]:
    return {
        "access_token": secrets.token_urlsafe(24),
        "token_type": "Bearer",
        "expires_in": SECONDS,
        "refresh_token": refresh_token(tokens.client_secret, subject, visit),
        "id_token": tokens.signed(tokens.claims(_issuer(), subject, visit) | tokens.changes.get(visit, {})),
    }


def _enrich(tokens: Tokens, response: Response) -> None:
    """The package's first answer, with a visit in its ID token and, where it was asked for, a refresh token of ours."""
    answer = response.get_json()
    claims = json.loads(jws.deserialize_compact(answer["id_token"], tokens.key).payload)
    visit = secrets.token_urlsafe(12)
    said = tokens.changes.get(str(claims["sub"]), {})
    answer["id_token"] = tokens.signed(claims | {"sid": visit} | said)
    answer.pop("refresh_token", None)
    if OFFLINE in str(answer.get("scope", "")).split():
        answer["refresh_token"] = refresh_token(tokens.client_secret, str(claims["sub"]), visit)
    response.set_data(json.dumps(answer))


def _by_hand(tokens: Tokens) -> Response:
    """Shut somebody out, let them in again, tell the portal of a logout, say or sign wrong claims, count."""
    form = request.form
    if request.path == "/devstack/shut-out":
        tokens.shut_out.add(form["sub"])
    elif request.path == "/devstack/let-in":
        tokens.shut_out.discard(form["sub"])
    elif request.path == "/devstack/logout":
        tokens.ended.update([form["sid"]] if "sid" in form else [])
        told = {name: form[name] for name in ("sub", "sid") if name in form}
        answer = requests.post(form["to"], data={"logout_token": _logout(tokens, told)}, timeout=10)
        return jsonify(status=answer.status_code)
    elif request.path == "/devstack/say":
        tokens.changes[form["sid"]] = json.loads(form["claims"])
    elif request.path == "/devstack/sign":
        return jsonify(token=tokens.signed(json.loads(form["claims"]), json.loads(form.get("header", "{}"))))
    elif request.path == "/devstack/refreshed":
        return jsonify(count=tokens.refreshed[form["sid"]])
    else:
        return _refused("not_found", 404)
    return jsonify(done=True)


def _logout(tokens: Tokens, told: dict[str, str]) -> str:
    claims = tokens.claims(_issuer(), "", "")
    del claims["sub"], claims["sid"]
    claims |= {"jti": secrets.token_urlsafe(12), "events": {LOGOUT_EVENT: {}}, **told}
    return tokens.signed(claims, {"typ": "logout+jwt"})


def _refused(word: str, status: int) -> Response:
    response = jsonify(error=word)
    response.status_code = status
    return response

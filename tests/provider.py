"""The sign-in service of the stack, as tests use it: sessions that it vouches for, and what can go wrong with it.

`vouched` needs no running provider: a desk of a test lasts as one of production does, and asks the provider only once the
clock of the test has moved by five minutes. Then take the fixture `oidc` too.
"""

from __future__ import annotations

import json
import secrets
from typing import Any

import requests

from devstack.oidc_tokens import refresh_token
from devstack.stack import Stack
from portal.services.staff import Vouched


def vouched(stack: Stack, subject: str, visit: str | None = None) -> Vouched:
    """What the provider gives at a sign-in; `visit` is its own name of it."""
    visit = visit or secrets.token_urlsafe(9)
    return Vouched(refresh_token(stack.secrets.oidc_client_secret, subject, visit), visit)


class Provider:
    """The running provider's back door."""

    def __init__(self, stack: Stack) -> None:
        self.stack = stack
        self.issuer, self.client = stack.oidc.issuer, stack.secrets.oidc_client_id

    def shut_out(self, subject: str) -> None:
        """No token is good any more for this person."""
        self._ask("shut-out", sub=subject)

    def let_in(self, subject: str) -> None:
        """Tokens are good again."""
        self._ask("let-in", sub=subject)

    def logout(self, to: str, **whom: str) -> int:
        """Tell the portal at `to` that `sub` or `sid` signed out; the status of its answer."""
        return int(self._ask("logout", to=to, **whom)["status"])

    def refreshed(self, visit: str) -> int:
        """How often a refresh token of this visit was shown."""
        return int(self._ask("refreshed", sid=visit)["count"])

    def say(self, visit: str, **claims: Any) -> None:
        """What the ID tokens of this visit say from now on, besides or against the truth."""
        self._ask("say", sid=visit, claims=json.dumps(claims))

    def sign(self, claims: dict[str, Any], **header: Any) -> str:
        """Any claims under the provider's own key."""
        return str(self._ask("sign", claims=json.dumps(claims), header=json.dumps(header))["token"])

    def _ask(self, what: str, **form: str) -> dict[str, Any]:
        known = (self.client, self.stack.secrets.oidc_client_secret)
        answer = requests.post(f"{self.issuer}/devstack/{what}", data=form, auth=known, timeout=15)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

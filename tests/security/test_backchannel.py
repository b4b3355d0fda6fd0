"""The provider says that somebody signed out there: their sessions end here, once, and nobody else can say it."""

from __future__ import annotations

import time
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey
from werkzeug.test import TestResponse

from devstack.oidc import Oidc
from devstack.oidc_tokens import LOGOUT_EVENT
from portal.security import csrf
from portal.services.housekeeping import tidy
from portal.services.staff import staff_sign_in
from tests.pages.browser import Browser
from tests.pages.world import World
from tests.provider import Provider, vouched

ADDRESS = "/staff/backchannel-logout"
ANNA, BEA = "backchannel-anna", "backchannel-bea"


@pytest.fixture
def provider(clean_world: World, oidc: Oidc) -> Provider:
    """The provider, and two caseworkers who are signed in."""
    for subject in (ANNA, BEA):
        clean_world.caseworker("sierre", subject)
    return Provider(clean_world.stack)


def enter(world: World, subject: str, visit: str | None, *, named: bool = True) -> Browser:
    given = vouched(world.stack, subject, visit) if named else None
    secret = staff_sign_in(world.staff, world.stack.oidc.issuer, subject, "fr", "test", given)
    browser = Browser(world.staff_app)
    browser.set_cookie("staff", secret or "")
    return browser


def claims(provider: Provider, **changes: Any) -> dict[str, Any]:
    now = int(time.time())
    said = {
        "iss": provider.issuer,
        "aud": provider.client,
        "iat": now,
        "exp": now + 120,
        "jti": "told-once",
        "events": {LOGOUT_EVENT: {}},
        "sid": "visit-1",
        "sub": ANNA,
    }
    return {name: value for name, value in (said | changes).items() if value is not None}


def tell(world: World, token: str | None) -> TestResponse:
    """As the provider's server does: no cookie, no CSRF token."""
    return Browser(world.staff_app).send("POST", ADDRESS, data={} if token is None else {"logout_token": token})


def is_in(browser: Browser) -> bool:
    return browser.open("/staff/").path == "/staff/"


def test_by_the_name_of_the_visit_that_visit_ends_and_no_other(world: World, provider: Provider) -> None:
    first, second, other = enter(world, ANNA, "visit-1"), enter(world, ANNA, "visit-2"), enter(world, BEA, "visit-3")
    answer = tell(world, provider.sign(claims(provider), typ="logout+jwt"))
    assert (answer.status_code, answer.headers["Cache-Control"], answer.data) == (200, "no-store", b"")
    assert [is_in(one) for one in (first, second, other)] == [False, True, True]
    assert "déconnecté au service de connexion" in first.open("/staff/").text
    row = world.row("SELECT actor_kind, outcome, region FROM audit_event WHERE action = 'staff:session-end'")
    assert row == ("staff", "provider", "sierre")


def test_by_the_name_alone_too(world: World, provider: Provider) -> None:
    first, second = enter(world, ANNA, "visit-1"), enter(world, ANNA, "visit-2")
    assert tell(world, provider.sign(claims(provider, sub=None))).status_code == 200
    assert [is_in(one) for one in (first, second)] == [False, True]


def test_by_the_subject_all_of_theirs_end(world: World, provider: Provider) -> None:
    mine = [enter(world, ANNA, "visit-1"), enter(world, ANNA, "visit-2"), enter(world, ANNA, None, named=False)]
    other = enter(world, BEA, "visit-3")
    assert tell(world, provider.sign(claims(provider, sid=None))).status_code == 200
    assert [is_in(one) for one in (*mine, other)] == [False, False, False, True]


def test_a_visit_whose_name_is_not_known_ends_with_any_of_its_subject(world: World, provider: Provider) -> None:
    unnamed, named = enter(world, ANNA, None, named=False), enter(world, ANNA, "visit-2")
    assert tell(world, provider.sign(claims(provider))).status_code == 200
    assert [is_in(one) for one in (unnamed, named)] == [False, True]


def test_the_name_of_somebody_elses_visit_ends_nothing(world: World, provider: Provider) -> None:
    other = enter(world, BEA, "visit-1")
    assert tell(world, provider.sign(claims(provider))).status_code == 200
    assert is_in(other)


def test_told_twice_it_counts_once(world: World, provider: Provider) -> None:
    token = provider.sign(claims(provider))
    assert tell(world, token).status_code == 200
    again = enter(world, ANNA, "visit-1")
    answer = tell(world, token)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (400, "no-store")
    assert is_in(again)
    assert tell(world, provider.sign(claims(provider, jti="another"))).status_code == 200
    assert not is_in(again)


WRONG: dict[str, dict[str, Any]] = {
    "another audience": {"aud": "another"},
    "no audience": {"aud": None},
    "several, made for another": {"aud": ["another", "CLIENT"], "azp": "another"},
    "another issuer": {"iss": "https://other.example"},
    "a nonce": {"nonce": "n"},
    "no events": {"events": None},
    "another event": {"events": {"http://schemas.openid.net/event/other": {}}},
    "an event that is no object": {"events": {LOGOUT_EVENT: "yes"}},
    "events in a list": {"events": [LOGOUT_EVENT]},
    "nobody": {"sid": None, "sub": None},
    "no jti": {"jti": None},
    "a jti that is a number": {"jti": 7},
    "a subject that is a list": {"sub": ["x"]},
    "no iat": {"iat": None},
    "from the future": {"iat": 4_000_000_000, "exp": 4_000_000_100},
    "no exp": {"exp": None},
    "past": {"iat": 1_000, "exp": 2_000},
    "good for years": {"exp": 4_000_000_000},
}


@pytest.mark.parametrize("change", WRONG.values(), ids=WRONG)
def test_what_is_not_in_order_ends_nothing(world: World, provider: Provider, change: dict[str, Any]) -> None:
    mine = enter(world, ANNA, "visit-1")
    if isinstance(change.get("aud"), list):
        change = change | {"aud": ["another", provider.client]}
    answer = tell(world, provider.sign(claims(provider, **change)))
    assert (answer.status_code, answer.headers["Cache-Control"]) == (400, "no-store")
    assert is_in(mine)
    assert world.count("logout_seen") == 0


def test_what_the_provider_did_not_sign_ends_nothing(world: World, provider: Provider) -> None:
    mine, said = enter(world, ANNA, "visit-1"), claims(provider)
    secret = world.stack.secrets.oidc_client_secret
    foreign = RSAKey.generate_key(2048, parameters={"kid": "foreign"})
    good = provider.sign(said)
    head, body, signature = good.split(".")
    forged = [
        jwt.encode({"alg": "RS256", "kid": "foreign"}, said, foreign),
        jwt.encode({"alg": "RS256"}, said, foreign),
        jwt.encode({"alg": "HS256"}, said, OctKey.import_key(secret)),
        jwt.encode({"alg": "none"}, said, OctKey.import_key(secret), algorithms=["none"]),
        f"{head}.{body}.",
        f"{head}.{body}.{signature[:-4]}AAAA",
        *("", "x", "..", "a.b.c", "é.é.é", "x" * 20_000),
    ]
    for token in (*forged, None):
        assert tell(world, token).status_code == 400, token
    assert is_in(mine)


def test_while_the_keys_cannot_be_read_it_is_refused_and_can_be_told_again(
    world: World, provider: Provider, oidc: Oidc
) -> None:
    mine = enter(world, ANNA, "visit-1")
    token = provider.sign(claims(provider))
    oidc.kill()
    assert tell(world, token).status_code == 400
    assert is_in(mine)
    assert world.count("logout_seen") == 0


def test_no_browser_can_carry_it_from_a_foreign_page(world: World, provider: Provider) -> None:
    mine = enter(world, ANNA, "visit-1")
    token = provider.sign(claims(provider))
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}):
        answer = mine.send("POST", ADDRESS, data={"logout_token": token}, headers=headers)
        assert answer.status_code == 400
    assert is_in(mine)


def test_nothing_but_this_is_exempt(world: World) -> None:
    protected = world.both_app.extensions["csrf"]
    assert protected._exempt_views == {csrf.EXEMPT}
    assert not protected._exempt_blueprints


def test_what_was_told_is_forgotten_after_a_day(world: World, provider: Provider) -> None:
    assert tell(world, provider.sign(claims(provider))).status_code == 200
    world.clock.forward(hours=23)
    assert tidy(world.worker)["logouts"] == 0
    world.clock.forward(hours=2)
    assert tidy(world.worker)["logouts"] == 1

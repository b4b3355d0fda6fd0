"""Caseworkers sign in through the real provider of the embedded stack; whatever is not in order lets nobody in."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from flask import Flask

from devstack.oidc import Oidc
from portal.factory import create_app
from portal.services.staff import enrol
from tests.pages.browser import Browser, Page
from tests.pages.world import World

SUBJECT = "claire.demo"


@dataclass
class Desk:
    """A browser at the staff sign-in page, and the provider's page in its other hand."""

    browser: Browser

    def start(self) -> str:
        """Press the button; the address of the provider that the browser is sent to."""
        page = self.browser.open("/staff/sign-in").form("/sign-in").submit(follow=False)
        assert page.status == 302
        return page.headers["Location"]

    def consent(self, address: str, **form: str) -> str:
        """What the provider sends the browser back to."""
        assert requests.get(address, timeout=5).status_code == 200
        answer = requests.post(address, data=form or {"sub": SUBJECT}, allow_redirects=False, timeout=5)
        assert answer.status_code == 302, answer.text
        return answer.headers["Location"]

    def back(self, address: str) -> Page:
        """Follow the provider's answer into the portal."""
        assert address.startswith(f"{self.browser.base}/staff/callback?"), address
        return self.browser.open(address.removeprefix(self.browser.base))

    def session(self) -> dict[str, Any]:
        """What the portal keeps in its own signed cookie."""
        serializer = self.browser.app.session_interface.get_signing_serializer(self.browser.app)  # type: ignore[attr-defined]
        return dict(serializer.loads(self.browser.cookie("visit"))) if self.browser.cookie("visit") else {}


@pytest.fixture
def desk(clean_world: World, oidc: Oidc) -> Desk:
    """Before the sign-in of an enrolled caseworker of Sierre."""
    enrol(clean_world.owner, oidc.issuer, SUBJECT, "Claire Demo", "sierre")
    return Desk(Browser(clean_world.staff_app))


def refused(page: Page, world: World) -> bool:
    """Whether nobody came in, and the page says so."""
    words = "Connexion refusée" in page.text
    return page.status == 403 and words and page.browser.cookie("staff") is None and world.count("staff_session") == 0


def test_an_enrolled_caseworker_comes_in(world: World, desk: Desk) -> None:
    page = desk.back(desk.consent(desk.start()))
    assert (page.status, page.path) == (200, "/staff/")
    assert "Claire Demo" in page.text
    assert world.row("SELECT count(*) FROM audit_event WHERE action = 'staff:sign-in' AND outcome = 'done'") == (1,)
    assert desk.browser.open("/staff/sign-in").path == "/staff/"  # signed in already


def test_the_request_carries_pkce_state_and_nonce_and_asks_for_little(world: World, desk: Desk, oidc: Oidc) -> None:
    address = desk.start()
    asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
    (kept,) = [value["data"] for name, value in desk.session().items() if name.startswith("_state_staff_")]
    challenge = base64.urlsafe_b64encode(sha256(kept["code_verifier"].encode()).digest()).rstrip(b"=").decode()
    assert address.startswith(oidc.issuer)
    assert asked["code_challenge_method"] == "S256"
    assert asked["code_challenge"] == challenge
    assert asked["nonce"] == kept["nonce"]
    assert min(len(asked["state"]), len(asked["nonce"]), len(kept["code_verifier"])) >= 20
    assert asked["response_type"] == "code"
    assert set(asked["scope"].split()) == {"openid", "profile", "email", "offline_access"}
    assert asked["redirect_uri"] == f"{desk.browser.base}/staff/callback"
    assert world.stack.secrets.oidc_client_secret not in address


def test_each_start_has_its_own_state_nonce_and_challenge(desk: Desk) -> None:
    first, second = (parse_qs(urlsplit(desk.start()).query) for _ in range(2))
    assert not [name for name in ("state", "nonce", "code_challenge") if first[name] == second[name]]


def test_after_the_sign_in_no_token_is_kept(desk: Desk) -> None:
    desk.back(desk.consent(desk.start()))
    assert set(desk.session()) <= {"csrf_token"}
    assert len(desk.browser.cookie("staff") or "") == 43  # 32 random bytes, not a token


def test_an_account_that_is_not_enrolled_stays_outside(world: World, desk: Desk) -> None:
    page = desk.back(desk.consent(desk.start(), sub="somebody.else"))
    assert refused(page, world)
    assert "pas inscrit" in page.text
    assert world.row("SELECT outcome, actor_id FROM audit_event WHERE action = 'staff:sign-in'") == ("refused", None)


def test_the_same_subject_of_another_issuer_is_somebody_else(world: World, desk: Desk) -> None:
    enrol(world.owner, "https://other.example", "twin", "Twin", "sierre")
    assert refused(desk.back(desk.consent(desk.start(), sub="twin")), world)


def test_a_caseworker_who_left_stays_outside(world: World, desk: Desk) -> None:
    with world.superuser() as connection:
        connection.execute("UPDATE caseworker SET active = false")
    assert refused(desk.back(desk.consent(desk.start())), world)


def test_a_forged_state_lets_nobody_in(world: World, desk: Desk) -> None:
    address = desk.consent(desk.start())
    state = parse_qs(urlsplit(address).query)["state"][0]
    assert refused(desk.back(address.replace(state, "x" * len(state))), world)
    assert refused(desk.back(address.partition("&state=")[0] if "&state=" in address else address + "x"), world)


def test_another_browser_cannot_use_the_answer(world: World, desk: Desk) -> None:
    """Otherwise somebody could be made to work under another's name."""
    address = desk.consent(desk.start())
    assert refused(Desk(Browser(world.staff_app)).back(address), world)


def test_a_code_of_another_sign_in_fails_on_the_nonce(world: World, desk: Desk) -> None:
    thief = Desk(Browser(world.staff_app))
    stolen = parse_qs(urlsplit(desk.consent(desk.start())).query)["code"][0]
    own = thief.consent(thief.start(), sub="somebody.else")
    assert refused(thief.back(own.replace(parse_qs(urlsplit(own).query)["code"][0], stolen)), world)


def test_an_answer_is_good_once(world: World, desk: Desk) -> None:
    address = desk.consent(desk.start())
    desk.back(address)
    desk.browser.drop_cookie("staff")
    assert desk.back(address).status == 403
    assert world.count("staff_session") == 1


@pytest.mark.parametrize(
    "query", ["", "?error=access_denied", "?code=abc", "?state=abc", "?code=&state=", "?code=%F0%9F"]
)
def test_an_answer_that_is_none(world: World, desk: Desk, query: str) -> None:
    assert refused(desk.browser.open(f"/staff/callback{query}"), world)


def test_who_refuses_at_the_provider_sees_a_page_of_ours(world: World, desk: Desk) -> None:
    answer = requests.post(desk.start(), data={"action": "deny"}, allow_redirects=False, timeout=5)
    assert refused(desk.back(answer.headers["Location"]), world)


def fresh(world: World) -> Flask:
    """A process that has not asked the provider anything yet."""
    return create_app(world.settings("staff"), world.clock)


def unavailable(page: Page) -> bool:
    return page.status == 503 and page.headers["Retry-After"] == "60" and "ne répond pas" in page.h1


def test_while_the_provider_is_down_a_page_says_so(world: World, desk: Desk, oidc: Oidc) -> None:
    """At the first sign-in of a process, and at the way back of one that had begun before."""
    app = fresh(world)
    begun = desk.consent(desk.start())
    oidc.kill()
    assert unavailable(Browser(app).open("/staff/sign-in").form("/sign-in").submit(follow=False))
    assert unavailable(desk.back(begun))
    assert world.count("staff_session") == 0
    oidc.start()
    again = Desk(Browser(app))
    assert again.back(again.consent(again.start())).path == "/staff/"


def test_the_provider_may_change_its_keys(world: World, desk: Desk, oidc: Oidc) -> None:
    desk.back(desk.consent(desk.start()))
    oidc.restart()  # its signing key is new at each start
    later = Desk(Browser(world.staff_app))
    assert later.back(later.consent(later.start())).path == "/staff/"


def test_the_language_of_the_browser_is_the_first_language_of_the_session(world: World, desk: Desk) -> None:
    german = Desk(Browser(world.staff_app, accept_language="de-CH,de;q=0.9"))
    assert german.back(german.consent(german.start())).lang == "de"

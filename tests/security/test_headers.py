"""The headers of every answer, whatever it is: policy, caches, what the browser must forget."""

from __future__ import annotations

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from portal.adapters.database import DatabaseUnavailableError
from portal.factory import create_app
from portal.security.access import Rule, allow
from portal.services.actor import NotYoursError
from tests.pages.browser import Browser
from tests.pages.checks import POLICY
from tests.pages.world import World
from tests.security.visitors import SAFE, Lobby, Who, route, rules

EXACTLY = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
FORGET = {"staff_sign_in.sign_out", "sign_in.sign_out", "leave.leave"}
ONCE_DONE = {"closing.close"}
"""They forget only for who was let in and did it."""
SWITCHED_OFF = {"camera", "geolocation", "microphone", "payment", "usb", "browsing-topics"}

TO_PROVIDER = {"/staff/sign-in": SAFE, "/staff/callback": {"GET", "HEAD"}}
"""Pages with the button that leads on to the provider."""


def policy(answer: TestResponse) -> dict[str, set[str]]:
    """The Content-Security-Policy, directive by directive; none may stand twice."""
    (text,) = answer.headers.getlist("Content-Security-Policy")
    parts = [part.split() for part in text.split(";")]
    assert len({part[0] for part in parts}) == len(parts)
    return {name: set(sources) for name, *sources in parts}


def faults(answer: TestResponse, form_targets: set[str]) -> list[str]:
    """What is wrong with the headers of one answer."""
    found = [
        f"{name}: {answer.headers.get(name)}" for name, value in EXACTLY.items() if answer.headers.get(name) != value
    ]
    wanted = POLICY | {"form-action": form_targets}
    found += [] if policy(answer) == wanted else [f"policy {policy(answer)}"]
    off = {part.partition("=")[0].strip() for part in answer.headers["Permissions-Policy"].split(",")}
    found += [] if off >= SWITCHED_OFF else [f"permissions {off}"]
    for name in ("Server", "X-Powered-By", "Access-Control-Allow-Origin"):
        found += [f"{name} is sent"] if name in answer.headers else []
    return found


@pytest.mark.parametrize("who", [Who.ANONYMOUS, Who.OWN, Who.CENTRE])
def test_every_answer_of_every_route(clean_world: World, who: Who) -> None:
    lobby, wrong = Lobby(clean_world), []
    issuer = clean_world.stack.oidc.issuer
    for rule in rules(lobby.app):
        for method in route(lobby.app, rule, demand := lobby.demand()).tried:
            asked = route(lobby.app, rule, demand)
            answer = lobby.ask(lobby.come(who, demand), method, asked)
            targets = {"'self'", issuer} if method in TO_PROVIDER.get(asked.path, ()) else {"'self'"}
            found = faults(answer, targets)
            done = asked.endpoint in ONCE_DONE and answer.status_code == 303
            forgets = (asked.endpoint in FORGET or done) and method in asked.declared - SAFE
            wanted = '"cache", "cookies", "storage"' if forgets else None
            if (asked.endpoint, method, who) == ("staff_opening.next_", "POST", Who.CENTRE):
                wanted = '"cache", "storage"'  # who works at the desk stays signed in
            if answer.headers.get("Clear-Site-Data") != wanted:
                found.append(f"Clear-Site-Data: {answer.headers.get('Clear-Site-Data')}")
            wrong += [f"{method} {asked.path} → {answer.status_code}: {fault}" for fault in found]
    assert not wrong, "\n".join(wrong)


def broken_app(world: World, error: Exception) -> Flask:
    """The portal with one more page, which always fails."""
    app = create_app(world.settings("both"), world.clock)

    @allow(Rule.PUBLIC)
    def fail() -> str:
        raise error

    app.add_url_rule("/fr/broken", "broken", fail)
    return app


@pytest.mark.parametrize(
    ("error", "status"),
    [(RuntimeError("secret words"), 500), (DatabaseUnavailableError(), 503), (NotYoursError(), 404)],
)
def test_pages_of_faults_have_them_too_and_say_nothing_of_the_fault(
    world: World, error: Exception, status: int
) -> None:
    answer = Browser(broken_app(world, error)).send("GET", "/fr/broken")
    assert (answer.status_code, faults(answer, {"'self'"})) == (status, [])
    assert not [word for word in ("secret words", "Traceback", "RuntimeError", "portal/") if word in answer.text]


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/fr/nowhere", None, 404),
        ("/xx/", None, 404),
        ("/fr/verify?q=%00", None, 400),
        ("/fr/sign-in", "a=" + "b" * 600_000, 413),
    ],
)
def test_pages_of_bad_requests_have_them_too(world: World, path: str, body: str | None, status: int) -> None:
    options = {"data": body, "content_type": "application/x-www-form-urlencoded"} if body else {}
    answer = Browser(world.both_app).send("POST" if body else "GET", path, **options)
    assert (answer.status_code, faults(answer, {"'self'"})) == (status, [])


def test_static_files_are_kept_for_ever_and_under_the_same_policy(world: World) -> None:
    browser = Browser(world.both_app)
    page = browser.open("/fr/")
    loaded = {e.get("href") or e.get("src") for e in page.root.iter() if e.tag in ("link", "script")}
    assert len(loaded) >= 3
    for path in loaded:
        answer = browser.send("GET", path or "")
        assert answer.status_code == 200
        assert "immutable" in answer.headers["Cache-Control"]
        assert "public" in answer.headers["Cache-Control"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert policy(answer) == POLICY
        assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize(
    "path", ["/static/css/portal.css", "/static/../app.py", "/static/%2e%2e/app.py", "/static//etc/passwd", "/static/"]
)
def test_only_the_named_files_are_served(world: World, path: str) -> None:
    assert Browser(world.both_app).send("GET", path).status_code == 404


def test_a_changed_file_gets_another_address(world: World) -> None:
    page = Browser(world.both_app).open("/fr/")
    style = next(e.get("href") or "" for e in page.root.iter("link") if e.get("rel") == "stylesheet")
    name, digest, ending = style.rsplit(".", 2)
    changed = f"{name}.{'0' * len(digest)}.{ending}"
    assert Browser(world.both_app).send("GET", changed).status_code == 404


def test_over_tls_the_browser_must_stay_there(world: World) -> None:
    secure = create_app(world.settings("both", public_url="https://portal.example"), world.clock)
    for path in ("/fr/", "/fr/nowhere", "/staff/"):
        value = Browser(secure).send("GET", path).headers["Strict-Transport-Security"]
        assert int(value.split(";")[0].removeprefix("max-age=")) >= 31_536_000
    assert "Strict-Transport-Security" not in Browser(world.both_app).send("GET", "/fr/").headers

"""What changes something must come from a page of ours: no token, a foreign token, a foreign site change nothing."""

from __future__ import annotations

import pytest

from tests.pages.browser import Browser
from tests.pages.world import World
from tests.security.visitors import FORMS, SAFE, Lobby, Who, route, rules

FOREIGN = {
    "no token": ({}, {}),
    "an empty token": ({"csrf_token": ""}, {}),
    "a token of nobody": ({"csrf_token": "IjEyMyI.aaaaaa.bbbbbb"}, {}),
    "a foreign site": (None, {"Sec-Fetch-Site": "cross-site"}),
    "a neighbour's site": (None, {"Sec-Fetch-Site": "same-site"}),
    "a foreign origin": (None, {"Origin": "https://evil.example"}),
    "an origin that only begins like ours": (None, {"Origin": "http://127.0.0.1:5000.evil.example"}),
}
"""What is sent in place of the good token (None: the good one), and the headers."""

WITHOUT_TOKEN = {"staff_backchannel.logout"}
"""Called by the provider's server, with a signed token of its own: `tests/security/test_backchannel.py`."""


def rows(world: World) -> dict[str, int]:
    """How many rows each table has."""
    with world.superuser() as connection:
        names = connection.execute(
            "SELECT format('%I.%I', schemaname, relname) FROM pg_stat_user_tables WHERE schemaname <> 'test_baseline'"
        ).fetchall()
        counts = " UNION ALL ".join(f"SELECT '{name}', count(*) FROM {name}" for (name,) in names)  # noqa: S608
        return dict(connection.execute(counts).fetchall())  # type: ignore[arg-type]


@pytest.mark.parametrize("how", FOREIGN)
def test_every_unsafe_route_refuses(clean_world: World, how: str) -> None:
    lobby = Lobby(clean_world)
    demand, (fields, headers) = lobby.demand(), FOREIGN[how]
    token = {"csrf_token": lobby.csrf[1]} if fields is None else fields
    visitors = {who: lobby.come(who, demand) for who in (Who.ANONYMOUS, Who.OWN, Who.CENTRE)}
    before, tried = rows(clean_world), 0
    for rule in rules(lobby.app):
        asked = route(lobby.app, rule, demand)
        if asked.endpoint in WITHOUT_TOKEN:
            continue
        for method in sorted(asked.declared - SAFE):
            for who, browser in visitors.items():
                data = {**FORMS.get(asked.endpoint, {}), **token}
                answer = browser.send(method, asked.path, data=data, headers=headers)
                refused = 403 if ".uploads." in asked.endpoint else 400  # a program reads 403 as: fetch a new token
                assert answer.status_code == refused, f"{method} {asked.path} by {who.value}: {answer.status_code}"
                tried += 1
    assert tried >= 3 * 12, "the map has unsafe routes"
    assert rows(clean_world) == before
    # Nobody was signed out either.
    assert visitors[Who.OWN].open("/fr/dossier").path == "/fr/dossier"
    assert visitors[Who.CENTRE].open("/staff/").path == "/staff/"


def test_a_token_belongs_to_its_cookie(clean_world: World) -> None:
    lobby = Lobby(clean_world)
    other = Browser(lobby.app)
    form = other.open("/fr/sign-in").form("/sign-in")
    other.drop_cookie("visit")
    other.set_cookie("visit", lobby.csrf[0])
    assert form.submit().status == 400


def test_a_tampered_csrf_cookie_is_no_cookie(clean_world: World) -> None:
    browser = Browser(clean_world.both_app)
    form = browser.open("/fr/sign-in").form("/sign-in")
    value = browser.cookie("visit") or ""
    browser.set_cookie("visit", ("A" if value[0] != "A" else "B") + value[1:])
    assert form.submit().status == 400


def test_a_token_may_be_used_again_days_later(clean_world: World) -> None:
    """A phone keeps a page open over the weekend: the token holds, and once used it still holds."""
    browser = Browser(clean_world.both_app)
    form = browser.open("/fr/demand/new").form("/demand/new").fill(name="Ana Sousa")
    clean_world.clock.forward(days=4)
    assert [form.submit().h1, form.submit().h1] == ["Vérifiez, puis annoncez"] * 2


def test_the_answers_survive_a_refused_token(clean_world: World) -> None:
    browser = Browser(clean_world.both_app)
    form = browser.open("/fr/demand/new").form("/demand/new").fill(name="Ana Sousa", phone="079 555 33 44")
    page = form.force(csrf_token="wrong").submit()
    assert page.status == 400
    again = page.form("/demand/new")
    assert (again.values["name"], again.values["phone"]) == ("Ana Sousa", "079 555 33 44")
    assert again.submit().h1 == "Vérifiez, puis annoncez"

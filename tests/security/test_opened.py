"""The desk shows one household at a time, and names nobody in addresses, titles and file names."""

from __future__ import annotations

import io
import re
import uuid
from collections.abc import Iterator

import pytest
from pypdf import PdfReader
from werkzeug.test import TestResponse

from devstack.oidc import Oidc
from portal.domain.demand import Person
from portal.security.access import Rule
from portal.services import opening
from portal.services.at_desk import DeskPlace
from tests.pages.browser import Browser
from tests.pages.world import Announced, World
from tests.security.test_access_matrix import leaks, state, without_ids
from tests.security.visitors import NAME, SAFE, Lobby, Route, Who, route, rules

OF_HOUSEHOLD = {"demand_id", "dossier_id"}


def of_a_household(lobby: Lobby, demand: Announced) -> Iterator[Route]:
    """Every route of the desk that names a household in its address."""
    for rule in rules(lobby.app):
        asked = route(lobby.app, rule, demand)
        if asked.rule is Rule.STAFF and OF_HOUSEHOLD & set(rule.arguments):
            yield asked


@pytest.mark.parametrize("open_now", ["nothing", "another"])
def test_what_is_not_open_is_neither_shown_nor_changed(clean_world: World, oidc: Oidc, open_now: str) -> None:
    lobby, wrong, asked_for = Lobby(clean_world), [], 0
    demand = lobby.demand()
    browser = lobby.come(Who.CENTRE, demand)
    browser.opens = False
    if open_now == "another":
        other = clean_world.announce(Person("Somebody Else"))
        clerk = clean_world.caseworker("sierre", "lobby-sierre")
        opening.open_file(clean_world.staff, clerk, browser.cookie("staff") or "", DeskPlace(other.id))
    before = state(lobby, demand)
    for asked in of_a_household(lobby, demand):
        for method in asked.declared - {"OPTIONS"}:
            answer = lobby.ask(browser, method, asked)
            asked_for += 1
            if answer.status_code != 409 or leaks(demand, answer) or state(lobby, demand) != before:
                wrong.append(f"{method} {asked.path} → {answer.status_code}")
    assert not wrong, "\n".join(wrong)
    assert asked_for > 60


def test_the_answer_does_not_tell_whether_there_is_such_a_household(clean_world: World) -> None:
    lobby = Lobby(clean_world)
    demand = lobby.demand()
    nobody = Browser(lobby.app)
    for who in (Who.CENTRE, Who.OTHER_CENTRE):
        nobody = lobby.come(who, demand)
        nobody.opens = False
        lobby.force_open(nobody.cookie("staff") or "", clean_world.announce(Person("Somebody Else")))
        there, nowhere = (nobody.send("GET", f"/staff/demands/{id_}") for id_ in (demand.id, uuid.uuid4()))
        assert there.status_code == nowhere.status_code == 409
        assert without_ids(there.text) == without_ids(nowhere.text)


def test_names_stand_in_no_address_title_or_file_name(clean_world: World, oidc: Oidc) -> None:
    """Every route of the desk, by every method, for a caseworker who has the household and its form open."""
    lobby, wrong, titles, papers = Lobby(clean_world), [], 0, 0
    demand = lobby.demand()
    browser = lobby.come(Who.HELPER, demand)
    for rule in rules(lobby.app):
        asked = route(lobby.app, rule, demand)
        if not asked.path.startswith("/staff"):
            continue
        for method in sorted(asked.declared - {"OPTIONS", "HEAD"}):
            answer = lobby.ask(browser, method, asked)
            for where, text in named(answer):
                titles, papers = titles + (where == "title"), papers + (where == "title of the paper")
                if NAME in text or (demand.reference in text and where != "title of the paper"):
                    wrong.append(f"{method} {asked.path}: {where}: {text}")
            if method not in SAFE:
                demand = lobby.demand()
                browser = lobby.come(Who.HELPER, demand)
                asked = route(lobby.app, rule, demand)
    assert not wrong, "\n".join(wrong)
    assert titles > 50
    assert papers > 3


def named(answer: TestResponse) -> Iterator[tuple[str, str]]:
    """What a browser keeps of an answer in its history, its tabs and its downloads."""
    for name in ("Location", "Content-Disposition"):
        if name in answer.headers:
            yield name, answer.headers[name]
    if answer.data.startswith(b"%PDF"):
        yield "title of the paper", str((PdfReader(io.BytesIO(answer.data)).metadata or {}).get("/Title", ""))
    elif answer.mimetype == "text/html" and (found := re.search(r"<title>(.*?)</title>", answer.text, re.DOTALL)):
        yield "title", found[1]

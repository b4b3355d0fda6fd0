"""A row of its own in the access test: every page of the desk about a household that is the own centre's, closed, merged,
moved away or another centre's, for every function, with a file of another region opened for a reason and without."""

from __future__ import annotations

import itertools
from typing import Final

import pytest

from portal.domain.glance import Reason
from portal.domain.household_course import Why
from portal.security.access import FUNCTIONS
from portal.services import glances
from portal.services.at_desk import DeskPlace
from portal.services.glances import YoursError
from portal.services.households import acting, merging
from portal.services.households.acting import Move
from tests.pages.browser import Browser
from tests.pages.world import VISP, Announced, World
from tests.security.test_access_matrix import allowed, leaks, state
from tests.security.visitors import REGIONS, ROLES, SAFE, Lobby, Route, Who, route, rules

PEOPLE: Final = (Who.RECEPTION, Who.CENTRE, Who.LEAD, Who.FIGURES, Who.ADMINISTRATOR)
INSIDE: Final = ("own", "closed", "merged")
OUTSIDE: Final = ("moved", "other")
WORDS: Final = "Courrier"


def prepared(lobby: Lobby, what: str) -> Announced:
    """A demand of Sierre in that state; `other`: of the Upper Valais from the beginning."""
    world, demand = lobby.world, lobby.demand()
    actor, place = world.caseworker("sierre"), DeskPlace(demand.id)
    if what == "closed":
        acting.close(world.staff, actor, place, acting.Closing(Why.AID_ENDED, WORDS, despite=True), 0)
    elif what == "merged":
        onto = world.announce()
        there = merging.compare(world.staff, actor, place, onto.reference).other.adults[0].id
        merging.merge(world.staff, actor, place, onto.reference, there, WORDS, (0, 0), this_stops=True)
    elif what == "moved":
        acting.move(world.staff, actor, place, Move("oberwallis", VISP, None), WORDS, 0)
    elif what == "other":
        with world.superuser() as connection:
            connection.execute("UPDATE demand SET region = 'oberwallis' WHERE id = %s", [demand.id])
    return demand


def routes(lobby: Lobby, demand: Announced) -> list[Route]:
    """Every page and act of the desk that names this household; files that began on paper are others."""
    found = [route(lobby.app, rule, demand) for rule in rules(lobby.app)]
    return [
        one
        for one in found
        if one.of_demand and one.rule in FUNCTIONS and not one.endpoint.startswith("staff_paper_files.")
    ]


def sat_down(lobby: Lobby, who: Who, demand: Announced, *, glance: bool) -> Browser:
    """Their browser, with the household noted as the open one whoever may open it; `glance`: opened for a reason too."""
    browser = lobby.come(who, demand)
    secret = browser.cookie("staff") or ""
    lobby.force_open(secret, demand)
    if glance:
        world = lobby.world
        actor = world.caseworker(REGIONS[who], f"lobby-{who.name}", roles=ROLES[who])
        glances.open_glance(world.staff, actor, secret, demand.reference, Reason.DANGER, WORDS)
    return browser


@pytest.mark.parametrize(("what", "glance"), list(itertools.product(OUTSIDE, (False, True))))
def test_what_another_centre_has_is_not_found(clean_world: World, what: str, glance: bool) -> None:
    """An opening for a reason opens one page, and no page or act of the household beside."""
    lobby, wrong = Lobby(clean_world), []
    demand = prepared(lobby, what)
    for who in PEOPLE:
        may_look = REGIONS[who] is not None
        browser = sat_down(lobby, who, demand, glance=glance and may_look)
        before = state(lobby, demand)
        for one in routes(lobby, demand):
            for method in sorted(one.declared - {"HEAD", "OPTIONS"}):
                answer = lobby.ask(browser, method, one)
                wanted = 404 if who in allowed(one) else 403
                if answer.status_code != wanted or leaks(demand, answer):
                    wrong.append(f"{who}: {method} {one.path} → {answer.status_code}")
                if method not in SAFE and state(lobby, demand) != before:
                    wrong.append(f"{who}: {method} {one.path} changed it")
        page = browser.send("GET", "/staff/elsewhere/file")
        expected = (200, True) if glance and may_look else (303 if may_look else 403, False)
        if (page.status_code, leaks(demand, page)) != expected:
            wrong.append(f"{who}: the one page → {page.status_code}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("what", INSIDE)
def test_what_the_own_centre_has_is_found_in_every_state(clean_world: World, what: str) -> None:
    lobby, wrong = Lobby(clean_world), []
    demand = prepared(lobby, what)
    for who in PEOPLE:
        browser = sat_down(lobby, who, demand, glance=False)
        for one in routes(lobby, demand):
            if "GET" not in one.declared or one.endpoint == "staff_opening.open_":
                continue
            answer = lobby.ask(browser, "GET", one)
            if (answer.status_code == 403) == (who in allowed(one)) or answer.status_code in (404, 500):
                wrong.append(f"{who}: {one.path} → {answer.status_code}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("what", INSIDE)
def test_what_is_ones_own_needs_no_reason(clean_world: World, what: str) -> None:
    lobby = Lobby(clean_world)
    demand = prepared(lobby, what)
    with pytest.raises(YoursError):
        sat_down(lobby, Who.LEAD, demand, glance=True)

"""Every route of the map, asked by everybody who may come: only the declared rule and the scope decide."""

from __future__ import annotations

import re
import uuid
from urllib.parse import urlsplit

import pytest
from werkzeug.test import TestResponse

from devstack.oidc import Oidc
from portal.factory import create_app
from portal.security.access import Rule, rule_of
from tests.pages.browser import Browser
from tests.pages.pdf import words
from tests.pages.world import Announced, World
from tests.security.visitors import NAME, SAFE, Lobby, Route, Who, route, rules

UPLOADS = ("papers.uploads.", "add.uploads.")
"""They answer programs: 401, and no way to sign in."""
CITIZENS, CENTRES = {Who.OWN, Who.OTHER}, {Who.CENTRE, Who.HELPER, Who.OTHER_CENTRE}
NO_ACT = {
    "apart.not_safe",
    "staff_filing.new",
    "staff_paper_files.new",
    "staff_demands.take",
    "dossier.stay",
    "staff_form.end",
    "add.done",
    "own_data.download",
}
"""What records another demand, what only a demand without a region, a visit or a link knows, what is taken along."""
DESK = {
    "staff_demands.show",
    "staff_demands.receipt",
    "staff_board.board",
    "staff_month.show",
    "staff_calls.show",
    "staff_calls.letter",
    "staff_messages.waiting_list",
    "staff_messages.show",
}
SHOWS_THE_DEMAND = {
    Who.OWN: {
        "dossier.show",
        "dossier.receipt",
        "situation.question",
        "messages.show",
        "own_data.download",
        "closing.close",
    },
    Who.CENTRE: DESK,
    Who.HELPER: DESK | {"staff_form.situation.tasks", "staff_form.situation.question"},
}


def allowed(route: Route) -> set[Who]:
    """Who is let in by the rule; the rows are another matter."""
    if route.at_the_desk:
        return {Who.HELPER}
    if route.by_link:
        return {Who.DEVICE}
    return CENTRES if route.rule is Rule.STAFF else CITIZENS


def first(route: Route, who: Who) -> str:
    """Where anybody else is sent: to the sign-in page, and a caseworker who helps nobody to the board."""
    if route.at_the_desk and who in CENTRES:
        return "/staff/"
    if route.by_link:
        return "/fr/add/over"
    return "/staff/sign-in" if route.rule is Rule.STAFF or route.at_the_desk else "/fr/sign-in"


def faults(route: Route, method: str, who: Who, answer: TestResponse) -> list[str]:
    """What is not as the route's rule and the scope want it."""
    status, where = answer.status_code, urlsplit(answer.headers.get("Location", "")).path
    if status >= 500:
        return ["breaks"]
    if method not in route.declared:
        return [] if status == 405 else ["takes a method that it does not declare"]
    if route.rule is Rule.PUBLIC:
        return [] if status in (200, 302, 303, 403, 404, 422) else ["is not open to everybody"]
    if route.endpoint.startswith(UPLOADS):
        wanted = (200, 204, 412) if who in allowed(route) else (401,)
        return [] if status in wanted else ["is not refused as programs expect"]
    if who not in allowed(route):
        if method == "POST" and status == 401:  # what was typed is shown again, with the way to the sign-in page
            return []
        return [] if (status, where) == (303, first(route, who)) else ["does not send to the sign-in page"]
    hidden = (route.of_demand and who is Who.OTHER_CENTRE) or (route.of_paper and who is Who.OTHER)
    if hidden and method != "OPTIONS":
        return [] if status == 404 else ["is not «not found» outside the scope"]
    if where.endswith("/sign-in"):
        return ["does not know a signed-in visitor"]
    pages_without_a_filing = {"staff_filing.receipt", "staff_filing.slip"}
    if status == 404 and route.endpoint not in pages_without_a_filing:
        return ["is not found for one who may see it"]
    return []


def leaks(demand: Announced, answer: TestResponse) -> bool:
    """Whether an answer holds the person's name or reference, in its body or its headers."""
    text = words(answer.data) if answer.data.startswith(b"%PDF") else answer.data.decode("utf-8", "replace")
    return any(word in f"{text} {answer.headers}" for word in (NAME, demand.reference))


STATE = """
SELECT d::text, (SELECT count(*) FROM demand_event e WHERE e.demand_id = d.id),
  (SELECT count(*) FROM access_code c JOIN adult a ON a.id = c.adult_id WHERE a.dossier_id = o.id),
  (SELECT count(*) FROM filing_register r WHERE r.reference = o.reference),
  (SELECT string_agg(s.content::text, ',' ORDER BY s.id) FROM situation_draft s WHERE s.dossier_id = o.id),
  (SELECT count(*) FROM situation_snapshot s WHERE s.dossier_id = o.id),
  (SELECT count(*) FROM document_request_event e WHERE e.dossier_id = o.id),
  (SELECT count(*) FROM account_closing c WHERE c.dossier_id = o.id),
  (SELECT count(*) FROM handoff h WHERE h.dossier_id = o.id),
  (SELECT count(*) FROM month_note m WHERE m.dossier_id = o.id),
  (SELECT count(*) FROM month_note_event m WHERE m.dossier_id = o.id),
  (SELECT count(*) FROM dossier_term t WHERE t.dossier_id = o.id),
  (SELECT count(*) FROM acknowledgement a WHERE a.dossier_id = o.id),
  (SELECT string_agg(n::text, ',' ORDER BY n.link_hash) FROM notice_link n WHERE n.dossier_id = o.id),
  (SELECT string_agg(concat(w.id, w.wanted), ',' ORDER BY w.sequence) FROM mail_wish w JOIN adult a ON a.id = w.adult_id
    WHERE a.dossier_id = o.id),
  (SELECT string_agg(c::text, ',' ORDER BY c.name) FROM call_list c WHERE c.dossier_id = o.id),
  (SELECT string_agg(m.id::text, ',' ORDER BY m.sequence) FROM thread_message m WHERE m.dossier_id = o.id),
  (SELECT count(*) FROM case_request r WHERE r.dossier_id = o.id),
  (SELECT string_agg(concat(p.id, p.version, p.removed_at), ',' ORDER BY p.id) FROM document p WHERE p.dossier_id = o.id),
  (SELECT string_agg(x.content::text, ',') FROM report_draft x WHERE x.dossier_id = o.id),
  (SELECT count(*) FROM access_code c JOIN adult a ON a.id = c.adult_id JOIN paper_file p ON p.dossier_id = a.dossier_id),
  (SELECT count(*) FROM change_report_event v JOIN change_report x ON x.id = v.report_id WHERE x.dossier_id = o.id)
FROM demand d JOIN dossier o ON o.id = d.dossier_id WHERE d.id = %s
"""


def state(world: World, demand: Announced) -> tuple[object, ...]:
    """Everything of a demand that somebody could change."""
    return world.row(STATE, demand.id)


@pytest.mark.parametrize("who", list(Who))
def test_every_route_and_method_answers_as_its_rule_says(clean_world: World, oidc: Oidc, who: Who) -> None:
    lobby, wrong, shown = Lobby(clean_world), [], set()
    may_see = who in SHOWS_THE_DEMAND
    demand = lobby.demand()
    browser, before = lobby.come(who, demand), state(clean_world, demand)
    for rule in rules(lobby.app):
        for method in route(lobby.app, rule, demand).tried:
            asked = route(lobby.app, rule, demand)
            answer = lobby.ask(browser, method, asked)
            found = faults(asked, method, who, answer)
            if leaks(demand, answer):
                shown.add(asked.endpoint)
                found += [] if may_see else ["shows the demand"]
            if not (may_see or asked.by_link) and state(clean_world, demand) != before:
                found.append("changed the demand")
            if method in asked.declared - SAFE:  # an act may end the session, and change what the next one finds
                demand = lobby.demand()
                browser, before = lobby.come(who, demand), state(clean_world, demand)
            wrong += [f"{method} {asked.path} → {answer.status_code}: {fault}" for fault in found]
    assert not wrong, "\n".join(wrong)
    assert shown >= SHOWS_THE_DEMAND.get(who, set())


def test_an_act_that_may_be_done_is_done(clean_world: World) -> None:
    """The forms of the matrix do work for those who may: its refusals are refusals of the rule."""
    lobby = Lobby(clean_world)
    for rule in rules(lobby.app):
        demand = lobby.demand()
        asked, before = route(lobby.app, rule, demand), state(clean_world, demand)
        may = allowed(asked) & {Who.OWN, Who.CENTRE, Who.HELPER, Who.DEVICE} if asked.rule is not Rule.PUBLIC else set()
        who = min(may, default=None)
        skipped = asked.endpoint in NO_ACT or asked.endpoint.startswith(UPLOADS)
        if who is None or "POST" not in asked.declared or skipped:
            continue
        answer = lobby.ask(lobby.come(who, demand), "POST", asked)
        assert answer.status_code in (200, 303), asked.path
        assert state(clean_world, demand) != before, asked.path


def test_a_route_without_a_rule_is_found_by_nobody(clean_world: World) -> None:
    lobby = Lobby(clean_world)
    demand = lobby.demand()
    lobby.app = app = create_app(clean_world.settings("both"), clean_world.clock)
    app.add_url_rule("/fr/forgotten", "forgotten", lambda: NAME, methods=["GET", "POST"])
    assert rule_of(app, "forgotten") is None
    for who in Who:
        for method in ("GET", "POST"):
            browser = lobby.come(who, demand)
            answer = browser.send(method, "/fr/forgotten", data={"csrf_token": lobby.csrf[1]})
            assert (answer.status_code, NAME in answer.text) == (404, False)


def test_another_centre_cannot_tell_a_demand_from_none(clean_world: World) -> None:
    lobby = Lobby(clean_world)
    browser = lobby.come(Who.OTHER_CENTRE, lobby.demand())
    demand = lobby.demand()
    for ending in ("", "/receipt.pdf"):
        there, nowhere = (browser.send("GET", f"/staff/demands/{id_}{ending}") for id_ in (demand.id, uuid.uuid4()))
        assert there.status_code == nowhere.status_code == 404
        assert without_ids(there.text) == without_ids(nowhere.text)


def without_ids(text: str) -> str:
    """A page without its request id and its token; the language links name the address itself."""
    return re.sub(r'[0-9a-f-]{36}|\b[0-9a-f]{16}\b|value="[^"]+"', "…", text)


def test_a_citizen_s_cookie_opens_no_desk_and_a_staff_cookie_no_dossier(clean_world: World) -> None:
    lobby = Lobby(clean_world)
    demand = lobby.demand()
    citizen, staff = lobby.come(Who.OWN, demand), lobby.come(Who.CENTRE, demand)
    swapped = Browser(lobby.app)
    swapped.set_cookie("staff", citizen.cookie("citizen") or "")
    swapped.set_cookie("citizen", staff.cookie("staff") or "")
    assert swapped.open("/staff/", follow=False).headers["Location"] == "/staff/sign-in"
    assert swapped.open("/fr/dossier", follow=False).headers["Location"].startswith("/fr/sign-in")


def test_each_surface_has_the_pages_of_its_own_only(world: World) -> None:
    for app, foreign in ((world.citizen_app, "/staff/"), (world.staff_app, "/fr/dossier")):
        assert Browser(app).open(foreign).status == 404

"""Every route of the map, asked by everybody who may come: only the declared rule and the scope decide."""

from __future__ import annotations

import re
import uuid
from urllib.parse import urlsplit

import pytest
from werkzeug.test import TestResponse

from devstack.oidc import Oidc
from portal.domain.role import Role
from portal.factory import create_app
from portal.security.access import FUNCTIONS, Rule, rule_of
from tests.pages.browser import Browser
from tests.pages.pdf import words
from tests.pages.world import Announced, World
from tests.security.visitors import NAME, ROLES, SAFE, Lobby, Route, Who, route, rules

UPLOADS = ("papers.uploads.", "add.uploads.")
"""They answer programs: 401, and no way to sign in."""
CITIZENS = {Who.OWN, Who.OTHER}
FOR_SERVERS = {"staff_backchannel.logout"}
"""The provider tells of a logout, by a token that it signed; who is signed in here makes no difference."""
NO_ACT = {
    "staff_own_sessions.end",
    "staff_log.end_sessions",
    "apart.not_safe",
    "staff_filing.new",
    "staff_paper_files.new",
    "staff_demands.take",
    "staff_search.start",
    "staff_phone.call",
    "staff_absences.note",
    "dossier.stay",
    "staff_form.end",
    "staff_form.lend",
    "add.done",
    "own_data.download",
    "staff_opening.open_",
    "staff_opening.next_",
    "staff_review.next_",
    "staff_review.keys",
    "staff_interviews.held",
    "staff_interviews.missed",
    "staff_interviews.off",
    "staff_interviews.mistake",
    "staff_households.reopen",
    "staff_households.part",
    "staff_households.compare",
    "staff_households.merge",
    "staff_glances.ask",
}
"""What ends sessions of the desk or hands its device over, records another demand or only looks; what only a demand
without a region, a visit or a link knows; what is taken along; what waits until an interview is over, until a file is
closed, or for another file; what is kept in the browser."""
DOERS = (Who.DEVICE, Who.OWN, Who.CENTRE, Who.HELPER, Who.LEAD, Who.FIGURES, Who.ADMINISTRATOR)
"""Who does what may be done: the first of them for whom it is."""
DESK = {
    "staff_demands.show",
    "staff_demands.receipt",
    "staff_board.board",
    "staff_search.start",
    "staff_clocks.show",
    "staff_phone.call",
    "staff_month.show",
    "staff_interviews.show",
    "staff_households.show",
    "staff_bundle.show",
    "staff_bundle.make",
    "staff_calls.show",
    "staff_calls.letter",
    "staff_messages.waiting_list",
    "staff_messages.show",
    "staff_requests.one",
    "staff_review.queue",
    "staff_review.paper",
    "staff_missing.show",
    "staff_decisions.show",
    "staff_decisions.waiting_list",
    "staff_decisions.correction",
}
PREPARING = {
    "staff_decisions.waiting_list",
    "staff_decisions.correction",
    "staff_bundle.show",
    "staff_bundle.make",
}
"""For who prepares files, and not for reception."""
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
    Who.RECEPTION: DESK - PREPARING,
    Who.LEAD: DESK | {"staff_log.centre", "staff_log.household"},
    Who.HELPER: DESK | {"staff_form.situation.tasks", "staff_form.situation.question"},
    Who.LENT: {"staff_form.situation.question"},
}


def allowed(route: Route) -> set[Who]:
    """Who is let in by the rule; the rows are another matter."""
    if route.at_the_desk:
        return {Who.HELPER, Who.LENT} if route.while_lent else {Who.HELPER}
    if route.by_link:
        return {Who.DEVICE}
    if route.rule in FUNCTIONS:
        return {who for who, roles in ROLES.items() if roles & FUNCTIONS[route.rule]} - {Who.LENT}
    return CITIZENS


def first(route: Route, who: Who) -> str:
    """Where anybody else is sent: to the sign-in page, and a caseworker who helps nobody to the board."""
    if route.at_the_desk and who in ROLES:
        return "/staff/"
    if route.by_link:
        return "/fr/add/over"
    return "/staff/sign-in" if route.rule in FUNCTIONS or route.at_the_desk else "/fr/sign-in"


def wanted_at(route: Route) -> frozenset[Role]:
    """The functions for which a page of the desk is; of a page of citizens all: who signs in at the desk is nobody there."""
    if route.at_the_desk:
        return FUNCTIONS[Rule.STAFF]
    return FUNCTIONS.get(route.rule, frozenset(Role))


def turned_away(route: Route, method: str, who: Who, status: int, where: str) -> list[str]:
    """What is not as it should be where the rule lets nobody in who is no such visitor."""
    if who in ROLES and not ROLES[who] & wanted_at(route):
        if method == "OPTIONS" and status == 200:  # another method of the same address is for them
            return []
        return [] if status == 403 else ["is open to a function that it is not for"]
    if method == "POST" and status == 401:  # what was typed is shown again, with the way to the sign-in page
        return []
    return [] if (status, where) == (303, first(route, who)) else ["does not send to the sign-in page"]


def faults(route: Route, method: str, who: Who, answer: TestResponse) -> list[str]:
    """What is not as the route's rule and the scope want it."""
    status, where = answer.status_code, urlsplit(answer.headers.get("Location", "")).path
    if status >= 500:
        return ["breaks"]
    if method not in route.declared:
        # On a device that is with the person, whatever the desk has no page for says so in their language.
        refused = 403 if who is Who.LENT and route.path.startswith("/staff/") else 405
        return [] if status == refused else ["takes a method that it does not declare"]
    if closed_while_lent(route, who):
        return [] if status == 403 else ["opens although the device is with the person"]
    if route.rule is Rule.PUBLIC:
        wanted = (400,) if route.endpoint in FOR_SERVERS and method not in SAFE else (200, 302, 303, 403, 404, 422)
        return [] if status in wanted else ["is not open to everybody"]
    if route.endpoint.startswith(UPLOADS):
        wanted = (200, 204, 412) if who in allowed(route) else (401,)
        return [] if status in wanted else ["is not refused as programs expect"]
    if who not in allowed(route):
        return turned_away(route, method, who, status, where)
    hidden = (route.of_demand and who is Who.OTHER_CENTRE) or (route.of_paper and who is Who.OTHER)
    if hidden and method != "OPTIONS":
        closed = method == "HEAD" and status == 409  # without its body nobody can press the button that opens
        return [] if status == 404 or closed else ["is not «not found» outside the scope"]
    if where.endswith("/sign-in"):
        return ["does not know a signed-in visitor"]
    pages_without_a_filing = {"staff_filing.receipt", "staff_filing.slip"}
    if status == 404 and route.endpoint not in pages_without_a_filing:
        return ["is not found for one who may see it"]
    return []


def closed_while_lent(route: Route, who: Who) -> bool:
    """Whether it is a page of the desk that says no more than that the device is with the person."""
    return who is Who.LENT and route.path.startswith("/staff") and not route.while_lent


def let_in(route: Route, who: Who, answer: TestResponse) -> bool:
    """Whether something may have been done: who is refused has left everything as it was (which is asked for each)."""
    return answer.status_code < 400 and (route.rule is Rule.PUBLIC or who in allowed(route))


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
  (SELECT count(*) FROM answer_mark k WHERE k.dossier_id = o.id),
  (SELECT count(*) FROM document_request_event e WHERE e.dossier_id = o.id),
  (SELECT count(*) FROM account_closing c WHERE c.dossier_id = o.id),
  (SELECT count(*) FROM handoff h WHERE h.dossier_id = o.id),
  (SELECT count(*) FROM month_note m WHERE m.dossier_id = o.id),
  (SELECT count(*) FROM month_note_event m WHERE m.dossier_id = o.id),
  (SELECT count(*) FROM dossier_term t WHERE t.dossier_id = o.id),
  (SELECT count(*) FROM interview_event i WHERE i.dossier_id = o.id),
  (SELECT count(*) FROM identity_event i WHERE i.dossier_id = o.id),
  (SELECT count(*) FROM assignment a WHERE a.item_id = d.id),
  (SELECT count(*) FROM household_event h WHERE h.dossier_id = o.id),
  (SELECT count(*) FROM file_glance g WHERE g.dossier_id = o.id),
  (SELECT count(*) FROM bundle b WHERE b.dossier_id = o.id),
  (SELECT count(*) FROM acknowledgement a WHERE a.dossier_id = o.id),
  (SELECT string_agg(n::text, ',' ORDER BY n.link_hash) FROM notice_link n WHERE n.dossier_id = o.id),
  (SELECT string_agg(concat(w.id, w.wanted), ',' ORDER BY w.sequence) FROM mail_wish w JOIN adult a ON a.id = w.adult_id
    WHERE a.dossier_id = o.id),
  (SELECT string_agg(c::text, ',' ORDER BY c.name) FROM call_list c WHERE c.dossier_id = o.id),
  (SELECT string_agg(m.id::text, ',' ORDER BY m.sequence) FROM thread_message m WHERE m.dossier_id = o.id),
  (SELECT count(*) FROM assignment g JOIN adult a ON a.id = g.item_id WHERE a.dossier_id = o.id),
  (SELECT count(*) FROM case_request r WHERE r.dossier_id = o.id),
  (SELECT string_agg(concat(p.id, p.version, p.removed_at), ',' ORDER BY p.id) FROM document p WHERE p.dossier_id = o.id),
  (SELECT string_agg(x.content::text, ',') FROM report_draft x WHERE x.dossier_id = o.id),
  (SELECT count(*) FROM access_code c JOIN adult a ON a.id = c.adult_id JOIN paper_file p ON p.dossier_id = a.dossier_id),
  (SELECT count(*) FROM decision n WHERE n.dossier_id = o.id),
  (SELECT count(*) FROM decision_step s JOIN decision n ON n.id = s.decision_id WHERE n.dossier_id = o.id),
  (SELECT count(*) FROM change_report_event v JOIN change_report x ON x.id = v.report_id WHERE x.dossier_id = o.id)
FROM demand d JOIN dossier o ON o.id = d.dossier_id WHERE d.id = %s
"""


def state(lobby: Lobby, demand: Announced) -> tuple[object, ...]:
    """Everything of a demand that somebody could change. Asked after each request, by one connection for all."""
    found = lobby.looking.execute(STATE, [demand.id]).fetchone()
    assert found is not None
    return tuple(found)


PEOPLE = """
SELECT (SELECT count(*) FROM caseworker_change),
  (SELECT string_agg(concat(i.id, i.taken_at, i.withdrawn_at), ',' ORDER BY i.id) FROM invitation i)
"""


def people(lobby: Lobby) -> tuple[object, ...]:
    """Who may sign in at the desk, and who is invited."""
    found = lobby.looking.execute(PEOPLE).fetchone()
    assert found is not None
    return tuple(found)


def with_people(lobby: Lobby, demand: Announced) -> tuple[object, ...]:
    """Everything that somebody could change."""
    return (*state(lobby, demand), *people(lobby))


@pytest.mark.parametrize("who", list(Who))
def test_every_route_and_method_answers_as_its_rule_says(clean_world: World, oidc: Oidc, who: Who) -> None:
    lobby, wrong, shown = Lobby(clean_world), [], set()
    demand = lobby.demand()
    browser, before = lobby.come(who, demand), state(lobby, demand)
    for rule in rules(lobby.app):
        for method in route(lobby.app, rule, demand).tried:
            asked = route(lobby.app, rule, demand)
            at_desk = people(lobby)
            answer = lobby.ask(browser, method, asked)
            found = faults(asked, method, who, answer)
            may_see = who in SHOWS_THE_DEMAND and not closed_while_lent(asked, who)
            if asked.rule is Rule.STAFF_ADMINISTERS and who is not Who.ADMINISTRATOR and people(lobby) != at_desk:
                found.append("changed the people of the desk")
            if leaks(demand, answer):
                shown.add(asked.endpoint)
                found += [] if may_see else ["shows the demand"]
            if not (may_see or asked.by_link) and state(lobby, demand) != before:
                found.append("changed the demand")
            if method in asked.declared - SAFE and let_in(asked, who, answer):
                # An act may end the session, and change what the next one finds.
                demand = lobby.demand()
                browser, before = lobby.come(who, demand), state(lobby, demand)
            wrong += [f"{method} {asked.path} → {answer.status_code}: {fault}" for fault in found]
    assert not wrong, "\n".join(wrong)
    assert shown >= SHOWS_THE_DEMAND.get(who, set())


def test_an_act_that_may_be_done_is_done(clean_world: World) -> None:
    """The forms of the matrix do work for those who may: its refusals are refusals of the rule."""
    lobby = Lobby(clean_world)
    first_of_all = lobby.demand()
    for rule in rules(lobby.app):
        known = route(lobby.app, rule, first_of_all)
        may = allowed(known) if known.rule is not Rule.PUBLIC else set()
        who = next((one for one in DOERS if one in may), None)
        skipped = known.endpoint in NO_ACT or known.endpoint.startswith(UPLOADS)
        if who is None or "POST" not in known.declared or skipped:
            continue
        demand = lobby.demand()
        asked, before = route(lobby.app, rule, demand), with_people(lobby, demand)
        answer = lobby.ask(lobby.come(who, demand), "POST", asked)
        assert answer.status_code in (200, 303), asked.path
        assert with_people(lobby, demand) != before, asked.path


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

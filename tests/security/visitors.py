"""Who comes to a route, and every request that the route map allows them to try."""

from __future__ import annotations

import base64
import io
import os
import re
import secrets
import uuid
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any, Final

import psycopg
from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Rule as RoutingRule
from werkzeug.test import TestResponse

from portal import content
from portal.domain.case_request import RequestKind
from portal.domain.changes.change import Change
from portal.domain.changes.kinds import ChangeKind
from portal.domain.decision import Answers, Step
from portal.domain.demand import Person, filing_day
from portal.domain.identity import IdentityPaper
from portal.domain.notice import RIGHTS
from portal.domain.reminders import Due, Kind, To
from portal.domain.role import Role
from portal.domain.situation import Relation
from portal.security.access import Rule, rule_of
from portal.security.context import HELPED_FORM, LINKED
from portal.security.lent import BACK, OPEN
from portal.services import helping, lending
from portal.services.actor import Actor
from portal.services.at_desk import DeskPlace
from portal.services.citizen import enter_after_filing
from portal.services.decisions.recording import end
from portal.services.documents import handoffs
from portal.services.documents.shelf import documents_of
from portal.services.documents.terms import Target
from portal.services.identity import note_seen
from portal.services.notices.links import make_link
from portal.services.paper_files import NewPaperFile, open_paper_file
from portal.services.people import NewInvitation, invite
from portal.services.reminders.due import list_call
from portal.services.reminders.wishes import wish
from portal.services.reports.drafting import keep_draft, kept_draft
from portal.services.reports.sending import Sending, send_report
from portal.services.sealed_forms import seal_form
from portal.services.situations import add_person
from portal.services.staff import staff_sign_in
from portal.services.thread.asking import ask
from portal.services.thread.rows import Sent
from portal.services.thread.writing import write
from portal.views.changes_state import CONTEXT
from portal.views.filed_cookie import SEAL
from tests.pages.browser import Browser
from tests.pages.sent_papers import KEY, laid, page, the_paper
from tests.pages.world import Announced, World
from tests.provider import vouched
from tests.services.deciding import recorded

METHODS: Final = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE")
SAFE: Final = {"GET", "HEAD", "OPTIONS"}
NAME: Final = "Zénaïde Introuvable"
DECIDED: Final = {
    **{f"{name}-{part}": value for name in ("decided", "notified") for part, value in zip(
        ("day", "month", "year"), ("1", "7", "2026"), strict=True)},
    "kind": "other", "seen": "4",
}  # fmt: skip
"""A decision of its own accord, on the page of a household with three records and one step."""
# What makes each act work if its route lets it through: a refusal must not come from an empty form.
FORMS: Final[dict[str, dict[str, str]]] = {
    "staff_demands.pass_on": {"region": "martigny", "reason": "Domicile"},
    "staff_demands.correct": {
        "contact_day": "2", "contact_month": "11", "contact_year": "2026", "channel": "phone", "reason": "Appel noté",
    },
    "staff_households.close": {"why": "aid-ended", "close_words": "Courrier", "despite": "y", "seen": "0"},
    "staff_households.reopen": {"reopen_words": "Courrier", "seen": "0"},
    "staff_households.move": {"region": "martigny", "move_words": "Domicile", "seen": "0"},
    "staff_households.part": {"part_words": "Erreur", "seen": "0"},
    "staff_glances.ask": {"why": "danger", "glance_words": "Besoin"},
    "staff_search.start": {"looked_for": "Introuvable"},
    "staff_absences.note": {"until-day": "1", "until-month": "12", "until-year": "2026"},
    "staff_phone.call": {"name": "Introuvable", "language": "fr", "_look": "1"},
    "staff_demands.code": {"identity_seen": "y"},
    "staff_paper_files.code": {"identity_seen": "y"},
    "staff_adults.code": {"identity_seen": "y"},
    "staff_adults.add": {"person": "b", "name": "Paul Autre", "language": "fr", "identity_seen": "y"},
    "staff_adults.help_": {"present": "y"},
    "staff_notices.acknowledge": {"present": "y", "language": "fr", "version": str(content.current(RIGHTS).version)},
    "staff_notices.link": {"language": "fr"},
    "staff_month.set_day": {"day": "5"},
    "staff_interviews.note": {
        "day": "1", "month": "12", "year": "2026", "time": "10:00", "way": "phone", "interpreter": "not_needed",
        "seen": "0",
    },
    "staff_interviews.held": {"seen": "0"},
    "staff_interviews.missed": {"seen": "0", "why": "Pas venue"},
    "staff_interviews.off": {"seen": "0", "why": "Centre fermé"},
    "staff_interviews.mistake": {"seen": "0", "why": "Une erreur"},
    "staff_interviews.seen": {"paper": "passport"},
    "staff_interviews.back": {"why_back": "Une erreur"},
    "staff_bundle.make": {"language": "fr", "way": "post", "seen": "y"},
    "staff_reports.ask_back": {"words": "Le bail, s’il vous plaît", "seen": "1"},
    "staff_reports.count": {"month": "2026-11-01", "seen": "1"},
    "staff_decisions.record": DECIDED | {"matter": "nothing"},
    "staff_decisions.correct": DECIDED | {"matter": "nothing"},
    "staff_decisions.refuse": {"reason": "La date"},
    "apart.not_safe": {"code": "shared"},
    "dossier.withdraw": {"reason": "Plus besoin"},
    "own_month.say": {"month": "2026-11"},
    "situation_persons.remove": {"_sure": "1"},
    "dossier_checklist.cannot": {"obstacle": "lost"},
    "closing.close": {"sure": "y"},
    "own_data.download": {"papers": "y"},
    "changes.withdraw": {"reason": "Une erreur"},
    "own_notices.sign": {"understood": "y", "version": str(content.current(RIGHTS).version)},
    "own_notices.link": {"language": "pt"},
    "reminders.show": {"email": "another@example.ch"},
    "papers.acts.move_page": {"to": "1"},
    "papers.acts.assign": {"key": "identity_paper@a"},
    "staff_papers.note": {"state": "seen"},
    "staff_documents.other": {"state": "seen"},
    "messages.show": {"words": "Bonjour"},
    "staff_own_sessions.end": {"which": "others"},
    "staff_messages.answer": {"words": "Bonjour", "language": "fr", "seen": "2"},
    "staff_requests.one": {"because": "taken-back", "language": "fr", "seen": "2"},
    "staff_asking_papers.ask": {
        "paper": "identity_paper", "person": "a", "months": "0", "language": "fr",
        "wanted_by-day": "1", "wanted_by-month": "12", "wanted_by-year": "2026",
    },
    "staff_review.paper": {"state": "accepted"},
    "staff_people.send_invitation": {
        "name": "Neue Person", "address": "neu@example.ch", "roles": "figures", "region": "", "language": "fr",
    },
    "staff_people.change": {"roles": "team-lead", "region": "oberwallis"},
}  # fmt: skip


FILES: Final = {"papers.show", "papers.show_all", "papers.document", "add.paper"}
"""What takes a file along."""
SAID: Final = {"version": 1, "persons": [{"id": "a", "relation": "applicant"}, {"id": "b", "relation": "spouse"}]}
"""What came along with each demand: only then the desk has papers to note of, and another adult to give a code to."""


REPORTS: Final = {"changes.new": "_send", "changes.correct": "_send", "changes.what_if": "_keep"}
"""The pages of a report, with the button that does something."""
LOOSE: Final = {"staff_documents.other", "paper_links.link_of_document", "papers.document", "papers.document_state"}
"""What is about a paper that no item of the list asks for."""
DECISIONS: Final = {
    "staff_decisions.take_back": "own",
    **dict.fromkeys(("staff_decisions.correction", "staff_decisions.correct"), "confirmed"),
}
"""Which record an act is about, where it is not the one that another caseworker made."""
NAMED: Final = {"staff_opening.open_", "staff_clocks.assign"}
"""What is about a demand that stands in the form, and in no address."""
NOTHING: Final = "00000000-0000-4000-8000-000000000000"
"""An upload of nobody: whose they are is asked in `tests/pages/test_uploads.py`, with the protocol's own headers."""


def line_for(world: World, demand: Announced) -> uuid.UUID:
    """A line of the desk's list for this demand's adult."""
    name = f"decision-31/{demand.id}/2026-12-10"
    view = demand.view
    due = Due(name, Kind.DECISION_PASSED, To.PERSON, view.dossier_id, view.adult_id, date(2026, 12, 10))
    list_call(world.worker, due, "refused")
    found: uuid.UUID = world.row("SELECT id FROM call_list WHERE name = %s", name)[0]
    return found


class Who(StrEnum):
    """Everybody who may ask."""

    ANONYMOUS = "anonymous"
    OWN = "citizen on own dossier"
    OTHER = "citizen of another dossier"
    CENTRE = "staff of the centre"
    DEVICE = "a device that came by a link of the own dossier"
    HELPER = "staff of the centre, on the form of the one who made the demand"
    LENT = "a device of the centre that is with the one who made the demand"
    OTHER_CENTRE = "staff of another centre"
    RECEPTION = "reception of the centre"
    LEAD = "lead of the centre"
    FIGURES = "who reads figures of the canton"
    ADMINISTRATOR = "who administers the desk"


REGIONS: Final[dict[Who, str | None]] = {
    Who.CENTRE: "sierre",
    Who.HELPER: "sierre",
    Who.LENT: "sierre",
    Who.OTHER_CENTRE: "oberwallis",
    Who.RECEPTION: "sierre",
    Who.LEAD: "sierre",
    Who.FIGURES: None,
    Who.ADMINISTRATOR: None,
}
ROLES: Final = {who: frozenset({Role.SOCIAL_WORKER}) for who in REGIONS} | {
    Who.RECEPTION: frozenset({Role.RECEPTION}),
    Who.LEAD: frozenset({Role.TEAM_LEAD}),
    Who.FIGURES: frozenset({Role.FIGURES}),
    Who.ADMINISTRATOR: frozenset({Role.ADMINISTRATOR}),
}
"""What each of the desk is there for."""


@dataclass(frozen=True)
class Route:
    """One address of the map, filled in for one demand."""

    endpoint: str
    rule: Rule
    path: str
    declared: frozenset[str]
    tried: tuple[str, ...]
    """Its own methods, and those that no rule of this address declares."""
    adult: uuid.UUID
    """The adult who made the demand."""
    of_demand: bool
    of_paper: bool
    """Whether it is about one paper, or one report, that this adult sent."""

    @property
    def at_the_desk(self) -> bool:
        """Whether it is the household's form as a caseworker fills it in with somebody."""
        return self.rule is Rule.HOUSEHOLD and self.endpoint.startswith(f"{HELPED_FORM}.")

    @property
    def while_lent(self) -> bool:
        """Whether it stays open on a device that is with the person: their answers, and the way back to the desk."""
        return self.endpoint.rpartition(".")[0] in OPEN or self.endpoint in BACK

    @property
    def by_link(self) -> bool:
        """Whether only a device gets in that came by a link."""
        return self.rule is Rule.PAPERS and self.endpoint.partition(".")[0] == LINKED


def rules(app: Flask) -> list[RoutingRule]:
    """Every rule of the route map."""
    return list(app.url_map.iter_rules())


def route(app: Flask, rule: RoutingRule, demand: Announced) -> Route:
    """One rule with its address filled in, with this demand's id where one is wanted."""
    declared = rule_of(app, rule.endpoint)
    assert declared is not None, f"{rule.rule} has no access rule"
    known = {
        "lang": "fr",
        "code": "de",
        "demand_id": demand.id,
        "adult_id": demand.view.adult_id,
        "dossier_id": demand.view.dossier_id,
        "kind": "urgent",
        "person": None,
        "question": "debts",
        "event": "refused",
        "key": KEY,
        "upload_id": NOTHING,
        "token": "x" * 32,
        "wish": "x" * 43,
        "chapter_id": "decision",
        "version": 1,
        "name": demand.report,
        "decision_id": demand.sent[DECISIONS.get(rule.endpoint, "waiting")],
        **demand.sent,
    }
    if rule.endpoint == "staff_papers.note":
        known["key"] = "identity_paper@a"  # nothing was sent for it, so nothing was noted of it
    if rule.endpoint.startswith("staff_paper_files."):
        known["dossier_id"] = demand.sent["on_paper"]  # its pages are not those of a dossier with a demand
    if rule.endpoint in LOOSE:
        known["document_id"] = demand.sent["loose"]
    if "<person>" in rule.rule:  # everybody is asked for their own paper; the child is in the demand's household only
        known |= {"person": "c1" if rule.rule.endswith("/remove") else "a", "question": "identity"}
    values = {name: known[name] for name in rule.arguments}
    path = app.url_map.bind("127.0.0.1").build(rule.endpoint, values)
    taken = {method for other in app.url_map.iter_rules() if other.rule == rule.rule for method in other.methods or ()}
    others = {method for method in METHODS if method not in taken and _elsewhere(app, path, method, rule.endpoint)}
    tried = set(rule.methods or ()) | (set(METHODS) - taken - others)
    methods = tuple(method for method in METHODS if method in tried)
    of_paper = bool(values.keys() & {"document_id", "file_id", "page_id", "name"})
    of_demand = bool(values.keys() & {"demand_id", "dossier_id", "line_id"}) or rule.endpoint in NAMED
    whose = demand.view.adult_id
    return Route(rule.endpoint, declared, path, frozenset(rule.methods or ()), methods, whose, of_demand, of_paper)


def _elsewhere(app: Flask, path: str, method: str, endpoint: str) -> bool:
    """Whether this method of the address belongs to another route: `/sent` is also a word that `/<question>` takes."""
    try:
        found, _values = app.url_map.bind("127.0.0.1").match(path, method=method)
    except HTTPException:
        return False
    return bool(found != endpoint)


def reported(world: World, adult: Actor) -> str:
    """The name of a report that was sent."""
    changes, now = (Change(ChangeKind.ABROAD, filing_day(world.clock.now()), "a"),), world.clock.now()
    return send_report(world.citizen, adult, Sending(changes, os.urandom(32)), now).name


def written(world: World) -> str:
    """The sealed answers of a report that could be sent."""
    day = filing_day(world.clock.now())
    since = {f"abroad-since-{part}": [str(getattr(day, part))] for part in ("day", "month", "year")}
    token = base64.b64encode(os.urandom(32)).decode()
    typed = {"kind": ["abroad"], "abroad-who": ["b"], **since}
    return seal_form(world.citizen, CONTEXT, {"token": token, "typed": typed})


class Lobby:
    """Makes visitors of one process with both surfaces, each with a fresh session."""

    def __init__(self, world: World) -> None:
        self.world, self.app = world, world.both_app
        self.reference = ""
        """Of the dossier of whoever came last: its forms name the one that they are about."""
        self.judged: dict[str, str] = {}
        """By endpoint: the papers of the newest demand, as the form names them that notes something of them."""
        self.demand_id = uuid.UUID(NOTHING)
        """The demand about which they came: whoever is at the desk opens it."""
        self.taker = "nobody"
        """To whom they give it."""

    @cached_property
    def looking(self) -> psycopg.Connection[tuple[Any, ...]]:
        """A look at the tables from which nothing is hidden."""
        return self.world.database.connect("postgres", autocommit=True)

    @cached_property
    def colleague(self) -> uuid.UUID:
        """Somebody of the centre whose sessions may end."""
        region = REGIONS[Who.CENTRE]
        return self.world.caseworker(region, "lobby-colleague").id or uuid.UUID(NOTHING)

    @cached_property
    def csrf(self) -> tuple[str, str]:
        """The cookie and the token of a page that somebody opened; both may be used again."""
        browser = Browser(self.app)
        page = browser.send("GET", "/fr/sign-in").text
        found = re.search(r'name="csrf_token" value="([^"]+)"', page)
        assert found is not None
        return browser.cookie("visit") or "", found[1]

    @cached_property
    def _caseworkers(self) -> dict[Who, str]:
        for who, region in REGIONS.items():
            self.world.caseworker(region, f"lobby-{who.name}", roles=ROLES[who])
        return {who: f"lobby-{who.name}" for who in REGIONS}

    def demand(self) -> Announced:
        """A demand in Sierre whose name stands nowhere else, with a child in its household, and a paper that was sent."""
        demand = self.world.announce(Person(NAME, phone="+41 79 555 12 12"), situation=SAID)
        adult = self.world.adult(demand)
        add_person(self.world.citizen, adult, Relation.CHILD)
        make_link(self.world.citizen, adult, "a")  # there is one to take back
        said = Sent(NAME, secrets.token_urlsafe(), "fr")
        write(self.world.citizen, adult, said, self.world.clock.now())  # there is a thread, with the name in it
        asking = ask(
            self.world.citizen, adult, RequestKind.FILE, Sent("", secrets.token_urlsafe(), "fr"), self.world.clock.now()
        )
        demand.sent["request_id"] = self.world.row("SELECT about FROM thread_message WHERE id = %s", asking)[0]
        file_id = laid(self.world.citizen, self.world.worker, adult)
        paper = the_paper(self.world.citizen, adult)
        demand.sent.update(document_id=paper.id, file_id=file_id, page_id=paper.pages[0].id)
        laid(self.world.citizen, self.world.worker, adult, target=Target(title="Lettre"))
        wish(self.world.citizen, adult, "wished@example.ch", "fr")  # there is one to end
        demand.sent["line_id"] = line_for(self.world, demand)
        demand.report = reported(self.world, adult)
        keep_draft(self.world.citizen, adult, {"kind": ["abroad"]})  # there is one to forget, and to replace
        kept = kept_draft(self.world.citizen, adult)
        self.kept = kept.mark if kept else ""
        on_paper = NewPaperFile(Person(NAME), "fr", None, date(2024, 5, 1))
        demand.sent["on_paper"] = open_paper_file(
            self.world.staff, self.world.caseworker("sierre"), on_paper, os.urandom(32)
        )
        colleague, own = self.world.caseworker("sierre"), self.world.caseworker("sierre", self._caseworkers[Who.CENTRE])
        place = DeskPlace(demand.id)
        demand.sent["confirmed"] = recorded(self.world.staff, own, place, Answers.NOTHING)
        end(self.world.staff, colleague, place, demand.sent["confirmed"], Step.CONFIRMED)
        for name, worker in (("waiting", colleague), ("own", own)):
            demand.sent[name] = recorded(self.world.staff, worker, place, Answers.NOTHING)
        note_seen(
            self.world.staff, colleague, place, demand.view.adult_id, IdentityPaper.CARD
        )  # there is one to take back
        documents = documents_of(self.world.citizen, adult)
        demand.sent["loose"] = next(one.id for one in documents if one.key is None)
        self.judged = {
            "staff_review.paper" if one.key else "staff_documents.other": f"{one.id}.{one.version}" for one in documents
        }
        demand.sent["caseworker_id"] = self.world.caseworker("sierre").id or uuid.UUID(NOTHING)
        administrator = self.world.caseworker(
            None, self._caseworkers[Who.ADMINISTRATOR], roles=ROLES[Who.ADMINISTRATOR]
        )
        whom = NewInvitation("Neu", f"{demand.id}@example.ch", frozenset({Role.RECEPTION}), "sierre", "fr")
        demand.sent["invitation_id"] = invite(self.world.staff, administrator, whom)
        return demand

    def come(self, who: Who, demand: Announced) -> Browser:
        """The browser of a visitor, with the CSRF cookie of a page seen before."""
        browser = Browser(self.app)
        self.reference, self.demand_id = "", demand.id
        # Somebody of the centre; another centre's own form does not even name them, so the scope alone must refuse.
        self.taker = "nobody" if who is Who.OTHER_CENTRE else str(self.colleague)
        browser.set_cookie("visit", self.csrf[0])
        if who in REGIONS:
            subject = self._caseworkers[who]
            stack = self.world.stack
            secret = staff_sign_in(self.world.staff, stack.oidc.issuer, subject, "fr", "test", vouched(stack, subject))
            browser.set_cookie("staff", secret or "")
            if who is Who.OTHER_CENTRE:  # as if it were open here: the scope alone must keep them out
                self.force_open(secret or "", demand)
            if who in (Who.HELPER, Who.LENT):
                self.reference = demand.reference
                actor = self.world.caseworker(REGIONS[who], subject, roles=ROLES[who])
                helping.begin(self.world.staff, actor, secret or "", DeskPlace(demand.id), demand.view.adult_id)
            if who is Who.LENT:
                handed = lending.lend(self.world.staff, actor, secret or "", lambda own: own)
                browser.set_cookie("staff", handed[0] if handed else "")
        elif who is Who.DEVICE:
            kit = self.world.citizen
            link = handoffs.make_link(kit, self.world.adult(demand), KEY)
            browser.set_cookie("handoff", handoffs.use_link(kit, link, "test") or "")
        elif who is not Who.ANONYMOUS:
            own = demand if who is Who.OWN else self.world.announce(Person("Jemand Anders"))
            self.reference = own.reference
            browser.set_cookie("citizen", enter_after_filing(self.world.citizen, own.view, "test"))
        return browser

    def force_open(self, secret: str, demand: Announced) -> None:
        """Note a household as the open one of a session, whoever may open it."""
        with self.world.superuser() as connection:
            connection.execute(
                "UPDATE staff_session SET open_dossier_id = %s, open_demand_id = %s, open_since = seen_at WHERE id_hash = %s",
                [demand.view.dossier_id, demand.id, self.world.staff.keyring.digest("session", secret.encode())],
            )

    def judging(self, endpoint: str) -> dict[str, str]:
        """What the form of a note on a paper names: the version judged, and the note that stood there, if any."""
        if endpoint not in self.judged:
            return {}
        noted = self.world.clock.now().isoformat() if endpoint == "staff_review.paper" else ""
        return {"document": self.judged[endpoint], "seen": noted}

    def ask(self, browser: Browser, method: str, route: Route, **headers: str) -> TestResponse:
        """One request, with a good token and a form that would work."""
        own = {
            "reference": self.reference,
            "whose": "a",
            **FORMS.get(route.endpoint.removeprefix(f"{HELPED_FORM}."), {}),
        }
        if route.endpoint == "staff_interviews.note":
            own["adults"] = str(route.adult)
        if button := REPORTS.get(route.endpoint.removeprefix(f"{HELPED_FORM}.")):
            own |= {"_page": "effect", button: "1", "answers": written(self.world), "_replace": self.kept}
        if route.endpoint in ("staff_decisions.record", "staff_decisions.correct"):
            own["token"] = secrets.token_urlsafe()
        if route.endpoint == "staff_clocks.assign":
            own |= {"items": f"demand:{self.demand_id}:", "assignee": self.taker}
        own |= self.judging(route.endpoint)
        if route.endpoint == "staff_messages.assign":
            own["assignee"] = str(self.colleague)
        if route.endpoint == "staff_log.end_sessions":
            own["member"] = str(self.colleague)
        if route.endpoint == "staff_opening.open_":
            own["demand_id"] = str(self.demand_id)
        if route.endpoint == "apart.not_safe":
            token = self.world.citizen.keyring.seal(os.urandom(32), SEAL, os.urandom(12))
            own["filing_token"] = base64.urlsafe_b64encode(token).decode()
        data: dict[str, object] | None = None if method in SAFE else {"csrf_token": self.csrf[1], **own}
        if data and route.endpoint in FILES:
            data["files"] = (io.BytesIO(page(300, 400)), "a.jpg")
        return browser.send(method, route.path, data=data, headers=headers)

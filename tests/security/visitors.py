"""Who comes to a route, and every request that the route map allows them to try."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Final

from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Rule as RoutingRule
from werkzeug.test import TestResponse

from portal import content
from portal.domain.demand import Person
from portal.domain.notice import RIGHTS
from portal.domain.situation import Relation
from portal.security.access import Rule, rule_of
from portal.security.context import HELPED_FORM, LINKED
from portal.services import helping
from portal.services.citizen import enter_after_filing
from portal.services.documents import handoffs
from portal.services.documents.shelf import documents_of
from portal.services.documents.terms import Target
from portal.services.notices.links import make_link
from portal.services.situations import add_person
from portal.services.staff import staff_sign_in
from tests.pages.browser import Browser
from tests.pages.sent_papers import KEY, laid, page, the_paper
from tests.pages.world import Announced, World

METHODS: Final = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE")
SAFE: Final = {"GET", "HEAD", "OPTIONS"}
NAME: Final = "Zénaïde Introuvable"
# What makes each act work if its route lets it through: a refusal must not come from an empty form.
FORMS: Final[dict[str, dict[str, str]]] = {
    "staff_demands.pass_on": {"region": "martigny", "reason": "Domicile"},
    "staff_demands.correct": {
        "contact_day": "2", "contact_month": "11", "contact_year": "2026", "channel": "phone", "reason": "Appel noté",
    },
    "staff_demands.code": {"identity_seen": "y"},
    "staff_adults.code": {"identity_seen": "y"},
    "staff_adults.add": {"person": "b", "name": "Paul Autre", "language": "fr", "identity_seen": "y"},
    "staff_adults.help_": {"present": "y"},
    "staff_notices.acknowledge": {"present": "y", "language": "fr", "version": str(content.current(RIGHTS).version)},
    "staff_notices.link": {"language": "fr"},
    "dossier.withdraw": {"reason": "Plus besoin"},
    "situation_persons.remove": {"_sure": "1"},
    "dossier_checklist.cannot": {"obstacle": "lost"},
    "own_notices.sign": {"understood": "y", "version": "1"},
    "own_notices.link": {"language": "pt"},
    "papers.acts.move_page": {"to": "1"},
    "papers.acts.assign": {"key": "identity_paper@a"},
    "staff_papers.note": {"state": "seen"},
    "staff_documents.other": {"state": "seen"},
}  # fmt: skip


FILES: Final = {"papers.show", "papers.show_all", "papers.document", "add.paper"}
"""What takes a file along."""
SAID: Final = {"version": 1, "persons": [{"id": "a", "relation": "applicant"}, {"id": "b", "relation": "spouse"}]}
"""What came along with each demand: only then the desk has papers to note of, and another adult to give a code to."""


LOOSE: Final = {"staff_documents.other", "paper_links.link_of_document", "papers.document", "papers.document_state"}
"""What is about a paper that no item of the list asks for."""
NOTHING: Final = "00000000-0000-4000-8000-000000000000"
"""An upload of nobody: whose they are is asked in `tests/pages/test_uploads.py`, with the protocol's own headers."""


class Who(StrEnum):
    """Everybody who may ask."""

    ANONYMOUS = "anonymous"
    OWN = "citizen on own dossier"
    OTHER = "citizen of another dossier"
    CENTRE = "staff of the centre"
    DEVICE = "a device that came by a link of the own dossier"
    HELPER = "staff of the centre, on the form of the one who made the demand"
    OTHER_CENTRE = "staff of another centre"


REGIONS: Final = {Who.CENTRE: "sierre", Who.HELPER: "sierre", Who.OTHER_CENTRE: "oberwallis"}


@dataclass(frozen=True)
class Route:
    """One address of the map, filled in for one demand."""

    endpoint: str
    rule: Rule
    path: str
    declared: frozenset[str]
    tried: tuple[str, ...]
    """Its own methods, and those that no rule of this address declares."""
    of_demand: bool
    of_paper: bool
    """Whether it is about one paper that this adult sent."""

    @property
    def at_the_desk(self) -> bool:
        """Whether it is the household's form as a caseworker fills it in with somebody."""
        return self.rule is Rule.HOUSEHOLD and self.endpoint.startswith(f"{HELPED_FORM}.")

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
        "person": None,
        "question": "debts",
        "event": "refused",
        "key": KEY,
        "upload_id": NOTHING,
        "token": "x" * 32,
        "chapter_id": "decision",
        "version": 1,
        **demand.sent,
    }
    if rule.endpoint == "staff_papers.note":
        known["key"] = "identity_paper@a"  # nothing was sent for it, so nothing was noted of it
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
    of_paper = bool(values.keys() & {"document_id", "file_id", "page_id"})
    return Route(rule.endpoint, declared, path, frozenset(rule.methods or ()), methods, "demand_id" in values, of_paper)


def _elsewhere(app: Flask, path: str, method: str, endpoint: str) -> bool:
    """Whether this method of the address belongs to another route: `/sent` is also a word that `/<question>` takes."""
    try:
        found, _values = app.url_map.bind("127.0.0.1").match(path, method=method)
    except HTTPException:
        return False
    return bool(found != endpoint)


class Lobby:
    """Makes visitors of one process with both surfaces, each with a fresh session."""

    def __init__(self, world: World) -> None:
        self.world, self.app = world, world.both_app
        self.reference = ""
        """Of the dossier of whoever came last: its forms name the one that they are about."""

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
        for region in sorted(set(REGIONS.values())):
            self.world.caseworker(region, f"lobby-{region}")
        return {who: f"lobby-{region}" for who, region in REGIONS.items()}

    def demand(self) -> Announced:
        """A demand in Sierre whose name stands nowhere else, with a child in its household, and a paper that was sent."""
        demand = self.world.announce(Person(NAME, phone="+41 79 555 12 12"), situation=SAID)
        adult = self.world.adult(demand)
        add_person(self.world.citizen, adult, Relation.CHILD)
        make_link(self.world.citizen, adult, "a")  # there is one to take back
        file_id = laid(self.world.citizen, self.world.worker, adult)
        paper = the_paper(self.world.citizen, adult)
        demand.sent.update(document_id=paper.id, file_id=file_id, page_id=paper.pages[0].id)
        laid(self.world.citizen, self.world.worker, adult, target=Target(title="Lettre"))
        demand.sent["loose"] = next(one.id for one in documents_of(self.world.citizen, adult) if one.key is None)
        return demand

    def come(self, who: Who, demand: Announced) -> Browser:
        """The browser of a visitor, with the CSRF cookie of a page seen before."""
        browser = Browser(self.app)
        self.reference = ""
        browser.set_cookie("visit", self.csrf[0])
        if who in REGIONS:
            subject = self._caseworkers[who]
            secret = staff_sign_in(self.world.staff, self.world.stack.oidc.issuer, subject, "fr", "test")
            browser.set_cookie("staff", secret or "")
            if who is Who.HELPER:
                self.reference = demand.reference
                actor = self.world.caseworker(REGIONS[who], subject)
                helping.begin(self.world.staff, actor, secret or "", demand.id, demand.view.adult_id)
        elif who is Who.DEVICE:
            kit = self.world.citizen
            link = handoffs.make_link(kit, self.world.adult(demand), KEY)
            browser.set_cookie("handoff", handoffs.use_link(kit, link, "test") or "")
        elif who is not Who.ANONYMOUS:
            own = demand if who is Who.OWN else self.world.announce(Person("Jemand Anders"))
            self.reference = own.reference
            browser.set_cookie("citizen", enter_after_filing(self.world.citizen, own.view, "test"))
        return browser

    def ask(self, browser: Browser, method: str, route: Route, **headers: str) -> TestResponse:
        """One request, with a good token and a form that would work."""
        own = {
            "reference": self.reference,
            "whose": "a",
            **FORMS.get(route.endpoint.removeprefix(f"{HELPED_FORM}."), {}),
        }
        data: dict[str, object] | None = None if method in SAFE else {"csrf_token": self.csrf[1], **own}
        if data and route.endpoint in FILES:
            data["files"] = (io.BytesIO(page(300, 400)), "a.jpg")
        return browser.send(method, route.path, data=data, headers=headers)

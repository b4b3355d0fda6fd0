"""How long the main pages take, and what the first view weighs."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from bench.client import Client, Request, Round
from bench.people import FILED, Person
from bench.servers import Bench, Gunicorn
from bench.times import Times
from portal.adapters.clock import SystemClock
from portal.adapters.database import Database
from portal.law import directory
from portal.services.kit import build_kit
from portal.services.staff import enrol, staff_sign_in
from portal.settings import Settings
from tests.crash.visitor import FORM, Visitor, fields_of, with_answers

LIMIT_MS = 20.0
VIEW_LIMIT, SCRIPT_LIMIT = 30 * 1024, 15 * 1024
REQUESTS = 60
WARM = 20
SITUATION = "/fr/dossier/situation"
QUESTION = f"{SITUATION}/rent"
STAFF_COOKIE = "staff"


@dataclass(frozen=True)
class Page:
    """One page and the times of its answers, seen by one client."""

    name: str
    times: Times


def measure_pages(bench: Bench, client: Client) -> list[Page]:
    """The pages that people and staff open most, each for somebody who may see it."""
    bench.desk.start()
    person = Person(bench.portal.port)
    person.open_dossier()
    person.rents()
    staff = {"Cookie": f"{STAFF_COOKIE}={staff_session(bench, directory.regions()[0].id)}"}
    demand = _opened(Visitor(bench.desk.port, cookies={STAFF_COOKIE: staff["Cookie"].partition("=")[2]}))
    wanted: list[tuple[str, Gunicorn, str, dict[str, str]]] = [
        ("home", bench.portal, "/fr/", {}),
        ("filing form", bench.portal, FORM, {}),
        ("filed page", bench.portal, FILED, person.cookies),
        ("dossier", bench.portal, "/fr/dossier", person.cookies),
        ("task list", bench.portal, SITUATION, person.cookies),
        ("question page", bench.portal, QUESTION, person.cookies),
        ("own papers", bench.portal, "/fr/dossier/checklist", person.cookies),
        ("chapter of rights", bench.portal, "/fr/rights/appeal", {}),
        ("own rights", bench.portal, "/fr/dossier/rights", person.cookies),
        ("staff board", bench.desk, "/staff/", staff),
    ]
    if demand:
        wanted.append(("staff: one demand", bench.desk, demand, staff))
    pages = [Page(name, _times(client, server, path, headers)) for name, server, path, headers in wanted]
    return [*pages, Page("question, answered", _answers(client, bench.portal, person))]


def _answers(client: Client, server: Gunicorn, person: Person) -> Times:
    """One person answers the same page with another amount each time; each page is fetched before its clock runs."""
    milliseconds = []
    for number in range(WARM + REQUESTS):
        person.visitor.close()  # the server ends a connection that rests while the others are measured
        fields = fields_of(person.visitor.get(QUESTION).text, "situation-form")
        body = urlencode(with_answers(fields, {"rent": str(900 + number % 100), "charges": "150"}))
        post: Request = ("POST", QUESTION, person.headers, body)
        milliseconds += client.measure(Round(server.port, 303, [[post]]))
    return Times(milliseconds[WARM:])


def _opened(desk: Visitor) -> str | None:
    """The page of the first demand on the board, opened as a caseworker does; None where there is none."""
    board = desk.get("/staff/").text
    demand = re.search(r'name="demand_id" value="([0-9a-f-]{36})"', board)
    token = re.search(r'name="csrf_token" value="([^"]+)"', board)
    if demand is None or token is None:
        return None
    answer = desk.post("/staff/open", [("csrf_token", token[1]), ("demand_id", demand[1])])
    desk.close()
    return answer.location


def _times(client: Client, server: Gunicorn, path: str, headers: dict[str, str]) -> Times:
    requests = [[("GET", path, headers, None)] * REQUESTS]
    client.measure(Round(server.port, 200, requests))  # both workers have their templates and plans ready
    return Times(client.measure(Round(server.port, 200, requests)))


def staff_session(bench: Bench, region: str) -> str:
    """The session of a caseworker of this centre, opened as after a sign-in at the provider."""
    settings = Settings.from_env(bench.stack.env("staff", public_url=bench.desk.base_url))
    owner = Database(bench.postgres.url())
    enrol(owner, "bench", "bench", "Bench", region)
    owner.close()
    kit = build_kit(settings, SystemClock())
    secret = staff_sign_in(kit, "bench", "bench", "fr", "bench")
    kit.database.close()
    if secret is None:
        raise RuntimeError("the caseworker of the bench could not sign in")
    return secret


@dataclass(frozen=True)
class Weight:
    """Bytes of a first view, each file compressed by gzip."""

    name: str
    html: int
    styles: int
    scripts: int
    images: int

    @property
    def whole(self) -> int:
        """Everything that the first view fetches."""
        return self.html + self.styles + self.scripts + self.images


def weigh(bench: Bench) -> list[Weight]:
    """What the home page and the filing form cost somebody who has never been here."""
    visitor = Visitor(bench.portal.port)
    return [_weight(visitor, name, path) for name, path in (("home", "/fr/"), ("filing form", FORM))]


def _weight(visitor: Visitor, name: str, path: str) -> Weight:
    page = visitor.get(path).text
    found = set(re.findall(r'<(?:link|script|img|use)\b[^>]*\b(?:href|src)="(/static/[^"#]+)', page))
    sizes = {address: _packed(visitor.get(address).text) for address in found}
    styles = sum(size for address, size in sizes.items() if address.endswith(".css"))
    scripts = sum(size for address, size in sizes.items() if address.endswith(".js"))
    return Weight(name, _packed(page), styles, scripts, sum(sizes.values()) - styles - scripts)


def _packed(text: str) -> int:
    return len(gzip.compress(text.encode(), 6, mtime=0))


def page_table(pages: list[Page]) -> Iterator[str]:
    """What is printed about the pages."""
    yield "page                   median      p95"
    for page in pages:
        over = "" if page.times.median <= LIMIT_MS else f"   OVER {LIMIT_MS:g} ms"
        yield f"{page.name:<20} {page.times.median:>6.2f} ms {page.times.p95:>8.2f}{over}"


def weight_table(weights: list[Weight]) -> Iterator[str]:
    """What is printed about the first view."""
    yield "first view, gzip       html      css       js   images      all"
    for one in weights:
        over = "" if one.whole <= VIEW_LIMIT and one.scripts <= SCRIPT_LIMIT else "   OVER 30 KB, or 15 KB of js"
        parts = (one.html, one.styles, one.scripts, one.images, one.whole)
        yield f"{one.name:<18}" + "".join(f"{size / 1024:>6.1f} KB" for size in parts) + over

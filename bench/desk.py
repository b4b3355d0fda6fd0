"""What caseworkers do all day: board, search, open, review. With a tenth of the dossiers, then with all; server time at p95."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import unescape
from random import Random
from typing import Final
from urllib.parse import urlencode

import psycopg

from bench import search
from bench.client import Client, Request, Round
from bench.names import misspelled
from bench.pages import staff_session
from bench.people import Person
from bench.servers import Bench
from bench.times import Times
from bench.years import load_years
from devstack.postgres import OWNER
from portal.adapters.clock import SystemClock
from portal.services.kit import build_kit
from portal.settings import Settings
from tests.crash.visitor import HEADERS, Fields, Visitor, fields_of

LIMIT_MS: Final = 50.0
"""At p95."""
LIMIT_RATIO: Final = 1.5
"""Of the medians, from a tenth of the dossiers to all of them."""
TIMES: Final = 60
WARM: Final = 10
HOUSEHOLDS: Final = 12
"""Whose answers the centre has, so that there is something to open and review."""
REGION: Final = "sion-herens-conthey"
"""The centre of the commune in which the bench's people live."""
SENT: Final = "/fr/dossier/situation/check"


@dataclass
class Day:
    """What was measured with so many dossiers."""

    dossiers: int
    papers: int
    events: int
    acts: dict[str, Times] = field(default_factory=dict)


@dataclass(frozen=True)
class Household:
    """One that can be opened: its page, one of its papers."""

    page: str
    paper: str


def measure(bench: Bench, client: Client, count: int) -> list[Day]:
    """With a tenth of the dossiers, then with all. RuntimeError when the desk does not do as it is asked."""
    bench.desk.start()
    kit = build_kit(Settings.from_env(bench.stack.env("staff")), SystemClock())
    desk = Visitor(bench.desk.port, cookies={"staff": staff_session(bench, REGION)})
    households = _households(bench, desk)
    days = []
    for now in (count // 10, count):
        search.load(bench, now)
        search.make_keys(kit, bench)
        days.append(Day(*load_years(bench.postgres)))
        _measure(bench, client, desk, households, days[-1])
    kit.database.close()
    return days


def table(days: list[Day]) -> Iterator[str]:
    """The lines to print."""
    for day in days:
        yield f"desk with {day.dossiers:,} dossiers, {day.papers:,} papers, {day.events:,} audit events:"
        for name, times in day.acts.items():
            over = "" if times.p95 <= LIMIT_MS else f"   OVER {LIMIT_MS:g} ms"
            yield f"  {name:<16} median {times.median:>6.2f} ms, p95 {times.p95:>7.2f}{over}"
    for name, ratio in ratios(days).items():
        yield f"  {name:<16} {ratio:.2f} times as long with all (at most {LIMIT_RATIO}){'' if ratio <= LIMIT_RATIO else ' OVER'}"


def ratios(days: list[Day]) -> dict[str, float]:
    """How the medians grew, by act."""
    return {name: days[-1].acts[name].median / times.median for name, times in days[0].acts.items()}


def holds(days: list[Day]) -> bool:
    """Whether every limit is kept."""
    quick = all(times.p95 <= LIMIT_MS for day in days for times in day.acts.values())
    return quick and all(ratio <= LIMIT_RATIO for ratio in ratios(days).values())


def _measure(bench: Bench, client: Client, desk: Visitor, households: list[Household], day: Day) -> None:
    random = Random(8)  # noqa: S311 - a bench
    board = desk.get("/staff/").text
    desk.close()
    headers = HEADERS | {"Cookie": "; ".join(f"{name}={value}" for name, value in desk.cookies.items())}
    token = _token(board)

    def post(path: str, fields: Fields) -> Request:
        return ("POST", path, headers, urlencode([("csrf_token", token), *fields]))

    def timed(status: int, requests: list[Request]) -> Times:
        return Times(client.measure(Round(bench.desk.port, status, [requests]))[WARM:])

    people = search.some(bench, REGION, TIMES + WARM)
    typed = [random.choice(list(misspelled(name, random).values()) or [name]) for name, _latin, _born in people]
    opened = [households[number % len(households)].page for number in range(TIMES + WARM)]
    day.acts["board"] = timed(200, [("GET", "/staff/", headers, None)] * (TIMES + WARM))
    for _ in range(2):  # each process builds each shape of a search once, by how many words it has; both meet them here
        client.measure(Round(bench.desk.port, 200, [[post("/staff/search", [("looked_for", text)]) for text in typed]]))
    day.acts["search"] = timed(200, [post("/staff/search", [("looked_for", text)]) for text in typed])
    day.acts["open"] = timed(303, [post("/staff/open", [("to", page)]) for page in opened])
    day.acts["page of one"] = timed(200, [("GET", opened[-1], headers, None)] * (TIMES + WARM))
    day.acts["review answer"] = _reviewed(bench, client, desk, households[(TIMES + WARM - 1) % len(households)], post)


def _reviewed(
    bench: Bench, client: Client, desk: Visitor, one: Household, post: Callable[[str, Fields], Request]
) -> Times:
    """The same paper, noted otherwise each time; each page is fetched before the clock of its answer runs."""
    milliseconds = []
    for number in range(WARM + TIMES):
        seen = re.search(r'name="seen" value="([^"]*)"', desk.get(one.paper).text)
        desk.close()
        fields = [("seen", unescape(seen[1]) if seen else ""), ("state", ("seen", "accepted")[number % 2])]
        milliseconds += client.measure(Round(bench.desk.port, 303, [[post(one.paper, fields)]]))
    return Times(milliseconds[WARM:])


def _households(bench: Bench, desk: Visitor) -> list[Household]:
    """People who filed and sent; the desk opens each once, to know its addresses."""
    for _ in range(HOUSEHOLDS):
        person = Person(bench.portal.port)
        person.open_dossier()
        person.rents()
        form = fields_of(person.visitor.get(SENT).text, "situation-form")
        if person.visitor.post(SENT, form).status != 303:
            raise RuntimeError("the answers were not sent")
        person.visitor.close()
    token, found = _token(desk.get("/staff/").text), []
    with psycopg.connect(bench.postgres.url(OWNER)) as connection:
        demands = [str(row[0]) for row in connection.execute("SELECT id FROM demand").fetchall()]
    for demand in demands:
        answer = desk.post("/staff/open", [("csrf_token", token), ("demand_id", demand)])
        papers = desk.get(f"{answer.location}/checklist").text
        links = re.findall(rf'href="({re.escape(answer.location or "")}/checklist/(?!ask)[^"#]+)"', papers)
        if links:
            found.append(Household(answer.location or "", unescape(links[0])))
    if not found:
        raise RuntimeError("the desk can open none of the households")
    return found


def _token(page: str) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    if found is None:
        raise RuntimeError("the desk's page has no form")
    return found[1]

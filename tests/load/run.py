"""Many people at once on one machine for a while, with time to think: no error, and nothing acknowledged is missing."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from random import Random

import psycopg

from devstack.portal import PortalServer, PortalWorker
from devstack.ports import LOOPBACK, free_port
from devstack.postgres import OWNER
from devstack.stack import Stack, Surface
from portal.adapters.clock import SystemClock
from portal.adapters.database import Database
from portal.services.actor import Actor, ActorKind
from portal.services.audit_chain import verify_audit
from portal.services.kit import Kit, build_kit
from portal.services.register import verify_register
from portal.services.situations import open_situation
from portal.services.staff import enrol, staff_sign_in
from portal.settings import Settings
from tests.load.people import CENTRE, COMMUNE, LOST, Ledger, Pace, apply, browser_at, review, send_answers
from tests.operations.live import code_on, reference_on
from tests.pages.sent_papers import page as photo_of
from tests.servers import PROJECT

GIVEN = ("Odette", "Samira", "Yohannes", "Anne-Lise", "Đorđe", "Fatima", "Beat", "João", "Çiğdem", "Urs")
FAMILY = ("Rey", "Zenhäusern", "Tesfay")
LONGEST = 300
"""Characters of a fault."""
COUNTS = """
SELECT (SELECT count(*) FROM demand) AS filed, (SELECT count(*) FROM filing_register) AS registered,
  (SELECT count(*) FROM document_file WHERE received = length AND received_at IS NOT NULL) AS photos,
  (SELECT count(*) FROM document_request_event WHERE caseworker_id IS NOT NULL) AS reviewed
"""


@dataclass(frozen=True)
class Plan:
    """How many, for how long, and how long they think between two pages (seconds)."""

    applicants: int
    caseworkers: int
    households: int
    """Filed and sent before it begins, for the desk."""
    seconds: float
    think: tuple[float, float]
    seed: int


SHORT = Plan(applicants=8, caseworkers=3, households=2, seconds=10, think=(0.05, 0.2), seed=2)
"""For every `make test`: few people who hardly think, and only two households, so that caseworkers meet."""
WHOLE = Plan(applicants=200, caseworkers=20, households=30, seconds=120, think=(2, 5), seed=2)


@dataclass(frozen=True)
class Outcome:
    """What was done, by the people's own count, and every fault in words."""

    plan: Plan
    counts: dict[str, int]
    faults: tuple[str, ...]
    seconds: float

    def line(self) -> str:
        """The figures on one line."""
        counts = ", ".join(f"{count} {name}" for name, count in sorted(self.counts.items()))
        return (
            f"load (seed {self.plan.seed}): {self.plan.applicants} applicants and {self.plan.caseworkers} caseworkers for"
            f" {self.plan.seconds:.0f} s; {counts}; {len(self.faults)} faults; {self.seconds:.0f} s in all"
        )


def run_load(stack: Stack, plan: Plan) -> Outcome:
    """Carry the plan out on the migrated, empty database of `stack`, whose PostgreSQL runs."""
    begun = time.monotonic()
    with ExitStack() as ends:
        for server in (stack.s3, stack.smtp):
            server.start()
        portal, desk = _server(stack, _Portal, "citizen"), _server(stack, _Desk, "staff")
        worker = PortalWorker(stack.root, PROJECT, stack.env("worker"))
        for one in (portal, desk, worker):
            ends.callback(one.stop)
            one.start()
        ledger = Ledger()
        names = list(_households(portal.base_url, plan.households))
        ledger.counts["filed"] += len(names)
        sessions = _sessions(stack, plan.caseworkers)
        _together(plan, portal.base_url, desk.base_url, sessions, names, ledger)
        faults = [*ledger.faults, *_missing(stack, ledger)]
    return Outcome(plan, dict(ledger.counts), tuple(faults), time.monotonic() - begun)


def _together(plan: Plan, portal: str, desk: str, sessions: list[str], names: list[str], ledger: Ledger) -> None:
    """Everybody at once. Whoever has begun when the time is over goes their way to its end."""
    photo, numbers, lock = photo_of(), iter(range(1_000_000)), threading.Lock()
    until = time.monotonic() + plan.seconds

    def pace(who: str) -> Pace:
        return Pace(Random(f"{plan.seed}/{who}"), plan.think, lambda: until)  # noqa: S311 - the same people in each run

    def applicant(place: int) -> None:
        own = pace(f"applicant {place}")
        own.rest()
        while not own.over:
            with lock:
                number = next(numbers)
            apply(portal, number, own, ledger, photo)
            own.rest()

    def caseworker(place: int) -> None:
        own = pace(f"caseworker {place}")
        with browser_at(desk) as browser:
            browser.http.cookies.set("staff", sessions[place])
            while not own.over:
                review(browser, own.chance.choice(names), own, ledger)
                own.rest()

    def guarded(who: str, work: Callable[[int], None], place: int) -> None:
        try:
            work(place)
        except LOST as error:
            ledger.faults.append(f"{who} {place}: {type(error).__name__}: {error}"[:LONGEST])

    ways = (("applicant", applicant, plan.applicants), ("caseworker", caseworker, plan.caseworkers))
    threads = [
        threading.Thread(target=guarded, args=(who, work, place)) for who, work, many in ways for place in range(many)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


class _Patient(PortalServer):
    """220 people of one process share its time: some take seconds between connecting and asking. nginx grants that too."""

    start_seconds = 60.0  # the machine may be busy

    def command(self) -> list[str]:
        return [*super().command(), "--keep-alive", "60"]


class _Portal(_Patient):
    """The citizen surface; a name of its own, so that it never takes the place of another server."""

    name = "load-portal"


class _Desk(_Patient):
    """The staff surface."""

    name = "load-desk"


def _server(stack: Stack, kind: type[PortalServer], surface: Surface) -> PortalServer:
    port = free_port()
    return kind(stack.root, PROJECT, stack.env(surface, public_url=f"http://{LOOPBACK}:{port}"), port)


def _households(base: str, count: int) -> Iterator[str]:
    """People whose answers the centre has; their names."""
    for number in range(count):
        name = f"{GIVEN[number % len(GIVEN)]} {FAMILY[number // len(GIVEN) % len(FAMILY)]}"
        with browser_at(base) as browser:
            filed = browser.file(name=name, commune=COMMUNE)
            reference, code = reference_on(filed), code_on(filed)
        send_answers(base, reference, code)
        yield name


def _sessions(stack: Stack, count: int) -> list[str]:
    """Enrolled caseworkers of one centre, signed in as after the provider's word."""
    owner = Database(stack.postgres.url(OWNER))
    kit = build_kit(Settings.from_env(stack.env("staff")), SystemClock())
    found = []
    for number in range(count):
        enrol(owner, "load", f"load-{number}", f"Collègue {number}", CENTRE)
        found.append(staff_sign_in(kit, "load", f"load-{number}", "fr", "load") or "")
    owner.close()
    kit.database.close()
    return found


def _missing(stack: Stack, ledger: Ledger) -> Iterator[str]:
    """What the people were told, against what the database holds."""
    kit = build_kit(Settings.from_env(stack.env("both")), SystemClock())
    worker = build_kit(Settings.from_env(stack.env("worker")), SystemClock(), web=False)
    try:
        with psycopg.connect(stack.postgres.url(OWNER)) as connection:
            cursor = connection.execute(COUNTS)
            held = dict(zip((column.name for column in cursor.description or ()), cursor.fetchone() or (), strict=True))
            whose = connection.execute(
                "SELECT d.reference, a.id, d.id FROM dossier d JOIN adult a ON a.dossier_id = d.id"
            ).fetchall()
        said = ledger.counts
        for name, told in (("filed", "filed"), ("registered", "filed"), ("photos", "photos"), ("reviewed", "reviewed")):
            if held[name] != said[told]:
                yield f"{held[name]} {name} in the database, {said[told]} were acknowledged"
        actors = {row[0]: Actor(ActorKind.CITIZEN, "load", row[1], row[2]) for row in whose}
        for reference, rent in ledger.rents.items():
            if _rents(kit, actors[reference]) != {rent * 100}:
                yield f"{reference}: the rent that was taken is not there"
        yield from (f"register: {fault}" for fault in verify_register(kit).faults)
        yield from (f"audit: {fault}" for fault in verify_audit(worker)[1])
    finally:
        kit.database.close()
        worker.database.close()


def _rents(kit: Kit, actor: Actor) -> set[int]:
    """What the draft says, in centimes."""
    opened = open_situation(kit, actor)
    return {amount for _month, amount in opened.draft.situation(opened.filing_date).rent.entries}

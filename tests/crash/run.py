"""One run of the crash test: clients that want to file, a killer, and the figures at the end."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass

from devstack.stack import Stack
from tests.crash.flight import Applicant, Flight
from tests.crash.intent import Filer, Intent
from tests.crash.killer import Killer, Kills
from tests.crash.ledger import Ledger, read_ledger
from tests.crash.pacer import Pacer
from tests.crash.portal import CrashServer


@dataclass(frozen=True)
class Plan:
    """How much, and for how long at most."""

    intents: int
    kills: int
    postgres_kills: int
    seconds: float
    seed: int
    clients: int = 8


SHORT = Plan(intents=30, kills=5, postgres_kills=1, seconds=400, seed=2)
"""A tenth, for every `make test`. The seconds are a bound for a busy machine, not the time it takes."""
WHOLE = Plan(intents=300, kills=50, postgres_kills=5, seconds=900, seed=2)


@dataclass(frozen=True)
class Outcome:
    """The figures of a run, and every fault in words."""

    plan: Plan
    kills: Kills
    ledger: Ledger
    intents: list[Intent]
    faults: tuple[str, ...]
    seconds: float

    def figures(self) -> dict[str, object]:
        """Everything that was counted."""
        return {
            "seed": self.plan.seed,
            "clients": self.plan.clients,
            "intents": len(self.intents),
            "kills": asdict(self.kills),
            "posts": sum(intent.posts for intent in self.intents),
            "lost": sum(intent.lost for intent in self.intents),
            "refused": sum(intent.refused for intent in self.intents),
            "receipts": sum(len(intent.receipts) for intent in self.intents),
            **self.ledger.counts,
            "unheard": self.ledger.unheard,
            "faults": list(self.faults),
            "seconds": round(self.seconds, 1),
        }

    def line(self) -> str:
        """The figures on one line."""
        found, kills = self.figures(), self.kills
        counts = ", ".join(f"{count} {name.replace('_', ' ')}" for name, count in self.ledger.counts.items())
        return (
            f"crash (seed {self.plan.seed}): {len(self.intents)} intents of {self.plan.clients} clients, "
            f"{kills.all} kills of gunicorn ({kills.in_flight} in flight, {kills.answers} answers lost by them), "
            f"{kills.postgres} of PostgreSQL ({kills.postgres_in_flight} in flight); {found['posts']} POSTs, "
            f"{found['lost']} without answer, {found['refused']} refused, {found['receipts']} receipts; {counts}; "
            f"{self.ledger.unheard} filed by a request whose answer was lost; {len(self.faults)} faults; "
            f"{self.seconds:.0f} s"
        )


def run_crash(stack: Stack, plan: Plan) -> Outcome:
    """Carry the plan out on the migrated, empty database of `stack`, whose PostgreSQL runs."""
    begun = time.monotonic()
    deadline = begun + plan.seconds
    flight, pacer, stop = Flight(), Pacer(plan.intents, plan.clients), threading.Event()
    server = CrashServer(stack)
    killer = Killer(server, stack.postgres, flight, pacer, plan.seed, deadline)
    intents: list[Intent] = []
    faults: list[str] = []

    def client() -> None:
        with Applicant(server.port, flight=flight) as applicant:
            filer = Filer(applicant, plan.seed, deadline, stop.is_set)
            while (number := pacer.take(max(0.0, deadline - time.monotonic()))) is not None:
                intent = Intent(number)
                intents.append(intent)
                try:
                    filer.file(intent, filer.check_page(intent))
                except Exception as error:
                    faults.append(f"{type(error).__name__}: {error}")
                finally:
                    pacer.finish()

    try:
        server.start()
        with ThreadPoolExecutor(plan.clients) as pool:
            try:
                done = [pool.submit(client) for _ in range(plan.clients)]
                killer.work(plan.kills, plan.postgres_kills, lambda: bool(faults))
            except BaseException:
                stop.set()
                pacer.close()
                raise
        for one in done:
            one.result()
    finally:
        server.stop()
        stack.postgres.start()
    ledger = read_ledger(stack, intents)
    if len(intents) != plan.intents:
        faults.append(f"{len(intents)} intents of {plan.intents} were begun")
    return Outcome(plan, killer.kills, ledger, intents, (*faults, *ledger.faults), time.monotonic() - begun)

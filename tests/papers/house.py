"""The whole house around the papers, with everything in it that can break; and counts of what was broken."""

from __future__ import annotations

import re
import threading
import uuid
from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

import psycopg

from devstack.postgres import OWNER
from devstack.stack import Stack
from portal.adapters.clock import SystemClock
from portal.services.actor import Actor, ActorKind
from portal.services.documents.sweeping import Swept, sweep
from portal.services.kit import Kit, build_kit
from portal.settings import Settings
from tests.crash.portal import CrashServer
from tests.frozen import freeze, thaw
from tests.operations.live import LiveBrowser, code_on, reference_on
from tests.operations.phones import ANSWERS, Phone
from tests.papers.checker import CheckingProcess
from tests.papers.proxy import Shake, ShakyLine

ADULT = "SELECT a.id, d.id FROM adult a JOIN dossier d ON d.id = a.dossier_id WHERE d.reference = %s"


class House:
    """gunicorn, a worker's check, the store behind a shaky line. `through` goes over that line, `straight` does not."""

    def __init__(self, stack: Stack) -> None:
        self.stack = stack
        self.broken: Counter[str] = Counter()
        self._resting: threading.Timer | None = None
        stack.s3.start()
        self.line = ShakyLine(stack.s3.port)
        shaky = {"S3_ENDPOINT_URL": self.line.url}
        self.server = CrashServer(stack)
        self.server.variables |= shaky
        self.server.start()
        self.checking = CheckingProcess({**stack.env("worker"), **shaky})
        self.straight = build_kit(Settings.from_env(stack.env("citizen")), SystemClock())
        self.through = build_kit(Settings.from_env({**stack.env("citizen"), **shaky}), SystemClock())
        self.worker = build_kit(Settings.from_env(stack.env("worker")), SystemClock(), web=False)

    def close(self) -> None:
        """End everything that was started here; the stack runs on."""
        self.calm()
        self.checking.end()
        self.server.stop()
        self.line.close()
        for kit in (self.straight, self.through, self.worker):
            kit.database.close()

    def person(self) -> tuple[Phone, Actor]:
        """Somebody who has filed and signed in: their device, and as services know them."""
        with LiveBrowser(self.server.base_url) as browser:
            filed = browser.file(follow=True, **ANSWERS)
            reference = reference_on(filed)
            page = browser.sign_in(reference, code_on(filed))
            token = re.search(r'name="csrf_token" value="([^"]+)"', page.body.decode())
            assert token is not None
            cookies = "; ".join(f"{name}={value}" for name, value in browser.http.cookies.items())
        with psycopg.connect(self.stack.postgres.url(OWNER)) as connection:
            adult, dossier = connection.execute(ADULT, [reference]).fetchone() or (None, None)
        phone = Phone(browser.base, {"Cookie": cookies, "X-CSRFToken": token[1], "Tus-Resumable": "1.0.0"})
        return phone, Actor(ActorKind.CITIZEN, "test", adult, dossier)

    def swept(self, hours: float) -> Swept:
        """A sweep whose clock is so far ahead."""
        return sweep(replace(self.worker, clock=_Ahead(hours)))

    def jobs(self) -> set[uuid.UUID]:
        """The files whose check was put on the queue, which nobody empties here."""
        query = "SELECT args->>'file_id' FROM jobs.procrastinate_jobs WHERE task_name = 'check_document'"
        with psycopg.connect(self.stack.postgres.url(OWNER)) as connection:
            return {uuid.UUID(row[0]) for row in connection.execute(query)}

    # Breaking

    def kill_server(self) -> None:
        """gunicorn and its workers, with SIGKILL."""
        self.broken["server killed"] += 1
        self.server.kill()

    def break_database(self, *, crash: bool) -> None:
        """PostgreSQL goes away."""
        self.broken["database killed" if crash else "database stopped"] += 1
        (self.stack.postgres.kill if crash else self.stack.postgres.stop)()

    def stop_store(self) -> None:
        """The store is dead."""
        self.broken["store stopped"] += 1
        self.stack.s3.kill()

    def slow_store(self, seconds: float) -> None:
        """The store stands still for a while (SIGSTOP)."""
        self.broken["store slow"] += 1
        pid = self.stack.s3.pid
        assert pid is not None
        freeze(pid)
        self._resting = threading.Timer(seconds, thaw, (pid,))
        self._resting.start()

    def shake(self, chance: Random) -> None:
        """The next request or two to the store go wrong, or all of them until it is calm again."""
        kind = chance.choice(tuple(Shake))
        self.broken["store shaken"] += 1
        if chance.random() < 0.3:
            self.line.standing = kind
        else:
            self.line.shake(kind, chance.randint(1, 2))

    def calm(self) -> None:
        """Everything runs again."""
        if self._resting is not None:
            self._resting.join()
            self._resting = None
        self.line.calm()
        self.stack.postgres.start()
        self.stack.s3.start()
        self.server.start()


class _Ahead(SystemClock):
    def __init__(self, hours: float) -> None:
        self._ahead = timedelta(hours=hours)

    def now(self) -> datetime:
        """The instant that will be."""
        return super().now() + self._ahead


def objects(kit: Kit) -> set[str]:
    """Every object of papers in the store."""
    return set(kit.store.keys("d/"))

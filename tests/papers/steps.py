"""One sequence: what a person does with one paper, step by step as the seed has it, while things break."""

from __future__ import annotations

import base64
import hashlib
import http.client
import threading
import time
from collections import Counter
from collections.abc import Callable
from random import Random

from portal.adapters.database import DatabaseUnavailableError
from portal.domain.document import FileState
from portal.services.actor import Actor
from portal.services.documents import arranging, uploads
from tests.operations.phones import PIECE, ROOT, Phone
from tests.papers.contents import content
from tests.papers.house import House
from tests.papers.oracle import Paper, Sent, became_ready, page_id, state_of

TRIES = 60
LOST = 0
"""In place of a status: no answer came."""
AWAY = (LOST, 503)


class Sequence:
    """Steps over one paper. Faults are words in `faults`."""

    def __init__(self, house: House, phone: Phone, actor: Actor, chance: Random, number: int, key: str | None) -> None:
        self.house, self.phone, self.chance, self.number, self.key = house, phone, chance, number, key
        self.paper = Paper(actor)
        self.steps: Counter[str] = Counter()
        self.faults: list[str] = []
        self.calm = True
        """Nothing is broken: whatever goes wrong is a fault."""

    # Over the line

    def ask(self, method: str, path: str, body: bytes = b"", **headers: str) -> tuple[int, dict[str, str]]:
        """One request; LOST where no answer came."""
        try:
            status, found = self.phone.ask(method, path, body, **headers)
        except (OSError, http.client.HTTPException):
            status, found = LOST, {}
        if status in AWAY and self.calm:
            self.faults.append(f"{method}: {status} though nothing is broken")
        elif status >= 500 and status != 503:
            self.faults.append(f"{method}: {status}")
        return status, found

    def patch(self, file: Sent, start: int, body: bytes, **headers: str) -> int:
        """A piece; what its answer acknowledges is noted."""
        status, found = self.ask("PATCH", file.place, body, Upload_Offset=str(start), Content_Type=PIECE, **headers)
        if "Upload-Offset" in found:
            self._acknowledged(file, int(found["Upload-Offset"]))
        return status

    def offset(self, file: Sent) -> int | None:
        """Where it stands; None where it is gone, or nothing answers."""
        status, found = self.ask("HEAD", file.place)
        if status != 200:
            if status not in AWAY and not file.deleted:
                self.faults.append(f"file {file.id} with {file.acked} bytes: HEAD says {status}")
            return None
        reached = int(found["Upload-Offset"])
        if reached < file.acked:
            self.faults.append(f"file {file.id}: {file.acked} bytes were acknowledged, now {reached}")
        self._acknowledged(file, reached)
        return reached

    def _acknowledged(self, file: Sent, offset: int) -> None:
        file.acked = max(file.acked, offset)

    # What a person does

    def begin(self) -> Sent | None:
        """Another file of the paper."""
        self.steps["begin"] += 1
        given = content(self.chance, self.number * 100 + len(self.paper.files))
        said = {"filename": f"Foto {self.number}.jpg"}
        if self.paper.document is not None:
            said["document"] = str(self.paper.document)
        elif self.key:
            said["key"] = self.key
        words = ",".join(f"{name} {base64.b64encode(value.encode()).decode()}" for name, value in said.items())
        length = str(len(given.data))
        status, found = self.ask("POST", ROOT, Upload_Length=length, Upload_Metadata=words)
        if status != 201:
            if status not in AWAY:
                self.faults.append(f"POST: {status}")
            return None
        file = Sent(found["Location"], given)
        self.paper.files.append(file)
        if self.paper.document is None:
            self.paper.document = uploads.look(self.house.straight, self.paper.actor, file.id).document
        return file

    def piece(self, file: Sent, most: int = 100_000) -> None:
        """The next bytes, now and then with a checksum, or with a wrong one."""
        start = file.acked
        most = max(most, len(file.content.data) * 2 // 3)
        body = file.content.data[start : start + self.chance.randint(1, most)]
        name = self.chance.choice(("", "", "sha1", "sha256", "wrong"))
        if not name:
            self.steps["piece"] += 1
            self._expect(self.patch(file, start, body), 204)
            return
        wrong = name == "wrong"
        self.steps["piece with a wrong checksum" if wrong else "piece with a checksum"] += 1
        digest = hashlib.new("sha1" if wrong else name, body + b"x" * wrong, usedforsecurity=False).digest()
        said = f"{'sha1' if wrong else name} {base64.b64encode(digest).decode()}"
        self._expect(self.patch(file, start, body, Upload_Checksum=said), 460 if wrong else 204)

    def _expect(self, status: int, wanted: int) -> None:
        # Where something broke before, an old piece may still come in and move the offset: 409, and one looks again.
        if status not in (wanted, 409, *(() if self.calm else AWAY)) and status not in AWAY:
            self.faults.append(f"PATCH: {status} in place of {wanted}")

    def cut(self, file: Sent) -> None:
        """A connection that ends in the midst of a piece."""
        self.steps["cut"] += 1
        rest = file.content.data[file.acked :]
        try:
            line = self.phone.opened(file.place, file.acked, len(rest))
            line.sendall(rest[: self.chance.randint(0, max(0, len(rest) - 1))])
            line.close()
        except OSError:
            pass

    def replay(self, file: Sent) -> None:
        """An old piece once more, with other bytes: nothing may change."""
        if not file.acked:
            return
        self.steps["replay"] += 1
        start = self.chance.randrange(file.acked)
        status = self.patch(file, start, self.chance.randbytes(min(500, len(file.content.data) - start)))
        if status not in (409, *AWAY):
            self.faults.append(f"a replayed piece: {status}")

    def resume(self, file: Sent) -> None:
        """HEAD and PATCH until it is whole."""
        self.steps["resume"] += 1
        for _ in range(TRIES):
            start = self.offset(file)
            if start == len(file.content.data):
                return
            if start is not None:
                self.patch(file, start, file.content.data[start:])
            else:
                time.sleep(0.05)
        self.faults.append(f"file {file.id}: not whole after {TRIES} tries")

    def together(self, file: Sent) -> None:
        """The same bytes over several connections at once."""
        self.steps["two at once"] += 1
        start, left = file.acked, len(file.content.data) - file.acked
        lengths = [self.chance.randint(1, left) for _ in range(self.chance.choice((2, 3)))]
        statuses: list[int] = []
        self._at_once(
            *(
                lambda length=length: statuses.append(
                    self.patch(file, start, file.content.data[start : start + length])
                )
                for length in lengths
            )
        )
        if self.calm and statuses.count(204) > 1:
            self.faults.append(f"{statuses} for one offset")

    def delete_under_way(self, file: Sent) -> None:
        """Taken back by one hand while the other sends."""
        self.steps["delete while sending"] += 1
        start, body = file.acked, file.content.data[file.acked :]
        self._at_once(lambda: self.patch(file, start, body), lambda: self.delete(file))

    def _at_once(self, *acts: Callable[[], object]) -> None:
        threads = [threading.Thread(target=act) for act in acts]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def delete(self, file: Sent) -> None:
        """Take a file back."""
        self.steps["delete"] += 1
        for _ in range(TRIES):
            status, _found = self.ask("DELETE", file.place)
            if status in (204, 404):  # 404: an earlier DELETE whose answer was lost
                self.paper.forget_pages(file)
                return
            if status not in AWAY:
                self.faults.append(f"DELETE: {status}")
                return
            time.sleep(0.05)
        self.faults.append("DELETE was never answered")

    def delete_paper(self) -> None:
        """The whole paper; the next file begins another."""
        if self.paper.document is None:
            return
        self.steps["delete paper"] += 1
        arranging.remove_document(self.house.through, self.paper.actor, self.paper.document)
        for file in self.paper.living():
            self.paper.forget_pages(file)
        self.paper.document = None

    def arrange(self) -> None:
        """Turn, move or remove a page."""
        if not self.paper.pages:
            return
        page = self.chance.choice(self.paper.pages)
        kit, actor, found = self.house.through, self.paper.actor, page_id(self.house.straight, page)
        act = self.chance.choice(("turn", "turn", "reorder", "reorder", "reorder", "remove page"))
        self.steps[act] += 1
        if act == "turn":
            arranging.turn_page(kit, actor, found)
            self.paper.turns[page] = (self.paper.turns[page] + 90) % 360
        elif act == "reorder":
            to = self.chance.randint(1, len(self.paper.pages))
            arranging.move_page(kit, actor, found, to=to)
            self.paper.pages.remove(page)
            self.paper.pages.insert(to - 1, page)
        else:
            arranging.remove_page(kit, actor, found)
            self.paper.pages.remove(page)
            if all(other[0] != page[0] for other in self.paper.pages):
                next(file for file in self.paper.files if file.id == page[0]).deleted = True

    def check(self, file: Sent, *, kill: bool = False) -> None:
        """The job, as the worker does it; `kill`: with SIGKILL in its midst."""
        if kill:
            self.steps["check killed"] += 1
            file.killed_checks += 1
            self.house.checking.killed_while_checking(file.id, self.chance.uniform(0.0, 0.8))
        else:
            self.steps["check"] += 1
            self.house.checking.check(file.id)
        try:
            state = state_of(self.house.straight, file)
        except DatabaseUnavailableError:
            return
        if state is FileState.READY and not file.ready:
            became_ready(self.paper, file)
        elif self.calm and not kill and not file.ready:
            wanted = FileState.READY if file.content.kind else FileState.REFUSED
            if state is not wanted:
                self.faults.append(f"file {file.id} was checked and is {state}, not {wanted}")

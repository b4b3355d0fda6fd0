"""The centre closes a request of a thread, with a reason that the person reads, and may open it again.

Each is a line of the thread: dated, never changed, and seen by the person as any word of the centre. A closed request ends
its reminders; what else waits in the thread goes on waiting.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.domain.case_request import LONGEST, LineKind, RequestKind
from portal.domain.request_closing import Because, CloseFault, fault
from portal.models import CaseRequest
from portal.services.actor import Actor, NotYoursError
from portal.services.decisions.standing import OF_REQUEST, is_decided
from portal.services.kit import Kit
from portal.services.thread.closings import is_closed
from portal.services.thread.desk import ChangedMeanwhileError, ours
from portal.services.thread.rows import Sent, Whose, add_line, count_of, sent_before, token_hashes, wait_anew
from portal.services.writing import audit, defer, lock_dossier


class CannotCloseError(Exception):
    """The request cannot be closed so; nothing was written."""

    def __init__(self, fault: CloseFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True)
class Request:
    """A request of one adult of a household."""

    dossier_id: uuid.UUID
    adult_id: uuid.UUID
    id: uuid.UUID


def close(kit: Kit, actor: Actor, request: Request, because: Because, sent: Sent, seen: int) -> uuid.UUID:
    """Close it; the person is told why. The same form again is the same line, whose id is given back.

    `seen`: how many lines stood on the page. Raises `CannotCloseError`, `ChangedMeanwhileError`, NotYoursError.
    """

    def check(session: Session, row: CaseRequest) -> None:
        decided = session.scalar(select(is_decided(OF_REQUEST, CaseRequest.id)).where(CaseRequest.id == row.id))
        older = session.scalar(
            select(CaseRequest.id)
            .where(
                CaseRequest.adult_id == row.adult_id,
                CaseRequest.kind == row.kind,
                CaseRequest.instant < row.instant,
                ~is_decided(OF_REQUEST, CaseRequest.id),
                ~is_closed(CaseRequest.id),
            )
            .limit(1)
        )
        wrong = fault(
            RequestKind(row.kind), because, decided=bool(decided), older=older is not None, words=bool(sent.words)
        )
        if wrong is not None:
            raise CannotCloseError(wrong)

    return _write(kit, actor, request, LineKind.CLOSED, because, sent, seen, check)


def reopen(kit: Kit, actor: Actor, request: Request, sent: Sent, seen: int) -> uuid.UUID:
    """Open it again: it waits, with its day as before. Raises what `close` raises."""
    return _write(kit, actor, request, LineKind.REOPENED, None, sent, seen, lambda _session, _row: None)


def _write(
    kit: Kit,
    actor: Actor,
    request: Request,
    kind: LineKind,
    because: Because | None,
    sent: Sent,
    seen: int,
    check: Callable[[Session, CaseRequest], None],
) -> uuid.UUID:
    if actor.id is None:
        raise NotYoursError
    if len(sent.words) > LONGEST:
        raise ValueError("too many words")
    now, whose = kit.clock.now(), Whose(request.adult_id, request.dossier_id)
    with kit.database.transaction() as session:
        lock_dossier(session, whose.dossier_id)
        ours(session, actor, whose)
        row = session.get(CaseRequest, request.id)
        if row is None or row.adult_id != whose.adult_id:
            raise NotYoursError
        what = f"{kind.value}/{request.id}/{because.value if because else ''}/{sent.words}"
        hashes = token_hashes(kit, actor.id, whose, replace(sent, words=what))
        before = sent_before(session, hashes)
        if before is not None:
            return before
        closed = session.scalar(select(is_closed(CaseRequest.id)).where(CaseRequest.id == row.id))
        if count_of(session, whose.adult_id) != seen or closed is (kind is LineKind.CLOSED):
            raise ChangedMeanwhileError
        check(session, row)
        line = add_line(session, kit, actor, whose, kind, sent, now, hashes[0], row.id, because)
        wait_anew(session, whose)
        audit(session, actor, f"request:{kind.value}", now, whose.dossier_id, adult_id=whose.adult_id)
        defer(session, "tell_answer", message_id=str(line))
        return line

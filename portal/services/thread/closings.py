"""What the centre closed, and opened again: for whoever reads a thread, and for clocks and reminders, in SQL."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeAlias

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from portal.domain.case_request import AskedState, LineKind, RequestKind, state_of
from portal.domain.request_closing import Because
from portal.models import CaseRequest, ThreadMessage
from portal.services.decisions.standing import OF_REQUEST, is_decided
from portal.services.kit import Kit
from portal.services.thread.rows import words_of

Id: TypeAlias = "ColumnElement[uuid.UUID] | InstrumentedAttribute[uuid.UUID] | InstrumentedAttribute[uuid.UUID | None]"
_ENDS = (LineKind.CLOSED.value, LineKind.REOPENED.value)
_LINE = aliased(ThreadMessage)


@dataclass(frozen=True)
class Ending:
    """The last of these lines about a request."""

    sequence: int
    because: Because | None
    """None: it was opened again."""


def is_closed(request: Id) -> ColumnElement[bool]:
    """Whether the centre closed the request, and did not open it again. Reads ids, kinds and the order, no words."""
    last = (
        select(_LINE.kind).where(_LINE.about == request, _LINE.kind.in_(_ENDS)).order_by(_LINE.sequence.desc()).limit(1)
    )
    return func.coalesce(last.scalar_subquery() == LineKind.CLOSED.value, False)


@dataclass(frozen=True)
class Until:
    """How far requests of a thread are: the place of the centre's last answer, and what it closed or opened again."""

    answer: int
    endings: Mapping[uuid.UUID | None, Ending]

    def state(self, request: uuid.UUID, asked: int, *, read: bool) -> AskedState:
        """Where a request stands whose line has the place `asked`."""
        ending = self.endings.get(request)
        since = max(asked, ending.sequence if ending else 0)
        return state_of(
            read=read, written=self.answer > since, closed=ending is not None and ending.because is not None
        )


@dataclass(frozen=True)
class Asking:
    """A request of an adult, as the desk may close it or open it again."""

    id: uuid.UUID
    kind: RequestKind
    instant: datetime
    state: AskedState
    because: Because | None
    decided: bool
    """Whether a decision that answers it holds."""
    words: str | None
    """What the person wrote with it; None where its key is missing now."""


def until_in(session: Session, adult_id: uuid.UUID) -> Until:
    """How far the requests of an adult's thread are."""
    rows = session.execute(
        select(ThreadMessage.about, ThreadMessage.sequence, ThreadMessage.reason)
        .where(ThreadMessage.adult_id == adult_id, ThreadMessage.kind.in_(_ENDS))
        .order_by(ThreadMessage.sequence)
    )
    endings = {about: Ending(sequence, Because(reason) if reason else None) for about, sequence, reason in rows}
    answered = select(func.max(ThreadMessage.sequence)).where(
        ThreadMessage.adult_id == adult_id, ThreadMessage.kind == LineKind.ANSWER.value
    )
    return Until(session.scalar(answered) or 0, endings)


def requests_in(session: Session, kit: Kit, adult_id: uuid.UUID) -> tuple[Asking, ...]:
    """Every request of an adult, the newest first, for a centre that has looked at them."""
    until = until_in(session, adult_id)
    rows = session.execute(
        select(
            CaseRequest.id,
            CaseRequest.kind,
            CaseRequest.instant,
            ThreadMessage.sequence,
            is_decided(OF_REQUEST, CaseRequest.id),
            ThreadMessage.id,
            ThreadMessage.details,
        )
        .join(ThreadMessage, ThreadMessage.about == CaseRequest.id)
        .where(ThreadMessage.adult_id == adult_id, ThreadMessage.kind == LineKind.REQUEST.value)
        .order_by(ThreadMessage.sequence.desc())
    )
    found = []
    for id_, kind, instant, sequence, decided, line, details in rows:
        ending = until.endings.get(id_)
        state = until.state(id_, sequence, read=True)
        because = ending.because if ending else None
        words = words_of(kit, line, details)
        found.append(Asking(id_, RequestKind(kind), instant.astimezone(UTC), state, because, decided, words))
    return tuple(found)

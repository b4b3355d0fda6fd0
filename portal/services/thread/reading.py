"""A thread as it is read: by its adult, who sees what the centre has read, and what is new to them."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from portal.domain.case_request import BY_CENTRE, PERSON, AskedState, LineKind, RequestKind
from portal.domain.request_closing import Because
from portal.models import CaseRequest, CaseSeen, ThreadMessage
from portal.services.actor import Actor
from portal.services.kit import Kit
from portal.services.thread.closings import Until, is_closed, until_in
from portal.services.thread.rows import note_seen, own, words_of

PAGE = 50
_CENTRE = tuple(kind.value for kind in BY_CENTRE)


@dataclass(frozen=True)
class Asked:
    """A request within a thread."""

    id: uuid.UUID
    kind: RequestKind
    state: AskedState
    registered: bool
    """Whether the filing register has it."""


@dataclass(frozen=True)
class Line:
    """One line of a thread."""

    id: uuid.UUID
    kind: LineKind
    instant: datetime
    region: str | None
    """Of the centre that wrote it; None for the person's own."""
    language: str
    words: str
    readable: bool
    """False where the key of its words is missing now."""
    request: Asked | None
    read_at: datetime | None
    """When the other side looked at it first."""
    new: bool
    """Whether this is the reader's first look at it."""
    ends: RequestKind | None = None
    """Which request it closes or opens again; None: none."""
    because: Because | None = None
    """Why it is closed."""

    @property
    def by_centre(self) -> bool:
        """Whether the centre wrote it."""
        return self.region is not None


@dataclass(frozen=True)
class Thread:
    """One page of a thread, oldest line first; page 1 holds the newest."""

    lines: tuple[Line, ...]
    total: int
    page: int
    more: bool

    @property
    def unsettled(self) -> bool:
        """Whether a request in it is open."""
        return any(one.request and one.request.state is not AskedState.CLOSED for one in self.lines)


@dataclass(frozen=True)
class News:
    """For the dossier's page: answers of the centre that this adult has not looked at, and requests that are open."""

    unread: int
    open_requests: int


def own_thread(kit: Kit, actor: Actor, page: int = 1) -> Thread:
    """The adult's own thread; what the centre wrote on this page is read from now on. Raises NotYoursError."""
    whose, now = own(actor), kit.clock.now()
    with kit.database.transaction() as session:
        found = thread_in(session, kit, whose.adult_id, None, page)
        note_seen(session, [one.id for one in found.lines if one.by_centre and one.new], PERSON, now)
        return found


def news(kit: Kit, actor: Actor) -> News:
    """What is new for this adult. Raises NotYoursError."""
    with kit.database.reading() as session:
        return news_in(session, actor)


def news_in(session: Session, actor: Actor) -> News:
    """The same within a transaction."""
    whose = own(actor)
    mine = ThreadMessage.adult_id == whose.adult_id
    seen = exists().where(CaseSeen.about == ThreadMessage.id, CaseSeen.reader == PERSON)
    unread = session.scalar(select(func.count()).where(mine, ThreadMessage.kind.in_(_CENTRE), ~seen))
    asked = session.scalar(
        select(func.count()).where(
            mine,
            ThreadMessage.kind == LineKind.REQUEST.value,
            ~is_closed(ThreadMessage.about),
        )
    )
    return News(unread or 0, asked or 0)


def thread_in(session: Session, kit: Kit, adult_id: uuid.UUID, region: str | None, page: int) -> Thread:
    """The thread of one adult, for a caller that has proven who reads: `region` reads as its centre, None as the person."""
    rows = session.scalars(
        select(ThreadMessage)
        .where(ThreadMessage.adult_id == adult_id)
        .order_by(ThreadMessage.sequence.desc())
        .limit(PAGE + 1)
        .offset((page - 1) * PAGE)
    ).all()
    shown = rows[:PAGE][::-1]
    requests = {
        one.id: one
        for one in session.scalars(select(CaseRequest).where(CaseRequest.id.in_([row.about for row in shown])))
    }
    looks: dict[uuid.UUID, dict[str, datetime]] = {}
    for look in session.scalars(select(CaseSeen).where(CaseSeen.about.in_([_seen_as(row) for row in shown]))):
        looks.setdefault(look.about, {})[look.reader] = look.instant.astimezone(UTC)
    until = until_in(session, adult_id)
    total = session.scalar(select(func.count()).where(ThreadMessage.adult_id == adult_id)) or 0
    lines = tuple(
        _line(
            kit,
            row,
            requests.get(row.about) if row.about else None,
            looks.get(_seen_as(row), {}),
            until,
            region,
        )
        for row in shown
    )
    return Thread(lines, total, page, len(rows) > PAGE)


def _line(
    kit: Kit,
    row: ThreadMessage,
    request: CaseRequest | None,
    looks: dict[str, datetime],
    until: Until,
    region: str | None,
) -> Line:
    by_centre = row.kind in _CENTRE
    by_other = [at for reader, at in looks.items() if (reader == PERSON) == by_centre]
    mine = by_centre == (region is not None)
    asked = None
    kind = RequestKind(request.kind) if request else None
    if request is not None and kind is not None and row.kind == LineKind.REQUEST.value:
        asked = Asked(
            request.id,
            kind,
            until.state(request.id, row.sequence, read=region is not None or bool(by_other)),
            request.register_sequence is not None,
        )
    words = words_of(kit, row.id, row.details)
    return Line(
        row.id,
        LineKind(row.kind),
        row.instant.astimezone(UTC),
        row.region,
        row.language,
        words or "",
        words is not None,
        asked,
        min(by_other, default=None),
        not mine and (PERSON if region is None else region) not in looks,
        ends=kind if by_centre else None,
        because=Because(row.reason) if row.reason else None,
    )


def _seen_as(row: ThreadMessage) -> uuid.UUID:
    """Under which id it is noted that somebody looked: a request is seen as the request, any other line as itself."""
    return row.about if row.about and row.kind == LineKind.REQUEST.value else row.id

"""An adult asks for urgent help, a re-examination, a decision, or the own file: every adult, as often as it is needed."""

from __future__ import annotations

import base64
import json
import os
import uuid
from datetime import UTC, datetime
from typing import Final

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from portal.domain.case_request import LONGEST, Last, LineKind, RequestKind, content_hmac
from portal.domain.register import Act, EntryKind
from portal.models import CaseRequest, CaseSeen, Demand, Dossier
from portal.services.actor import Actor
from portal.services.households.rows import reopen_by_writing
from portal.services.kit import Kit
from portal.services.thread.rows import (
    Place,
    Sent,
    Whose,
    add_line,
    own,
    place_of,
    request_context,
    sent_before,
    token_hashes,
)
from portal.services.thread.writing import await_answer, slow_down
from portal.services.writing import audit, defer, enter, lock_dossier

REGISTERED: Final = {
    RequestKind.URGENT: EntryKind.URGENT_REQUEST,
    RequestKind.REEXAMINATION: EntryKind.REEXAMINATION_REQUEST,
}
"""A clock starts with these: their instant is entered in the register."""


class StandsError(Exception):
    """The same was asked less than 24 hours ago and nobody has read it yet: it stands, and a second one would add nothing."""

    def __init__(self, last: Last) -> None:
        super().__init__("the same request stands")
        self.last = last


def ask(kit: Kit, actor: Actor, kind: RequestKind, sent: Sent, received_at: datetime) -> uuid.UUID:
    """One request, dated by its arrival; the same form sent again gives the same one. The id of its line in the thread.

    An urgent one is an express request (directive LIAS ch. 16.1.2, OLIAS art. 9): entered in the register, the duty
    address is told at once; it is never refused for being one of many. One for a re-examination is entered too: the clock
    `reexamination_clock` starts with it (wording of RELIAS art. 30 and 31 al. 2, in force until 30.6.2021: probable).
    Raises `StandsError`, `TooManyError`, NotYoursError; ValueError for what the form does not let through.
    """
    whose, urgent = own(actor), kind is RequestKind.URGENT
    if len(sent.words) > LONGEST:
        raise ValueError("too many words")
    if not urgent:
        slow_down(kit, whose)
    hashes = token_hashes(kit, whose.adult_id, whose, sent)
    with kit.database.transaction() as session:
        lock_dossier(session, whose.dossier_id)
        before = sent_before(session, hashes)
        if before is not None:
            return before
        place = place_of(session, whose.dossier_id)
        last = _last(session, whose, kind, place)
        if last is not None and last.stands(received_at):
            raise StandsError(last)
        request_id = _request(session, kit, whose, kind, sent, received_at, place)
        line = add_line(session, kit, actor, whose, LineKind.REQUEST, sent, received_at, hashes[0], request_id)
        await_answer(session, whose, received_at, asked=True, urgent=urgent)
        reopen_by_writing(session, kit, actor, whose.dossier_id, received_at)
        audit(session, actor, f"request:{kind.value}", received_at, whose.dossier_id)
        if urgent:
            defer(session, "alert_request", request_id=str(request_id))
        return line


def standing(kit: Kit, actor: Actor, kind: RequestKind, now: datetime) -> Last | None:
    """The request of this kind that stands, so that asking again would add nothing. Raises NotYoursError."""
    whose = own(actor)
    with kit.database.transaction() as session:
        last = _last(session, whose, kind, place_of(session, whose.dossier_id))
    return last if last is not None and last.stands(now) else None


def _request(
    session: Session, kit: Kit, whose: Whose, kind: RequestKind, sent: Sent, instant: datetime, place: Place
) -> uuid.UUID:
    """Write the request down; where a clock starts with its kind, it is entered in the register."""
    request_id, salt = uuid.uuid4(), os.urandom(32)
    sequence = None
    if kind in REGISTERED:
        act = Act(
            reference=session.get_one(Dossier, whose.dossier_id).reference,
            kind=REGISTERED[kind],
            channel="online",
            instant=instant,
            recorded_at=instant,
            commune_bfs=place.commune_bfs,
            content_hmac=content_hmac(salt, kind, sent.words),
        )
        sequence = enter(session, kit, act).sequence
    content = json.dumps({"words": sent.words, "salt": base64.b64encode(salt).decode()}, ensure_ascii=False)
    session.execute(
        insert(CaseRequest).values(
            id=request_id,
            dossier_id=whose.dossier_id,
            adult_id=whose.adult_id,
            kind=kind.value,
            instant=instant,
            register_sequence=sequence,
            details=kit.envelope.seal(content.encode(), request_context(request_id)),
        )
    )
    return request_id


def _last(session: Session, whose: Whose, kind: RequestKind, place: Place) -> Last | None:
    """The newest request of this kind by this adult; an urgent one may also have come with their demand, or on it."""
    found = session.execute(
        select(CaseRequest.instant, CaseSeen.instant)
        .outerjoin(CaseSeen, (CaseSeen.about == CaseRequest.id) & (CaseSeen.reader == place.region))
        .where(CaseRequest.adult_id == whose.adult_id, CaseRequest.kind == kind.value)
        .order_by(CaseRequest.instant.desc())
        .limit(1)
    ).one_or_none()
    lasts = [_as_last(*found)] if found else []
    if kind is RequestKind.URGENT:
        mine = (Demand.dossier_id == whose.dossier_id, Demand.adult_id == whose.adult_id)
        lasts += [
            _as_last(asked, opened)
            for asked, opened in session.execute(
                select(Demand.urgent_requested_at, Demand.urgent_opened_at).where(
                    *mine, Demand.urgent_requested_at.is_not(None), Demand.withdrawn_at.is_(None)
                )
            )
            if asked is not None
        ]
    return max(lasts, key=lambda one: one.instant, default=None)


def _as_last(instant: datetime, read_at: datetime | None) -> Last:
    return Last(instant.astimezone(UTC), read_at.astimezone(UTC) if read_at else None)

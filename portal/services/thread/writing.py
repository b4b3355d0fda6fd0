"""An adult writes to the centre. What was written stands: a slip is put right by another message."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.orm import Session

from portal.domain.case_request import LONGEST, LineKind
from portal.models import ThreadWaiting
from portal.services import limits
from portal.services.actor import Actor
from portal.services.households.rows import reopen_by_writing
from portal.services.kit import Kit
from portal.services.thread.rows import Sent, TooManyError, Whose, add_line, own, said_last, sent_before, token_hashes
from portal.services.writing import audit, lock_dossier

MOST = 20
"""Messages and requests of one adult in ten minutes; urgent requests are not counted."""


def write(
    kit: Kit, actor: Actor, sent: Sent, received_at: datetime, *, once_within: timedelta | None = None
) -> uuid.UUID:
    """One message; the same form sent again gives the same one. Its id.

    `once_within`: the same words once more within that time, with nothing after them, are the same message too.

    Raises `TooManyError`, NotYoursError; ValueError for what the form does not let through.
    """
    whose = own(actor)
    if not sent.words or len(sent.words) > LONGEST:
        raise ValueError("no words, or too many")
    hashes = token_hashes(kit, whose.adult_id, whose, sent)
    slow_down(kit, whose)
    with kit.database.transaction() as session:
        lock_dossier(session, whose.dossier_id)
        before = sent_before(session, hashes)
        if before is None and once_within is not None:
            before = said_last(session, kit, whose, sent.words, received_at - once_within)
        if before is not None:
            return before
        written = add_line(session, kit, actor, whose, LineKind.MESSAGE, sent, received_at, hashes[0])
        await_answer(session, whose, received_at, asked=False, urgent=False)
        reopen_by_writing(session, kit, actor, whose.dossier_id, received_at)
        audit(session, actor, "thread:write", received_at, whose.dossier_id)
        return written


def slow_down(kit: Kit, whose: Whose) -> None:
    """Count what an adult sends. Raises `TooManyError`."""
    if limits.count(kit, "thread-write", str(whose.adult_id)) > MOST:
        raise TooManyError


def await_answer(session: Session, whose: Whose, instant: datetime, *, asked: bool, urgent: bool) -> None:
    """From now on the thread waits for the centre, if it did not yet."""
    line = upsert(ThreadWaiting).values(
        adult_id=whose.adult_id, dossier_id=whose.dossier_id, since=instant, asked=asked, urgent=urgent
    )
    session.execute(
        line.on_conflict_do_update(
            index_elements=["adult_id"],
            set_={
                "asked": ThreadWaiting.asked | line.excluded.asked,
                "urgent": ThreadWaiting.urgent | line.excluded.urgent,
            },
        )
        if asked
        else line.on_conflict_do_nothing(index_elements=["adult_id"])
    )

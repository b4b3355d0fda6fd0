"""That the identity of an adult was seen: noted once at the desk, taken back with a reason, shown to both sides."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from portal.domain.identity import LONGEST_REASON, IdentityPaper
from portal.models import Adult, Caseworker, IdentityEvent
from portal.services.actor import Actor, NotYoursError
from portal.services.at_desk import DeskPlace, head_in
from portal.services.kit import Kit
from portal.services.writing import audit, lock_dossier

SEEN = "seen"
TAKEN_BACK = "taken_back"


@dataclass(frozen=True)
class Seen:
    """That it was seen."""

    paper: IdentityPaper
    instant: datetime
    region: str
    """The centre: what the person sees of who it was."""
    by: str | None = None
    """The caseworker's name: for staff only."""


def identity_context(event: uuid.UUID) -> str:
    """What the words of an event are bound to."""
    return f"identity_event/{event}"


def note_seen_in(
    session: Session,
    kit: Kit,
    actor: Actor,
    dossier_id: uuid.UUID,
    adult_id: uuid.UUID,
    paper: IdentityPaper,
    now: datetime,
) -> bool:
    """Note it, for a caller who has proven the scope and audits; False where it stands already with as much said."""
    last = _last(session, adult_id)
    if last is not None and last.kind == SEEN and paper.value in (last.paper, IdentityPaper.NOT_SAID.value):
        return False
    _add(session, kit, actor, dossier_id, adult_id, SEEN, now, paper=paper)
    return True


def note_seen(kit: Kit, actor: Actor, place: DeskPlace, adult_id: uuid.UUID, paper: IdentityPaper) -> None:
    """Note that this adult's paper was seen; the same once more changes nothing. Raises NotYoursError."""
    now = kit.clock.now()
    with kit.database.transaction() as session:
        dossier = _household(session, kit, actor, place, adult_id)
        made = note_seen_in(session, kit, actor, dossier, adult_id, paper, now)
        audit(session, actor, "identity:seen", now, dossier, "done" if made else "unchanged", adult_id=adult_id)


def take_back(kit: Kit, actor: Actor, place: DeskPlace, adult_id: uuid.UUID, reason: str) -> None:
    """Take it back: it was noted by mistake. Nothing is removed. Where nothing stands, nothing happens.

    Raises NotYoursError; ValueError without a reason.
    """
    if not reason or len(reason) > LONGEST_REASON:
        raise ValueError("no reason, or too many words")
    now = kit.clock.now()
    with kit.database.transaction() as session:
        dossier = _household(session, kit, actor, place, adult_id)
        last = _last(session, adult_id)
        stands = last is not None and last.kind == SEEN
        if stands:
            _add(session, kit, actor, dossier, adult_id, TAKEN_BACK, now, reason=reason)
        audit(session, actor, "identity:taken-back", now, dossier, "done" if stands else "unchanged", adult_id=adult_id)


def seen_of_household(session: Session, dossier_id: uuid.UUID) -> dict[uuid.UUID, Seen]:
    """Whose identity was seen, with who saw it: for a caller of the desk who has proven the scope."""
    rows = session.execute(
        select(IdentityEvent, Caseworker.name)
        .join(Caseworker, Caseworker.id == IdentityEvent.caseworker_id)
        .where(IdentityEvent.dossier_id == dossier_id)
        .order_by(IdentityEvent.sequence)
    )
    found: dict[uuid.UUID, Seen] = {}
    for row, name in rows:
        found.pop(row.adult_id, None)
        if row.kind == SEEN:
            found[row.adult_id] = _seen(row, name)
    return found


def own_seen_in(session: Session, adult_id: uuid.UUID) -> Seen | None:
    """Whether a centre saw who this adult is; for themselves, without a name."""
    last = _last(session, adult_id)
    return _seen(last) if last is not None and last.kind == SEEN else None


def exported_in(session: Session, adult_id: uuid.UUID | None) -> list[dict[str, Any]]:
    """Everything that was noted, for the adult's own export; why something was taken back is the centre's."""
    rows = session.scalars(
        select(IdentityEvent).where(IdentityEvent.adult_id == adult_id).order_by(IdentityEvent.sequence)
    )
    return [{"kind": row.kind, "paper": row.paper, "at": row.instant, "centre": row.region} for row in rows]


def _seen(row: IdentityEvent, by: str | None = None) -> Seen:
    paper = IdentityPaper(row.paper) if row.paper else IdentityPaper.NOT_SAID
    return Seen(paper, row.instant.astimezone(UTC), row.region, by)


def _last(session: Session, adult_id: uuid.UUID) -> IdentityEvent | None:
    query = select(IdentityEvent).where(IdentityEvent.adult_id == adult_id)
    return session.scalar(query.order_by(IdentityEvent.sequence.desc()).limit(1))


def _household(session: Session, kit: Kit, actor: Actor, place: DeskPlace, adult_id: uuid.UUID) -> uuid.UUID:
    head = head_in(session, kit, actor, place, lock=True)
    adult = session.get(Adult, adult_id)
    if adult is None or adult.dossier_id != head.dossier_id or head.region != actor.region or head.withdrawn_at:
        raise NotYoursError
    lock_dossier(session, head.dossier_id)
    return head.dossier_id


def _add(
    session: Session,
    kit: Kit,
    actor: Actor,
    dossier_id: uuid.UUID,
    adult_id: uuid.UUID,
    kind: str,
    now: datetime,
    *,
    paper: IdentityPaper | None = None,
    reason: str = "",
) -> None:
    event = uuid.uuid4()
    session.execute(
        insert(IdentityEvent).values(
            id=event,
            dossier_id=dossier_id,
            adult_id=adult_id,
            kind=kind,
            paper=paper.value if paper else None,
            instant=now,
            caseworker_id=actor.id,
            region=actor.region,
            details=kit.envelope.seal(reason.encode(), identity_context(event)),
        )
    )

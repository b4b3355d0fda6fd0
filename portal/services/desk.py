"""Staff: the board of a region, opening, taking, passing on, correcting the date, a new access code.

The scope is in every query: a demand of another region is not found, whoever asks and however.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, select, update
from sqlalchemy.orm import Session

from portal.domain.demand import filing_day, name_key
from portal.domain.identity import IdentityPaper
from portal.domain.register import Act, EntryKind
from portal.law import directory
from portal.models import AccessCode, AccountClosing, Adult, CitizenSession, Demand
from portal.services.actor import Actor
from portal.services.demands import DemandView, Found, view_of
from portal.services.filing import Contact
from portal.services.identity import note_seen_in
from portal.services.kit import Kit
from portal.services.scope import adult_in, find
from portal.services.slips import code_digests, codes_of
from portal.services.writing import audit, defer, enter, note_event


class NotEarlierError(Exception):
    """A correction may only bring an earlier first contact; the earliest proven one counts."""


@dataclass(frozen=True)
class NewAdult:
    """Another adult of a household, as the desk takes them up."""

    person: str
    """Who that is among the persons of the sent answers."""
    name: str
    language: str
    paper: IdentityPaper = IdentityPaper.NOT_SAID
    """What was seen of who they are."""


def look(
    kit: Kit,
    actor: Actor,
    demand_id: uuid.UUID,
    action: str,
    *,
    own: bool = False,
) -> DemandView:
    """A demand of the actor's scope, audited under `action`; raises NotYoursError outside the scope.

    `own`: the look concerns the adult who made the demand, and nobody else.
    """
    with kit.database.transaction() as session:
        found = find(session, actor, demand_id)
        view = view_of(session, kit, found)
        whose = view.adult_id if own else None
        audit(session, actor, action, kit.clock.now(), view.dossier_id, adult_id=whose)
        return view


def open_demand(kit: Kit, actor: Actor, demand_id: uuid.UUID) -> DemandView:
    """Open a demand. The first opening by the region that has it is dated; it ends the alerts of an urgent request.

    While no region has taken it nobody is responsible: a look is audited, and everything else goes on.
    """
    now = kit.clock.now()
    with kit.database.transaction() as session:
        found = find(session, actor, demand_id, lock=True)
        demand = found[0]
        first: dict[str, datetime] = {}
        taken = demand.region is not None
        if taken and demand.opened_at is None:
            first["opened_at"] = now
        if taken and demand.urgent_requested_at is not None and demand.urgent_opened_at is None:
            first["urgent_opened_at"] = now
        if first:
            session.execute(update(Demand).where(Demand.id == demand_id).values(first))
            note_event(session, kit, actor, demand_id, "opened", now)
            session.expire_all()
            found = find(session, actor, demand_id)
        view = view_of(session, kit, found)
        audit(session, actor, "demand:open", now, view.dossier_id)
        return view


def take(kit: Kit, actor: Actor, demand_id: uuid.UUID) -> None:
    """Take a demand that several regions could be responsible for. The filing date stays; opening it then is dated."""

    def write(session: Session, found: Found, now: datetime) -> str:
        demand = found[0]
        if demand.region is not None:
            return "unchanged"
        session.execute(update(Demand).where(Demand.id == demand_id).values(region=actor.region))
        note_event(session, kit, actor, demand_id, "taken", now, to_region=actor.region)
        return "done"

    _change(kit, actor, demand_id, "demand:take", write)


def pass_on(kit: Kit, actor: Actor, demand_id: uuid.UUID, to_region: str, reason: str) -> None:
    """Pass a demand to another region. The filing date stays; the new region has to open it."""
    directory.region(to_region)

    def write(session: Session, found: Found, now: datetime) -> str:
        values = {"region": to_region, "opened_at": None, "urgent_opened_at": None}
        session.execute(update(Demand).where(Demand.id == demand_id).values(values))
        note_event(session, kit, actor, demand_id, "passed-on", now, to_region=to_region, reason=reason)
        if found[0].urgent_requested_at is not None:
            defer(session, "alert_duty", demand_id=str(demand_id))
        return "done"

    _change(kit, actor, demand_id, "demand:pass-on", write)


def correct(kit: Kit, actor: Actor, demand_id: uuid.UUID, contact: Contact) -> None:
    """Record an earlier first contact, with a reason: a new register entry; nothing is overwritten.

    Raises NotEarlierError when the new day is not before the present filing date.
    """

    def write(session: Session, found: Found, now: datetime) -> str:
        demand, dossier, _, entry = found
        day = filing_day(contact.instant)
        if day >= demand.filing_date:
            raise NotEarlierError
        act = Act(
            reference=dossier.reference,
            kind=EntryKind.CORRECTION,
            channel=contact.channel.value,
            instant=contact.instant,
            recorded_at=now,
            commune_bfs=demand.commune_bfs,
            content_hmac=entry.content_hmac,
        )
        link = enter(session, kit, act)
        session.execute(update(Demand).where(Demand.id == demand_id).values(filing_date=day))
        note_event(
            session,
            kit,
            actor,
            demand_id,
            "corrected",
            now,
            reason=contact.reason,
            register_sequence=link.sequence,
        )
        return "done"

    _change(kit, actor, demand_id, "demand:correct-date", write)


def issue_code(
    kit: Kit,
    actor: Actor,
    demand_id: uuid.UUID,
    token: bytes | None = None,
    adult_id: uuid.UUID | None = None,
    paper: IdentityPaper = IdentityPaper.NOT_SAID,
) -> None:
    """A new access code for the demand's adult, or another of its household, after identity was seen.

    The old one and its sessions end. The code belongs to the form's one-time token: the same form sent again changes
    nothing. It is read by `slips.new_code` only. `paper`: what was seen of who they are; it is noted too.
    """

    concerns: list[uuid.UUID] = []

    def write(session: Session, found: Found, now: datetime) -> str:
        own = found[2].id
        whose = adult_in(session, found, adult_id).id
        concerns.append(whose)
        if not issue_in(session, kit, actor, whose, token or os.urandom(32), now, paper):
            return "unchanged"
        if whose == own:  # of another adult's code the one who made the demand is told nothing
            note_event(session, kit, actor, demand_id, "code-issued", now)
        return "done"

    _change(kit, actor, demand_id, "access-code:issue", write, concerns)


def add_adult(kit: Kit, actor: Actor, demand_id: uuid.UUID, new: NewAdult, token: bytes) -> uuid.UUID:
    """A file of their own for another adult whom the sent answers name, with a first code; their id.

    Sent twice it is one adult; one who has a file already gets a new code. Raises NotYoursError outside the scope.
    """
    ids: list[uuid.UUID] = []

    def write(session: Session, found: Found, now: datetime) -> str:
        ids.append(adult_in_file(session, found[1].id, new))
        return "done" if issue_in(session, kit, actor, ids[0], token, now, new.paper) else "unchanged"

    _change(kit, actor, demand_id, "adult:add", write, ids)
    return ids[0]


def adult_in_file(session: Session, dossier: uuid.UUID, new: NewAdult) -> uuid.UUID:
    """The file of another adult of a household, made where there is none yet."""
    adult = session.scalar(select(Adult).where(Adult.dossier_id == dossier, Adult.person == new.person))
    if adult is None:
        adult = Adult(
            id=uuid.uuid4(),
            dossier_id=dossier,
            person=new.person,
            name=new.name,
            name_key=name_key(new.name),
            unreachable=False,
            language=new.language,
        )
        session.add(adult)
        session.flush()
    return adult.id


def issue_in(
    session: Session,
    kit: Kit,
    actor: Actor,
    adult_id: uuid.UUID,
    token: bytes,
    now: datetime,
    paper: IdentityPaper,
) -> bool:
    """Whether a new code was made, in the place of any before; False where this token made it already.

    With it, that somebody saw who the adult is: the only place where that is noted for a code.
    """
    codes = codes_of(kit, adult_id, token)
    hashes = [value for code in codes for value in code_digests(kit, adult_id, code)]
    if session.scalar(select(exists().where(AccessCode.adult_id == adult_id, AccessCode.code_hash.in_(hashes)))):
        return False
    closed = (AccountClosing.adult_id == adult_id, AccountClosing.ended_at.is_(None))
    session.execute(update(AccountClosing).where(*closed).values(ended_at=now))
    living = (AccessCode.adult_id == adult_id, AccessCode.ended_at.is_(None))
    session.execute(update(AccessCode).where(*living).values(ended_at=now))
    session.execute(
        update(CitizenSession)
        .where(CitizenSession.adult_id == adult_id, CitizenSession.ended_at.is_(None))
        .values(ended_at=now)
    )
    session.add(AccessCode(id=uuid.uuid4(), adult_id=adult_id, code_hash=hashes[0], issued_at=now, issued_by=actor.id))
    dossier_id = session.scalars(select(Adult.dossier_id).where(Adult.id == adult_id)).one()
    note_seen_in(session, kit, actor, dossier_id, adult_id, paper, now)
    return True


def _change(
    kit: Kit,
    actor: Actor,
    demand_id: uuid.UUID,
    action: str,
    write: Callable[[Session, Found, datetime], str],
    concerns: Sequence[uuid.UUID] = (),
) -> None:
    """One locked, audited change of a demand in scope. `concerns`: the one adult it is about, once it is written."""
    now = kit.clock.now()
    with kit.database.transaction() as session:
        found = find(session, actor, demand_id, lock=True)
        dossier_id = found[1].id
        outcome = write(session, found, now)
        audit(session, actor, action, now, dossier_id, outcome, adult_id=next(iter(concerns), None))

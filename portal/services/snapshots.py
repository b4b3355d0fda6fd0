"""What was sent to the centre: dated snapshots of the situation. Sent once they stay; a correction is a snapshot more."""

from __future__ import annotations

import json
import uuid
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from portal.adapters.envelope import UnreadableError
from portal.domain.answer_mark import How
from portal.domain.changes.timeline import overlay
from portal.domain.demand import filing_day
from portal.domain.situation import Situation, SituationError
from portal.domain.situation.draft import Json
from portal.domain.situation.stored import read_stored, upgraded
from portal.models import Demand, SituationSnapshot
from portal.services.actor import Actor, ActorKind, NotYoursError
from portal.services.begun_on_paper import Head
from portal.services.demands import DemandView
from portal.services.document_requests import ask_in
from portal.services.kit import Kit
from portal.services.reports.stored import live_in
from portal.services.situations import Opened, opened_in
from portal.services.writing import audit, lock_dossier, note_event


@dataclass(frozen=True)
class Snapshot:
    """One sending."""

    number: int
    sent_at: datetime
    said: Json
    """In the JSON form of today's version."""
    whose: Json
    """adult id → person id → fields: what an adult said for themselves alone. The centre sees it, other adults do not."""
    by: uuid.UUID | None
    """The adult who sent it; None: it was sent in the session of a caseworker."""
    alone: uuid.UUID | None = None
    """Of these the adult who sent it themselves, on a device that the centre had handed to them."""

    @property
    def situation(self) -> Situation:
        """As a value. Raises `SituationError` for what no version of this portal wrote."""
        return read_stored(self.said, filing_day(self.sent_at))

    def for_adult(self, adult: uuid.UUID | None) -> Snapshot:
        """The same without what others said for themselves alone."""
        hidden: dict[str, set[str]] = {}
        for whose, fields in self.whose.items():
            for person, names in fields.items() if whose != str(adult) else ():
                hidden.setdefault(person, set()).update(names)
        persons = [
            {name: value for name, value in person.items() if name not in hidden.get(person["id"], ())}
            for person in self.said["persons"]
        ]
        return replace(self, said=self.said | {"persons": persons})


def send(kit: Kit, actor: Actor, *, how: Collection[How] = ()) -> int:
    """Send the situation as it stands; the number of its snapshot. What is sent already is not sent twice.

    `how` as for a page of answers: with `THEMSELF` the adult sent it, although in the session of a caseworker.
    """
    alone = actor.adult_id if actor.kind is ActorKind.STAFF and How.THEMSELF in how else None
    now = kit.clock.now()
    with kit.database.transaction() as session:
        opened = opened_in(session, kit, actor, lock=True)  # nobody changes an answer meanwhile
        dossier = actor.dossier_id
        if dossier is None:
            raise NotYoursError
        lock_dossier(session, dossier)
        last = _last(session, kit, dossier)
        said, whose = everything(actor, opened, last)
        if last is not None and (last.said, last.whose) == (upgraded(said), whose):
            return last.number
        number, snapshot = 1 if last is None else last.number + 1, uuid.uuid4()
        session.execute(
            insert(SituationSnapshot).values(
                id=snapshot,
                dossier_id=dossier,
                number=number,
                sent_at=now,
                adult_id=None if actor.kind is ActorKind.STAFF else actor.adult_id,
                content=kit.envelope.seal(
                    json.dumps({"said": said, "whose": whose} | ({"alone": str(alone)} if alone else {})).encode(),
                    f"situation_snapshot/{snapshot}",
                ),
            )
        )
        demand = session.scalar(
            select(Demand.id).where(Demand.dossier_id == dossier).order_by(Demand.instant.desc()).limit(1)
        )
        if demand is not None:
            note_event(session, kit, actor, demand, "situation-sent", now)
        ask_in(session, kit, actor, opened, now)
        audit(session, actor, "situation:send-alone" if alone else "situation:send", now, dossier)
        return number


def snapshots(kit: Kit, actor: Actor) -> tuple[Snapshot, ...]:
    """What was sent of the own dossier, newest first, as this adult may see it. Raises `NotInHouseholdError`.

    A sending in which they would see no change is another adult's own matter: not even that it was is shown.
    """
    with kit.database.reading() as session:
        return own_snapshots_in(session, kit, actor)


def own_snapshots_in(session: Session, kit: Kit, actor: Actor) -> tuple[Snapshot, ...]:
    """The same within a transaction."""
    opened_in(session, kit, actor)
    sent = [one.for_adult(actor.adult_id) for one in snapshots_of(session, kit, actor.dossier_id)]
    seen: list[Snapshot] = []
    for one in reversed(sent):
        if not seen or (one.alone or one.by) in (None, actor.adult_id) or one.said != seen[-1].said:
            seen.append(replace(one, number=len(seen) + 1))
    return tuple(reversed(seen))


def snapshots_of(session: Session, kit: Kit, dossier: uuid.UUID | None) -> tuple[Snapshot, ...]:
    """The same within a transaction, for a caller that has proven who may see it."""
    rows = session.scalars(
        select(SituationSnapshot)
        .where(SituationSnapshot.dossier_id == dossier)
        .order_by(SituationSnapshot.number.desc())
    )
    return tuple(_snapshot(kit, row) for row in rows)


@dataclass(frozen=True)
class Said:
    """What the centre has of a household."""

    situation: Situation
    sent_at: datetime | None
    """None: it came along with the demand, from an estimate."""
    reports: int = 0
    """How many reports of changes lie over it."""


def said_to_centre(kit: Kit, demand: Head) -> Said | None:
    """What was sent last, else the answers that came along with the demand; the changes that were reported lie over it.

    Income and wealth are for the centre that took the demand, for no other; the caller has proven that the household is
    in the actor's scope. With a file that began on paper no answers came along.
    """
    if demand.region is None:
        return None
    along = demand.situation if isinstance(demand, DemandView) else None
    return _with_reports(kit, demand.dossier_id, Said(along, None) if along else None)


def said_without_demand(kit: Kit, dossier: uuid.UUID) -> Said | None:
    """The same of a file that began on paper. The caller has proven that it is of the actor's own centre."""
    return _with_reports(kit, dossier, None)


def _with_reports(kit: Kit, dossier: uuid.UUID, said: Said | None) -> Said | None:
    with kit.database.reading() as session:
        with suppress(SituationError, UnreadableError):
            # Where its key is gone, or it is of a portal that we do not know, what came with the demand is better.
            last = _last(session, kit, dossier)
            said = Said(last.situation, last.sent_at) if last else said
        if said is None:
            return None
        live = live_in(session, kit, dossier)
    return replace(said, situation=overlay(said.situation, live).situation, reports=len(live)) if live else said


def sent_at(kit: Kit, dossier: uuid.UUID | None) -> datetime | None:
    """When something of a dossier was sent last; nothing is opened for that. The caller has proven who may know."""
    query = select(func.max(SituationSnapshot.sent_at)).where(SituationSnapshot.dossier_id == dossier)
    with kit.database.reading() as session:
        return session.scalar(query)


def unsent_from(kit: Kit, actor: Actor, opened: Opened, last: SituationSnapshot) -> bool:
    """Whether the centre has other answers, by what was sent last, than those that stand there now."""
    sent, me = _snapshot(kit, last), str(actor.adult_id)
    alone = {person: sorted(said) for person, said in opened.draft.own.items()}
    return (sent.for_adult(actor.adult_id).said, sent.whose.get(me, {})) != (upgraded(opened.draft.together()), alone)


def everything(actor: Actor, opened: Opened, last: Snapshot | None) -> tuple[Json, Json]:
    """What is sent: what the household says, what the actor says for themselves alone, and what others of it said so and sent.

    The second is whose alone which of it is: adult id → person id → fields. What another adult has not sent stays theirs.
    """
    draft, me = opened.draft, str(actor.adult_id)
    now = {person["id"]: person for person in draft.said["persons"]}
    owns: dict[str, Json] = {}
    before = {} if last is None else {person["id"]: person for person in last.said["persons"]}
    for adult, fields in ({} if last is None else last.whose).items():
        if adult != me:
            owns[adult] = {
                person: {name: before[person][name] for name in names if name not in now[person]}
                for person, names in fields.items()
                if person in now and person in before
            }
    owns[me] = {person: said for person, said in draft.own.items() if person in now}
    for own in owns.values():
        draft = replace(draft, own={**draft.own, **{one: {**draft.own.get(one, {}), **own[one]} for one in own}})
    whose = {adult: {one: sorted(said) for one, said in own.items() if said} for adult, own in owns.items()}
    return draft.together(), {adult: fields for adult, fields in whose.items() if fields}


def last_in(session: Session, dossier: uuid.UUID | None) -> SituationSnapshot | None:
    """What was sent last, still sealed, for a caller that has proven who may know of it."""
    return session.scalar(
        select(SituationSnapshot)
        .where(SituationSnapshot.dossier_id == dossier)
        .order_by(SituationSnapshot.number.desc())
        .limit(1)
    )


def _last(session: Session, kit: Kit, dossier: uuid.UUID) -> Snapshot | None:
    row = last_in(session, dossier)
    return None if row is None else _snapshot(kit, row)


def last_of(kit: Kit, dossier: uuid.UUID) -> Snapshot | None:
    """What was sent last, opened, for a caller who then shows an adult their part of it. Raises UnreadableError."""
    with kit.database.reading() as session:
        return _last(session, kit, dossier)


def _snapshot(kit: Kit, row: SituationSnapshot) -> Snapshot:
    content = json.loads(kit.envelope.open(row.content, f"situation_snapshot/{row.id}"))
    alone = uuid.UUID(content["alone"]) if "alone" in content else None
    return Snapshot(row.number, row.sent_at, upgraded(content["said"]), content["whose"], row.adult_id, alone)

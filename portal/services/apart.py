"""«I am not safe with this person»: a file of one's own, from this moment, of which nobody in the old one learns.

A new file and not a second view of the old one: every rule about whose file it is holds for it, so that nothing can
leak where a rule was forgotten. The old one goes on as if nothing had happened.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from portal.domain.demand import Announcement, Channel, Need, Person
from portal.domain.situation import Relation
from portal.domain.situation.draft import Json
from portal.domain.situation.model import VERSION
from portal.domain.situation.words import APPLICANT
from portal.models import Adult, Apart, Demand, Dossier
from portal.services.actor import Actor, ActorKind, NotYoursError
from portal.services.closing import close_account
from portal.services.filed import find_filed
from portal.services.filing import Contact, Filing, file_demand
from portal.services.kit import Kit
from portal.services.scope import in_scope
from portal.services.situations import opened_in

_OF_TWO: Final = ("id", "relation", "lives_here", "together_since", "together_years", "common_child")
"""What is said of somebody towards others; the rest of their own answers comes along."""


@dataclass(frozen=True)
class Wish:
    """What the person says on the page. A contact is where the centre may write or call; none is all right."""

    phone: str | None
    email: str | None
    postal_address: str | None
    commune_bfs: int | None
    needs: tuple[Need, ...]
    code_is_mine: bool
    """Whether nobody else knows the code of the old file: then it ends, and nobody comes in with it."""


@dataclass(frozen=True)
class OtherFile:
    """The other one of two files, for the desk."""

    reference: str
    demand_id: uuid.UUID | None
    """None where another region has it."""
    left: bool
    """Whether it is the file that the person left; else the one that is theirs now."""
    instant: datetime


def part(
    kit: Kit, actor: Actor, wish: Wish, token: bytes, received_at: datetime, source: str | None, language: str
) -> None:
    """Give the adult a file of their own: a demand with today's date, their own answers, a code of its own.

    Sent twice it is one. Raises NotYoursError, and DatabaseUnavailableError (sending again is safe).
    """
    announcement, situation = _announcement(kit, actor, wish, language)
    filing = Filing(announcement, Contact(Channel.ONLINE, received_at), token, source=source, situation=situation)
    # Nothing of the old file stands in the new one's audit, and nothing of this in the old one's.
    file_demand(kit, Actor(ActorKind.VISITOR, actor.request_id), filing, received_at)
    found = find_filed(kit, token, announcement)
    if found is None:
        raise NotYoursError
    with kit.database.transaction() as session:
        session.execute(  # no audit event: the old file's log is read there, and the new file's begins with the demand
            insert(Apart)
            .values(
                new_dossier_id=found.demand.dossier_id,
                old_dossier_id=actor.dossier_id,
                adult_id=actor.adult_id,
                instant=received_at,
            )
            .on_conflict_do_nothing()
        )
    if wish.code_is_mine:
        close_account(kit, actor)


def others_in(session: Session, actor: Actor, dossier_id: uuid.UUID) -> tuple[OtherFile, ...]:
    """The files that belong apart from this one, for a caller who has proven that it is in the actor's scope."""
    rows = session.scalars(
        select(Apart).where((Apart.old_dossier_id == dossier_id) | (Apart.new_dossier_id == dossier_id))
    )
    found = []
    for row in rows.all():
        left = row.new_dossier_id == dossier_id
        other = row.old_dossier_id if left else row.new_dossier_id
        reference = session.scalars(select(Dossier.reference).where(Dossier.id == other)).one()
        mine = select(Demand.id).where(Demand.dossier_id == other, in_scope(actor))
        demand = session.scalar(mine.order_by(Demand.instant.desc()).limit(1))
        found.append(OtherFile(reference, demand, left, row.instant))
    return tuple(found)


def _announcement(kit: Kit, actor: Actor, wish: Wish, language: str) -> tuple[Announcement, Json]:
    """The person as the old file knows them, with the contact they give now and no other, and their own answers."""
    if actor.kind is not ActorKind.CITIZEN or actor.adult_id is None:
        raise NotYoursError
    with kit.database.transaction() as session:
        adult = session.get(Adult, actor.adult_id)
        if adult is None:
            raise NotYoursError
        draft = opened_in(session, kit, actor).draft
        mine = draft.person(actor.person)
    person = Person(
        name=adult.name,
        latin_name=adult.latin_name,
        birth_date=adult.birth_date,
        birth_year=adult.birth_year,
        phone=wish.phone,
        email=wish.email,
        postal_address=wish.postal_address,
        unreachable=not (wish.phone or wish.email or wish.postal_address),
        interview_language=adult.interview_language,
        interpreter=adult.interpreter,
    )
    said: Json = {name: value for name, value in mine.items() if name not in _OF_TWO}
    own = {"id": APPLICANT, "relation": Relation.APPLICANT.value, **said}
    announcement = Announcement(person, language, wish.commune_bfs, urgent=bool(wish.needs), needs=wish.needs)
    return announcement, {"version": VERSION, "persons": [own]}

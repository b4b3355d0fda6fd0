"""A household as the desk opens it: by its demand, or by its dossier where the file began on paper. In the actor's scope only."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from portal.models import Demand, Document, DocumentPage
from portal.services.actor import Actor, NotYoursError
from portal.services.begun_on_paper import Head, paper_file_in
from portal.services.demands import joined, view_of
from portal.services.kit import Kit
from portal.services.scope import find, in_scope
from portal.services.writing import adult_of, audit, lock_dossier


@dataclass(frozen=True)
class DeskPlace:
    """How a page of the desk names a household: by the one or by the other."""

    demand_id: uuid.UUID | None = None
    dossier_id: uuid.UUID | None = None


def head_in(session: Session, kit: Kit, actor: Actor, place: DeskPlace, *, lock: bool = False) -> Head:
    """What says whose the household is and which centre has it, locked for a change if wanted.

    A dossier is its newest demand of the actor's scope; one that began on paper is its file, at its own centre only.
    Raises NotYoursError outside the scope.
    """
    if place.demand_id is not None:
        return view_of(session, kit, find(session, actor, place.demand_id, lock=lock))
    query = joined().where(Demand.dossier_id == place.dossier_id, in_scope(actor))
    newest = query.order_by(Demand.instant.desc()).limit(1)
    found = session.execute(newest.with_for_update(of=Demand) if lock else newest).one_or_none()
    if found is not None:
        return view_of(session, kit, found)
    paper = paper_file_in(session, place.dossier_id)
    if paper is None or paper.region != actor.region:
        raise NotYoursError
    if lock:
        lock_dossier(session, paper.dossier_id)
    return paper


def head(kit: Kit, actor: Actor, place: DeskPlace) -> Head:
    """The same, for a step that is audited by itself."""
    with kit.database.reading() as session:
        return head_in(session, kit, actor, place)


def look(
    kit: Kit,
    actor: Actor,
    place: DeskPlace,
    action: str | None = None,
    *,
    person: str | None = None,
    paper: uuid.UUID | None = None,
) -> Head:
    """The same, audited under `action`; None: as a page of the demand, or of the file, as a whole.

    Whom alone the look concerns, if anybody: `person`, by the household's answers; who sent `paper`, a document or one of
    its pages. Raises NotYoursError.
    """
    with kit.database.transaction() as session:
        found = head_in(session, kit, actor, place)
        whose = adult_of(session, found.dossier_id, person)
        if paper is not None:
            whose = _sender(session, found.dossier_id, paper)
        if action is None:
            action, whose = ("paper-file:read", found.adult_id) if found.on_paper else ("demand:read", whose)
        audit(session, actor, action, kit.clock.now(), found.dossier_id, adult_id=whose)
        return found


def _sender(session: Session, dossier: uuid.UUID, paper: uuid.UUID) -> uuid.UUID | None:
    page = select(DocumentPage.document_id).where(DocumentPage.id == paper)
    of_it = or_(Document.id == paper, Document.id.in_(page))
    return session.scalar(select(Document.adult_id).where(Document.dossier_id == dossier, of_it))

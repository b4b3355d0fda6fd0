"""Look into the file of another region: by its reference, for a reason, for an hour, on one page that changes nothing.

The scope of the desk is as it was: this page has a query of its own, and no other page knows of it. Both team leads see who
looked and why, and the person reads it in their access log. Of the file of another region nothing is found by a name.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from sqlalchemy import insert, or_, select
from sqlalchemy.orm import Session

from portal.adapters.envelope import UnreadableError
from portal.domain.demand import filing_day
from portal.domain.glance import LASTS, LONGEST_WORDS, MOST_TRIES, Reason
from portal.models import Caseworker, Demand, Dossier, FileGlance
from portal.services import limits
from portal.services.actor import Actor, NotYoursError
from portal.services.begun_on_paper import Head, paper_file_in
from portal.services.demands import joined, view_of
from portal.services.kit import Kit
from portal.services.scope import household_in_scope
from portal.services.thread.rows import place_of
from portal.services.thread.urgent import UrgentAsked, urgent_in
from portal.services.writing import audit

SHOWN: Final = 50


class NothingToOpenError(Exception):
    """There is no file of this reference in another region."""


class YoursError(Exception):
    """The file is in the caseworker's own scope: it is opened as every other."""


class TooManyTriesError(Exception):
    """More references than anybody reads off a paper."""


@dataclass(frozen=True)
class Glance:
    """An opening that holds now."""

    reason: Reason
    until: datetime


@dataclass(frozen=True)
class Looked:
    """One opening, as a team lead reads it."""

    instant: datetime
    by: str
    region: str
    regions: tuple[str, ...]
    reference: str
    reason: Reason
    words: str | None
    """None where they cannot be opened."""
    outside: bool
    """Whether it was somebody of another centre who looked into a file of the own region."""


def glance_context(glance: uuid.UUID) -> str:
    """What the words of an opening are bound to."""
    return f"file_glance/{glance}"


def open_glance(kit: Kit, actor: Actor, secret: str, reference: str, reason: Reason, words: str) -> None:
    """Open the file of another region in this session, for an hour; every opening is an event of its file.

    Raises NothingToOpenError (a try is noted), YoursError, TooManyTriesError, NotYoursError for who works on no files;
    ValueError without words.
    """
    if actor.region is None:
        raise NotYoursError
    if not words or len(words) > LONGEST_WORDS:
        raise ValueError("no words, or too many")
    if limits.count(kit, "glance", str(actor.id)) > MOST_TRIES:
        raise TooManyTriesError
    now = kit.clock.now()
    with kit.database.transaction() as session:
        dossier = session.scalar(select(Dossier.id).where(Dossier.reference == reference))
        if dossier is None:
            audit(session, actor, "glance:try", now, outcome="refused")
        elif session.scalar(select(Dossier.id).where(Dossier.id == dossier, household_in_scope(actor, Dossier.id))):
            raise YoursError
        else:
            _note(session, kit, actor, secret, dossier, reason, words, now)
            audit(session, actor, f"glance:{reason.value}", now, dossier)
    if dossier is None:
        raise NothingToOpenError


def look(kit: Kit, actor: Actor, secret: str) -> tuple[Head, Glance, tuple[UrgentAsked, ...]]:
    """The file that is open so in this session, and urgent help asked for since.

    Every look is an event of its file. Raises NotYoursError for none.
    """
    with kit.database.transaction() as session:
        row = _standing(session, kit, actor, secret)
        if row is None:
            raise NotYoursError
        head = _head(session, kit, row.dossier_id)
        audit(session, actor, "glance:read", kit.clock.now(), row.dossier_id)
        urgent = urgent_in(session, head, filing_day(kit.clock.now()))
        return head, Glance(Reason(row.reason), row.until.astimezone(UTC)), urgent


def standing(kit: Kit, actor: Actor, secret: str) -> Glance | None:
    """Whether a file is open so in this session."""
    with kit.database.reading() as session:
        row = _standing(session, kit, actor, secret)
        return Glance(Reason(row.reason), row.until.astimezone(UTC)) if row else None


def for_lead(kit: Kit, actor: Actor) -> tuple[Looked, ...]:
    """The newest openings by the own people, and those of files of the own region; audited. Raises NotYoursError."""
    if actor.region is None:
        raise NotYoursError
    query = (
        select(FileGlance, Caseworker.name, Dossier.reference)
        .join(Caseworker, Caseworker.id == FileGlance.caseworker_id)
        .join(Dossier, Dossier.id == FileGlance.dossier_id)
        .where(or_(FileGlance.region == actor.region, FileGlance.regions.contains([actor.region])))
        .order_by(FileGlance.sequence.desc())
        .limit(SHOWN)
    )
    with kit.database.transaction() as session:
        found = tuple(
            Looked(
                row.instant.astimezone(UTC),
                name,
                row.region,
                tuple(row.regions),
                reference,
                Reason(row.reason),
                _words(kit, row),
                row.region != actor.region,
            )
            for row, name, reference in session.execute(query)
        )
        audit(session, actor, "glance:list", kit.clock.now())
        return found


def _note(
    session: Session,
    kit: Kit,
    actor: Actor,
    secret: str,
    dossier: uuid.UUID,
    reason: Reason,
    words: str,
    now: datetime,
) -> None:
    place, glance = place_of(session, dossier), uuid.uuid4()
    session.execute(
        insert(FileGlance).values(
            id=glance,
            dossier_id=dossier,
            caseworker_id=actor.id,
            region=actor.region,
            regions=[place.region] if place.region else list(place.candidates),
            session_hash=kit.keyring.digest("session", secret.encode()),
            reason=reason.value,
            instant=now,
            until=now + LASTS,
            details=kit.envelope.seal(words.encode(), glance_context(glance)),
        )
    )


def _standing(session: Session, kit: Kit, actor: Actor, secret: str) -> FileGlance | None:
    """The last opening of this session, while its hour lasts."""
    hashes = kit.keyring.digests("session", secret.encode())
    mine = select(FileGlance).where(FileGlance.caseworker_id == actor.id)
    row = session.scalar(mine.order_by(FileGlance.sequence.desc()).limit(1))
    holds = row is not None and row.session_hash in hashes and kit.clock.now() < row.until
    return row if holds else None


def _head(session: Session, kit: Kit, dossier: uuid.UUID) -> Head:
    newest = (
        joined().where(Demand.dossier_id == dossier).order_by(Demand.withdrawn_at.is_not(None), Demand.instant.desc())
    )
    found = session.execute(newest.limit(1)).one_or_none()
    if found is not None:
        return view_of(session, kit, found)
    paper = paper_file_in(session, dossier)
    if paper is None:
        raise NotYoursError
    return paper


def _words(kit: Kit, row: FileGlance) -> str | None:
    try:
        return kit.envelope.open(row.details, glance_context(row.id)).decode()
    except UnreadableError:
        return None

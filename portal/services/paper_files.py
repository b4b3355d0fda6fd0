"""Files that began on paper, at the desk: give one a reference and a code, list those of the centre, a new code.

No demand is recorded: that would write a false date into the register and start a clock that nobody started.
"""

from __future__ import annotations

import os
import secrets
import uuid
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import Select, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from portal.domain.demand import Person, name_key
from portal.domain.identity import IdentityPaper
from portal.domain.reference import new_reference
from portal.domain.situation.words import APPLICANT
from portal.models import Adult, Dossier, PaperFile
from portal.services.actor import Actor, ActorKind, NotYoursError
from portal.services.begun_on_paper import PaperFileView, paper_file_in, view_of_row
from portal.services.desk import NewAdult, adult_in_file, issue_in
from portal.services.filing import TRIES
from portal.services.kit import Kit
from portal.services.slips import HANDED_OUT, code_in
from portal.services.writing import audit, lock_dossier

PAGE: Final = 50


@dataclass(frozen=True)
class NewPaperFile:
    """What the desk knows of it. `since`: any day of the month since which the household is helped."""

    person: Person
    language: str
    commune_bfs: int | None
    since: date
    paper: IdentityPaper = IdentityPaper.NOT_SAID
    """What was seen of who the person is."""


@dataclass(frozen=True)
class PaperFiles:
    """One page of the centre's files that began on paper, the newest first."""

    files: tuple[PaperFileView, ...]
    total: int
    page: int

    @property
    def more(self) -> bool:
        """Whether there are older ones."""
        return self.total > self.page * PAGE


@dataclass(frozen=True)
class Letter:
    """A file, and the code for its letter; None once the letter was handed out."""

    file: PaperFileView
    access_code: str | None


def open_paper_file(kit: Kit, actor: Actor, new: NewPaperFile, token: bytes) -> uuid.UUID:
    """A dossier with a fresh reference, its adult and a first code, at the actor's own centre; the dossier's id.

    The same form sent again gives the same one. Raises NotYoursError for who has no region; DatabaseUnavailableError
    where it may or may not be stored: sending again is safe.
    """
    region, caseworker = _centre(actor)
    now, hashes = kit.clock.now(), kit.keyring.digests("paper-file-token", token)
    with kit.database.transaction() as session:
        lock_dossier(session, uuid.UUID(bytes=hashes[0][:16]))  # a double click: the second one waits for the first
        before = session.scalars(select(PaperFile).where(PaperFile.token_hash.in_(hashes))).one_or_none()
        if before is not None:
            if before.opened_by != caseworker:
                raise NotYoursError
            return before.dossier_id
        dossier, adult = _dossier(session, now), _adult(new)
        adult.dossier_id = dossier
        session.add(adult)
        session.flush()
        session.add(
            PaperFile(
                dossier_id=dossier,
                region=region,
                commune_bfs=new.commune_bfs,
                since=new.since.replace(day=1),
                opened_by=caseworker,
                instant=now,
                token_hash=hashes[0],
            )
        )
        issue_in(session, kit, actor, adult.id, token, now, new.paper)
        audit(session, actor, "paper-file:open", now, dossier, adult_id=adult.id)
        return dossier


def paper_files(kit: Kit, actor: Actor, page: int = 1) -> PaperFiles:
    """Those of the actor's own centre; audited. Raises NotYoursError for who has no region."""
    region, _ = _centre(actor)
    query = _rows().where(PaperFile.region == region).order_by(PaperFile.instant.desc(), PaperFile.dossier_id)
    with kit.database.transaction() as session:
        rows = session.execute(query.limit(PAGE).offset((page - 1) * PAGE)).all()
        total = session.scalar(select(func.count()).select_from(PaperFile).where(PaperFile.region == region)) or 0
        audit(session, actor, "paper-file:list", kit.clock.now())
        return PaperFiles(tuple(view_of_row(*row) for row in rows), total, page)


def look_at_paper_file(kit: Kit, actor: Actor, dossier_id: uuid.UUID) -> PaperFileView:
    """One of them; audited. After a move the first look of the new centre opens it, as that at a demand: it waits no more.

    Raises NotYoursError for another centre's, and for a dossier that began with a demand.
    """
    with kit.database.transaction() as session:
        view = _found(session, actor, dossier_id)
        if view.arrived_at is not None:
            session.execute(update(PaperFile).where(PaperFile.dossier_id == dossier_id).values(arrived_at=None))
        audit(session, actor, "paper-file:read", kit.clock.now(), dossier_id, adult_id=view.adult_id)
        return view


def new_letter(
    kit: Kit,
    actor: Actor,
    dossier_id: uuid.UUID,
    token: bytes | None,
    adult_id: uuid.UUID | None = None,
    paper: IdentityPaper = IdentityPaper.NOT_SAID,
) -> None:
    """A new code after identity was seen; the old one and its sessions end. The same form again changes nothing.

    `adult_id`: another adult of the household. Raises NotYoursError.
    """
    now = kit.clock.now()
    with kit.database.transaction() as session:
        view = _found(session, actor, dossier_id, adult_id, lock=True)
        made = issue_in(session, kit, actor, view.adult_id, token or os.urandom(32), now, paper)
        outcome = "done" if made else "unchanged"
        audit(session, actor, "access-code:issue", now, view.dossier_id, outcome, adult_id=view.adult_id)


def add_adult(kit: Kit, actor: Actor, dossier_id: uuid.UUID, new: NewAdult, token: bytes) -> uuid.UUID:
    """A file of their own for another adult whom the sent answers name, with a first code; their id.

    Sent twice it is one adult; one who has a file already gets a new code. Raises NotYoursError.
    """
    now = kit.clock.now()
    with kit.database.transaction() as session:
        dossier = _found(session, actor, dossier_id, lock=True).dossier_id
        adult = adult_in_file(session, dossier, new)
        outcome = "done" if issue_in(session, kit, actor, adult, token, now, new.paper) else "unchanged"
        audit(session, actor, "adult:add", now, dossier, outcome, adult_id=adult)
        return adult


def letter(
    kit: Kit,
    actor: Actor,
    dossier_id: uuid.UUID,
    token: bytes | None,
    *,
    adult_id: uuid.UUID | None = None,
    hand_out: bool,
) -> Letter:
    """The code just made with this token, for the letter only; `hand_out` notes that it leaves now. Raises NotYoursError.

    `adult_id`: another adult of the household.
    """
    now = kit.clock.now()
    with kit.database.transaction() as session:
        view = _found(session, actor, dossier_id, adult_id, lock=hand_out)
        code = code_in(session, kit, actor, view.dossier_id, view.adult_id, token, now)
        action = HANDED_OUT if hand_out and code is not None else "paper-file:read"
        audit(session, actor, action, now, view.dossier_id, adult_id=view.adult_id)
    return Letter(view, code)


def _centre(actor: Actor) -> tuple[str, uuid.UUID]:
    if actor.kind is not ActorKind.STAFF or actor.region is None or actor.id is None:
        raise NotYoursError
    return actor.region, actor.id


def _rows() -> Select[PaperFile, str, Adult]:
    return (
        select(PaperFile, Dossier.reference, Adult)
        .join(Dossier, Dossier.id == PaperFile.dossier_id)
        .join(Adult, Adult.dossier_id == PaperFile.dossier_id)
        .where(Adult.person == APPLICANT)
    )


def _found(
    session: Session,
    actor: Actor,
    dossier_id: uuid.UUID,
    adult_id: uuid.UUID | None = None,
    *,
    lock: bool = False,
) -> PaperFileView:
    """As its applicant sees it, or another adult of the household. `lock`: for a change."""
    region, _ = _centre(actor)
    found = paper_file_in(session, dossier_id, adult_id)
    if found is None or found.region != region:
        raise NotYoursError
    if lock:
        lock_dossier(session, found.dossier_id)
    return found


def _dossier(session: Session, now: datetime) -> uuid.UUID:
    """A new dossier under a reference that nobody has."""
    for _ in range(TRIES):
        values = {"id": uuid.uuid4(), "reference": new_reference(secrets.randbelow), "created_at": now}
        made: uuid.UUID | None = session.scalar(
            insert(Dossier).values(values).on_conflict_do_nothing().returning(Dossier.id)
        )
        if made is not None:
            return made
    raise RuntimeError("no free reference found")


def _adult(new: NewPaperFile) -> Adult:
    person = new.person
    return Adult(
        id=uuid.uuid4(),
        person=APPLICANT,
        name=person.name,
        latin_name=person.latin_name,
        name_key=name_key(person.latin_name or person.name),
        birth_date=person.birth_date,
        birth_year=person.birth_year,
        phone=person.phone,
        email=person.email,
        postal_address=person.postal_address,
        unreachable=person.unreachable,
        language=new.language,
        interview_language=person.interview_language,
        interpreter=person.interpreter,
    )

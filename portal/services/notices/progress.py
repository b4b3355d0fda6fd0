"""Which chapters of a notice an adult wants explained once more. The desk sees those names, and nothing of the answers."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from portal import content
from portal.adapters.envelope import UnreadableError
from portal.domain.notice import RIGHTS
from portal.models import NoticeProgress
from portal.services.actor import Actor, NotYoursError
from portal.services.kit import Kit
from portal.services.writing import lock_dossier


def note_chapter(kit: Kit, actor: Actor, chapter: str, *, explain: bool) -> None:
    """Keep whether a chapter of the newest version is to be explained to this adult; the last word counts.

    Raises NotYoursError where nobody is signed in, or the notice has no such chapter.
    """
    found = content.current(RIGHTS)
    if actor.dossier_id is None or found.chapter(chapter) is None:
        raise NotYoursError
    now = kit.clock.now()
    with kit.database.transaction() as session:
        lock_dossier(session, actor.dossier_id)  # two tabs of one adult: none of them loses the other's chapter
        said = dict(_said(session, kit, actor.dossier_id, found.version).get(actor.person, {})) | {chapter: explain}
        sealed = kit.envelope.seal(json.dumps(said).encode(), progress_context(actor.dossier_id, actor.person))
        statement = insert(NoticeProgress).values(
            id=uuid.uuid4(),
            dossier_id=actor.dossier_id,
            person=actor.person,
            notice=RIGHTS,
            version=found.version,
            saved_at=now,
            details=sealed,
        )
        session.execute(
            statement.on_conflict_do_update(
                index_elements=["dossier_id", "person", "notice", "version"], set_={"saved_at": now, "details": sealed}
            )
        )


def own_progress(kit: Kit, actor: Actor) -> Mapping[str, bool]:
    """Chapter id → whether this adult wants it explained; only the chapters that they answered."""
    if actor.dossier_id is None:
        raise NotYoursError
    with kit.database.reading() as session:
        found = content.current(RIGHTS)
        return _said(session, kit, actor.dossier_id, found.version, actor.person).get(actor.person, {})


def to_explain_in(session: Session, kit: Kit, dossier: uuid.UUID) -> Mapping[str, tuple[str, ...]]:
    """Person → the chapters to explain, in the order of the text; for a caller that has proven the scope."""
    found = content.current(RIGHTS)
    said = _said(session, kit, dossier, found.version)
    wanted = {
        person: tuple(chapter.id for chapter in found.chapters if chapters.get(chapter.id))
        for person, chapters in said.items()
    }
    return {person: chapters for person, chapters in wanted.items() if chapters}


def _said(
    session: Session, kit: Kit, dossier: uuid.UUID, version: int, person: str | None = None
) -> dict[str, dict[str, bool]]:
    query = select(NoticeProgress).where(
        NoticeProgress.dossier_id == dossier, NoticeProgress.notice == RIGHTS, NoticeProgress.version == version
    )
    if person is not None:
        query = query.where(NoticeProgress.person == person)
    found: dict[str, dict[str, bool]] = {}
    for row in session.scalars(query):
        try:
            found[row.person] = json.loads(kit.envelope.open(row.details, progress_context(dossier, row.person)))
        except UnreadableError:  # its key is gone: a chapter too few to explain is no loss that stops a page
            continue
    return found


def progress_context(dossier: uuid.UUID, person: str) -> str:
    """What the sealed chapters of an adult are bound to."""
    return f"notice_progress/{dossier}/{person}"

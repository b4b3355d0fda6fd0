"""Who keyed the answers of a page at the centre, and how they were given: noted with the answer, shown to both sides.

A page that the adult answers again with their own code afterwards says so; of pages that no centre touched nothing is kept.
Which page it is says something of the household, so it rests sealed.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Collection, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from portal.adapters.envelope import UnreadableError
from portal.domain.answer_mark import How, Mark, to_show
from portal.domain.situation.questions import QUESTIONS
from portal.models import AnswerMark, Caseworker
from portal.services.actor import Actor, ActorKind, NotYoursError
from portal.services.kit import Kit

Marks = Mapping[str, tuple[Mark, ...]]
"""Page → its marks, oldest first."""
_ROW = (
    *(AnswerMark.id, AnswerMark.adult_id, AnswerMark.instant, AnswerMark.region, AnswerMark.roles),
    AnswerMark.details,
)
"""What the person's own process may read: not which caseworker it was."""
_OWN_PAGES = frozenset(question.id for question in QUESTIONS if question.own)
"""Questions that an adult may answer for themselves alone."""


def mark_context(mark: uuid.UUID) -> str:
    """What the sealed part of a mark is bound to."""
    return f"answer_mark/{mark}"


def note_mark_in(session: Session, kit: Kit, actor: Actor, page: str, how: Collection[How], now: datetime) -> None:
    """Note how a page was answered, in the transaction of the answer, whose caller has proven the scope.

    Of an adult with their own code only where a centre keyed the page before, and no mark of theirs stands last.
    """
    if actor.dossier_id is None or actor.adult_id is None:
        raise NotYoursError
    by_staff = actor.kind is ActorKind.STAFF
    if not by_staff:
        before = marks_in(session, kit, actor.dossier_id).get(page)
        if not before or (before[-1].region is None and before[-1].adult_id == actor.adult_id):
            return
    mark = uuid.uuid4()
    details = json.dumps({"page": page, "how": sorted(how)}).encode()
    session.execute(
        insert(AnswerMark).values(
            id=mark,
            dossier_id=actor.dossier_id,
            adult_id=actor.adult_id,
            instant=now,
            caseworker_id=actor.id if by_staff else None,
            region=actor.region if by_staff else None,
            roles=sorted(actor.roles),
            details=kit.envelope.seal(details, mark_context(mark)),
        )
    )


def marks_in(session: Session, kit: Kit, dossier: uuid.UUID) -> Marks:
    """Every mark of a household within a transaction, without a name. One whose key is gone is left out."""
    rows = session.execute(select(*_ROW).where(AnswerMark.dossier_id == dossier).order_by(AnswerMark.sequence))
    return _by_page(kit, [(row, None) for row in rows])


def own_marks(kit: Kit, actor: Actor) -> Marks:
    """What one adult is shown: not what another one answered of themselves. The caller has proven that it is their form."""
    with kit.database.reading() as session:
        return _own_in(session, kit, actor)


def desk_marks(kit: Kit, dossier: uuid.UUID, until: datetime | None) -> Marks:
    """The same for the desk, with names, of what was noted until the answers were sent; none where nothing was.

    The caller has proven the scope.
    """
    if until is None:
        return {}
    with kit.database.reading() as session:
        rows = session.execute(
            select(*_ROW, Caseworker.name)
            .outerjoin(Caseworker, Caseworker.id == AnswerMark.caseworker_id)
            .where(AnswerMark.dossier_id == dossier, AnswerMark.instant <= until)
            .order_by(AnswerMark.sequence)
        ).all()
    return _by_page(kit, [(row, row.name) for row in rows])


def exported_in(session: Session, kit: Kit, actor: Actor) -> list[dict[str, Any]]:
    """For the own data: each mark, by centre and function, never a name."""
    return [
        {
            "page": one.page,
            "at": one.instant,
            "centre": one.region,
            "functions": list(one.roles),
            "how": sorted(one.how),
            "on_my_form": one.adult_id == actor.adult_id,
        }
        for marks in _own_in(session, kit, actor).values()
        for one in marks
    ]


def shown(marks: Marks, page: str) -> tuple[Mark, ...]:
    """What a page of answers says of one of its questions, newest first."""
    return to_show(marks.get(page, ()))


def _own_in(session: Session, kit: Kit, actor: Actor) -> Marks:
    if actor.dossier_id is None:
        raise NotYoursError
    every = marks_in(session, kit, actor.dossier_id)
    kept = {
        page: tuple(one for one in marks if one.adult_id == actor.adult_id or page.partition("@")[0] not in _OWN_PAGES)
        for page, marks in every.items()
    }
    return {page: marks for page, marks in kept.items() if marks}


def _by_page(kit: Kit, rows: list[tuple[Any, str | None]]) -> Marks:
    found: dict[str, tuple[Mark, ...]] = {}
    for row, name in rows:
        with suppress(UnreadableError):
            said = json.loads(kit.envelope.open(row.details, mark_context(row.id)))
            mark = Mark(
                page=said["page"],
                adult_id=row.adult_id,
                instant=row.instant.astimezone(UTC),
                how=frozenset(How(one) for one in said["how"]),
                region=row.region,
                roles=tuple(row.roles),
                by=name,
            )
            found[mark.page] = (*found.get(mark.page, ()), mark)
    return found

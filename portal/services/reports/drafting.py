"""The report that an adult keeps for later: one each, sealed, only their own. Also where «what if» waits to come true.

What is kept never goes without a word: whoever would replace another one is asked first (`AnotherKeptError`).
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from portal.adapters.envelope import UnreadableError
from portal.models import ReportDraft
from portal.services.actor import Actor, NotYoursError
from portal.services.kit import Kit
from portal.services.reports.stored import draft_context

LONGEST: Final = 20_000
"""Bytes of a kept form; what is longer is not kept."""
_WHAT_IF: Final = "_what_if"
"""Stands beside what was typed; no field of a form begins like this."""


@dataclass(frozen=True)
class Kept:
    """A form as it was left."""

    saved_at: datetime
    typed: Mapping[str, Any]
    what_if: bool = False
    """Whether it was only imagined: it opens as «what if» again."""

    @property
    def mark(self) -> str:
        """Which one it is, for a form: it changes with everything that is kept."""
        return self.saved_at.isoformat()


class TooLongError(ValueError):
    """More than is kept."""


class AnotherKeptError(Exception):
    """Something else is kept already: the person says whether it goes."""

    def __init__(self, kept: Kept) -> None:
        """`kept`: it, with nothing typed where its key is gone."""
        super().__init__(kept.mark)
        self.kept = kept


def keep_draft(
    kit: Kit, actor: Actor, typed: Mapping[str, Any], *, what_if: bool = False, over: Collection[str] = ()
) -> None:
    """Keep what was typed. The same kept again is no other one: a double click changes nothing.

    `over`: marks of what may be replaced: what this form was opened from, what the person was asked about. Raises
    AnotherKeptError where anything else is kept; TooLongError, NotYoursError.
    """
    adult = _adult(actor)
    said = dict(typed) | ({_WHAT_IF: ["y"]} if what_if else {})
    content = json.dumps(said, ensure_ascii=False).encode()
    if len(content) > LONGEST:
        raise TooLongError
    sealed, now = kit.envelope.seal(content, draft_context(adult)), kit.clock.now()
    row = {"id": uuid.uuid4(), "dossier_id": actor.dossier_id, "adult_id": adult, "saved_at": now, "content": sealed}
    with kit.database.transaction() as session:
        fresh = insert(ReportDraft).values(row).on_conflict_do_nothing(index_elements=["adult_id"])
        if session.scalar(fresh.returning(ReportDraft.id)) is not None:
            return
        # Two at once wait here for each other; who comes second meets what the first one kept.
        before = session.scalars(
            select(ReportDraft).where(ReportDraft.adult_id == adult).with_for_update()
        ).one_or_none()
        if before is None:  # it was forgotten between the two statements
            session.execute(insert(ReportDraft).values(row))
            return
        kept = _opened(kit, before)
        if (dict(kept.typed), kept.what_if) == (dict(typed), what_if):
            return
        if kept.mark not in over:
            raise AnotherKeptError(kept)
        before.saved_at, before.content = now, sealed


def kept_draft(kit: Kit, actor: Actor) -> Kept | None:
    """What the adult left; None where nothing is kept, or its key is gone."""
    with kit.database.transaction() as session:
        row = session.scalar(select(ReportDraft).where(ReportDraft.adult_id == _adult(actor)))
        kept = None if row is None else _opened(kit, row)
    return kept if kept is not None and kept.typed else None


def forget_draft(kit: Kit, actor: Actor, mark: str | None = None) -> None:
    """It was sent, or is not wanted any more. `mark`: only this one, whatever else was kept meanwhile."""
    adult = _adult(actor)
    with kit.database.transaction() as session:
        if mark is None or _mark_in(session, adult) == mark:
            session.execute(delete(ReportDraft).where(ReportDraft.adult_id == adult))


def _mark_in(session: Session, adult: uuid.UUID) -> str | None:
    at = session.scalar(select(ReportDraft.saved_at).where(ReportDraft.adult_id == adult).with_for_update())
    return None if at is None else at.astimezone(UTC).isoformat()


def _opened(kit: Kit, row: ReportDraft) -> Kept:
    saved_at = row.saved_at.astimezone(UTC)
    try:
        typed = json.loads(kit.envelope.open(row.content, draft_context(row.adult_id)))
    except UnreadableError:
        return Kept(saved_at, {})
    return Kept(saved_at, {name: one for name, one in typed.items() if name != _WHAT_IF}, _WHAT_IF in typed)


def _adult(actor: Actor) -> uuid.UUID:
    if actor.adult_id is None or actor.dossier_id is None:
        raise NotYoursError
    return actor.adult_id

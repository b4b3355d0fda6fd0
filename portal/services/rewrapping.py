"""After a rotation of master keys: every sealed value gets the current one, without being opened, and no object is touched.

What this portal seals stands in `SEALED`, each column once; a test looks for one that is missing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import inspect, select, update

from portal.adapters.database import Database
from portal.adapters.envelope import Envelope, UnreadableError
from portal.models import (
    Acknowledgement,
    AnswerMark,
    CaseRequest,
    ChangeReport,
    ChangeReportEvent,
    Decision,
    DecisionStep,
    Demand,
    DemandEvent,
    Document,
    DocumentFile,
    DocumentRequestEvent,
    FileGlance,
    Handoff,
    HouseholdEvent,
    IdentityEvent,
    InterviewEvent,
    MailWish,
    NoticeProgress,
    ReportDraft,
    SituationDraft,
    SituationSnapshot,
    StaffSession,
    ThreadMessage,
)
from portal.services.answer_marks import mark_context
from portal.services.decisions.rows import decision_context, step_context
from portal.services.documents import keeping, terms
from portal.services.glances import glance_context
from portal.services.households.rows import event_context as household_context
from portal.services.identity import identity_context
from portal.services.interviews.rows import interview_context
from portal.services.notices.acknowledging import signed_context
from portal.services.notices.progress import progress_context
from portal.services.reminders.wishes import wish_context
from portal.services.reports.stored import draft_context, event_context, report_context
from portal.services.staff_rows import token_context
from portal.services.thread.rows import request_context, words_context

BATCH: Final = 500


@dataclass(frozen=True)
class Column:
    """One sealed column, and what its values are bound to."""

    table: type[Any]
    name: str
    context: Callable[[Any], str]


SEALED: Final = (
    Column(Demand, "answers", lambda row: f"demand/{row.id}"),
    Column(DemandEvent, "details", lambda row: f"demand_event/{row.id}"),
    Column(SituationDraft, "content", lambda row: f"situation_draft/{row.dossier_id}/{row.adult_id or 'household'}"),
    Column(SituationSnapshot, "content", lambda row: f"situation_snapshot/{row.id}"),
    Column(DocumentRequestEvent, "details", lambda row: f"document_request_event/{row.id}"),
    Column(AnswerMark, "details", lambda row: mark_context(row.id)),
    Column(Document, "wrapped_key", lambda row: keeping.key_context(row.dossier_id, row.id)),
    Column(Document, "details", lambda row: terms.paper_context(row.id)),
    Column(DocumentFile, "details", lambda row: terms.details_context(row.id)),
    Column(Handoff, "details", lambda row: f"handoff/{row.link_hash.hex()}"),
    Column(Acknowledgement, "details", lambda row: signed_context(row.id)),
    Column(ChangeReport, "content", lambda row: report_context(row.id)),
    Column(ChangeReportEvent, "details", lambda row: event_context(row.id)),
    Column(ReportDraft, "content", lambda row: draft_context(row.adult_id)),
    Column(MailWish, "address", lambda row: wish_context(row.id)),
    Column(NoticeProgress, "details", lambda row: progress_context(row.dossier_id, row.person)),
    Column(CaseRequest, "details", lambda row: request_context(row.id)),
    Column(HouseholdEvent, "details", lambda row: household_context(row.id)),
    Column(FileGlance, "details", lambda row: glance_context(row.id)),
    Column(StaffSession, "refresh_token", lambda row: token_context(row.id_hash)),
    Column(Decision, "details", lambda row: decision_context(row.id)),
    Column(DecisionStep, "details", lambda row: step_context(row.decision_id)),
    Column(ThreadMessage, "details", lambda row: words_context(row.id)),
    Column(InterviewEvent, "details", lambda row: interview_context(row.id)),
    Column(IdentityEvent, "details", lambda row: identity_context(row.id)),
)


@dataclass(frozen=True)
class Rewrapped:
    """What one run did."""

    done: int
    current: int
    """Values that had the current key already."""
    unreadable: int
    """Values whose master key is not among those of the settings, or that were altered: left as they are."""


def rewrap(database: Database, envelope: Envelope) -> Rewrapped:
    """Go through every sealed value, as the tables' owner; may be run while the portal works, and again after a break."""
    done = current = unreadable = 0
    for column in SEALED:
        after: Any = None
        while True:
            found, after = _batch(database, envelope, column, after)
            done, current, unreadable = done + found.done, current + found.current, unreadable + found.unreadable
            if after is None:
                break
    return Rewrapped(done, current, unreadable)


def _batch(database: Database, envelope: Envelope, column: Column, after: Any) -> tuple[Rewrapped, Any]:
    """The next rows in the order of the key, and where they end; None at the end."""
    (key,) = inspect(column.table).primary_key
    field = getattr(column.table, column.name)
    done = current = unreadable = 0
    with database.transaction() as session:
        query = select(column.table).order_by(key).limit(BATCH)
        rows = session.scalars(query if after is None else query.where(key > after)).all()
        for row in rows:
            sealed = getattr(row, column.name)
            if sealed is None:
                continue
            if envelope.is_current(sealed):
                current += 1
                continue
            try:
                anew = envelope.rewrap(sealed, column.context(row))
            except UnreadableError:
                unreadable += 1
                continue
            here = key == getattr(row, key.key)
            # Only where nobody has written another value since: theirs has the current key already.
            changed = session.execute(update(column.table).where(here, field == sealed).values({column.name: anew}))
            done += changed.rowcount  # type: ignore[attr-defined]
        last = getattr(rows[-1], key.key) if len(rows) == BATCH else None
    return Rewrapped(done, current, unreadable), last

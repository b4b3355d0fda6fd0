"""Reports as they rest in the database: opened, with what became of them. For callers that have proven who may see them."""

from __future__ import annotations

import json
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.adapters.envelope import UnreadableError
from portal.domain.asked_decision import Asking, first_asked
from portal.domain.changes.change import ChangeError
from portal.domain.changes.ops import OpError
from portal.domain.changes.report import Content, EventKind, ReportState, read_content, state_of
from portal.domain.changes.timeline import Live
from portal.domain.deadlines import reexamination_due
from portal.domain.demand import Channel, filing_day
from portal.law.parameters import Parameter, parameter
from portal.models import ChangeReport, ChangeReportEvent, Dossier, RegisterEntry
from portal.services.decisions.standing import OF_REPORT, decided_day
from portal.services.kit import Kit

SETTLED: Final = "settled"
"""In the details of a question of the centre that asks nothing: what it asked before needs no answer any more."""


@dataclass(frozen=True)
class ReportEvent:
    """One thing that happened to a report. `details` as its kind has them: words, month, day, wanted_by."""

    kind: EventKind
    instant: datetime
    by_centre: bool
    details: Mapping[str, Any]

    @property
    def settles(self) -> bool:
        """Whether the centre notes here that it waits for nothing more of what it asked."""
        return self.kind is EventKind.ASKED_BACK and bool(self.details.get(SETTLED))


@dataclass(frozen=True)
class Clock:
    """The day by which a new decision is due, where one was asked for."""

    start: date
    due: date
    rule: Parameter


@dataclass(frozen=True)
class ReportView:
    """One report, as pages and receipts show it."""

    id: uuid.UUID
    name: str
    """Ten letters: stands in addresses and in the keys of its papers."""
    sequence: int
    dossier_id: uuid.UUID
    reference: str
    adult_id: uuid.UUID
    channel: Channel
    instant: datetime
    recorded_at: datetime
    recorded_by: uuid.UUID | None
    corrects: uuid.UUID | None
    asks_decision: bool
    check_code: str
    register_sequence: int
    entry_hash: bytes
    content: Content | None
    """None: it cannot be opened; that it was received, and when, is known all the same."""
    events: tuple[ReportEvent, ...]
    asked_on: date | None = None
    """The local day since which a new decision is asked for, by this report or by those that it corrects."""
    decided: date | None = None
    """The day of the commune's decision on it, recorded by two persons of the centre; None: none holds here."""

    @property
    def day(self) -> date:
        """The local day of the report."""
        return filing_day(self.instant)

    @property
    def state(self) -> ReportState:
        """Where it stands."""
        kinds = tuple(event.kind for event in self.events if not event.settles)
        return state_of(kinds, decided=self.decided is not None)

    @property
    def ended(self) -> bool:
        """Whether it was withdrawn, or another one took its place."""
        return self.state in (ReportState.WITHDRAWN, ReportState.CORRECTED)

    @property
    def ended_at(self) -> datetime | None:
        """Since when it holds no more; None: it holds."""
        endings = (EventKind.WITHDRAWN, EventKind.CORRECTED)
        return next((event.instant for event in self.events if event.kind in endings), None)

    @property
    def clock(self) -> Clock | None:
        """The re-examination clock (parameter `reexamination_clock`; wording of RELIAS art. 30 and 31 al. 2)."""
        if not self.asks_decision or self.ended or self.decided:
            return None
        asked = self.asked_on or self.day
        rule = parameter("reexamination_clock", asked)
        return Clock(asked, reexamination_due(asked, rule.whole()), rule)

    def last(self, kind: EventKind) -> ReportEvent | None:
        """The last event of a kind."""
        return next((event for event in reversed(self.events) if event.kind is kind), None)


def report_context(report: uuid.UUID) -> str:
    """What the sealed content of a report is bound to."""
    return f"change_report/{report}"


def event_context(event: uuid.UUID) -> str:
    """What the sealed details of an event are bound to."""
    return f"change_report_event/{event}"


def draft_context(adult: uuid.UUID) -> str:
    """What the sealed draft of an adult's report is bound to."""
    return f"report_draft/{adult}"


def reports_in(
    session: Session, kit: Kit, dossier: uuid.UUID | None, adult: uuid.UUID | None = None
) -> tuple[ReportView, ...]:
    """The reports of a dossier, or of one adult of it, in the order in which they arrived."""
    query = (
        select(ChangeReport, Dossier.reference, RegisterEntry.hash, decided_day(OF_REPORT, ChangeReport.id))
        .join(Dossier, Dossier.id == ChangeReport.dossier_id)
        .join(RegisterEntry, RegisterEntry.sequence == ChangeReport.register_sequence)
        .where(ChangeReport.dossier_id == dossier)
        .order_by(ChangeReport.sequence)
    )
    if adult is not None:
        query = query.where(ChangeReport.adult_id == adult)
    rows = session.execute(query).all()
    if not rows:
        return ()
    events = _events(session, kit, [row.id for row, *_ in rows])
    views = [
        _view(kit, row, reference, entry_hash, decided, events[row.id]) for row, reference, entry_hash, decided in rows
    ]
    asking = {one.id: _asking(one) for one in views}
    firsts = ((one, first_asked(asking[one.id], asking)) for one in views)
    return tuple(replace(one, asked_on=filing_day(first.instant) if first else None) for one, first in firsts)


def live_in(session: Session, kit: Kit, dossier: uuid.UUID | None, adult: uuid.UUID | None = None) -> tuple[Live, ...]:
    """The reports that hold, to be laid over the answers; for an `adult` without what others said for themselves alone."""
    return live_of(reports_in(session, kit, dossier), adult)


def live_of(reports: Iterable[ReportView], adult: uuid.UUID | None = None) -> tuple[Live, ...]:
    """The same of reports that were read."""
    return tuple(
        Live(
            report.name,
            report.sequence,
            report.content.ops,
            report.content.drops,
            frozenset(
                place for place, op in enumerate(report.content.ops) if op.own and adult not in (None, report.adult_id)
            ),
        )
        for report in reports
        if report.content is not None and not report.ended
    )


def _asking(view: ReportView) -> Asking:
    return Asking(view.id, view.instant, view.corrects, view.asks_decision, view.decided is not None)


def _events(session: Session, kit: Kit, reports: Sequence[uuid.UUID]) -> Mapping[uuid.UUID, tuple[ReportEvent, ...]]:
    found: dict[uuid.UUID, list[ReportEvent]] = defaultdict(list)
    rows = session.scalars(
        select(ChangeReportEvent).where(ChangeReportEvent.report_id.in_(reports)).order_by(ChangeReportEvent.sequence)
    )
    for row in rows:
        found[row.report_id].append(
            ReportEvent(
                EventKind(row.kind), row.instant.astimezone(UTC), row.caseworker_id is not None, _details(kit, row)
            )
        )
    return defaultdict(tuple, {report: tuple(events) for report, events in found.items()})


def _details(kit: Kit, row: ChangeReportEvent) -> dict[str, Any]:
    if row.details is None:
        return {}
    try:
        return dict(json.loads(kit.envelope.open(row.details, event_context(row.id))))
    except UnreadableError:
        return {}


def _view(
    kit: Kit,
    row: ChangeReport,
    reference: str,
    entry_hash: bytes,
    decided: date | None,
    events: tuple[ReportEvent, ...],
) -> ReportView:
    return ReportView(
        id=row.id,
        name=row.name,
        sequence=row.sequence,
        dossier_id=row.dossier_id,
        reference=reference,
        adult_id=row.adult_id,
        channel=Channel(row.channel),
        instant=row.instant.astimezone(UTC),
        recorded_at=row.recorded_at.astimezone(UTC),
        recorded_by=row.recorded_by,
        corrects=row.corrects,
        asks_decision=row.asks_decision,
        check_code=row.check_code,
        register_sequence=row.register_sequence,
        entry_hash=entry_hash,
        content=_content(kit, row),
        events=events,
        decided=decided,
    )


def _content(kit: Kit, row: ChangeReport) -> Content | None:
    """What was reported; what an older portal wrote and this one cannot read must not hide that it came."""
    try:
        return read_content(json.loads(kit.envelope.open(row.content, report_context(row.id))))
    except (UnreadableError, ChangeError, OpError):
        return None

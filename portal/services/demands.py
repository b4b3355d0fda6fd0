"""Read a demand: frozen views for pages, receipts and mails. Rows never leave this layer."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import cache

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session

from portal.adapters.envelope import UnreadableError
from portal.domain.decision import ends_urgent
from portal.domain.demand import Announcement, Channel, Helper, Need, Person, State, state_of
from portal.domain.situation import Situation, SituationError, read_situation
from portal.models import Adult, Demand, DemandEvent, Dossier, RegisterEntry
from portal.services.entries import EntryView, correction_among, entry_view
from portal.services.kit import Kit

HELPED_OTHER = "helped-other"
"""A caseworker filled in the form with another adult than the one who made the demand; the sealed reason says with whom."""


@dataclass(frozen=True)
class EventView:
    """One line of a demand's history."""

    kind: str
    instant: datetime
    region: str | None
    to_region: str | None
    reason: str | None
    register_sequence: int | None


@dataclass(frozen=True)
class DemandView:
    """A demand as it can be shown. `readable` is false when the sealed answers could not be opened."""

    id: uuid.UUID
    dossier_id: uuid.UUID
    adult_id: uuid.UUID
    reference: str
    check_code: str
    channel: Channel
    instant: datetime
    time_known: bool
    filing_date: date
    recorded_at: datetime
    recorded_by: uuid.UUID | None
    """Who keyed it at a centre; None: the person did it themselves."""
    announcement: Announcement
    region: str | None
    candidate_regions: tuple[str, ...]
    antenna: str | None
    urgent_requested_at: datetime | None
    urgent_opened_at: datetime | None
    opened_at: datetime | None
    withdrawn_at: datetime | None
    closed_at: datetime | None
    """Since when its file is closed at the centre: no clock runs; it is no decision."""
    decided_at: datetime | None
    """When a decision on it that holds was confirmed here, by a second person."""
    urgent_decided_at: datetime | None
    """The same of the urgent help that was asked for with it."""
    filed_entry: EntryView
    """What the register says of the announcement itself."""
    entry: EntryView
    """The entry that counts: the latest correction of the date, else the announcement itself."""
    flooded: bool
    attempted_at: datetime | None
    attempt_matches: bool | None
    first_contact_reason: str | None
    readable: bool
    situation: Situation | None = None
    """What the person had said for an estimate and sent along; None where nothing was, or it cannot be read."""
    events: tuple[EventView, ...] = field(default=())

    @property
    def on_paper(self) -> bool:
        """Whether it stands for a file without a demand: never."""
        return False

    @property
    def at_desk(self) -> Mapping[str, uuid.UUID]:
        """How addresses of the desk name it."""
        return {"demand_id": self.id}

    @property
    def begins(self) -> date:
        """From when its answers and reports count."""
        return self.filing_date

    @property
    def person(self) -> Person:
        """The adult the demand is for."""
        return self.announcement.person

    @property
    def language(self) -> str:
        """The language the person used."""
        return self.announcement.language

    @property
    def register_sequence(self) -> int:
        """Number of the announcement's own entry in the register; `entry` is the one that counts."""
        return self.filed_entry.sequence

    @property
    def corrected(self) -> bool:
        """Whether staff recorded an earlier first contact since."""
        return self.entry.is_correction

    @property
    def opened_before(self) -> bool:
        """Whether only a centre that had it before has opened it: the one that has it now has not."""
        return self.opened_at is None and any(event.kind == "opened" for event in self.events)

    @property
    def urgent(self) -> bool:
        """Whether urgent help was expressly asked for."""
        return self.urgent_requested_at is not None

    @property
    def urgent_stands(self) -> bool:
        """Whether it was, and no decision recorded here ends its clock."""
        asked = self.urgent_requested_at
        return asked is not None and not ends_urgent(asked, self.decided_at, self.urgent_decided_at)

    @property
    def state(self) -> State:
        """Its state today."""
        return state_of(opened=self.opened_at is not None, withdrawn=self.withdrawn_at is not None)


Found = Row[Demand, Dossier, Adult, RegisterEntry]


@cache
def joined() -> Select[Demand, Dossier, Adult, RegisterEntry]:
    """Demand with its dossier, adult and register entry, for a caller who adds the condition and the order."""
    return (
        select(Demand, Dossier, Adult, RegisterEntry)
        .join(Dossier, Demand.dossier_id == Dossier.id)
        .join(Adult, Demand.adult_id == Adult.id)
        .join(RegisterEntry, RegisterEntry.sequence == Demand.register_sequence)
    )


def view_of(session: Session, kit: Kit, found: Found) -> DemandView:
    """The full view of one row of `joined()`, with its history."""
    demand, dossier, adult, entry = found
    answers, readable = _answers(kit, demand)
    events = tuple(
        _events(
            kit,
            session.scalars(
                select(DemandEvent).where(DemandEvent.demand_id == demand.id).order_by(DemandEvent.instant)
            ),
        )
    )
    filed = entry_view(entry, time_known=demand.time_known)
    corrections = [one.register_sequence for one in events if one.kind == "corrected" and one.register_sequence]
    return DemandView(
        id=demand.id,
        dossier_id=dossier.id,
        adult_id=adult.id,
        reference=dossier.reference,
        check_code=demand.check_code,
        channel=Channel(demand.channel),
        instant=demand.instant.astimezone(UTC),
        time_known=demand.time_known,
        filing_date=demand.filing_date,
        recorded_at=demand.recorded_at.astimezone(UTC),
        recorded_by=demand.recorded_by,
        announcement=_announcement(demand, adult, answers),
        region=demand.region,
        candidate_regions=tuple(demand.candidate_regions),
        antenna=demand.antenna,
        urgent_requested_at=demand.urgent_requested_at,
        urgent_opened_at=demand.urgent_opened_at,
        opened_at=demand.opened_at,
        withdrawn_at=demand.withdrawn_at,
        closed_at=demand.closed_at,
        decided_at=demand.decided_at,
        urgent_decided_at=demand.urgent_decided_at,
        filed_entry=filed,
        entry=correction_among(session, corrections) or filed,
        flooded=demand.flooded,
        attempted_at=demand.attempted_at,
        attempt_matches=demand.attempt_matches,
        first_contact_reason=_text(answers.get("first_contact_reason")),
        readable=readable,
        situation=_situation(answers.get("situation"), demand.filing_date),
        events=events,
    )


def as_adult(view: DemandView, adult: Adult) -> DemandView:
    """The household's demand for another adult of it: its dates and clocks, nothing that its own adult said or did."""
    person = person_of(adult)
    return replace(
        view,
        adult_id=adult.id,
        check_code="",
        recorded_by=None,
        announcement=Announcement(person, adult.language, view.announcement.commune_bfs),
        urgent_requested_at=None,
        urgent_opened_at=None,
        urgent_decided_at=None,
        first_contact_reason=None,
        situation=None,
        events=tuple(
            replace(event, kind="helped", reason=None)
            for event in view.events
            if event.kind == HELPED_OTHER and event.reason == str(adult.id)
        ),
    )


def without_others(view: DemandView) -> DemandView:
    """The demand for the one who made it: what the desk did with other adults is not theirs to know."""
    return replace(view, events=tuple(event for event in view.events if event.kind != HELPED_OTHER))


def _answers(kit: Kit, demand: Demand) -> tuple[dict[str, object], bool]:
    """The sealed answers; empty and False when they cannot be opened: the rest of the demand stays usable."""
    try:
        opened = json.loads(kit.envelope.open(demand.answers, f"demand/{demand.id}"))
    except UnreadableError:
        return {}, False
    return dict(opened), True


def _situation(raw: object, filed: date) -> Situation | None:
    """The situation sent along; what an older portal wrote and this one cannot read must not hide the demand."""
    try:
        return None if raw is None else read_situation(raw, filed)
    except SituationError:
        return None


def _announcement(demand: Demand, adult: Adult, answers: dict[str, object]) -> Announcement:
    helper, needs = answers.get("helper"), answers.get("needs")
    return Announcement(
        person=person_of(adult),
        language=adult.language,
        commune_bfs=demand.commune_bfs,
        helper=Helper(**helper) if isinstance(helper, dict) else None,
        urgent=demand.urgent_requested_at is not None and demand.urgent_requested_at == demand.instant,
        needs=tuple(Need(need) for need in needs) if isinstance(needs, list) else (),
    )


def person_of(adult: Adult) -> Person:
    """An adult, as the portal knows them."""
    return Person(
        name=adult.name,
        latin_name=adult.latin_name,
        birth_date=adult.birth_date,
        birth_year=adult.birth_year,
        phone=adult.phone,
        email=adult.email,
        postal_address=adult.postal_address,
        unreachable=adult.unreachable,
        interview_language=adult.interview_language,
        interpreter=adult.interpreter,
    )


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _events(kit: Kit, rows: Iterator[DemandEvent]) -> Iterator[EventView]:
    for row in rows:
        reason = None
        if row.details is not None:
            try:
                reason = kit.envelope.open(row.details, f"demand_event/{row.id}").decode()
            except UnreadableError:
                reason = "—"
        yield EventView(row.kind, row.instant, row.region, row.to_region, reason, row.register_sequence)

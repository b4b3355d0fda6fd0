"""Reports as an adult sees them, and the answers with what was reported laid over them, for any day."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from portal.domain.changes.timeline import Live, Overlaid, overlay, situation_on
from portal.domain.demand import filing_day
from portal.domain.situation import Situation
from portal.services.actor import Actor, ActorKind, NotYoursError
from portal.services.kit import Kit
from portal.services.reports.stored import ReportView, live_of, reports_in
from portal.services.situations import Opened, opened_in


@dataclass(frozen=True)
class Known:
    """The answers and every report of a household, as one adult may see them."""

    opened: Opened
    own: tuple[ReportView, ...]
    """The adult's own reports; of others they see what changed, never the report."""
    live: tuple[Live, ...]
    base: Situation

    def without(self, report: uuid.UUID | None) -> Known:
        """The same as if that own report had not been sent: what a correction of it starts from."""
        name = next((one.name for one in self.own if one.id == report), None)
        return Known(self.opened, self.own, tuple(one for one in self.live if one.report != name), self.base)

    @property
    def overlaid(self) -> Overlaid:
        """The answers over time."""
        return overlay(self.base, self.live)


def known(kit: Kit, actor: Actor) -> Known:
    """What an adult may see of the answers and the reports. Raises NotYoursError, NotInHouseholdError."""
    with kit.database.transaction() as session:
        return known_in(session, kit, actor)


def known_in(session: Session, kit: Kit, actor: Actor) -> Known:
    """The same within a transaction."""
    opened = opened_in(session, kit, actor)
    reports = reports_in(session, kit, actor.dossier_id)
    own = tuple(report for report in reports if report.adult_id == actor.adult_id)
    base = opened.draft.situation(filing_day(kit.clock.now()))
    return Known(opened, own, live_of(reports, actor.adult_id), base)


def situation_of(kit: Kit, actor: Actor, day: date) -> Situation:
    """What holds on a day, by the answers and the reports that this adult may see."""
    return situation_on(known(kit, actor).overlaid, day)


def own_reports(kit: Kit, actor: Actor) -> tuple[ReportView, ...]:
    """The adult's own reports, newest first."""
    if actor.adult_id is None:
        raise NotYoursError
    with kit.database.transaction() as session:
        return tuple(reversed(reports_in(session, kit, actor.dossier_id, actor.adult_id)))


def own_report(kit: Kit, actor: Actor, name: str) -> ReportView:
    """One of them, by its ten letters. Raises NotYoursError for any other."""
    found = next((report for report in own_reports(kit, actor) if report.name == name), None)
    if found is None:
        raise NotYoursError
    return found


def is_person(actor: Actor) -> bool:
    """Whether the adult themselves is at the device, and not a caseworker with them."""
    return actor.kind is ActorKind.CITIZEN

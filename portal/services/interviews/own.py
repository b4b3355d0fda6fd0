"""The interview as the person sees it: when, how, where, with whom, and what became of it. Never why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from portal.domain.demand import filing_day
from portal.domain.interview import Meeting, State, agreed, moved_from, state_of
from portal.services.actor import Actor, NotYoursError
from portal.services.identity import Seen, own_seen_in
from portal.services.interviews.rows import events_in, of_adult
from portal.services.kit import Kit


@dataclass(frozen=True)
class OwnInterview:
    """What one adult sees; `meeting` is None where nothing was agreed with them."""

    state: State
    meeting: Meeting | None
    moved_from: datetime | None
    seen: Seen | None
    """Whether a centre saw who they are."""

    @property
    def day(self) -> date | None:
        """The local day of the meeting."""
        return filing_day(self.meeting.at) if self.meeting else None


def own_interview(kit: Kit, actor: Actor) -> OwnInterview:
    """The interview of this adult. Raises NotYoursError."""
    with kit.database.reading() as session:
        return own_interview_in(session, kit, actor)


def own_interview_in(session: Session, kit: Kit, actor: Actor) -> OwnInterview:
    """The same within a transaction."""
    if actor.dossier_id is None or actor.adult_id is None:
        raise NotYoursError
    events = of_adult(events_in(session, kit, actor.dossier_id), actor.adult_id)
    seen = own_seen_in(session, actor.adult_id)
    return OwnInterview(state_of(events, kit.clock.now()), agreed(events), moved_from(events), seen)


def exported_in(session: Session, kit: Kit, actor: Actor) -> list[dict[str, Any]]:
    """Everything that was noted of this adult's interview, for their export; of the reasons nothing: they are the centre's."""
    if actor.dossier_id is None or actor.adult_id is None:
        raise NotYoursError
    found = []
    for one in of_adult(events_in(session, kit, actor.dossier_id), actor.adult_id):
        said: dict[str, Any] = {"noted_at": one.instant, "kind": one.step.value}
        if one.meeting is not None:
            said |= {"at": one.meeting.at, "way": one.meeting.way.value, "antenna": one.meeting.antenna}
            said |= {"place": one.meeting.place, "interpreter": one.meeting.interpreter.value}
            said |= {"language": one.meeting.language}
        found.append(said)
    return found

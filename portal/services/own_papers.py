"""What a person sees first of their papers: the whole list on its page, the news of it in the dossier. One transaction each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from portal.adapters.envelope import UnreadableError
from portal.domain.demand import filing_day
from portal.domain.document_request import RequestState
from portal.domain.situation.words import APPLICANT
from portal.services.actor import Actor
from portal.services.checklists import ChecklistText, ItemText
from portal.services.document_requests import events_in, list_of, marks_of
from portal.services.kit import Kit
from portal.services.situations import opened_in, saved_in
from portal.services.snapshots import last_in, unsent_from


@dataclass(frozen=True)
class OwnPapers:
    """The list, as the answers stand now."""

    text: ChecklistText
    answered_at: datetime | None
    """None: nothing was said yet."""
    sent_at: datetime | None
    """None: nothing was sent yet."""
    unsent: bool
    """The centre has older answers than these."""


@dataclass(frozen=True)
class News:
    """What must not wait for the other pages."""

    answered_at: datetime | None
    sent_at: datetime | None
    pressing: tuple[ItemText, ...] = ()
    """What was refused or is wanted by a day. Most people have none, and that is seen at once."""
    unsent: bool = False


def own_papers(kit: Kit, actor: Actor, language: str) -> OwnPapers:
    """The person's own list, and what the centre has of it. Raises NotYoursError."""
    with kit.database.transaction() as session:
        opened, events = opened_in(session, kit, actor), events_in(session, kit, actor.dossier_id)
        last = last_in(session, actor.dossier_id)
        unsent = last is not None and unsent_from(kit, actor, opened, last)
    text = list_of(opened, events, actor, filing_day(kit.clock.now()), language)
    return OwnPapers(text, opened.saved_at, last.sent_at if last else None, unsent)


def news(kit: Kit, actor: Actor, language: str) -> News:
    """The news of the own dossier; its dates are there all the same where something cannot be opened.

    Raises `NotInHouseholdError` for an adult whom the answers do not name any more.
    """
    with kit.database.transaction() as session:
        answered_at, last = saved_in(session, actor), last_in(session, actor.dossier_id)
        sent_at = last.sent_at if last else None
        try:
            events = events_in(session, kit, actor.dossier_id)
            marks = marks_of(events, language).values()
            presses = any(mark.state is RequestState.REFUSED or mark.wanted_by for mark in marks)
            if not presses and last is None and actor.person == APPLICANT:  # others may be named no more
                return News(answered_at, sent_at)
            opened = opened_in(session, kit, actor)
            unsent = last is not None and unsent_from(kit, actor, opened, last)
            today = filing_day(kit.clock.now())
            pressing = list_of(opened, events, actor, today, language).pressing if presses else ()
        except UnreadableError:
            return News(answered_at, sent_at)
        return News(answered_at, sent_at, pressing, unsent)

"""What a person sees first of their papers: the whole list on its page, the news of it in the dossier.

The answers are opened once for each page.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from portal.adapters.envelope import UnreadableError
from portal.domain.demand import filing_day
from portal.domain.document_request import RequestState
from portal.services.actor import Actor
from portal.services.checklists import ChecklistText, ItemText
from portal.services.document_requests import events_in, list_of, marks_of, others_in
from portal.services.kit import Kit
from portal.services.notices.acknowledging import missing_in
from portal.services.notices.people import Signer
from portal.services.reports.papers import reported_in
from portal.services.situations import Opened, opened_in, saved_in
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
    on_paper: bool
    """Whether the file began on paper: then there is no demand that a missing paper could stop."""


@dataclass(frozen=True)
class News:
    """What must not wait for the other pages."""

    answered_at: datetime | None
    sent_at: datetime | None
    pressing: tuple[ItemText, ...] = ()
    """What was refused or is wanted by a day. Most people have none, and that is seen at once."""
    unsent: bool = False
    to_bring: tuple[str, ...] = ()
    """What the papers still missing are called, in the order of the list; only where the caller wants them."""


def own_papers(kit: Kit, actor: Actor, language: str) -> OwnPapers:
    """The person's own list, and what the centre has of it. Raises NotYoursError."""
    with kit.database.reading() as session:
        opened, events = opened_in(session, kit, actor), events_in(session, kit, actor.dossier_id)
        last = last_in(session, actor.dossier_id)
        unsent = last is not None and unsent_from(kit, actor, opened, last)
        today = filing_day(kit.clock.now())
        reported = reported_in(session, kit, actor, opened, today)
        others = others_in(session, kit, actor.dossier_id, events, actor.adult_id)
    text = list_of(opened, events, actor, today, language, reported, others)
    return OwnPapers(text, opened.saved_at, last.sent_at if last else None, unsent, opened.on_paper)


def news_and_missing(
    kit: Kit, actor: Actor, language: str, *, bring: bool = False
) -> tuple[News, tuple[Signer, ...] | None]:
    """The news of the own dossier, and who of the household has not acknowledged their rights yet.

    The dates are there all the same where something cannot be opened; who is missing is then None if it is the answers.
    `bring`: with what is still to be brought, for an interview that lies ahead.
    Raises `NotInHouseholdError` for an adult whom the answers do not name any more, and `NotYoursError`.
    """
    with kit.database.reading() as session:
        try:
            opened = opened_in(session, kit, actor)
        except UnreadableError:
            last = last_in(session, actor.dossier_id)
            return News(saved_in(session, actor), last.sent_at if last else None), None
        return _news(session, kit, actor, opened, language, bring=bring), missing_in(
            session, kit, actor, opened, language
        )


def _news(session: Session, kit: Kit, actor: Actor, opened: Opened, language: str, *, bring: bool) -> News:
    last = last_in(session, actor.dossier_id)
    sent_at = last.sent_at if last else None
    try:
        events = events_in(session, kit, actor.dossier_id)
        presses = any(
            mark.state is RequestState.REFUSED or mark.wanted_by for mark in marks_of(events, language).values()
        )
        unsent = last is not None and unsent_from(kit, actor, opened, last)
        today = filing_day(kit.clock.now())
        pressing: tuple[ItemText, ...] = ()
        to_bring: tuple[str, ...] = ()
        if presses or bring:
            reported = reported_in(session, kit, actor, opened, today)
            others = others_in(session, kit, actor.dossier_id, events, actor.adult_id)
            text = list_of(opened, events, actor, today, language, reported, others)
            pressing, to_bring = text.pressing, tuple(one.named for one in text.still_missing)
    except UnreadableError:
        return News(opened.saved_at, sent_at)
    return News(opened.saved_at, sent_at, pressing, unsent, to_bring)

"""Everything of a household that its bundle is made of, read once, exactly as the desk's own pages show it."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.domain.case_request import AskedState
from portal.domain.demand import filing_day, is_whole_day
from portal.i18n.documents import other_paper
from portal.models import Adult, Decision, RegisterEntry
from portal.services.actor import Actor
from portal.services.adults import Household, household_by
from portal.services.asked_again import request_clock
from portal.services.begun_on_paper import Head
from portal.services.checklists import ChecklistText
from portal.services.clocks import ClockView, clocks_of
from portal.services.decisions.rows import Record, records_in
from portal.services.decisions.standing import holds
from portal.services.demands import DemandView
from portal.services.document_requests import desk_checklist
from portal.services.documents.noting import DeskPapers, desk_papers
from portal.services.documents.shelf import DocumentView
from portal.services.entries import EntryView, entry_view
from portal.services.interviews.desk import InShort, in_short
from portal.services.kit import Kit
from portal.services.notices.desk import AtDesk, at_desk
from portal.services.reports.stored import ReportView, reports_in
from portal.services.snapshots import Said, said_to_centre
from portal.services.summaries import SummaryText, summarise
from portal.services.thread.closings import Asking, requests_in


@dataclass(frozen=True)
class ListedPaper:
    """One paper that goes along: where it stands on the list, and what became of it."""

    document: DocumentView
    key: str
    """Its item on the list; of a paper that no item asks for, its own."""
    title: str
    who: str | None
    """Whose it is; None: the household's, or nobody said."""
    state: str | None
    """As it is noted, in words."""


@dataclass(frozen=True)
class OpenRequest:
    """What an adult asked for in their thread, and neither a decision nor the centre ended."""

    by: str | None
    """Whose it is, as the file names them."""
    asking: Asking
    clock: ClockView | None
    """None: no rule that we know of says by when, or nothing runs in this file."""


@dataclass(frozen=True)
class Gathered:
    """What the centre has of a household, in one official language."""

    head: Head
    language: str
    made_at: datetime
    said: Said | None
    summary: SummaryText | None
    """Of the day of the filing; of a file that began on paper of the day it is made."""
    household: Household
    checklist: ChecklistText | None
    papers: DeskPapers
    listed: tuple[ListedPaper, ...]
    """The papers, in the order of the list; those that no item asks for last."""
    rights: AtDesk
    reports: tuple[ReportView, ...]
    """Oldest first, those that ended too."""
    reporters: Mapping[uuid.UUID, str | None]
    """Adult → name."""
    requests: tuple[OpenRequest, ...]
    """Oldest first."""
    entries: tuple[EntryView, ...]
    """What the filing register says of this reference, in its order."""
    decisions: tuple[Record, ...]
    """Written decisions of the commune that two people of the centre noted, and that hold; oldest first."""
    met: InShort
    """Where the first interview stands, and how many adults somebody saw to be who they are."""

    @property
    def clocks(self) -> tuple[ClockView, ...]:
        """The legal clocks: those of the demand, where there is one, then those of the open requests."""
        first = clocks_of(self.head, filing_day(self.made_at)) if isinstance(self.head, DemandView) else ()
        return (*first, *(one.clock for one in self.requests if one.clock))

    @property
    def commune_bfs(self) -> int | None:
        """The commune, as the demand or the file names it."""
        return self.head.announcement.commune_bfs if isinstance(self.head, DemandView) else self.head.commune_bfs


def gather(kit: Kit, actor: Actor, head: Head, language: str) -> Gathered:
    """Of a household that the actor's own centre has; the caller has audited the look. Raises NotYoursError for any other."""
    now = kit.clock.now()
    said = said_to_centre(kit, head)
    text = desk_checklist(kit, head, said.situation if said else None, language)
    papers = desk_papers(kit, actor, head, text, language)
    with kit.database.reading() as session:
        reports = tuple(reports_in(session, kit, head.dossier_id))
        named = select(Adult.id, func.coalesce(Adult.latin_name, Adult.name)).where(Adult.dossier_id == head.dossier_id)
        reporters = {row[0]: row[1] for row in session.execute(named)}
        requests = tuple(_requests(session, kit, head, reporters, filing_day(now)))
        rows = session.scalars(
            select(RegisterEntry).where(RegisterEntry.reference == head.reference).order_by(RegisterEntry.sequence)
        )
        decided = records_in(session, kit, Decision.dossier_id == head.dossier_id, holds(Decision))
        entries = tuple(entry_view(row, time_known=not is_whole_day(row.instant)) for row in rows)
    on = filing_day(now) if head.on_paper else head.begins
    return Gathered(
        head=head,
        language=language,
        made_at=now,
        said=said,
        summary=summarise(said.situation, on, language) if said else None,
        household=household_by(kit, head, said, language),
        checklist=text,
        papers=papers,
        listed=tuple(_listed(text, papers, language)),
        rights=at_desk(kit, actor, head, language),
        reports=reports,
        reporters=reporters,
        requests=requests,
        entries=entries,
        decisions=decided[::-1],
        met=in_short(kit, head),
    )


def _requests(
    session: Session, kit: Kit, head: Head, adults: Mapping[uuid.UUID, str | None], today: date
) -> list[OpenRequest]:
    runs = head.withdrawn_at is None and head.closed_at is None
    found = [
        OpenRequest(name, one, request_clock(one.kind, filing_day(one.instant), today) if runs else None)
        for adult_id, name in adults.items()
        for one in reversed(requests_in(session, kit, adult_id))
        if one.state is not AskedState.CLOSED and not one.decided
    ]
    return sorted(found, key=lambda one: one.asking.instant)


def _listed(text: ChecklistText | None, papers: DeskPapers, language: str) -> list[ListedPaper]:
    found = [
        ListedPaper(document, item.key, item.title, item.who, item.state_words)
        for item in (text.items if text else ())
        for document in papers.of_item.get(item.key, ())
    ]
    other = other_paper(language)
    return found + [
        ListedPaper(one.document, one.key, one.title or other, None, one.state_words) for one in papers.others
    ]

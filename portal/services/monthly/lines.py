"""What was sent for which month: one source for each kind of thing. Whoever sends something new adds its source here.

Each source gives what this adult sent, never what another one did.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, TypeAlias

from sqlalchemy import select

from portal.adapters.envelope import UnreadableError
from portal.checklists import checklist
from portal.domain.demand import filing_day
from portal.domain.document_request import request_key
from portal.domain.months import first_of_month
from portal.domain.situation import SituationError
from portal.i18n.changes import change_title
from portal.i18n.documents import other_paper
from portal.i18n.formats import months_words
from portal.i18n.monthly import answers_line
from portal.i18n.words import joined
from portal.law.parameters import law_of
from portal.models import SituationSnapshot
from portal.services.actor import Actor
from portal.services.checklists.explained import paper_title
from portal.services.documents.shelf import DocumentView, documents_of
from portal.services.kit import Kit
from portal.services.reports.reading import own_reports
from portal.services.reports.stored import ReportView
from portal.services.situations import NotInHouseholdError, opened_in


@dataclass(frozen=True)
class MonthLine:
    """One thing that was sent, in the list of a month."""

    month: date
    """The first day of the month that it is listed in."""
    at: datetime
    title: str
    asked_for: str = ""
    """The months that it was asked for, in words, where it was."""
    own_words: bool = False
    """Whether the title is what the person typed."""
    report: ReportView | None = None
    """The report of a change that it is about."""

    def held_at(self, instant: datetime | None) -> bool:
        """Whether it is a report that had been sent and still held at an instant; None: that holds now."""
        if self.report is None or instant is None:
            return self.report is not None and not self.report.ended
        ended = self.report.ended_at
        return self.at <= instant and (ended is None or ended > instant)


Source: TypeAlias = Callable[[Kit, Actor, str], Iterable[MonthLine]]
"""The things of one kind that an adult sent, in a language."""


def sent_papers(kit: Kit, actor: Actor, language: str) -> Iterator[MonthLine]:
    """The papers of which at least one file arrived whole; those that were taken back are not among them."""
    months = _asked_months(kit, actor)
    for one in documents_of(kit, actor):
        arrived = [file.received_at for file in one.files if file.received_at]
        if arrived:
            asked = months.get(one.key or "", ())
            at = min(arrived)
            yield MonthLine(
                paper_month(asked, at),
                at,
                _title(one, language),
                months_words(asked, language) if asked else "",
                own_words=one.key is None and bool(one.title),
            )


def sent_answers(kit: Kit, actor: Actor, language: str) -> Iterator[MonthLine]:
    """When this adult sent the household's answers; the answers themselves are not opened."""
    query = select(SituationSnapshot.sent_at).where(
        SituationSnapshot.dossier_id == actor.dossier_id, SituationSnapshot.adult_id == actor.adult_id
    )
    with kit.database.transaction() as session:
        days = session.scalars(query).all()
    for at in days:
        yield MonthLine(first_of_month(filing_day(at)), at, answers_line(language))


def sent_reports(kit: Kit, actor: Actor, language: str) -> Iterator[MonthLine]:
    """The adult's reports of changes, also those taken back: what was sent is never left out."""
    for report in own_reports(kit, actor):
        yield from lines_of(report, language)


def lines_of(report: ReportView, language: str) -> Iterator[MonthLine]:
    """A report in each month in which something of it happened, with what happened then."""
    months: defaultdict[date, list[str]] = defaultdict(list)
    for change in report.content.changes if report.content else ():
        months[first_of_month(change.since)].append(change_title(change.kind, language))
    for month, titles in months.items():
        yield MonthLine(month, report.instant, joined(" · ", dict.fromkeys(titles)), report=report)


SOURCES: Final[tuple[Source, ...]] = (sent_papers, sent_answers, sent_reports)


def paper_month(asked: Sequence[date], at: datetime) -> date:
    """The month in which a paper is listed: that of its sending, or the one month that it was asked for if that is later.

    Of a paper for several months nobody has said which one a page is about; and a month before the sending says less
    about when it was given than the sending does: the line names it beside.
    """
    sent = first_of_month(filing_day(at))
    return max(sent, asked[0]) if len(asked) == 1 else sent


def _asked_months(kit: Kit, actor: Actor) -> Mapping[str, tuple[date, ...]]:
    """Of each paper of the list the months that it is asked for; empty where the answers cannot be read."""
    with suppress(NotInHouseholdError, UnreadableError, SituationError):
        with kit.database.transaction() as session:
            opened = opened_in(session, kit, actor)
        filed = opened.filing_date
        situation = opened.draft.situation(filing_day(kit.clock.now()))
        asked = checklist(situation, filed, law_of(filed))
        return {request_key(one.rule.id, one.person): tuple(one.months) for one in asked}
    return {}


def _title(one: DocumentView, language: str) -> str:
    return (paper_title(one.key, language) if one.key else one.title) or other_paper(language)

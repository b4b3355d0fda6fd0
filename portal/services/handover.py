"""The hand-over slip: what an adult takes home from the desk, on one A5 page that holds their new code.

What stands on it is theirs to see: of the answers nothing that another adult said for themselves alone, and of the papers
those of the household, of its children and of themselves; who has a code of their own has a slip of their own.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.adapters.envelope import UnreadableError
from portal.adapters.typesetting import Fact, HandOver, SlipSheet, slip_pdf
from portal.domain.demand import filing_day
from portal.domain.document_request import MISSING, RequestState
from portal.domain.interview import Meeting, State, agreed, state_of
from portal.domain.situation import Situation, SituationError
from portal.i18n.formats import long_date, time_of_day
from portal.i18n.interview import interpreter_words, place_words
from portal.i18n.languages import official_beside
from portal.i18n.text import translator
from portal.i18n.words import joined
from portal.models import Adult, Demand, Dossier
from portal.services.asked_again import clocks_of_adult, on_the_page
from portal.services.checklists import ItemText, explain_checklist
from portal.services.clocks import ClockView, clocks_of
from portal.services.decisions.own import decisions_of_adult
from portal.services.demands import DemandView, view_of
from portal.services.demands import joined as demands_joined
from portal.services.document_requests import list_for_paper
from portal.services.households.rows import course_in
from portal.services.interviews.rows import events_in, of_adult
from portal.services.kit import Kit
from portal.services.receipt_names import paper_name
from portal.services.receipt_texts import slip_text
from portal.services.situation_begun import before_answers
from portal.services.snapshots import last_of

_MARK: Final = "{n}"


class File(NamedTuple):
    """A file whose clocks the slip names."""

    dossier: uuid.UUID
    adult: uuid.UUID
    merged: str | None
    """Its reference, where it was merged into the one that the slip is of."""


@dataclass(frozen=True)
class Runs:
    """One clock of the law that runs for the adult."""

    clock: ClockView
    merged: str | None = None
    """The reference of the file that was merged into this one, where it runs in that."""


@dataclass(frozen=True)
class ToAppeal:
    """A written decision against which the adult may still appeal."""

    last_day: date
    decided: date
    merged: str | None = None
    """As of a clock."""


@dataclass(frozen=True)
class Taken:
    """What the slip says beside code and name."""

    filed: date
    clocks: tuple[Runs, ...]
    """The nearest last day first."""
    appeals: tuple[ToAppeal, ...]
    """The same of what runs for the adult alone."""
    papers_by: date | None
    """The nearest day by which a paper is wanted."""
    meeting: Meeting | None
    """The interview that lies ahead."""


def make_handover(kit: Kit, view: DemandView, access_code: str, *, as_filed: bool = False) -> bytes:
    """The slip of the view's adult as PDF, in their language with the centre's beneath; for a caller who has proven the scope.

    `as_filed`: for one who has not, but has just filed the demand: nothing that came since is read. Raises TypesettingError.
    """
    language, official = view.language, official_beside(view.language, view.region)
    codes = tuple(dict.fromkeys((official, language)))
    now = kit.clock.now()
    if as_filed:
        situation = view.situation or before_answers(view)
        lists = {code: explain_checklist(situation, view.begins, code).still_missing for code in codes}
        clocks = tuple(map(Runs, clocks_of(view, filing_day(now))))
        appeals: tuple[ToAppeal, ...] = ()
        meeting = None
    else:
        lists = {code: _papers(kit, view, code) for code in codes}
        with kit.database.reading() as session:
            events = of_adult(events_in(session, kit, view.dossier_id), view.adult_id)
            files = _files(session, view)
            clocks = _clocks(session, kit, view, files, filing_day(now))
            appeals = _appeals(session, kit, files, filing_day(now))
        meeting = agreed(events) if state_of(events, now) is State.AHEAD else None
    wanted = [one.wanted_on for one in lists[language] if one.wanted_on]
    taken = Taken(view.filing_date, clocks, appeals, min(wanted, default=None), meeting)
    texts = {code: slip_text(code, view.person) for code in codes}
    return slip_pdf(
        SlipSheet(
            instant=now,
            name=paper_name(view.person, official),
            name_latin="",
            reference=view.reference,
            access_code=access_code,
            sign_in_url=f"{kit.public_url}/{language}/sign-in",
            official=texts[official],
            own=texts[language] if language != official else None,
            handover=tuple(_words(code, taken, lists[code]) for code in codes),
        )
    )


def _files(session: Session, view: DemandView) -> tuple[File, ...]:
    """The file of the view's adult, then those merged into it: each has one adult, them, and is named by its reference."""
    course = course_in(session, view.dossier_id)
    here = [one.dossier_id for one in course.merged_here if one.adult == view.adult_id]
    files = [File(view.dossier_id, view.adult_id, None)]
    if here:
        merged = select(Dossier.id, Adult.id, Dossier.reference).join(Adult, Adult.dossier_id == Dossier.id)
        files += [File(*row) for row in session.execute(merged.where(Dossier.id.in_(here))).all()]
    return tuple(files)


def _clocks(session: Session, kit: Kit, view: DemandView, files: tuple[File, ...], today: date) -> tuple[Runs, ...]:
    """Of the demand, and of what this adult asked for since; in files merged into this one too."""
    found = [Runs(clock) for clock in clocks_of(view, today)]
    if merged := [file.dossier for file in files if file.merged]:
        for row in session.execute(demands_joined().where(Demand.dossier_id.in_(merged))).all():
            other = view_of(session, kit, row)
            found += [Runs(clock, other.reference) for clock in clocks_of(other, today)]
    for file in files:
        asked = on_the_page(clocks_of_adult(session, file.dossier, file.adult, today))
        found += [Runs(clock, file.merged) for clock in asked]
    # Urgent help that was asked for twice on a day has one last day: it is said once.
    once = {(one.clock.name, one.clock.due, one.merged): one for one in found}
    return tuple(sorted(once.values(), key=lambda one: one.clock.due))


def _appeals(session: Session, kit: Kit, files: tuple[File, ...], today: date) -> tuple[ToAppeal, ...]:
    """Of the decisions that stand on the adult's own page, those whose last day has not passed."""
    found = [
        ToAppeal(one.now.appeal.last_day, one.now.decided, file.merged)
        for file in files
        for one in decisions_of_adult(session, kit, file.dossier, file.adult)
        if one.now.holds and one.now.appeal.last_day >= today
    ]
    return tuple(sorted(found, key=lambda one: one.last_day))


def _papers(kit: Kit, view: DemandView, language: str) -> tuple[ItemText, ...]:
    """What is still to be brought: first what was refused or is wanted by a day, the nearest first, then in the order of
    the list. Before any answer it is what everybody brings; nothing where the answers cannot be opened.
    """
    try:
        situation = _situation(kit, view)
        with kit.database.reading() as session:
            rows = session.execute(select(Adult.id, Adult.person).where(Adult.dossier_id == view.dossier_id)).all()
        me = next(person for adult, person in rows if adult == view.adult_id)
        text = list_for_paper(kit, view, situation, me, language)
    except (UnreadableError, SituationError):
        return ()
    others = {person for _adult, person in rows if person != me}
    pressing = (one for one in text.pressing if one.state in MISSING)
    found: dict[tuple[str, str | None], ItemText] = {}
    for one in (*pressing, *text.still_missing):
        if one.person not in others:  # a paper that a report of a change wants too is brought once
            found.setdefault((one.rule, one.person), one)
    return tuple(found.values())


def _situation(kit: Kit, view: DemandView) -> Situation:
    """What was sent last as this adult may see it, else what they sent along with the demand, else who they are."""
    last = last_of(kit, view.dossier_id)
    if last is not None:
        return last.for_adult(view.adult_id).situation
    return view.situation or before_answers(view)


def _words(code: str, taken: Taken, papers: tuple[ItemText, ...]) -> HandOver:
    _ = translator(code).gettext
    facts = [Fact(_("Date de votre annonce"), long_date(taken.filed, code))]
    labels = {
        "urgent": _("Aide urgente : décision au plus tard"),
        "decision": _("Décision au plus tard"),
        "reexamination": _("Nouvelle décision demandée, au plus tard, selon un texte ancien"),
    }
    for runs in taken.clocks:
        said = joined(" · ", filter(None, (long_date(runs.clock.due, code), runs.merged)))
        facts.append(Fact(labels[runs.clock.name], str.__str__(said)))
    for one in taken.appeals:
        about = _("Décision du %(date)s", date=long_date(one.decided, code))
        said = joined(" · ", filter(None, (long_date(one.last_day, code), about, one.merged)))
        facts.append(Fact(_("Dernier jour pour poster le recours"), str.__str__(said)))
    if taken.papers_by is not None:
        facts.append(Fact(_("Papiers à remettre au plus tard"), long_date(taken.papers_by, code)))
    if (meeting := taken.meeting) is not None:
        when = _("%(day)s à %(time)s", day=long_date(filing_day(meeting.at), code), time=time_of_day(meeting.at, code))
        where = (when, place_words(meeting, code), interpreter_words(meeting, code))
        facts.append(Fact(_("Entretien"), str.__str__(joined(" · ", filter(None, where)))))
    return HandOver(
        facts=tuple(facts),
        papers_title=_("Papiers à apporter") if papers else _("Papiers : voyez votre liste dans votre dossier"),
        papers=tuple(_paper(one, code) for one in papers),
        more=_("Autres papiers : %(count)s. Voyez votre liste.", count=_MARK),
    )


def _paper(item: ItemText, code: str) -> str:
    """What it is called and whose it is; of one that was refused or is wanted by a day, that too."""
    _ = translator(code).gettext
    again = _("refusé, à apporter à nouveau") if item.state is RequestState.REFUSED else None
    by = _("Jusqu’au %(date)s", date=long_date(item.wanted_on, code)) if item.wanted_on else None
    return str.__str__(joined(" · ", filter(None, (item.named, again, by))))

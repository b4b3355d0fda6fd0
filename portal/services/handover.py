"""The hand-over slip: what an adult takes home from the desk, on one A5 page that holds their new code.

What stands on it is theirs to see: of the answers nothing that another adult said for themselves alone, and of the papers
those of the household, of its children and of themselves; who has a code of their own has a slip of their own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import select

from portal.adapters.envelope import UnreadableError
from portal.adapters.typesetting import Fact, HandOver, SlipSheet, slip_pdf
from portal.domain.demand import filing_day
from portal.domain.interview import Meeting, State, agreed, state_of
from portal.domain.situation import Situation, SituationError
from portal.i18n.formats import long_date, time_of_day
from portal.i18n.interview import interpreter_words, place_words
from portal.i18n.languages import official_beside
from portal.i18n.text import translator
from portal.i18n.words import joined
from portal.models import Adult
from portal.services.checklists import ItemText
from portal.services.clocks import ClockView, clocks_of
from portal.services.demands import DemandView
from portal.services.document_requests import list_for_paper
from portal.services.interviews.rows import events_in, of_adult
from portal.services.kit import Kit
from portal.services.receipt_names import paper_name
from portal.services.receipt_texts import slip_text
from portal.services.snapshots import last_of

_MARK: Final = "{n}"


@dataclass(frozen=True)
class Taken:
    """What the slip says beside code and name."""

    filed: date
    clocks: tuple[ClockView, ...]
    papers_by: date | None
    """The nearest day by which a paper is wanted."""
    meeting: Meeting | None
    """The interview that lies ahead."""


def make_handover(kit: Kit, view: DemandView, access_code: str) -> bytes:
    """The slip of the view's adult as PDF, in their language with the centre's beneath; for a caller who has proven the scope.

    Raises TypesettingError.
    """
    language, official = view.language, official_beside(view.language, view.region)
    codes = tuple(dict.fromkeys((official, language)))
    now = kit.clock.now()
    lists = {code: _papers(kit, view, code) for code in codes}
    with kit.database.reading() as session:
        events = of_adult(events_in(session, kit, view.dossier_id), view.adult_id)
    wanted = [one.wanted_on for one in lists[language] if one.wanted_on]
    meeting = agreed(events) if state_of(events, now) is State.AHEAD else None
    taken = Taken(view.filing_date, clocks_of(view, filing_day(now)), min(wanted, default=None), meeting)
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


def _papers(kit: Kit, view: DemandView, language: str) -> tuple[ItemText, ...]:
    """What is still to be brought, in the order of the list; nothing where the answers cannot be opened."""
    try:
        situation = _situation(kit, view)
        if situation is None:
            return ()
        with kit.database.reading() as session:
            rows = session.execute(select(Adult.id, Adult.person).where(Adult.dossier_id == view.dossier_id)).all()
        me = next(person for adult, person in rows if adult == view.adult_id)
        text = list_for_paper(kit, view, situation, me, language)
    except (UnreadableError, SituationError):
        return ()
    others = {person for _adult, person in rows if person != me}
    return tuple(one for one in text.still_missing if one.person not in others)


def _situation(kit: Kit, view: DemandView) -> Situation | None:
    """What was sent last as this adult may see it, else what they sent along with the demand."""
    last = last_of(kit, view.dossier_id)
    return last.for_adult(view.adult_id).situation if last is not None else view.situation


def _words(code: str, taken: Taken, papers: tuple[ItemText, ...]) -> HandOver:
    _ = translator(code).gettext
    facts = [Fact(_("Date de votre annonce"), long_date(taken.filed, code))]
    for clock in taken.clocks:
        label = _("Aide urgente : décision au plus tard") if clock.name == "urgent" else _("Décision au plus tard")
        facts.append(Fact(label, long_date(clock.due, code)))
    if taken.papers_by is not None:
        facts.append(Fact(_("Papiers à remettre au plus tard"), long_date(taken.papers_by, code)))
    if (meeting := taken.meeting) is not None:
        when = _("%(day)s à %(time)s", day=long_date(filing_day(meeting.at), code), time=time_of_day(meeting.at, code))
        where = (when, place_words(meeting, code), interpreter_words(meeting, code))
        facts.append(Fact(_("Entretien"), str.__str__(joined(" · ", filter(None, where)))))
    return HandOver(
        facts=tuple(facts),
        papers_title=_("Papiers à apporter") if papers else _("Papiers : voyez votre liste dans votre dossier"),
        papers=tuple(dict.fromkeys(_paper(one) for one in papers)),
        more=_("Autres papiers : %(count)s. Voyez votre liste.", count=_MARK),
    )


def _paper(item: ItemText) -> str:
    return f"{item.title} ({item.who})" if item.who else str(item.title)

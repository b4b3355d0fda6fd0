"""The papers of a dossier: which are asked for, what became of each. Every step is an event that stays.

Which paper an event is about stands in its sealed part: the name of a paper alone may say that somebody is pregnant.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, Final, TypeAlias

from sqlalchemy import insert, select, text
from sqlalchemy.orm import Session

from portal.checklists import ChecklistRule, DocumentRequest, checklist, rules
from portal.domain.demand import filing_day
from portal.domain.document_request import (
    MISSING,
    OTHER_PAPERS,
    Asked,
    Asker,
    Mark,
    Obstacle,
    PaperKey,
    Refusal,
    RequestState,
    Told,
    other_key,
    person_of,
    read_key,
    request_key,
)
from portal.domain.situation import Situation
from portal.i18n.checklists.words import refusal_words
from portal.i18n.documents import own_title
from portal.i18n.languages import DEFAULT
from portal.i18n.words import joined
from portal.law.parameters import law_of
from portal.models import Document, DocumentRequestEvent
from portal.services.actor import Actor, ActorKind, NotYoursError
from portal.services.begun_on_paper import Head
from portal.services.checklists import ChecklistText, explain_checklist
from portal.services.documents.terms import paper_context
from portal.services.kit import Kit
from portal.services.reports.papers import papers_of_reports, reported_in
from portal.services.reports.stored import reports_in
from portal.services.situation_begun import before_answers
from portal.services.situations import Opened, opened_in
from portal.services.writing import adult_of, audit, lock_dossier

LONGEST_WORDS: Final = 500
Events: TypeAlias = "tuple[tuple[DocumentRequestEvent, dict[str, Any]], ...]"
"""What happened to the papers of a dossier, each with what was sealed in it."""


@dataclass(frozen=True)
class Note:
    """What somebody says of a paper."""

    state: RequestState
    obstacle: Obstacle | None = None
    asker: Asker | None = None
    refusal: Refusal | None = None
    words: str | None = None
    wanted_by: date | None = None
    language: str | None = None
    """Of a caseworker's words."""
    asks: tuple[date, ...] | None = None
    """The centre asks for it by itself, for these months, if for any; None: it does not."""

    def details(self, key: str) -> dict[str, Any]:
        """As it is sealed."""
        said = {
            "key": key,
            "state": self.state,
            "obstacle": self.obstacle,
            "asker": self.asker,
            "refusal": self.refusal,
            "words": self.words[:LONGEST_WORDS] if self.words else None,
            "wanted_by": self.wanted_by.isoformat() if self.wanted_by else None,
            "language": self.language if self.words else None,
            "asks": [month.isoformat() for month in self.asks] if self.asks is not None else None,
        }
        return {name: value for name, value in said.items() if value is not None}


def own_checklist(kit: Kit, actor: Actor, language: str) -> ChecklistText:
    """The person's own list, from the answers as they stand now. Raises NotYoursError."""
    with kit.database.reading() as session:
        opened, events = opened_in(session, kit, actor), events_in(session, kit, actor.dossier_id)
        today = filing_day(kit.clock.now())
        reported = reported_in(session, kit, actor, opened, today)
        others = others_in(session, kit, actor.dossier_id, events, actor.adult_id)
    return list_of(opened, events, actor, today, language, reported, others)


def list_of(
    opened: Opened,
    events: Events,
    actor: Actor,
    today: date,
    language: str,
    reported: tuple[DocumentRequest, ...],
    others: Mapping[uuid.UUID, str | None] = MappingProxyType({}),
) -> ChecklistText:
    """The list of what an adult sees of the answers and of the papers. `reported`: what their reports of changes ask for;
    `others`: their papers of no item (`others_in`).
    """
    situation, filed = opened.draft.situation(today), opened.filing_date
    asked = asked_in(events)
    requests = with_asked((*_asked_of(opened, situation, events), *reported), asked, situation)
    marks = _own_marks(events, actor, (*_keys(requests), *asked, *map(other_key, others)), language)
    return explain_checklist(
        situation, filed, language, marks, me=actor.person, requests=requests, asked=asked, others=others
    )


def _asked_of(opened: Opened, situation: Situation, events: Events) -> tuple[DocumentRequest, ...]:
    """What the answers ask this adult for. A file that began on paper has its papers at the centre: there, what the
    centre has noted here of them.
    """
    asked = checklist(situation, opened.filing_date, law_of(opened.filing_date))
    if not opened.on_paper:
        return asked
    noted = {said["key"] for _row, said in events}
    return tuple(request for request, key in zip(asked, _keys(asked), strict=True) if key in noted)


def said_of(kit: Kit, actor: Actor, key: str) -> dict[str, str]:
    """What this adult said last of a paper that they cannot get, to be seen and corrected; empty where they did not."""
    with kit.database.reading() as session:
        mine = [said for _, said in events_in(session, kit, actor.dossier_id) if said["key"] == key]
    if not mine or mine[-1]["state"] != RequestState.CANNOT:
        return {}
    return {name: mine[-1][name] for name in ("obstacle", "asker", "words") if name in mine[-1]}


def desk_checklist(kit: Kit, demand: Head, situation: Situation | None, language: str) -> ChecklistText | None:
    """The list of what was sent, for a caseworker in whose scope the caller has proven the household to be.

    `situation` None: nothing was sent; what the centre asked for or noted by itself is known all the same. None without any.
    """
    with kit.database.reading() as session:
        events = events_in(session, kit, demand.dossier_id)
        reports = reports_in(session, kit, demand.dossier_id) if situation is not None else []
        others = others_in(session, kit, demand.dossier_id, events)
    filed, asked, marks = demand.begins, asked_in(events), marks_of(events, language)
    if situation is None:
        said, own = before_answers(demand), _noted_by_centre(events)
    else:
        said, own = situation, (*checklist(situation, filed, law_of(filed)), *papers_of_reports(reports, situation))
    requests = with_asked(own, asked, said)
    if situation is None:  # what the person said of other papers goes with their answers
        known = {*_keys(requests), *asked, *map(other_key, others)}
        marks = {key: mark for key, mark in marks.items() if key in known}
    text = explain_checklist(said, filed, language, marks, staff=True, requests=requests, asked=asked, others=others)
    return replace(text, answered=situation is not None) if situation is not None or text.known else None


def asked_of_everybody(demand: Head) -> frozenset[str]:
    """The papers that the list surely asks for before any answer, by name; none of a file that began on paper."""
    if demand.on_paper:
        return frozenset()
    asked = checklist(before_answers(demand), demand.begins, law_of(demand.begins))
    return frozenset(_keys(one for one in asked if one.certain))


def _noted_by_centre(events: Events) -> tuple[DocumentRequest, ...]:
    """The papers of the rules of which the centre has noted something, whatever the household answers."""
    known = {rule.id: rule for rule in rules()}
    keys = dict.fromkeys(said["key"] for row, said in events if row.caseworker_id is not None)
    return tuple(_certain(known, name, ()) for name in map(read_key, keys) if name.rule in known)


def _certain(known: Mapping[str, ChecklistRule], name: PaperKey, months: tuple[date, ...]) -> DocumentRequest:
    return DocumentRequest(known[name.rule], name.person, months, True, (), (), (), name.report)


def others_in(
    session: Session, kit: Kit, dossier: uuid.UUID | None, events: Events, adult: uuid.UUID | None = None
) -> dict[uuid.UUID, str | None]:
    """The papers of no item of which the centre noted something, with what the person calls them; `adult`: theirs alone."""
    ids = [uuid.UUID(name.person) for _row, said in events if (name := read_key(said["key"])).rule == OTHER_PAPERS]
    if not ids:
        return {}
    query = select(Document).where(Document.dossier_id == dossier, Document.id.in_(ids), Document.removed_at.is_(None))
    rows = session.scalars(query if adult is None else query.where(Document.adult_id == adult))
    found = {row.id: json.loads(kit.envelope.open(row.details, paper_context(row.id))) for row in rows}
    return {
        id_: own_title(found[id_]["title"]) for id_ in dict.fromkeys(ids) if id_ in found and found[id_]["key"] is None
    }


def list_for_paper(kit: Kit, demand: Head, situation: Situation, person: str, language: str) -> ChecklistText:
    """The list as one adult reads it on a paper of the desk: of reports of changes and of papers of no item only their own count.

    `situation`: the answers as this adult may see them, `person` who they are in it; the caller has proven the scope.
    """
    with kit.database.reading() as session:
        events = events_in(session, kit, demand.dossier_id)
        reports = [one for one in reports_in(session, kit, demand.dossier_id) if one.adult_id == demand.adult_id]
        others = others_in(session, kit, demand.dossier_id, events, demand.adult_id)
    filed, asked, marks = demand.begins, asked_in(events), marks_of(events, language)
    own = (*checklist(situation, filed, law_of(filed)), *papers_of_reports(reports, situation))
    requests = with_asked(own, asked, situation)
    known = {key: marks[key] for key in (*_keys(requests), *asked, *map(other_key, others)) if key in marks}
    return explain_checklist(
        situation, filed, language, known, me=person, requests=requests, asked=asked, others=others
    )


def note_own(kit: Kit, actor: Actor, key: str, note: Note) -> None:
    """What the person says of one of their papers. Raises NotYoursError for a paper that is not on their list."""
    now = kit.clock.now()
    with kit.database.transaction() as session:
        opened, events = opened_in(session, kit, actor), events_in(session, kit, actor.dossier_id)
        asked = _keys(_asked_of(opened, opened.draft.situation(filing_day(now)), events))
        if key not in {*asked, *asked_in(events), *_own_marks(events, actor, asked, DEFAULT)}:
            raise NotYoursError
        _write(session, kit, actor, actor.dossier_id, key, note, now)


def note_added_in(session: Session, kit: Kit, actor: Actor, key: str, now: datetime) -> None:
    """A file of this paper is here. What the centre has seen or accepted stays so until it looks again."""
    mark = marks_in(session, kit, actor.dossier_id, DEFAULT).get(key)
    if mark is None or mark.state not in (RequestState.ADDED, RequestState.SEEN, RequestState.ACCEPTED):
        _write(session, kit, actor, actor.dossier_id, key, Note(RequestState.ADDED), now)


class NotedMeanwhileError(Exception):
    """Somebody else noted something of the paper since the page was made; nothing was written."""


def note_at_desk(
    kit: Kit, actor: Actor, dossier: uuid.UUID, key: str, note: Note, *, seen: datetime | None = None
) -> None:
    """What a caseworker notes of a paper, for a caller that has proven that the dossier is in their scope.

    `seen`: when the note was made that stood on the page. Raises `NotedMeanwhileError` where another one stands there now.
    """
    now = kit.clock.now()
    with kit.database.transaction() as session:
        lock_dossier(session, dossier)
        note_in(session, kit, actor, dossier, key, note, seen, now)


def ask_at_desk(kit: Kit, actor: Actor, dossier: uuid.UUID, key: str, note: Note) -> None:
    """The centre asks for a paper by itself (`note.asks`), for a caller that has proven that the dossier is in their scope.

    The same again, with nothing after it, is asked already.
    """
    now = kit.clock.now()
    with kit.database.transaction() as session:
        lock_dossier(session, dossier)
        last = [said for _row, said in events_in(session, kit, dossier) if said["key"] == key][-1:]
        asked = last == [json.loads(json.dumps(note.details(key)))]
        if not asked:
            _write(session, kit, actor, dossier, key, note, now)
        whose = adult_of(session, dossier, person_of(key))
        outcome = "unchanged" if asked else "done"
        audit(session, actor, "document-request:to_bring", now, dossier, outcome, adult_id=whose)


def note_in(
    session: Session,
    kit: Kit,
    actor: Actor,
    dossier: uuid.UUID,
    key: str,
    note: Note,
    seen: datetime | None,
    now: datetime,
) -> None:
    """The same, last in the transaction of a caller who holds the dossier's lock."""
    last = marks_in(session, kit, dossier, DEFAULT).get(key)
    if (last.at if last else None) != seen and (last is None or last.state is not note.state):
        raise NotedMeanwhileError
    _write(session, kit, actor, dossier, key, note, now)
    whose = adult_of(session, dossier, person_of(key))
    audit(session, actor, f"document-request:{note.state.value}", now, dossier, adult_id=whose)


def ask_in(session: Session, kit: Kit, actor: Actor, opened: Opened, now: datetime) -> None:
    """Papers that the sent answers ask for the first time: from now on they are known, and never vanish unsaid."""
    if not opened.on_paper:
        situation, filed = opened.draft.situation(filing_day(now)), opened.filing_date
        ask_keys_in(session, kit, actor, _keys(checklist(situation, filed, law_of(filed))), now)


def ask_keys_in(session: Session, kit: Kit, actor: Actor, keys: Iterable[str], now: datetime) -> None:
    """The same of papers by name, those of a reported change too: from now on this adult sees and answers them."""
    known = marks_in(session, kit, actor.dossier_id, DEFAULT)
    for key in keys:
        if key not in known:
            _write(session, kit, actor, actor.dossier_id, key, Note(RequestState.TO_BRING), now)


def asked_in(events: Events) -> dict[str, Asked]:
    """What the centre asks for by itself, by key: the last time that it did counts."""
    found = {}
    for row, said in events:
        if "asks" in said and row.caseworker_id is not None:
            words = said.get("words", "").strip() or None
            told = Told(None, words, said.get("language")) if words else None
            found[said["key"]] = Asked(said["key"], tuple(map(date.fromisoformat, said["asks"])), told)
    return found


def with_asked(
    requests: tuple[DocumentRequest, ...], asked: Mapping[str, Asked], situation: Situation
) -> tuple[DocumentRequest, ...]:
    """The requests, with those of the rules that the centre asks for by itself: they are certain, for its months."""
    known, persons = {rule.id: rule for rule in rules()}, {person.id for person in situation.persons}
    found = dict(zip(_keys(requests), requests, strict=True))
    for key, one in asked.items():
        name = read_key(key)
        if name.rule in known and (name.person is None or name.person in persons):
            before = found.get(key)
            months = one.months or (before.months if before else ())
            found[key] = _certain(known, name, months)
    return tuple(found.values())


def _keys(requests: Iterable[DocumentRequest]) -> tuple[str, ...]:
    return tuple(request_key(one.rule.id, one.person, one.report) for one in requests)


def sure_papers(opened: Opened, situation: Situation) -> int:
    """How many papers the answers ask for, for sure; none of a file that began on paper."""
    filed = opened.filing_date
    return 0 if opened.on_paper else sum(request.certain for request in checklist(situation, filed, law_of(filed)))


def marks_in(session: Session, kit: Kit, dossier: uuid.UUID | None, language: str) -> dict[str, Mark]:
    """What became of each paper, by name: the last word counts; a wanted-by date stays until another is set."""
    return marks_of(events_in(session, kit, dossier), language)


def marks_of(events: Events, language: str) -> dict[str, Mark]:
    """The same of events that are open already."""
    found: dict[str, Mark] = {}
    for row, said in events:
        mark = _mark(row, said, language)
        before = found.get(said["key"])
        if before is not None and mark.wanted_by is None:
            mark = replace(mark, wanted_by=before.wanted_by)
        found[said["key"]] = mark
    return found


def _own_marks(events: Events, actor: Actor, asked: Iterable[str], language: str) -> dict[str, Mark]:
    """Those that this adult may see: of papers on their list, and of papers that they had on it before.

    The name of a paper that another adult is asked for alone would say what that adult said for themselves.
    """
    mine = {said["key"] for row, said in events if row.adult_id == actor.adult_id}
    seen = {*asked, *mine}
    return {key: mark for key, mark in marks_of(events, language).items() if key in seen}


def events_in(session: Session, kit: Kit, dossier: uuid.UUID | None) -> Events:
    """Everything that happened to the papers of a dossier, in order, opened."""
    rows = session.scalars(
        select(DocumentRequestEvent)
        .where(DocumentRequestEvent.dossier_id == dossier)
        .order_by(DocumentRequestEvent.sequence)
    )
    return tuple((row, json.loads(kit.envelope.open(row.details, _context(row.id)))) for row in rows)


def _mark(row: DocumentRequestEvent, said: dict[str, Any], language: str) -> Mark:
    library = refusal_words(Refusal(said["refusal"]), language) if "refusal" in said else None
    words = said.get("words", "").strip() or None
    return Mark(
        state=RequestState(said["state"]),
        at=row.instant,
        by_staff=row.caseworker_id is not None,
        reason=joined(" ", filter(None, (library, words))) or None,
        told=Told(library, words, said.get("language")) if library or words else None,
        obstacle=Obstacle(said["obstacle"]) if "obstacle" in said else None,
        asker=Asker(said["asker"]) if "asker" in said else None,
        wanted_by=date.fromisoformat(said["wanted_by"]) if "wanted_by" in said else None,
    )


def _write(
    session: Session, kit: Kit, actor: Actor, dossier: uuid.UUID | None, key: str, note: Note, now: datetime
) -> None:
    event = uuid.uuid4()
    staff = actor.kind is ActorKind.STAFF
    session.execute(
        insert(DocumentRequestEvent).values(
            id=event,
            dossier_id=dossier,
            instant=now,
            adult_id=None if staff else actor.id,
            caseworker_id=actor.id if staff else None,
            wanted_by=note.wanted_by,
            details=kit.envelope.seal(json.dumps(note.details(key)).encode(), _context(event)),
        )
    )
    set_due_in(session, kit, dossier)


def set_due_in(session: Session, kit: Kit, dossier: uuid.UUID | None) -> None:
    """The next day by which a paper of the household is wanted: the centre's board has it, which paper it is stays sealed.

    After each note on a paper, and where a closed file goes on.
    """
    wanted = [mark for mark in marks_in(session, kit, dossier, DEFAULT).values() if mark.wanted_by is not None]
    if wanted:
        due = min((mark.wanted_by for mark in wanted if mark.wanted_by and mark.state in MISSING), default=None)
        session.execute(text("SELECT set_papers_due(:dossier, :due)"), {"dossier": dossier, "due": due})


def _context(event: uuid.UUID) -> str:
    return f"document_request_event/{event}"

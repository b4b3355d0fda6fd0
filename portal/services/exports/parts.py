"""The parts of an adult's export, each a value for JSON. `docs/export.md` says what stands in them.

Whoever keeps something more of an adult adds a `Part` to `PARTS`, and its line to that page; a test asks for both.
Of another adult's own matters nothing: each part reads by what this adult may see.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.adapters.envelope import UnreadableError
from portal.domain.demand import filing_day
from portal.domain.situation import write_situation
from portal.i18n.mails import mail_words
from portal.models import Acknowledgement, Adult, Demand
from portal.services import access_log, answer_marks, document_requests, identity, snapshots
from portal.services.actor import Actor, NotYoursError
from portal.services.begun_on_paper import paper_file_in
from portal.services.checklists import ItemText
from portal.services.decisions.own import own_decisions_in
from portal.services.decisions.rows import Record
from portal.services.demands import DemandView, joined, view_of, without_others
from portal.services.entries import EntryView
from portal.services.households import own as households
from portal.services.interviews import own as interviews
from portal.services.kit import Kit
from portal.services.monthly.notes import notes_in
from portal.services.notices.acknowledging import signed_context
from portal.services.notices.progress import to_explain_in
from portal.services.own_mails import own_mails_in
from portal.services.reports.papers import reported_in
from portal.services.reports.stored import reports_in
from portal.services.situations import NotInHouseholdError, opened_in
from portal.services.thread.reading import Line, thread_in

MOST_ACCESSES: Final = 10_000
"""Openings of the dossier that stand in an export: the newest ones."""

_OF_ADULT: Final = (
    *("name", "latin_name", "birth_date", "birth_year", "phone", "email", "postal_address", "unreachable"),
    *("language", "interview_language", "interpreter"),
)
_OF_DEMAND: Final = (
    *("reference", "check_code", "channel", "instant", "time_known", "filing_date", "recorded_at", "region"),
    *("urgent_requested_at", "urgent_opened_at", "opened_at", "withdrawn_at", "first_contact_reason"),
)


@dataclass(frozen=True)
class Gathering:
    """What a part reads from: one transaction, for one adult."""

    session: Session
    kit: Kit
    actor: Actor
    dossier: uuid.UUID
    adult: Adult
    language: str


@dataclass(frozen=True)
class Part:
    """One part: its name in `data.json`, and how it is made. It may raise UnreadableError and NotYoursError."""

    name: str
    of: Callable[[Gathering], Any]


def gathered(gathering: Gathering) -> dict[str, Any]:
    """Every part. One that cannot be given says why, and does not stop the others."""
    found: dict[str, Any] = {}
    for part in PARTS:
        try:
            found[part.name] = part.of(gathering)
        except NotInHouseholdError:
            found[part.name] = {"not_included": "the household's answers do not name this adult any more"}
        except NotYoursError:
            found[part.name] = {"not_included": "nothing was said here yet"}
        except UnreadableError:
            found[part.name] = {"not_included": "it cannot be opened now"}
    return found


def as_json(value: object) -> str:
    """How JSON holds what has no form of its own there: instants and days by ISO 8601, bytes in hexadecimal."""
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, (uuid.UUID, Enum)):
        return str(value)
    raise TypeError(type(value).__name__)


def _contact(given: Gathering) -> dict[str, Any]:
    return {name: getattr(given.adult, name) for name in _OF_ADULT} | {"person": given.actor.person}


def _demands(given: Gathering) -> list[dict[str, Any]]:
    rows = given.session.execute(
        joined()
        .where(Demand.dossier_id == given.dossier, Demand.adult_id == given.actor.adult_id)
        .order_by(Demand.instant)
    ).all()
    return [_demand(without_others(view_of(given.session, given.kit, row))) for row in rows]


def _demand(view: DemandView) -> dict[str, Any]:
    helper = view.announcement.helper
    return {name: getattr(view, name) for name in _OF_DEMAND} | {
        "commune_bfs": view.announcement.commune_bfs,
        "helper": vars(helper) if helper else None,
        "needs": view.announcement.needs,
        "readable": view.readable,
        "answers_sent_along": write_situation(view.situation) if view.situation else None,
        "receipt": [_entry(one) for one in dict.fromkeys((view.filed_entry, view.entry))],
        "events": [
            {"kind": one.kind, "instant": one.instant, "region": one.region, "to_region": one.to_region}
            | {"reason": one.reason, "register_sequence": one.register_sequence}
            for one in view.events
        ],
    }


def _entry(entry: EntryView) -> dict[str, Any]:
    return {name: getattr(entry, name) for name in EntryView.__dataclass_fields__}


def _answers(given: Gathering) -> dict[str, Any]:
    draft = opened_in(given.session, given.kit, given.actor).draft
    typed = {
        page: {name: said for name, said in texts.items() if name[0] != "_"} for page, texts in draft.typed.items()
    }
    return {"household": draft.said, "for_me_alone": draft.own, "typed_not_sent": typed}


def _sent(given: Gathering) -> list[dict[str, Any]]:
    me = given.actor.adult_id
    return [
        {"number": one.number, "sent_at": one.sent_at, "by_me": me in (one.by, one.alone), "answers": one.said}
        | {"for_me_alone": one.whose.get(str(me), {})}
        for one in reversed(snapshots.own_snapshots_in(given.session, given.kit, given.actor))
    ]


def _checklist(given: Gathering) -> list[dict[str, Any]]:
    opened = opened_in(given.session, given.kit, given.actor)
    events = document_requests.events_in(given.session, given.kit, given.dossier)
    today = filing_day(given.kit.clock.now())
    reported = reported_in(given.session, given.kit, given.actor, opened, today)
    others = document_requests.others_in(given.session, given.kit, given.dossier, events, given.actor.adult_id)
    text = document_requests.list_of(opened, events, given.actor, today, given.language, reported, others)
    return [_item(one) for one in text.known]


def _item(item: ItemText) -> dict[str, Any]:
    names = ("key", "title", "who", "months", "perhaps", "state", "noted_at", "by_staff", "reason", "obstacle", "asker")
    return {name: getattr(item, name) for name in names} | {"wanted_by": item.wanted_on}


def _acknowledgements(given: Gathering) -> list[dict[str, Any]]:
    rows = given.session.scalars(
        select(Acknowledgement)
        .where(Acknowledgement.dossier_id == given.dossier, Acknowledgement.person == given.actor.person)
        .order_by(Acknowledgement.instant)
    )
    return [
        {name: getattr(row, name) for name in ("notice", "version", "language", "words_digest", "way", "instant")}
        | {"name_then": given.kit.envelope.open(row.details, signed_context(row.id)).decode()}
        for row in rows
    ]


def _to_explain(given: Gathering) -> tuple[str, ...]:
    return to_explain_in(given.session, given.kit, given.dossier).get(given.actor.person, ())


def _begun_on_paper(given: Gathering) -> dict[str, Any] | None:
    """None where it did not; of who opened the access their centre, never a name."""
    file = paper_file_in(given.session, given.dossier, given.adult.id)
    if file is None:
        return None
    return {
        "reference": file.reference,
        "helped_since_month": f"{file.since:%Y-%m}",
        "centre": file.region,
        "access_opened_at": file.opened_at,
        "access_opened_by": access_log.centre_that(given.session, given.actor, "paper-file:open"),
    }


def _mails(given: Gathering) -> list[dict[str, Any]]:
    found = own_mails_in(given.session, given.actor)
    return [{"about": mail_words(one.name, given.language)} | vars(one) for one in found]


def _accesses(given: Gathering) -> list[Mapping[str, Any]]:
    return [vars(one) for one in access_log.accesses_in(given.session, given.kit, given.actor, MOST_ACCESSES)]


def _reports(given: Gathering) -> list[dict[str, Any]]:
    return [
        {
            "name": one.name,
            "instant": one.instant,
            "channel": one.channel,
            "asks_decision": one.asks_decision,
            "state": one.state,
            "said": one.content.write() if one.content else {"not_included": "it cannot be opened now"},
            "events": [vars(event) for event in one.events],
            "register": {"number": one.register_sequence, "hash": one.entry_hash},
        }
        for one in reports_in(given.session, given.kit, given.dossier, given.actor.adult_id)
    ]


def _decisions(given: Gathering) -> list[dict[str, Any]]:
    """What two persons of the centre recorded, with what it replaced; never the centre's own note."""
    return [
        _decision(one.now) | {"before": [_decision(old) for old in one.before]}
        for one in own_decisions_in(given.session, given.kit, given.actor)
    ]


def _decision(one: Record) -> dict[str, Any]:
    if one.annuls:
        return {"recorded_by_mistake": True, "decided": one.decided, "confirmed_at": one.stepped_at}
    names = ("kind", "decided", "notified", "answers", "asked")
    return {name: getattr(one, name) for name in names} | {
        "last_day_to_appeal": one.appeal.last_day,
        "recorded_at": one.instant,
        "confirmed_at": one.stepped_at,
    }


def _messages(given: Gathering) -> list[dict[str, Any]]:
    adult, page = given.adult.id, 1
    found: list[Line] = []
    while True:
        thread = thread_in(given.session, given.kit, adult, None, page)
        found = [*thread.lines, *found]
        if not thread.more:
            return [_line(line) for line in found]
        page += 1


def _line(line: Line) -> dict[str, Any]:
    names = ("kind", "instant", "language", "words", "readable", "read_at")
    asked = {"request": vars(line.request)} if line.request else {}
    ended = {"request_kind": line.ends, "closed_because": line.because} if line.ends else {}
    return {name: getattr(line, name) for name in names} | {"centre": line.region} | asked | ended


def _months(given: Gathering) -> list[dict[str, Any]]:
    """Each time that it was said; `taken_back_at` where it was said by mistake."""
    notes = notes_in(given.session, given.adult.dossier_id).get(given.adult.id, {})
    return [
        {"month": month, "nothing_changed_said_at": said.at} | ({"taken_back_at": said.back_at} if said.back_at else {})
        for month, sayings in sorted(notes.items())
        for said in sayings
    ]


PARTS: Final = (
    Part("contact", _contact),
    Part("begun_on_paper", _begun_on_paper),
    Part("demands", _demands),
    Part("answers", _answers),
    Part("answers_sent", _sent),
    Part("answers_noted_at_the_centre", lambda given: answer_marks.exported_in(given.session, given.kit, given.actor)),
    Part("checklist", _checklist),
    Part("acknowledgements", _acknowledgements),
    Part("chapters_to_explain", _to_explain),
    Part("reports", _reports),
    Part("decisions", _decisions),
    Part("messages", _messages),
    Part("months", _months),
    Part("file", lambda given: households.exported_in(given.session, given.actor)),
    Part("interview", lambda given: interviews.exported_in(given.session, given.kit, given.actor)),
    Part("identity_seen", lambda given: identity.exported_in(given.session, given.actor.adult_id)),
    Part("mails", _mails),
    Part("access_log", _accesses),
)


def dumped(data: Mapping[str, Any]) -> bytes:
    """`data.json`: UTF-8, indented, so that people can read it too."""
    return (json.dumps(data, ensure_ascii=False, indent=2, default=as_json) + "\n").encode()

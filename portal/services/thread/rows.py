"""What both sides of a thread share: who has the dossier, the lock and the token of a form, one line more."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, ScalarSelect, delete, func, insert, select
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from portal.adapters.envelope import UnreadableError
from portal.domain.case_request import BY_CENTRE, LineKind, RequestKind
from portal.domain.request_closing import Because, Trace, waiting
from portal.law import directory
from portal.models import CaseRequest, CaseSeen, Demand, PaperFile, ThreadMessage, ThreadWaiting
from portal.services.actor import Actor, ActorKind, NotYoursError
from portal.services.kit import Kit

LONGEST_TOKEN = 64
_HOME = aliased(Demand)


class TooManyError(Exception):
    """More was sent in ten minutes than anybody writes by hand: nothing is kept. An urgent request is never refused so."""


@dataclass(frozen=True)
class Place:
    """Which centre a dossier is with. One whose centre is not known is everybody's business."""

    demand_id: uuid.UUID | None
    region: str | None
    candidates: tuple[str, ...]
    commune_bfs: int | None


@dataclass(frozen=True)
class Whose:
    """The adult whose thread it is."""

    adult_id: uuid.UUID
    dossier_id: uuid.UUID


@dataclass(frozen=True)
class Sent:
    """What a form brought: the words, cleaned; its one-time token; the language of the page."""

    words: str
    token: str
    language: str


def words_context(message_id: uuid.UUID) -> str:
    """What the sealed words of a message are bound to."""
    return f"thread_message/{message_id}"


def words_of(kit: Kit, message_id: uuid.UUID, details: bytes) -> str | None:
    """The words of a message; None where their key is missing now: that something was written stands all the same."""
    try:
        return kit.envelope.open(details, words_context(message_id)).decode()
    except UnreadableError:
        return None


def request_context(request_id: uuid.UUID) -> str:
    """What the sealed part of a request is bound to."""
    return f"case_request/{request_id}"


def own(actor: Actor) -> Whose:
    """The signed-in adult; raises NotYoursError for anybody else, also for a caseworker who helps with the form."""
    if actor.kind is not ActorKind.CITIZEN or actor.id is None or actor.dossier_id is None or actor.device is not None:
        raise NotYoursError
    return Whose(actor.id, actor.dossier_id)


def home_of(dossier_id: InstrumentedAttribute[uuid.UUID] | ColumnElement[uuid.UUID]) -> ScalarSelect[uuid.UUID]:
    """The demand that says with which centre a dossier is: the newest that nobody withdrew, else the newest."""
    return (
        select(_HOME.id)
        .where(_HOME.dossier_id == dossier_id)
        .order_by(_HOME.withdrawn_at.is_not(None), _HOME.instant.desc(), _HOME.register_sequence.desc())
        .limit(1)
        .scalar_subquery()
    )


def place_of(session: Session, dossier_id: uuid.UUID) -> Place:
    """Which centre a dossier is with today."""
    found = session.execute(
        select(Demand.id, Demand.region, Demand.candidate_regions, Demand.commune_bfs)
        .where(Demand.dossier_id == dossier_id)
        .order_by(Demand.withdrawn_at.is_not(None), Demand.instant.desc(), Demand.register_sequence.desc())
        .limit(1)
    ).one_or_none()
    if found is None:
        paper = session.get(PaperFile, dossier_id)  # a file that began on paper has no demand
        if paper is None:
            return Place(None, None, everywhere(), None)
        return Place(None, paper.region, (paper.region,), paper.commune_bfs)
    return Place(found.id, found.region, tuple(found.candidate_regions), found.commune_bfs)


def everywhere() -> tuple[str, ...]:
    """Every region: whose business it is where nothing says which."""
    return tuple(region.id for region in directory.regions())


def token_hashes(kit: Kit, author: uuid.UUID, whose: Whose, sent: Sent) -> tuple[bytes, ...]:
    """The same form with the same words is one message; other words, after «back», are another one."""
    value = author.bytes + whose.adult_id.bytes + sent.token[:LONGEST_TOKEN].encode() + b"|" + sent.words.encode()
    return kit.keyring.digests("thread-token", value)


def sent_before(session: Session, hashes: tuple[bytes, ...]) -> uuid.UUID | None:
    """The message that this very form has sent already; for a caller who holds the dossier's lock."""
    return session.scalar(select(ThreadMessage.id).where(ThreadMessage.token_hash.in_(hashes)))


def said_last(session: Session, kit: Kit, whose: Whose, words: str, since: datetime) -> uuid.UUID | None:
    """The thread's newest line, if it is a message of these very words since then; for a caller who holds the lock."""
    query = select(ThreadMessage).where(ThreadMessage.adult_id == whose.adult_id)
    last = session.scalar(query.order_by(ThreadMessage.sequence.desc()).limit(1))
    if last is None or last.kind != LineKind.MESSAGE.value or last.instant < since:
        return None
    return last.id if words_of(kit, last.id, last.details) == words else None


def count_of(session: Session, adult_id: uuid.UUID) -> int:
    """How many lines a thread has: what somebody has seen of it, as nothing ever changes in it."""
    return session.scalar(select(func.count()).where(ThreadMessage.adult_id == adult_id)) or 0


def add_line(
    session: Session,
    kit: Kit,
    actor: Actor,
    whose: Whose,
    kind: LineKind,
    sent: Sent,
    instant: datetime,
    token_hash: bytes,
    about: uuid.UUID | None = None,
    because: Because | None = None,
) -> uuid.UUID:
    """One line more at the end of a thread, for a caller who holds the dossier's lock; its id."""
    line_id = uuid.uuid4()
    by_centre = kind in BY_CENTRE
    session.execute(
        insert(ThreadMessage).values(
            id=line_id,
            dossier_id=whose.dossier_id,
            adult_id=whose.adult_id,
            kind=kind.value,
            about=about,
            reason=because.value if because else None,
            instant=instant,
            caseworker_id=actor.id if by_centre else None,
            region=actor.region if by_centre else None,
            language=sent.language,
            token_hash=token_hash,
            details=kit.envelope.seal(sent.words.encode(), words_context(line_id)),
        )
    )
    return line_id


def note_seen(session: Session, abouts: list[uuid.UUID], reader: str, now: datetime) -> None:
    """The first look of `reader`; what was looked at before keeps its instant."""
    if abouts:
        values = [{"about": about, "reader": reader, "instant": now} for about in abouts]
        session.execute(upsert(CaseSeen).values(values).on_conflict_do_nothing())


def wait_anew(session: Session, whose: Whose) -> None:
    """Write down anew what of the thread waits for the centre, after a line of its own; for a caller who holds the lock."""
    rows = session.execute(
        select(ThreadMessage.sequence, ThreadMessage.kind, ThreadMessage.about, ThreadMessage.instant, CaseRequest.kind)
        .outerjoin(CaseRequest, CaseRequest.id == ThreadMessage.about)
        .where(ThreadMessage.adult_id == whose.adult_id)
    ).all()
    left = waiting(
        Trace(sequence, LineKind(kind), about, instant, RequestKind(asks) if asks else None)
        for sequence, kind, about, instant, asks in rows
    )
    session.execute(delete(ThreadWaiting).where(ThreadWaiting.adult_id == whose.adult_id))
    if left:
        session.execute(
            insert(ThreadWaiting).values(
                adult_id=whose.adult_id,
                dossier_id=whose.dossier_id,
                since=left[0].instant,
                asked=any(one.asks is not None for one in left),
                urgent=any(one.asks is RequestKind.URGENT for one in left),
            )
        )

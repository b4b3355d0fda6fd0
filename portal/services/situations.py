"""The situation of the own dossier: open it where it was left, save one page, keep what is being typed, add and remove persons.

Two rows hold it, both sealed: what the household says together, and what this adult says for themselves alone, with the
texts they have not finished. A page knows what stood there when it was made (`mark_of`): where somebody else has saved
another answer since, nothing is overwritten and both are shown.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from portal.domain.answer_mark import How
from portal.domain.demand import filing_day
from portal.domain.situation import Relation
from portal.domain.situation.draft import Draft, Json
from portal.domain.situation.model import VERSION
from portal.domain.situation.questions import QUESTIONS, Page, pages
from portal.domain.situation.stored import upgraded
from portal.models import SituationDraft
from portal.services.actor import Actor, ActorKind, NotYoursError
from portal.services.answer_marks import note_mark_in
from portal.services.kit import Kit
from portal.services.page_times import note_time
from portal.services.situation_begun import begun_in, filed_of, is_on_paper, seed
from portal.services.writing import audit

LONGEST_TYPED: Final = 4_000
"""Characters of one page's unfinished texts; what is longer is not kept."""
SEEN: Final = "_seen"
"""Among the unfinished texts of a page: what stood there when they were typed."""
FROM: Final = "_from"
"""Among them: on which made page they were typed. Another page that is saved does not take them away."""

PERSONS: Final = Page(next(question for question in QUESTIONS if question.id == "persons"))
"""The list of who lives in the home."""


@dataclass(frozen=True)
class Opened:
    """A situation as one adult sees it."""

    draft: Draft
    filing_date: date
    """Papers and months go by it."""
    saved_at: datetime | None
    """None: nothing was said yet."""
    on_paper: bool = False
    """Whether no demand is there: the file began on paper, and `filing_date` is no date of a filing."""


class ConflictError(Exception):
    """Somebody else has saved another answer since the page was made. `opened` holds it; nothing was overwritten."""

    def __init__(self, opened: Opened) -> None:
        super().__init__("another answer was saved meanwhile")
        self.opened = opened


class NotInHouseholdError(NotYoursError):
    """The household does not name this adult any more: its answers are not theirs to see."""


class TooLongError(ValueError):
    """More unfinished text than is kept."""


def mark_of(kit: Kit, draft: Draft, page: Page) -> str:
    """What stands on a page, as a text that only says whether it is still the same."""
    said = json.dumps([page.key, draft.answers(page)], sort_keys=True).encode()
    return kit.keyring.digest("situation-page", said)[:12].hex()


def open_situation(kit: Kit, actor: Actor) -> Opened:
    """Where the adult left it; at first what the demand and its estimate said already. Raises NotYoursError."""
    with kit.database.reading() as session:
        return opened_in(session, kit, actor)


def saved_in(session: Session, actor: Actor) -> datetime | None:
    """When the adult's dossier was answered last; nothing is opened for that. None: nothing was said yet."""
    return session.scalar(
        select(func.max(SituationDraft.saved_at)).where(SituationDraft.dossier_id == actor.dossier_id)
    )


def save_page(
    kit: Kit,
    actor: Actor,
    page: Page,
    answers: Mapping[str, Any],
    *,
    seen: str,
    own: bool = False,
    made: str = "",
    seconds: int | None = None,
    how: Collection[How] = (),
) -> Opened:
    """The answers of one page in their place. Raises `ConflictError`, and `SituationError` for what is no situation.

    `own`: for this adult alone, where the page is about them; of others everybody of the household may know.
    `made`: which made page it was sent from; what was typed on another one and not sent stays.
    `how`: at the centre, how the answers were given.
    """

    def change(opened: Opened) -> Draft:
        now = opened.draft.answers(page)
        new = {name: value for name, value in answers.items() if value is not None}
        if now != new and mark_of(kit, opened.draft, page) != seen:
            raise ConflictError(opened)
        answered = opened.draft.answer(page, answers, own=own and page.person == actor.person)
        typed = opened.draft.typed.get(page.key, {})
        if typed and made and typed.get(FROM) not in (None, made):
            return replace(answered, typed={**answered.typed, page.key: typed})
        return answered

    return _change(kit, actor, change, answered=(page, how), seconds=seconds)


def keep_typed(kit: Kit, actor: Actor, page: Page, typed: Mapping[str, str], *, seen: str, made: str = "") -> Opened:
    """Keep what is being typed on a page and not sent yet; only this adult sees it.

    Raises `ConflictError`, and `TooLongError` for more than `LONGEST_TYPED`. A text that comes late, after its page was
    saved, is not kept: the page says more than it.
    """
    kept = {name: text for name, text in typed.items() if text}
    if sum(map(len, kept.values())) > LONGEST_TYPED:
        raise TooLongError

    def change(opened: Opened) -> Draft:
        if mark_of(kit, opened.draft, page) != seen:
            raise ConflictError(opened)
        others = {key: values for key, values in opened.draft.typed.items() if key != page.key}
        return replace(
            opened.draft,
            typed=others | ({page.key: kept | {SEEN: seen} | ({FROM: made} if made else {})} if kept else {}),
        )

    return _change(kit, actor, change)


def add_person(kit: Kit, actor: Actor, relation: Relation, *, how: Collection[How] = ()) -> str:
    """Somebody more in the home; the id they have from now on. Raises `TooManyPersonsError`. `how` as for a page."""
    ids: list[str] = []

    def change(opened: Opened) -> Draft:
        draft, new = opened.draft.with_person(relation)
        ids.append(new)
        return draft

    _change(kit, actor, change, answered=(PERSONS, how))
    return ids[0]


def remove_person(kit: Kit, actor: Actor, person: str, *, how: Collection[How] = ()) -> None:
    """Somebody less; the applicant stays. What was said of them goes, in what was sent it stays. `how` as for a page."""
    _change(kit, actor, lambda opened: opened.draft.without_person(person), answered=(PERSONS, how))


def opened_in(session: Session, kit: Kit, actor: Actor, *, lock: bool = False) -> Opened:
    """The same within a transaction; `lock`: nobody else changes it until its end."""
    dossier = _dossier(actor)
    query = select(SituationDraft, filed_of(dossier), is_on_paper(dossier)).where(SituationDraft.dossier_id == dossier)
    query = (query.with_for_update() if lock else query).order_by(SituationDraft.adult_id.nulls_first())
    rows = session.execute(query).all()
    by_adult = {row.adult_id: row for row, _, _ in rows}
    if None not in by_adult:
        begun = begun_in(session, kit, dossier)
        return Opened(_named(seed(begun), actor), begun.day, None, begun.on_paper)
    shared, mine = _content(kit, by_adult[None]), _content(kit, by_adult.get(actor.adult_id))
    draft = Draft(
        said=upgraded(shared["said"]),
        own=_own(mine),
        done=frozenset((*shared["done"], *mine.get("done", []))),
        typed=mine.get("typed", {}),
        gone=frozenset(shared.get("gone", [])),
    )
    _, filed, on_paper = rows[0]
    if filed is None:
        raise NotYoursError
    return Opened(_named(draft, actor), filed, max(row.saved_at for row, _, _ in rows), on_paper)


def _named(draft: Draft, actor: Actor) -> Draft:
    """The draft, for an adult whom it names. Raises `NotInHouseholdError`."""
    if actor.person not in {person["id"] for person in draft.said["persons"]}:
        raise NotInHouseholdError
    return draft


def _own(content: Json) -> Json:
    """person id → field → answer of one adult's own row, in today's JSON form."""
    said = content.get("own", {})
    persons = [{"id": person} | fields for person, fields in said.items()]
    raised = upgraded({"version": content.get("version", 1), "persons": persons})["persons"]
    return {one["id"]: {name: value for name, value in one.items() if name != "id"} for one in raised}


def _change(
    kit: Kit,
    actor: Actor,
    change: Callable[[Opened], Draft],
    *,
    answered: tuple[Page, Collection[How]] | None = None,
    seconds: int | None = None,
) -> Opened:
    """One change under the lock of the dossier's row; proven to be a situation before it is kept.

    `answered`: a whole page, and how its answers were given.
    """
    now = kit.clock.now()
    with kit.database.transaction() as session:
        opened = opened_in(session, kit, actor, lock=True)
        if opened.saved_at is None:  # the first answer: another device may be giving it this very moment
            _write(session, kit, actor, opened.draft, now, first=True)
            opened = opened_in(session, kit, actor, lock=True)
        try:
            draft = change(opened)
        except KeyError:  # the person of the page was taken off this very moment
            raise NotYoursError from None
        draft.situation(filing_day(now))
        _write(session, kit, actor, draft, now)
        if answered:
            note_mark_in(session, kit, actor, answered[0].key, answered[1], now)
            if seconds is not None:
                note_time(session, answered[0].question.id, seconds)
        changed = (draft.said, draft.own) != (opened.draft.said, opened.draft.own)
        if actor.kind is ActorKind.STAFF and (answered or changed):
            alone = answered is not None and How.THEMSELF in answered[1]
            act = "situation:answer-alone" if alone else "situation:answer"
            audit(session, actor, act, now, actor.dossier_id)
        return replace(opened, draft=draft, saved_at=now)


def _write(session: Session, kit: Kit, actor: Actor, draft: Draft, now: datetime, *, first: bool = False) -> None:
    """Both rows. `first`: only where none is there yet."""
    today = filing_day(now)
    own_pages = {page.key for page in pages(draft.situation(today), today) if draft.is_own(page)}
    contents: list[tuple[uuid.UUID | None, Json]] = [
        (None, {"said": draft.said, "done": sorted(draft.done - own_pages), "gone": sorted(draft.gone)}),
        (
            actor.adult_id,
            {
                "version": VERSION,
                "own": draft.own,
                "done": sorted(draft.done & own_pages),
                "typed": dict(draft.typed),
            },
        ),
    ]
    dossier = _dossier(actor)
    for adult, content in contents:
        sealed = kit.envelope.seal(json.dumps(content).encode(), draft_context(dossier, adult))
        row = {
            "id": uuid.uuid4(),
            "dossier_id": actor.dossier_id,
            "adult_id": adult,
            "saved_at": now,
            "content": sealed,
        }
        statement = insert(SituationDraft).values(row)
        kept = ["dossier_id", "adult_id"]
        if first:
            session.execute(statement.on_conflict_do_nothing(index_elements=kept))
        else:
            session.execute(
                statement.on_conflict_do_update(index_elements=kept, set_={"saved_at": now, "content": sealed})
            )


def _content(kit: Kit, row: SituationDraft | None) -> Json:
    if row is None:
        return {}
    found: Json = json.loads(kit.envelope.open(row.content, draft_context(row.dossier_id, row.adult_id)))
    return found


def _dossier(actor: Actor) -> uuid.UUID:
    if actor.dossier_id is None or actor.adult_id is None:
        raise NotYoursError
    return actor.dossier_id


def draft_context(dossier: uuid.UUID, adult: uuid.UUID | None) -> str:
    """What a sealed draft is bound to; of no adult: that of the household."""
    return f"situation_draft/{dossier}/{adult or 'household'}"

"""Find a household at the desk: by name and birth, by reference or by phone; in the caseworker's scope and nowhere else."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, reduce
from itertools import combinations
from operator import add
from typing import Final

from sqlalchemy import (
    ColumnElement,
    Integer,
    Row,
    Select,
    and_,
    bindparam,
    case,
    cast,
    false,
    literal,
    or_,
    select,
    true,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session, aliased
from sqlalchemy.types import Text

from portal.domain.likeness import near_dates
from portal.domain.names import birth_key, wanted
from portal.i18n.latin import latin
from portal.models import Adult, Demand, Dossier, PaperFile
from portal.services.actor import Actor, NotYoursError
from portal.services.kit import Kit
from portal.services.scope import household_in_scope, scope_parts
from portal.services.search.indexing import index_scope
from portal.services.search.ranking import Likeness, Typed, likeness
from portal.services.writing import audit

SHOWN: Final = 20
COMPARED: Final = 200
"""Candidates whose names are compared; those that share the most keys come first."""
_BEHIND: Final = 40.0
"""Who is so much less like it than the first one is left out: a page of strangers hides whom it is about."""
_AT_ONCE: Final = 4
"""Keys are counted in groups of so many."""
_ENOUGH: Final = 5
"""With fewer that share two parts of the name, who shares one is compared as well."""


@dataclass(frozen=True)
class Candidate:
    """Somebody who may be whom the desk looks for. To show them here is not to open their file."""

    dossier_id: uuid.UUID
    demand_id: uuid.UUID | None
    """The newest demand of the household in the caseworker's scope; none where the file began on paper."""
    reference: str
    name: str | None
    latin_name: str | None
    birth_date: date | None
    birth_year: int | None
    commune_bfs: int | None
    filed_on: date | None
    """The filing date of that demand."""
    helped_since: date | None
    """On paper: the month since which the household is helped."""
    to_take: bool
    """No centre has it yet, and this one may take it."""
    opened: bool
    withdrawn: bool
    closed: bool
    """At the centre."""
    likeness: Likeness | None
    """Why they are shown; None: by their reference or their phone number."""

    @property
    def on_paper(self) -> bool:
        """Whether the file began on paper."""
        return self.demand_id is None

    @property
    def at_desk(self) -> Mapping[str, uuid.UUID]:
        """How addresses of the desk name the household."""
        return {"dossier_id": self.dossier_id} if self.demand_id is None else {"demand_id": self.demand_id}


@dataclass(frozen=True)
class Answer:
    """Up to SHOWN candidates, the likeliest first."""

    candidates: tuple[Candidate, ...]
    more: bool
    """Whether there are others, less likely."""
    complete: bool
    """False shortly after a migration: some names of the scope have no keys yet."""


def look_for(kit: Kit, actor: Actor, typed: Typed) -> Answer:
    """Who may have this name and birth, in the actor's scope; audited, without what was typed. Raises NotYoursError."""
    complete = index_scope(kit, actor)
    with kit.database.transaction() as session:
        found = _ranked(typed, _near(session, actor, typed))
        shown = _shown(session, actor, dict(found[:SHOWN]))
        audit(session, actor, "search:read", kit.clock.now())
    return Answer(shown, len(found) > SHOWN, complete)


def look_up(kit: Kit, actor: Actor, reference: str) -> Answer:
    """Every adult of the household with that reference, in the actor's scope; audited as the other. Raises NotYoursError."""
    query = select(Adult.id).join(Dossier, Dossier.id == Adult.dossier_id).where(Dossier.reference == reference)
    return _whoever(kit, actor, query.order_by(Adult.person))


def look_up_phone(kit: Kit, actor: Actor, phone: str) -> Answer:
    """Whoever gave that phone number, in the actor's scope; audited as the others. Raises NotYoursError."""
    return _whoever(kit, actor, select(Adult.id).where(Adult.phone == phone).order_by(Adult.id))


def _whoever(kit: Kit, actor: Actor, query: Select[uuid.UUID]) -> Answer:
    """Adults by something that is the same or not: few of all there are, found by its index."""
    query = query.where(household_in_scope(actor, Adult.dossier_id, few=True)).limit(SHOWN + 1)
    with kit.database.transaction() as session:
        found = session.scalars(query).all()
        shown = _shown(session, actor, dict.fromkeys(found[:SHOWN]))
        audit(session, actor, "search:read", kit.clock.now())
    return Answer(shown, len(found) > SHOWN, complete=True)


_Near = Row[uuid.UUID, str | None, str | None, date | None, int | None]


def _near(session: Session, actor: Actor, typed: Typed) -> Iterable[_Near]:
    """Whose keys meet those of what was typed: narrowly first, and wider where that finds nearly nobody."""
    looked_for = wanted(typed.name, latin)
    dates = near_dates(typed.birth_date) if typed.birth_date else ()
    born = _any([birth_key(day) for day in dates]) if dates else false()
    exact = _any(looked_for.exact) if looked_for.exact else false()
    one_word = len(looked_for.parts) == 1
    two_words = (and_(_any(one), _any(other)) for one, other in combinations(looked_for.parts, 2))
    same_day = _any([birth_key(typed.birth_date)]) if typed.birth_date else false()
    narrow = or_(*two_words, exact if one_word else false(), same_day, and_(exact, born))
    found = session.execute(_candidates(actor, narrow, looked_for.exact, born)).all()
    if len(found) >= _ENOUGH or not looked_for.exact:
        return found
    wide = or_(narrow, exact, _any(looked_for.parts[0]) if one_word else false())
    return session.execute(_candidates(actor, wide, looked_for.exact, born)).all()


def _candidates(
    actor: Actor, meets: ColumnElement[bool], exact: Iterable[str], born: ColumnElement[bool]
) -> Select[uuid.UUID, str | None, str | None, date | None, int | None]:
    """Adults of the scope whose keys meet; before names are compared, who shares the most keys comes first.

    The keys are asked first, then the scope of one after the other in that order until there are enough: hence the part that
    PostgreSQL keeps apart, whose order is that of its rows.
    """
    columns = (Adult.id, Adult.name, Adult.latin_name, Adult.birth_date, Adult.birth_year)
    likely = (case((born, 1), else_=0).desc(), _shared(exact).desc(), Adult.id)
    met = select(Adult.dossier_id, *columns).where(meets).order_by(*likely).cte("met")
    met = met.prefix_with("MATERIALIZED", dialect="postgresql")
    ours = household_in_scope(actor, met.c.dossier_id, few=True)
    query = select(met.c.id, met.c.name, met.c.latin_name, met.c.birth_date, met.c.birth_year)
    return query.where(ours).limit(COMPARED)


def _shared(exact: Iterable[str]) -> ColumnElement[int]:
    """How many of the keys somebody has. Asked key by key: to take each array apart costs three times as long.

    Filled up with no key at all, so that few shapes of the query are ever put together.
    """
    keys = [[key] for key in sorted(exact)]
    keys += [[]] * (-len(keys) % _AT_ONCE)
    return reduce(add, (cast(_any(one), Integer) for one in keys), literal(0))


def _any(keys: Iterable[str]) -> ColumnElement[bool]:
    return Adult.search_keys.bool_op("&&")(_keys(keys))


def _keys(keys: Iterable[str]) -> ColumnElement[list[str]]:
    return literal(sorted(keys), ARRAY(Text))


def _ranked(typed: Typed, near: Iterable[_Near]) -> list[tuple[uuid.UUID, Likeness]]:
    """Who is near enough, the likeliest first; equals stay in an order that does not change."""
    compared = [(one[0], likeness(typed, (one[1], one[2]), one[3], one[4])) for one in near]
    found = [(adult, why) for adult, why in compared if why is not None]
    found.sort(key=lambda one: (-one[1].order, one[0]))
    return [one for one in found if one[1].order > found[0][1].order - _BEHIND]


def _shown(session: Session, actor: Actor, why: Mapping[uuid.UUID, Likeness | None]) -> tuple[Candidate, ...]:
    """What is shown of these adults, in their order."""
    if not why:
        return ()
    rows = session.execute(_people(actor.region), {"adults": list(why)})
    found = {row[0].id: row for row in rows}
    return tuple(_candidate(*found[adult], likeness) for adult, likeness in why.items() if adult in found)


@lru_cache(maxsize=64)
def _people(region: str | None) -> Select[Adult, str, Demand, PaperFile]:
    """What is shown of adults. Put together once for a region: that takes longer than to ask it."""
    newest = (
        select(Demand)
        .where(Demand.dossier_id == Adult.dossier_id, or_(*scope_parts(region)))
        .order_by(Demand.instant.desc())
        .limit(1)
        .lateral()
    )
    demand = aliased(Demand, newest)
    return (
        select(Adult, Dossier.reference, demand, PaperFile)
        .join(Dossier, Dossier.id == Adult.dossier_id)
        .outerjoin(demand, true())
        .outerjoin(PaperFile, and_(PaperFile.dossier_id == Adult.dossier_id, PaperFile.region == region))
        .where(Adult.id.in_(bindparam("adults", expanding=True)))
    )


def _candidate(
    adult: Adult, reference: str, demand: Demand | None, paper: PaperFile | None, why: Likeness | None
) -> Candidate:
    """The newest demand speaks for the household; where there is none, its file that began on paper."""
    if demand is None and paper is None:
        raise NotYoursError  # the scope was asked already
    return Candidate(
        dossier_id=adult.dossier_id,
        demand_id=demand.id if demand else None,
        reference=reference,
        name=adult.name,
        latin_name=adult.latin_name,
        birth_date=adult.birth_date,
        birth_year=adult.birth_year,
        commune_bfs=demand.commune_bfs if demand else paper.commune_bfs if paper else None,
        filed_on=demand.filing_date if demand else None,
        helped_since=paper.since if paper and not demand else None,
        to_take=demand is not None and demand.region is None,
        opened=demand is not None and demand.opened_at is not None,
        withdrawn=demand is not None and demand.withdrawn_at is not None,
        closed=any(one is not None and one.closed_at is not None for one in (demand, paper)),
        likeness=why,
    )

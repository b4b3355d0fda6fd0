"""With what a household's answers begin: its demand and the estimate sent along, or what the desk wrote of a file on paper."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import Session

from portal.domain.demand import Person
from portal.domain.situation import Missing, Relation, Situation, write_situation
from portal.domain.situation.draft import Draft, Json
from portal.domain.situation.model import VERSION
from portal.domain.situation.words import APPLICANT
from portal.law.parameters import FIRST_DAY
from portal.models import Demand, PaperFile
from portal.services.actor import NotYoursError
from portal.services.begun_on_paper import Head, paper_file_in
from portal.services.demands import joined, view_of
from portal.services.kit import Kit


@dataclass(frozen=True)
class Begun:
    """What is known of a household before the first question. `person`: the applicant; `day`: the filing's, or its like."""

    person: Person
    commune_bfs: int | None
    day: date
    situation: Situation | None
    on_paper: bool = False


def begun_in(session: Session, kit: Kit, dossier: uuid.UUID) -> Begun:
    """For a caller who has proven whose dossier it is. Raises NotYoursError where there is neither."""
    found = session.execute(
        joined().where(Demand.dossier_id == dossier).order_by(Demand.instant.desc()).limit(1)
    ).first()
    if found is not None:
        view = view_of(session, kit, found)
        return Begun(view.person, view.announcement.commune_bfs, view.filing_date, view.situation)
    paper = paper_file_in(session, dossier)
    if paper is None:
        raise NotYoursError
    return Begun(paper.person, paper.commune_bfs, paper.begins, None, on_paper=True)


def filed_of(dossier: uuid.UUID) -> ColumnElement[date]:
    """The day of the newest demand, to be asked for along with something else; of a file on paper the day it counts from."""
    newest = select(Demand.filing_date).where(Demand.dossier_id == dossier).order_by(Demand.instant.desc()).limit(1)
    paper = select(func.greatest(PaperFile.since, FIRST_DAY)).where(PaperFile.dossier_id == dossier)
    return func.coalesce(newest.scalar_subquery(), paper.scalar_subquery())


def is_on_paper(dossier: uuid.UUID) -> ColumnElement[bool]:
    """Whether the dossier has no demand, to be asked for along with something else."""
    return ~exists().where(Demand.dossier_id == dossier)


def before_answers(head: Head) -> Situation:
    """The household before it sent an answer: the applicant, as the demand or the file names them."""
    return seed(Begun(head.person, None, head.begins, None)).situation(head.begins)


def seed(begun: Begun) -> Draft:
    """What is known before the first question: name, birth and commune, and the answers of the demand's estimate."""
    said: Json = {"persons": [{"id": APPLICANT, "relation": Relation.APPLICANT.value}]}
    done: set[str] = set()
    if begun.situation is not None:
        said = dict(write_situation(begun.situation))
        done = {"persons", *(f"incomes@{person.id}" for person in begun.situation.persons)}
    known: Json = {}
    if begun.person.name:
        known["name"] = " ".join(begun.person.name.split())[:200]
    if begun.person.birth_date:
        known["born"] = begun.person.birth_date.isoformat()
    elif begun.person.birth_year and begun.person.birth_year <= begun.day.year:
        known["age"] = begun.day.year - begun.person.birth_year
        done.add(f"birth@{APPLICANT}")
    if begun.commune_bfs and said.get("commune") in (None, *Missing):
        said["commune"] = begun.commune_bfs
    persons = [
        {**person, **known} if person["relation"] == Relation.APPLICANT.value else person for person in said["persons"]
    ]
    for person in persons:
        if "born" in person:
            person.pop("age", None)
    return Draft(said | {"version": VERSION, "persons": persons}, done=frozenset(done))

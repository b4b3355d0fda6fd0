"""Two files of the same person become one to work with: nothing is moved, each keeps its date, papers, register and code.

A file apart (decision 18) is never offered, found or merged, and the answer does not depend on whether there is one.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from portal.domain.household_course import LONGEST_WORDS, Step
from portal.models import Adult, Apart, Dossier
from portal.services.actor import Actor, NotYoursError
from portal.services.at_desk import DeskPlace, head_in
from portal.services.begun_on_paper import Head
from portal.services.demands import DemandView
from portal.services.households.acting import DoneMeanwhileError, adults_in, runs_unseen
from portal.services.households.rows import add_event, course_in
from portal.services.kit import Kit
from portal.services.matches import possible_matches
from portal.services.writing import audit, defer, lock_dossier


class NotMergeableError(Exception):
    """No file of this reference can be merged with the open one; no more is said."""


class ClosedRunsError(Exception):
    """The file that would stop is closed over a clock of the law: the file that goes on would never show it."""


class SeveralAdultsError(Exception):
    """In the file that would stop several adults have an access of their own: each would lose their place."""


@dataclass(frozen=True)
class Person:
    """An adult of one of the two files."""

    id: uuid.UUID
    name: str | None
    latin_name: str | None
    birth: date | None
    birth_year: int | None
    phone: str | None
    email: str | None


@dataclass(frozen=True)
class Side:
    """One of two files, to be compared."""

    head: Head
    seen: int
    adults: tuple[Person, ...]


@dataclass(frozen=True)
class Pair:
    """The open file and the other one."""

    this: Side
    other: Side


def offered(kit: Kit, actor: Actor, head: Head) -> tuple[str, ...]:
    """References of files that may be of the same person: same name, phone or e-mail; those that can be merged only."""
    if not isinstance(head, DemandView):
        return ()
    found = []
    for match in possible_matches(kit, actor, head):
        with kit.database.reading() as session:
            try:
                _pair(session, kit, actor, head, match.reference)
            except NotMergeableError:
                continue
        found.append(match.reference)
    return tuple(dict.fromkeys(found))


def side_by_side(kit: Kit, actor: Actor, place: DeskPlace, reference: str) -> Pair:
    """Both files, for an act and not for eyes: who shows them uses `compare`. Raises NotMergeableError, NotYoursError."""
    with kit.database.reading() as session:
        return _pair(session, kit, actor, head_in(session, kit, actor, place), reference)


def compare(kit: Kit, actor: Actor, place: DeskPlace, reference: str) -> Pair:
    """Both files side by side; both looks are audited. Raises NotMergeableError, NotYoursError."""
    now = kit.clock.now()
    with kit.database.transaction() as session:
        pair = _pair(session, kit, actor, head_in(session, kit, actor, place), reference)
        for side in (pair.this, pair.other):
            audit(session, actor, "household:compared", now, side.head.dossier_id)
        return pair


def merge(
    kit: Kit,
    actor: Actor,
    place: DeskPlace,
    reference: str,
    adult_id: uuid.UUID,
    words: str,
    seen: tuple[int, int],
    *,
    this_stops: bool,
) -> None:
    """Let one of the two go on; `adult_id`: who in it is the same person, `seen`: the last events of both on the page.

    Merged so already: nothing happens. Raises NotMergeableError, ClosedRunsError, SeveralAdultsError, `DoneMeanwhileError`,
    NotYoursError; ValueError without words.
    """
    if not words or len(words) > LONGEST_WORDS:
        raise ValueError("no words, or too many")
    now = kit.clock.now()
    with kit.database.transaction() as session:
        head = head_in(session, kit, actor, place)
        other_id = session.scalar(select(Dossier.id).where(Dossier.reference == reference))
        if other_id is None:
            raise NotMergeableError
        for dossier in sorted((head.dossier_id, other_id)):  # two at once never wait for each other
            lock_dossier(session, dossier)
        session.expire_all()
        head = head_in(session, kit, actor, place)  # as it is now that nobody else changes it
        courses = (course_in(session, head.dossier_id), course_in(session, other_id))
        stops, goes_on = (head.dossier_id, other_id) if this_stops else (other_id, head.dossier_id)
        stands = next((one.merged for one in courses if one.dossier_id == stops), None)
        if stands is not None and stands.other == goes_on:
            audit(session, actor, "household:merged", now, stops, "unchanged")
            return
        if (courses[0].seen, courses[1].seen) != seen:
            raise DoneMeanwhileError
        _pair(session, kit, actor, head, reference)
        if len(adults_in(session, stops)) > 1:
            raise SeveralAdultsError
        if any(one.merged_here for one in courses if one.dossier_id == stops):
            raise NotMergeableError  # others go on by it: it is the one that goes on
        if runs_unseen(session, kit, actor, stops):
            raise ClosedRunsError
        same = session.get(Adult, adult_id)
        if same is None or same.dossier_id != goes_on:
            raise NotYoursError
        more = {"other_dossier_id": goes_on, "adult_id": adult_id}
        event = add_event(session, kit, actor, stops, Step.MERGED, now, words, **more)
        defer(session, "tell_household", event_id=str(event))
        audit(session, actor, "household:merged", now, stops)
        audit(session, actor, "household:merged", now, goes_on, adult_id=adult_id)


def part(kit: Kit, actor: Actor, place: DeskPlace, words: str, seen: int) -> None:
    """Take a merging back, from the page of the file that had stopped. Not merged: nothing happens. Raises like `merge`."""
    if not words or len(words) > LONGEST_WORDS:
        raise ValueError("no words, or too many")
    now = kit.clock.now()
    with kit.database.transaction() as session:
        head = head_in(session, kit, actor, place, lock=True)
        if head.region != actor.region:
            raise NotYoursError
        lock_dossier(session, head.dossier_id)
        course = course_in(session, head.dossier_id)
        stands = course.merged
        if stands is None:
            audit(session, actor, "household:parted", now, head.dossier_id, "unchanged")
            return
        if course.seen != seen:
            raise DoneMeanwhileError
        more = {"other_dossier_id": stands.other, "adult_id": stands.adult}
        event = add_event(session, kit, actor, head.dossier_id, Step.PARTED, now, words, **more)
        defer(session, "tell_household", event_id=str(event))
        audit(session, actor, "household:parted", now, head.dossier_id)
        audit(session, actor, "household:parted", now, stands.other, adult_id=stands.adult)


def _pair(session: Session, kit: Kit, actor: Actor, head: Head, reference: str) -> Pair:
    """Both files, if they may be merged: both of this centre, neither merged already, neither a file apart."""
    other_id = session.scalar(select(Dossier.id).where(Dossier.reference == reference))
    if other_id is None or other_id == head.dossier_id or head.region != actor.region:
        raise NotMergeableError
    try:
        other = head_in(session, kit, actor, DeskPlace(dossier_id=other_id))
    except NotYoursError as error:
        raise NotMergeableError from error
    both = (head.dossier_id, other_id)
    # Whoever left a file has theirs apart for ever; the one who stayed must not find it in theirs by a detour.
    apart = select(exists().where(or_(Apart.new_dossier_id.in_(both))))
    courses = [course_in(session, one) for one in both]
    if other.region != actor.region or session.scalar(apart) or any(one.merged for one in courses):
        raise NotMergeableError
    return Pair(_side(session, head, courses[0].seen), _side(session, other, courses[1].seen))


def _side(session: Session, head: Head, seen: int) -> Side:
    people = tuple(
        Person(one.id, one.name, one.latin_name, one.birth_date, one.birth_year, one.phone, one.email)
        for one in adults_in(session, head.dossier_id)
    )
    return Side(head, seen, people)

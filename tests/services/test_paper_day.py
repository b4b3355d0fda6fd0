"""The day for papers: none until the desk sets one, every setting kept, found by whoever reminds; the desk's months."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from portal.services.actor import Actor, NotYoursError
from portal.services.monthly.desk import months_at_desk
from portal.services.monthly.paper_day import PaperDay, paper_day_in, paper_days, set_paper_day
from portal.services.monthly.rhythm import OwnMonths, nothing_changed, own_months
from tests.clock import local
from tests.pages.world import UNSURE, Announced, World
from tests.services.households import second_adult
from tests.services.notices import COUPLE

NOVEMBER, DECEMBER = date(2026, 11, 1), date(2026, 12, 1)


@pytest.fixture
def announced(clean_world: World) -> Announced:
    return clean_world.announce(situation=COUPLE)


@pytest.fixture
def jane(world: World, announced: Announced) -> Actor:
    return world.adult(announced)


@pytest.fixture
def paul(world: World, announced: Announced) -> Actor:
    return second_adult(world, announced)


@pytest.fixture
def worker(world: World) -> Actor:
    return world.caseworker("sierre")


def tap(world: World, actor: Actor, month: date, at: datetime | None = None) -> datetime:
    return nothing_changed(world.citizen, actor, month, at or world.clock.now())


def months(world: World, actor: Actor, on: date = date(2026, 11, 10)) -> OwnMonths:
    return own_months(world.citizen, actor, "fr", on)


def set_day(world: World, worker: Actor, actor: Actor, day: int | None) -> None:
    assert actor.dossier_id is not None
    set_paper_day(world.staff, worker, actor.dossier_id, day)


def test_no_day_is_known_until_the_centre_sets_one(world: World, jane: Actor, worker: Actor) -> None:
    assert (months(world, jane).paper_day, months(world, jane).next_paper_day) == (None, None)
    set_day(world, worker, jane, 5)
    found = months(world, jane, date(2026, 12, 30))
    assert (found.paper_day, found.next_paper_day) == (5, date(2027, 1, 5))
    set_day(world, worker, jane, None)
    assert months(world, jane).paper_day is None


def test_every_setting_stays_with_who_and_when(world: World, jane: Actor, worker: Actor) -> None:
    assert jane.dossier_id is not None
    for day in (5, 5, None, 28, 28):
        set_day(world, worker, jane, day)
    found = months_at_desk(world.staff, worker, jane.dossier_id, date(2026, 11, 10))
    assert [one.day for one in found.settings] == [28, None, 5]
    assert {(one.instant, one.by.startswith("Name of")) for one in found.settings} == {(world.clock.now(), True)}
    assert world.row("SELECT count(*) FROM audit_event WHERE action = 'paper-day:set'") == (3,)


@pytest.mark.parametrize("day", [0, 29, 31, -1])
def test_a_day_that_not_every_month_has_is_refused(world: World, jane: Actor, worker: Actor, day: int) -> None:
    with pytest.raises(ValueError, match="from 1 to 28"):
        set_day(world, worker, jane, day)
    assert world.count("dossier_term") == 0


def test_another_centre_neither_sees_nor_sets(world: World, jane: Actor) -> None:
    other = world.caseworker("oberwallis")
    assert jane.dossier_id is not None
    with pytest.raises(NotYoursError):
        set_day(world, other, jane, 5)
    with pytest.raises(NotYoursError):
        months_at_desk(world.staff, other, jane.dossier_id, date(2026, 11, 10))
    assert world.count("dossier_term") == 0


def test_who_reminds_asks_by_the_day(world: World, jane: Actor, worker: Actor) -> None:
    others = [world.adult(world.announce()) for _ in range(3)]
    for actor, day in zip((jane, *others), (5, 28, 5, 9), strict=True):
        set_day(world, worker, actor, day)
    set_day(world, worker, others[1], None)  # it had 5

    def due(on: date) -> set[PaperDay]:
        with world.worker.database.transaction() as session:
            return set(paper_days(session, on, (7, 2)))

    assert {jane.dossier_id} == {one.dossier_id for one in due(date(2026, 12, 29))}
    assert due(date(2026, 12, 29)) == {PaperDay(jane.dossier_id, date(2027, 1, 5))}  # type: ignore[arg-type]
    assert {one.dossier_id for one in due(date(2026, 12, 2))} == {others[2].dossier_id}
    assert {one.day for one in due(date(2026, 12, 3))} == {date(2026, 12, 5)}
    assert due(date(2026, 12, 10)) == set()
    with world.worker.database.transaction() as session:
        assert paper_day_in(session, others[0].dossier_id) == 28


def test_the_desk_sees_who_said_what(world: World, jane: Actor, paul: Actor, worker: Actor) -> None:
    at = tap(world, jane, NOVEMBER)
    later = tap(world, paul, NOVEMBER, local("2026-12-01 07:00"))
    assert jane.dossier_id is not None
    found = months_at_desk(world.staff, worker, jane.dossier_id, date(2026, 12, 1))
    assert found.months == (DECEMBER, NOVEMBER)
    assert [(one.name, {month: one.months[month].noted_at for month in one.months}) for one in found.adults] == [
        ("Jeanne Dupont", {NOVEMBER: at}),
        ("Paul Second", {NOVEMBER: later}),
    ]
    assert world.row("SELECT action FROM audit_event ORDER BY sequence DESC LIMIT 1") == ("month:read",)


def test_a_demand_that_nobody_took_is_seen_by_the_regions_it_may_be_of(clean_world: World) -> None:
    jane = clean_world.adult(clean_world.announce(commune=UNSURE))
    assert jane.dossier_id is not None
    with pytest.raises(NotYoursError):
        months_at_desk(clean_world.staff, clean_world.caseworker("sierre"), jane.dossier_id, NOVEMBER)
    assert months_at_desk(clean_world.staff, clean_world.caseworker("martigny"), jane.dossier_id, NOVEMBER).adults

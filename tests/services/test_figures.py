"""Figures are counted once of a closed quarter, from what the worker may read, and never change afterwards."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import psycopg
import pytest

from portal.domain import figures as f
from portal.domain.decision import Answers, Step
from portal.domain.demand import Person
from portal.domain.document_request import Refusal, RequestState
from portal.domain.role import Role
from portal.services.actor import NotYoursError
from portal.services.at_desk import DeskPlace
from portal.services.citizen import withdraw
from portal.services.decisions.recording import end
from portal.services.document_requests import Note, ask_keys_in, note_at_desk
from portal.services.figures import figures, make_figures
from tests.pages.counting import counted
from tests.pages.world import LEUK, VISP, Announced, World
from tests.services.deciding import recorded

REFUSED = Note(RequestState.REFUSED, refusal=Refusal.UNREADABLE)
Q3, CLOSED = date(2026, 7, 1), "2026-11-10 12:00"


def filed(world: World, count: int, day: str = "2026-08-05 10:00", **more: Any) -> list[Announced]:
    world.clock.set(day)
    return [
        world.announce(Person(f"Somebody {n}", birth_year=1970, phone="+41 79 555 00 01"), **more) for n in range(count)
    ]


def test_a_quarter_is_counted_once_it_is_closed_and_never_again(clean_world: World) -> None:
    filed(clean_world, 6)
    clean_world.clock.set("2026-11-08 12:00")
    assert make_figures(clean_world.worker) == 0
    clean_world.clock.set(CLOSED)
    assert make_figures(clean_world.worker) == 1
    before = clean_world.row("SELECT since, until, content::text FROM figure_period")
    assert before[:2] == (Q3, date(2026, 10, 1))
    filed(clean_world, 1, "2026-09-05 10:00")  # recorded too late
    clean_world.clock.set(CLOSED)
    assert make_figures(clean_world.worker) == 0
    assert clean_world.row("SELECT since, until, content::text FROM figure_period") == before


def test_what_is_too_small_is_counted_with_the_next_quarter(clean_world: World) -> None:
    filed(clean_world, 3)
    filed(clean_world, 4, "2026-10-05 10:00")
    clean_world.clock.set(CLOSED)
    assert make_figures(clean_world.worker) == 0
    clean_world.clock.set("2027-02-10 12:00")
    assert make_figures(clean_world.worker) == 1
    assert clean_world.row("SELECT since, until, content->'total' FROM figure_period") == (Q3, date(2027, 1, 1), 7)


def test_quarters_without_demands_are_said_to_be_empty(clean_world: World) -> None:
    filed(clean_world, 5, "2026-01-15 10:00")
    clean_world.clock.set(CLOSED)
    assert make_figures(clean_world.worker) == 3
    with clean_world.superuser() as connection:
        rows = connection.execute("SELECT content->'total' FROM figure_period ORDER BY since").fetchall()
    assert rows == [(5,), (0,), (0,)]


def test_nothing_is_counted_before_the_first_demand(clean_world: World) -> None:
    clean_world.clock.set(CLOSED)
    assert make_figures(clean_world.worker) == 0
    page = figures(clean_world.staff, clean_world.caseworker(None, roles=[Role.FIGURES]), None)
    assert (page.periods, page.found) == ((), None)


def test_a_lead_reads_the_own_region_and_the_canton_all(clean_world: World) -> None:
    filed(clean_world, 6)
    filed(clean_world, 5, commune=VISP, language="de")
    filed(clean_world, 2, commune=LEUK, language="pt")
    clean_world.clock.set(CLOSED)
    make_figures(clean_world.worker)
    canton = figures(clean_world.staff, clean_world.caseworker(None, roles=[Role.FIGURES]), None).found
    both = clean_world.caseworker("sierre", roles=[Role.TEAM_LEAD, Role.FIGURES])
    assert figures(clean_world.staff, both, None).found == canton
    own = figures(clean_world.staff, clean_world.caseworker("sierre", roles=[Role.TEAM_LEAD]), Q3).found
    empty = figures(clean_world.staff, clean_world.caseworker("martigny", roles=[Role.TEAM_LEAD]), None).found
    assert canton
    assert own
    assert empty
    assert (canton.total, own.total, empty.total) == (13, 6, 0)
    assert canton.places == {"sierre": 6, "oberwallis": 7}
    assert own.places is None
    assert f.LANGUAGE not in canton.tables  # two alone speak another language, and «other» would be those two
    assert dict(canton.tables[f.CHANNEL].counts) == {"online": 13}
    assert dict(own.tables[f.COMMUNE].counts) == {"/sierre-sierre": 6}
    assert own.kinds == {}
    with pytest.raises(NotYoursError):
        figures(clean_world.staff, clean_world.caseworker(None, roles=[Role.FIGURES]), date(2020, 1, 1))


def test_a_household_counts_once_and_its_decision_by_the_day_of_the_letter(clean_world: World) -> None:
    announced = filed(clean_world, 6)
    kit = clean_world.staff
    one, other = clean_world.caseworker(), clean_world.caseworker()
    for known in announced[:5]:
        place = DeskPlace(known.id)
        decision = recorded(kit, one, place, Answers.DEMAND)
        end(kit, other, place, decision, Step.CONFIRMED)
    clean_world.clock.set(CLOSED)
    make_figures(clean_world.worker)
    found = figures(kit, clean_world.caseworker(None, roles=[Role.FIGURES]), None).found
    assert found
    assert found.total == 6
    assert f.DECIDED not in found.tables  # one alone waits: neither the five nor the one are shown apart


def test_who_withdrew_in_time_needs_no_decision_and_who_did_later_had_none(clean_world: World) -> None:
    announced = filed(clean_world, 10)
    for number, known in enumerate(announced):
        at = "2026-09-04 23:30" if number < 5 else "2026-09-05 00:30"  # the last minutes of day 30, and the day after
        clean_world.clock.set(at)
        withdraw(clean_world.citizen, clean_world.adult(known), clean_world.clock.now(), None)
    clean_world.clock.set(CLOSED)
    make_figures(clean_world.worker)
    found = figures(clean_world.staff, clean_world.caseworker(None, roles=[Role.FIGURES]), None).found
    assert found
    assert dict(found.tables[f.DECIDED].counts) == {f.WITHDRAWN: 5, f.OPEN: 5}


def test_kinds_of_paper_are_opened_and_counted_in_fives(clean_world: World) -> None:
    worker = clean_world.caseworker()
    for n, known in enumerate(filed(clean_world, 7)):
        adult = clean_world.adult(known)
        with clean_world.citizen.database.transaction() as session:
            ask_keys_in(
                session,
                clean_world.citizen,
                adult,
                ["identity_paper@a", "lease"][: 1 + (n < 4)],
                clean_world.clock.now(),
            )
        if n < 6:
            note_at_desk(
                clean_world.staff,
                worker,
                known.view.dossier_id,
                "identity_paper@a",
                REFUSED,
                seen=clean_world.clock.now(),
            )
    clean_world.clock.set(CLOSED)
    make_figures(clean_world.worker)
    canton = clean_world.caseworker(None, roles=[Role.FIGURES])
    found = figures(clean_world.staff, canton, None).found
    assert found
    assert dict(found.kinds) == {"identity_paper": (5, 5)}


def test_the_desk_reads_nothing_but_what_is_shown(clean_world: World) -> None:
    """Asked of the database: no row of a demand, of an adult or of a paper, and nothing sealed."""
    filed(clean_world, 6)
    clean_world.clock.set(CLOSED)
    make_figures(clean_world.worker)
    actor = clean_world.caseworker(None, roles=[Role.FIGURES])
    with counted(clean_world.staff) as cost:
        figures(clean_world.staff, actor, None)
    tables = {table for one in cost.statements for table in re.findall(r"(?:FROM|INTO|JOIN|UPDATE) (\w+)", one)}
    assert tables == {"figure_period", "audit_event"}
    assert not cost.opened


def test_no_role_changes_what_was_published(clean_world: World) -> None:
    filed(clean_world, 6)
    clean_world.clock.set(CLOSED)
    make_figures(clean_world.worker)
    for statement in ("UPDATE figure_period SET made_at = now()", "DELETE FROM figure_period"):
        with clean_world.database.connect() as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(statement)

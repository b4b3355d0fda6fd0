"""Whose file is open at the desk: one household in one session, in the scope only, closed for good."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from portal.services import desk, helping, opening
from portal.services.actor import Actor, NotYoursError
from portal.services.at_desk import DeskPlace
from portal.services.opening import OpenFile
from portal.services.staff import staff_sign_in, staff_sign_out, staff_visit
from tests.pages.world import VISP, Announced, World
from tests.services.on_paper import on_paper


@dataclass
class Seat:
    """A caseworker in one session."""

    world: World
    actor: Actor
    secret: str

    def open(self, place: DeskPlace) -> bool:
        return opening.open_file(self.world.staff, self.actor, self.secret, place)[1]

    def next(self) -> None:
        self.secret = opening.next_person(self.world.staff, self.actor, self.secret)

    @property
    def now(self) -> OpenFile | None:
        visit = staff_visit(self.world.staff, self.secret, "test")
        assert visit is not None
        return visit.open


@pytest.fixture
def world(clean_world: World) -> World:
    return clean_world


@pytest.fixture
def seat(world: World) -> Seat:
    actor = world.caseworker("sierre", "seat")
    return Seat(world, actor, staff_sign_in(world.staff, world.stack.oidc.issuer, "seat", "fr", "test") or "")


@pytest.fixture
def announced(world: World) -> Announced:
    return world.announce()


def audited(world: World) -> list[tuple[str, bool]]:
    """What was opened and closed, and whether a dossier was named."""
    with world.superuser() as connection:
        rows = connection.execute(
            "SELECT action, dossier_id IS NOT NULL FROM audit_event WHERE action ~ '^(household|situation:help)'"
            " ORDER BY sequence"
        )
        return [(row[0], row[1]) for row in rows]


def test_opening_names_the_household_and_is_audited(world: World, seat: Seat, announced: Announced) -> None:
    assert seat.now is None
    assert seat.open(DeskPlace(announced.id)) is True
    opened = seat.now
    assert opened is not None
    assert (opened.reference, opened.name, opened.since) == (announced.reference, "Jeanne Dupont", world.clock.now())
    assert opened.at_desk == {"demand_id": announced.id}
    assert audited(world) == [("household:open", True)]


def test_it_is_the_same_by_its_dossier_and_keeps_its_hour(world: World, seat: Seat, announced: Announced) -> None:
    seat.open(DeskPlace(announced.id))
    since = world.clock.now()
    world.clock.forward(minutes=5)
    assert seat.open(DeskPlace(dossier_id=announced.view.dossier_id)) is False
    opened = seat.now
    assert opened is not None
    assert (opened.since, opened.demand_id) == (since, announced.id)
    assert audited(world) == [("household:open", True)] * 2


def test_another_one_closes_it_with_the_form_of_its_adult(world: World, seat: Seat, announced: Announced) -> None:
    seat.open(DeskPlace(announced.id))
    helping.begin(world.staff, seat.actor, seat.secret, DeskPlace(announced.id), announced.view.adult_id)
    other = world.announce()
    assert seat.open(DeskPlace(other.id)) is True
    assert seat.now is not None
    assert seat.now.reference == other.reference
    assert helping.helped(world.staff, seat.secret, "sierre") is None
    assert audited(world)[-2:] == [("household:close", True), ("household:open", True)]


def test_a_form_that_opens_has_its_file_open(world: World, seat: Seat, announced: Announced) -> None:
    helping.begin(world.staff, seat.actor, seat.secret, DeskPlace(announced.id), announced.view.adult_id)
    assert seat.now is not None
    assert seat.now.reference == announced.reference


def test_next_person_closes_file_and_form_and_the_secret_before(world: World, seat: Seat, announced: Announced) -> None:
    seat.open(DeskPlace(announced.id))
    helping.begin(world.staff, seat.actor, seat.secret, DeskPlace(announced.id), announced.view.adult_id)
    before = seat.secret
    seat.next()
    assert staff_visit(world.staff, before, "test") is None
    assert seat.now is None
    assert helping.helped(world.staff, seat.secret, "sierre") is None
    assert audited(world)[-2:] == [("situation:help-ended", False), ("household:close", True)]
    seat.next()
    assert audited(world)[-1] == ("household:close", False)  # nothing was open; the act is noted all the same


def test_the_session_goes_on_with_its_own_end(world: World, seat: Seat) -> None:
    row = world.row("SELECT created_at, language, caseworker_id FROM staff_session")
    world.clock.forward(minutes=20)
    seat.next()
    assert world.row("SELECT created_at, language, caseworker_id FROM staff_session") == row
    world.clock.forward(hours=9, minutes=41)
    assert staff_visit(world.staff, seat.secret, "test") is None


def test_nothing_opens_outside_the_scope_or_without_a_session(world: World, seat: Seat, announced: Announced) -> None:
    foreign, paper = world.announce(commune=VISP), on_paper(world)
    for place in (DeskPlace(foreign.id), DeskPlace(dossier_id=foreign.view.dossier_id)):
        with pytest.raises(NotYoursError):
            seat.open(place)
    assert seat.open(DeskPlace(dossier_id=paper.dossier_id)) is True
    assert seat.now is not None
    assert (seat.now.on_paper, seat.now.reference) == (True, paper.reference)
    staff_sign_out(world.staff, seat.secret)
    with pytest.raises(NotYoursError):
        seat.open(DeskPlace(announced.id))
    with pytest.raises(NotYoursError):
        seat.next()


def test_a_household_that_went_elsewhere_is_not_named_any_more(world: World, seat: Seat, announced: Announced) -> None:
    seat.open(DeskPlace(announced.id))
    desk.pass_on(world.staff, seat.actor, announced.id, "martigny", "Domicile")
    opened = seat.now
    assert opened is not None
    assert (opened.reference, opened.name) == (None, None)


def test_which_addresses_are_of_it(world: World, seat: Seat, announced: Announced) -> None:
    seat.open(DeskPlace(announced.id))
    opened, other = seat.now, world.announce()
    assert opened is not None
    mine = (DeskPlace(announced.id), DeskPlace(dossier_id=announced.view.dossier_id))
    theirs = (DeskPlace(other.id), DeskPlace(dossier_id=other.view.dossier_id))
    assert [opening.is_of(world.staff, opened, place) for place in (*mine, *theirs)] == [True, True, False, False]
    with world.superuser() as connection:  # a second demand of the same household
        moved = "UPDATE demand SET dossier_id = %s WHERE id = %s"
        connection.execute("ALTER TABLE demand DISABLE TRIGGER USER")
        connection.execute(moved, [announced.view.dossier_id, other.id])
        connection.execute("ALTER TABLE demand ENABLE TRIGGER USER")
    assert opening.is_of(world.staff, opened, DeskPlace(other.id))

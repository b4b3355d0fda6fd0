"""The notice at the desk: who is missing, acknowledged here, links; for the region that has the demand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from portal.domain.notice import Way
from portal.services import citizen
from portal.services.actor import Actor, NotYoursError
from portal.services.desk import look
from portal.services.notices.acknowledging import OtherVersionError, acknowledge_own
from portal.services.notices.desk import (
    AtDesk,
    acknowledge_at_desk,
    at_desk,
    link_at_desk,
    missing_at_desk,
    take_back_at_desk,
)
from portal.services.notices.links import LinkOverError, acknowledge_by, make_link
from portal.services.notices.links import look as look_at_link
from portal.services.notices.progress import note_chapter
from portal.services.situations import NotInHouseholdError, remove_person
from portal.services.snapshots import send
from tests.pages.world import UNSURE, Announced, World, visitor
from tests.services.households import say, second_adult
from tests.services.notices import COUPLE, first_version, second_version, standings

__all__ = ["first_version"]
pytestmark = pytest.mark.usefixtures("first_version")


@pytest.fixture
def announced(clean_world: World) -> Announced:
    return clean_world.announce(situation=COUPLE)


@pytest.fixture
def jane(world: World, announced: Announced) -> Actor:
    return world.adult(announced)


@pytest.fixture
def worker(world: World) -> Actor:
    return world.caseworker("sierre")


def seen(world: World, worker: Actor, announced: Announced) -> AtDesk:
    return at_desk(world.staff, worker, look(world.staff, worker, announced.id, "rights:read"), "fr")


def acknowledge(world: World, worker: Actor, announced: Announced, person: str = "b", version: int = 1) -> Any:
    return acknowledge_at_desk(world.staff, worker, announced.view, person, version, "pt")


# Acknowledged at the desk


def test_acknowledged_at_the_desk(world: World, announced: Announced, jane: Actor, worker: Actor) -> None:
    given = acknowledge(world, worker, announced)
    assert (given.version, given.language, given.way, given.instant) == (1, "pt", Way.DESK, world.clock.now())
    assert world.row("SELECT adult_id, caseworker_id FROM acknowledgement") == (None, worker.id)
    assert [one.given for one in seen(world, worker, announced).standings] == [None, given]
    assert standings(world.citizen, jane)["b"].given == given  # the household sees it too
    world.clock.forward(hours=1)
    assert acknowledge(world, worker, announced) == given
    assert world.count("acknowledgement") == 1


def test_who_is_missing(world: World, announced: Announced, jane: Actor, worker: Actor) -> None:
    def missing() -> tuple[str, ...] | None:
        return missing_at_desk(world.staff, worker, announced.view, "fr")

    assert missing() == ("Jeanne Dupont", "Paul Second, Conjoint")
    acknowledge_own(world.citizen, jane, "a", 1, "fr")
    assert missing() == ("Paul Second, Conjoint",)
    acknowledge(world, worker, announced)
    assert missing() == ()
    other = world.caseworker("martigny")
    assert missing_at_desk(world.staff, other, announced.view, "fr") is None


def test_a_demand_without_sent_answers(world: World, worker: Actor) -> None:
    alone = world.announce()
    assert [one.signer.person for one in seen(world, worker, alone).standings] == ["a"]
    assert acknowledge(world, worker, alone, "a").way is Way.DESK
    with pytest.raises(NotInHouseholdError):
        acknowledge(world, worker, alone, "b")


def test_nobody_but_grown_ups_of_the_household(world: World, announced: Announced, worker: Actor) -> None:
    for person in ("c1", "x", ""):
        with pytest.raises(NotInHouseholdError):
            acknowledge(world, worker, announced, person)
        with pytest.raises(NotInHouseholdError):
            link_at_desk(world.staff, worker, announced.view, person)
    assert (world.count("acknowledgement"), world.count("notice_link")) == (0, 0)


@pytest.mark.parametrize("with_a_file", [True, False])
def test_who_left_by_the_answers_that_were_sent(
    world: World, announced: Announced, jane: Actor, worker: Actor, with_a_file: bool
) -> None:
    """Until they are sent the centre goes by what it has; the access code of who left does not keep them in."""
    if with_a_file:
        second_adult(world, announced)
    say(world, jane, "debts", debts="0.00")
    send(world.citizen, jane)
    remove_person(world.citizen, jane, "b")
    assert [one.signer.person for one in seen(world, worker, announced).standings] == ["a", "b"]
    send(world.citizen, jane)
    assert [one.signer.person for one in seen(world, worker, announced).standings] == ["a"]
    with pytest.raises(NotInHouseholdError):
        acknowledge(world, worker, announced)
    assert world.count("acknowledgement") == 0


@pytest.mark.parametrize("version", [0, 2])
def test_a_version_that_is_not_the_newest(world: World, announced: Announced, worker: Actor, version: int) -> None:
    with pytest.raises(OtherVersionError):
        acknowledge(world, worker, announced, version=version)
    assert world.count("acknowledgement") == 0


def test_a_new_version_is_missing_again(
    world: World, announced: Announced, worker: Actor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = acknowledge(world, worker, announced)
    second_version(tmp_path, monkeypatch)
    standing = seen(world, worker, announced).standings[1]
    assert (standing.given, standing.before) == (None, first)


# Links of the desk


def test_a_link_from_the_desk(world: World, announced: Announced, jane: Actor, worker: Actor) -> None:
    older = make_link(world.citizen, jane, "b")
    secret = link_at_desk(world.staff, worker, announced.view, "b")
    assert set(seen(world, worker, announced).links) == {"b"}
    with pytest.raises(LinkOverError):
        look_at_link(world.citizen, older, "test")
    take_back_at_desk(world.staff, worker, announced.view, "b")
    assert seen(world, worker, announced).links == {}
    with pytest.raises(LinkOverError):
        acknowledge_by(world.citizen, secret, 1, "fr", "test")
    again = link_at_desk(world.staff, worker, announced.view, "b")
    given = acknowledge_by(world.citizen, again, 1, "fr", "test")
    assert given.way is Way.LINK
    assert seen(world, worker, announced).standings[1].given == given
    assert world.row(
        "SELECT count(*) FROM audit_event WHERE starts_with(action, 'notice-link:') AND region = 'sierre'"
    ) == (3,)


# Whose business it is


def refused(world: World, worker: Actor, announced: Announced) -> None:
    """Nothing is seen, nothing is written."""
    acts = (
        lambda: at_desk(world.staff, worker, announced.view, "fr"),
        lambda: acknowledge(world, worker, announced, "a"),
        lambda: link_at_desk(world.staff, worker, announced.view, "a"),
        lambda: take_back_at_desk(world.staff, worker, announced.view, "a"),
    )
    for act in acts:
        with pytest.raises(NotYoursError):
            act()
    assert (world.count("acknowledgement"), world.count("notice_link")) == (0, 0)


def test_another_region(world: World, announced: Announced) -> None:
    martigny = world.caseworker("martigny")
    with pytest.raises(NotYoursError):
        look(world.staff, martigny, announced.id, "rights:read")
    refused(world, martigny, announced)


def test_no_region_has_taken_it(clean_world: World, worker: Actor) -> None:
    world = clean_world
    free = world.announce(commune=UNSURE, situation=COUPLE)
    assert free.view.region is None
    refused(world, world.caseworker("martigny"), free)
    refused(world, worker, free)


def test_somebody_who_is_no_caseworker(world: World, announced: Announced, jane: Actor) -> None:
    refused(world, jane, announced)
    refused(world, visitor(), announced)


def test_a_household_acts_in_its_own_dossier_only(
    world: World, announced: Announced, jane: Actor, worker: Actor
) -> None:
    """The person ids are the same in every dossier."""
    other = world.announce(situation=COUPLE)
    note_chapter(world.citizen, jane, "papers", explain=True)
    acknowledge(world, worker, announced, "a")
    link_at_desk(world.staff, worker, announced.view, "b")
    theirs = seen(world, worker, other)
    assert (theirs.to_explain, theirs.links) == ({}, {})
    assert [one.given for one in theirs.standings] == [None, None]


def test_what_was_acknowledged_stays_after_the_demand_is_withdrawn(
    world: World, announced: Announced, jane: Actor, worker: Actor
) -> None:
    given = acknowledge(world, worker, announced, "a")
    citizen.withdraw(world.citizen, jane, world.clock.now(), None)
    assert seen(world, worker, announced).standings[0].given == given

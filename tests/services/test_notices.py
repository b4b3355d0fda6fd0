"""Acknowledging rights and duties: each adult once for a version, on record for good; a new version asks again."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from portal import content
from portal.domain.notice import RIGHTS, Way
from portal.services.actor import Actor, NotYoursError
from portal.services.notices.acknowledging import (
    OtherVersionError,
    acknowledge_own,
    own_standings,
    signed_context,
    what_changed,
)
from portal.services.situations import NotInHouseholdError, remove_person
from tests.pages.world import Announced, World, visitor
from tests.services.households import second_adult
from tests.services.notices import COUPLE, first_version, second_version, standings

__all__ = ["first_version"]
pytestmark = pytest.mark.usefixtures("first_version")


@pytest.fixture
def announced(clean_world: World) -> Announced:
    return clean_world.announce(situation=COUPLE)


@pytest.fixture
def jane(world: World, announced: Announced) -> Actor:
    return world.adult(announced)


def rows(world: World) -> int:
    return world.count("acknowledgement")


def test_who_when_which_version_which_language_and_how_are_on_record(world: World, jane: Actor) -> None:
    given = acknowledge_own(world.citizen, jane, "a", 1, "pt")
    assert (given.version, given.language, given.way) == (1, "pt", Way.DEVICE)
    assert given.instant == world.clock.now()
    row = world.row("SELECT id, person, notice, adult_id, caseworker_id, words_digest, details FROM acknowledgement")
    assert row[1:5] == ("a", RIGHTS, jane.id, None)
    assert bytes(row[5]) == content.words(RIGHTS, 1, "pt").digest != content.words(RIGHTS, 1, "fr").digest
    assert world.citizen.envelope.open(bytes(row[6]), signed_context(row[0])) == b"Jeanne Dupont"
    assert b"Dupont" not in bytes(row[6])


def test_the_other_adult_on_the_same_device(world: World, jane: Actor) -> None:
    acknowledge_own(world.citizen, jane, "b", 1, "ar")
    found = standings(world.citizen, jane)
    assert list(found) == ["a", "b"]
    assert found["a"].given is None
    assert found["b"].given is not None
    assert found["b"].given.language == "ar"
    row = world.row("SELECT adult_id FROM acknowledgement WHERE person = 'b'")
    assert row == (jane.id,)


def test_each_adult_reads_themselves_first(world: World, announced: Announced) -> None:
    paul = second_adult(world, announced)
    assert list(standings(world.citizen, paul)) == ["b", "a"]


def test_twice_is_once_and_the_first_stands(world: World, jane: Actor) -> None:
    first = acknowledge_own(world.citizen, jane, "a", 1, "fr")
    world.clock.forward(days=1)
    assert acknowledge_own(world.citizen, jane, "a", 1, "de") == first
    assert rows(world) == 1
    audit = "SELECT string_agg(outcome, ' ' ORDER BY sequence) FROM audit_event WHERE action = 'notice:acknowledge'"
    assert world.row(audit) == ("done unchanged",)


def test_two_at_the_same_time_make_one_row(world: World, jane: Actor) -> None:
    standing, given = threading.Barrier(2), []

    def press(language: str) -> None:
        standing.wait()
        given.append(acknowledge_own(world.citizen, jane, "a", 1, language))

    both = [threading.Thread(target=press, args=(language,)) for language in ("fr", "de")]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert rows(world) == 1
    assert len(given) == 2
    assert given[0] == given[1]


@pytest.mark.parametrize("version", [0, -1, 2, 10**6])
def test_a_version_that_is_not_the_newest(world: World, jane: Actor, version: int) -> None:
    with pytest.raises(OtherVersionError):
        acknowledge_own(world.citizen, jane, "a", version, "fr")
    assert rows(world) == 0


@pytest.mark.parametrize("person", ["c1", "x", ""])
def test_a_child_and_a_stranger_acknowledge_nothing(world: World, jane: Actor, person: str) -> None:
    with pytest.raises(NotInHouseholdError):
        acknowledge_own(world.citizen, jane, person, 1, "fr")
    assert rows(world) == 0


def test_who_left_the_household(world: World, announced: Announced, jane: Actor) -> None:
    paul = second_adult(world, announced)
    acknowledge_own(world.citizen, paul, "b", 1, "fr")
    remove_person(world.citizen, jane, "b")
    with pytest.raises(NotInHouseholdError):
        acknowledge_own(world.citizen, jane, "b", 1, "fr")
    with pytest.raises(NotInHouseholdError):
        acknowledge_own(world.citizen, paul, "b", 1, "fr")
    assert list(standings(world.citizen, jane)) == ["a"]
    assert rows(world) == 1  # what was given stays


def test_another_dossier_sees_and_gets_nothing_of_it(world: World, jane: Actor) -> None:
    acknowledge_own(world.citizen, jane, "a", 1, "fr")
    other = world.adult(world.announce(situation=COUPLE))
    assert [one.given for one in standings(world.citizen, other).values()] == [None, None]
    acknowledge_own(world.citizen, other, "a", 1, "fr")
    assert rows(world) == 2


def test_only_somebody_signed_in(world: World, jane: Actor) -> None:
    for stranger in (visitor(), replace(world.caseworker("sierre"), dossier_id=jane.dossier_id)):
        with pytest.raises(NotYoursError):
            acknowledge_own(world.citizen, stranger, "a", 1, "fr")
    with pytest.raises(NotYoursError):
        own_standings(world.citizen, visitor(), "fr")
    assert rows(world) == 0


@pytest.mark.parametrize("change", ["UPDATE acknowledgement SET language = 'de'", "DELETE FROM acknowledgement"])
@pytest.mark.parametrize("role", ["portal_citizen", "portal_staff", "portal_worker"])
def test_it_is_evidence(world: World, jane: Actor, change: str, role: str) -> None:
    acknowledge_own(world.citizen, jane, "a", 1, "fr")
    with world.database.connect(role) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute(change)


def test_a_new_version_asks_again_and_says_what_changed(
    world: World, jane: Actor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = acknowledge_own(world.citizen, jane, "a", 1, "fr")
    second_version(tmp_path, monkeypatch)
    standing = standings(world.citizen, jane)["a"]
    assert (standing.given, standing.before) == (None, first)
    for language in ("fr", "ar"):
        found = what_changed(first, language)
        assert (found.changed, found.new, found.gone) == (("money-1",), ("visits", "visits-1"), ())
    with pytest.raises(OtherVersionError):  # a page that was open meanwhile
        acknowledge_own(world.citizen, jane, "a", 1, "fr")
    second = acknowledge_own(world.citizen, jane, "a", 2, "fr")
    standing = standings(world.citizen, jane)["a"]
    assert (standing.given, standing.before) == (second, first)
    assert not what_changed(second, "fr")
    assert rows(world) == 2

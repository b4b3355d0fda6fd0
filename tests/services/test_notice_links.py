"""Links for another adult: one use, fourteen days, taken back at will, not to be guessed, nothing of the dossier."""

from __future__ import annotations

import re
import threading
from datetime import timedelta
from pathlib import Path

import pytest

from portal.domain.notice import LINK_DAYS, Way
from portal.services.actor import Actor, NotYoursError
from portal.services.housekeeping import tidy
from portal.services.notices import links
from portal.services.notices.acknowledging import Given, OtherVersionError, acknowledge_own
from portal.services.notices.links import LinkOverError, acknowledge_by, look, make_link, own_links, take_back
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


@pytest.fixture
def secret(world: World, jane: Actor) -> str:
    """A link for the second adult."""
    return make_link(world.citizen, jane, "b")


def use(world: World, secret: str, version: int = 1, language: str = "ar") -> Given:
    return acknowledge_by(world.citizen, secret, version, language, "test")


def over(world: World, secret: str) -> None:
    """Neither to look at nor to use; and nothing was written."""
    before = world.count("acknowledgement")
    with pytest.raises(LinkOverError):
        look(world.citizen, secret, "test")
    with pytest.raises(LinkOverError):
        use(world, secret)
    assert world.count("acknowledgement") == before


def test_it_acknowledges_for_its_adult_alone(world: World, jane: Actor, secret: str) -> None:
    given = use(world, secret)
    assert (given.version, given.language, given.way, given.instant) == (1, "ar", Way.LINK, world.clock.now())
    found = standings(world.citizen, jane)
    assert (found["a"].given, found["b"].given) == (None, given)
    assert world.row("SELECT adult_id, caseworker_id FROM acknowledgement") == (None, None)


def test_looking_uses_nothing_up(world: World, secret: str) -> None:
    for _ in range(5):
        assert look(world.citizen, secret, "test") == links.LinkView(None, None)
    assert world.row("SELECT used_at FROM notice_link") == (None,)
    use(world, secret)
    assert world.row("SELECT used_at FROM notice_link") == (world.clock.now(),)


def test_sent_once_more_it_says_what_stands(world: World, secret: str) -> None:
    given = use(world, secret)
    world.clock.forward(hours=1)
    assert use(world, secret, language="de") == given
    assert look(world.citizen, secret, "test").given == given
    assert world.count("acknowledgement") == 1


def test_two_at_the_same_time_make_one_row(world: World, secret: str) -> None:
    standing, given = threading.Barrier(2), []

    def press(language: str) -> None:
        standing.wait()
        given.append(use(world, secret, language=language))

    both = [threading.Thread(target=press, args=(language,)) for language in ("fr", "de")]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert world.count("acknowledgement") == 1
    assert len(given) == 2
    assert given[0] == given[1]


def test_two_made_at_the_same_time_leave_one_open(world: World, jane: Actor) -> None:
    standing = threading.Barrier(2)

    def make() -> None:
        standing.wait()
        make_link(world.citizen, jane, "b")

    both = [threading.Thread(target=make) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert world.row("SELECT count(*), count(ended_at) FROM notice_link") == (2, 1)


def test_after_fourteen_days_and_a_second_it_is_over(world: World, jane: Actor, secret: str) -> None:
    until = world.clock.now() + timedelta(days=LINK_DAYS)
    assert LINK_DAYS == 14
    assert own_links(world.citizen, jane) == {"b": until}
    world.clock.forward(days=14, seconds=-1)
    assert look(world.citizen, secret, "test").given is None
    world.clock.forward(seconds=2)
    assert own_links(world.citizen, jane) == {}
    over(world, secret)


def test_taken_back(world: World, jane: Actor, secret: str) -> None:
    take_back(world.citizen, jane, "a")  # of somebody else: nothing
    assert look(world.citizen, secret, "test").given is None
    take_back(world.citizen, jane, "b")
    take_back(world.citizen, jane, "b")
    assert own_links(world.citizen, jane) == {}
    over(world, secret)


def test_a_newer_one_ends_it(world: World, jane: Actor, secret: str) -> None:
    own = make_link(world.citizen, jane, "a")
    newer = make_link(world.citizen, jane, "b")
    over(world, secret)
    assert use(world, newer) == standings(world.citizen, jane)["b"].given
    assert look(world.citizen, own, "test").given is None


def test_it_cannot_be_guessed_and_does_not_stand_in_the_table(world: World, jane: Actor, secret: str) -> None:
    secrets = {secret, *(make_link(world.citizen, jane, "b") for _ in range(20))}
    assert len(secrets) == 21
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{32}", one) for one in secrets)
    dump = str(world.row("SELECT string_agg(l::text, ' ') FROM notice_link l"))
    assert not any(one in dump or one.encode().hex() in dump for one in secrets)
    for wrong in ("", "x" * 32, secret[:-1], secret + "x", secret.swapcase()):
        over(world, wrong)


def test_what_it_shows_holds_nothing_of_the_dossier(world: World, secret: str) -> None:
    """The whole of what a page by link gets: what was given by it, and what was given before; no name."""
    assert set(links.LinkView.__dataclass_fields__) == {"given", "before"}
    assert set(Given.__dataclass_fields__) == {"version", "language", "way", "instant", "name"}
    assert use(world, secret).name == "Paul Second"
    shown = links.look(world.citizen, secret, "test").given
    assert shown is not None
    assert shown.name == ""


def test_another_dossier_reaches_nothing_of_it(world: World, jane: Actor, secret: str) -> None:
    other = world.adult(world.announce(situation=COUPLE))
    take_back(world.citizen, other, "b")
    make_link(world.citizen, other, "b")
    given = use(world, secret)
    assert standings(world.citizen, jane)["b"].given == given
    assert standings(world.citizen, other)["b"].given is None
    for stranger in (make_link, take_back):
        with pytest.raises(NotYoursError):
            stranger(world.citizen, visitor(), "b")


@pytest.mark.parametrize("person", ["c1", "x"])
def test_no_link_for_a_child_or_a_stranger(world: World, jane: Actor, person: str) -> None:
    with pytest.raises(NotInHouseholdError):
        make_link(world.citizen, jane, person)
    assert world.count("notice_link") == 0


def test_for_who_left_the_household(world: World, announced: Announced, jane: Actor, secret: str) -> None:
    second_adult(world, announced)
    remove_person(world.citizen, jane, "b")
    with pytest.raises(NotInHouseholdError):
        look(world.citizen, secret, "test")
    with pytest.raises(NotInHouseholdError):
        use(world, secret)
    assert world.row("SELECT count(used_at) FROM notice_link") == (0,)
    assert world.count("acknowledgement") == 0


def test_acknowledged_elsewhere_meanwhile(world: World, jane: Actor, secret: str) -> None:
    given = acknowledge_own(world.citizen, jane, "b", 1, "fr")
    assert look(world.citizen, secret, "test").given == given
    assert use(world, secret) == given
    assert world.count("acknowledgement") == 1


def test_a_new_version(world: World, jane: Actor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A link that was used for the first version is used; one that was not asks for the second."""
    used, open_ = make_link(world.citizen, jane, "b"), make_link(world.citizen, jane, "a")
    given = use(world, used)
    second_version(tmp_path, monkeypatch)
    over(world, used)
    with pytest.raises(OtherVersionError):
        use(world, open_)
    assert world.row("SELECT count(used_at) FROM notice_link") == (1,)
    newer = make_link(world.citizen, jane, "b")
    assert look(world.citizen, newer, "test") == links.LinkView(None, given)
    assert use(world, newer, version=2).version == 2
    assert use(world, open_, version=2).version == 2


def test_the_worker_removes_what_has_been_over_for_a_day(world: World, jane: Actor) -> None:
    ended, used = make_link(world.citizen, jane, "a"), make_link(world.citizen, jane, "b")
    use(world, used)
    world.clock.forward(days=1)
    fresh = make_link(world.citizen, jane, "a")  # ends the first
    world.clock.forward(days=1)
    assert tidy(world.worker)["notice_links"] == 0
    world.clock.forward(seconds=1)
    assert tidy(world.worker)["notice_links"] == 1
    assert look(world.citizen, used, "test").given is not None  # who opens it again still sees what they gave
    assert look(world.citizen, fresh, "test").given is None
    over(world, ended)
    world.clock.forward(days=13)
    assert tidy(world.worker)["notice_links"] == 1  # the used one, whose days are over
    world.clock.forward(days=1)
    assert tidy(world.worker)["notice_links"] == 1
    assert world.count("notice_link") == 0
    assert world.count("acknowledgement") == 1

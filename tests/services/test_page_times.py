"""How long a page takes: counted without anybody's name, believed once thirty were measured."""

from __future__ import annotations

import pytest

from portal.services.page_times import ENOUGH, PLAIN, UNMEASURED, announced_seconds, note_time
from portal.services.situations import mark_of, open_situation, save_page
from tests.pages.world import World
from tests.services.households import page


def note(world: World, name: str, *seconds: int) -> None:
    with world.citizen.database.transaction() as session:
        for one in seconds:
            note_time(session, name, one)


def test_unmeasured_pages_have_our_own_times(clean_world: World) -> None:
    assert announced_seconds(clean_world.citizen, []) == 0
    assert announced_seconds(clean_world.citizen, ["home"]) == PLAIN
    assert announced_seconds(clean_world.citizen, ["birth", "birth", "home"]) == 2 * UNMEASURED["birth"] + PLAIN


def test_a_median_is_believed_from_the_thirtieth_on(clean_world: World) -> None:
    world = clean_world
    note(world, "home", *[60] * (ENOUGH - 1))
    assert announced_seconds(world.citizen, ["home"]) == PLAIN
    note(world, "home", 60)
    assert announced_seconds(world.citizen, ["home", "home", "debts"]) == 60 + 60 + PLAIN


def test_it_is_the_median_not_the_mean(clean_world: World) -> None:
    note(clean_world, "home", *[10] * 16, *[600] * 15)
    assert announced_seconds(clean_world.citizen, ["home"]) == 10
    note(clean_world, "home", *[600] * 2)
    assert announced_seconds(clean_world.citizen, ["home"]) == 600


@pytest.mark.parametrize(("seconds", "kept"), [(1, 5), (5, 5), (6, 10), (600, 600)])
def test_times_are_kept_in_classes_of_five_seconds(clean_world: World, seconds: int, kept: int) -> None:
    note(clean_world, "home", seconds, seconds)
    assert clean_world.row("SELECT page, seconds, count FROM page_time") == ("home", kept, 2)


@pytest.mark.parametrize("seconds", [-1, 0, 601, 10**11])
def test_a_break_and_a_wrong_clock_count_for_nothing(clean_world: World, seconds: int) -> None:
    note(clean_world, "home", seconds)
    assert clean_world.count("page_time") == 0


def test_an_answer_is_counted_by_its_question_and_nobodys_name(clean_world: World) -> None:
    world = clean_world
    jane = world.adult(world.announce())
    birth = page("birth@a")
    mark = mark_of(world.citizen, open_situation(world.citizen, jane).draft, birth)
    save_page(world.citizen, jane, birth, {"name": "Jeanne Dupont"}, seen=mark, seconds=12)
    save_page(world.citizen, jane, birth, {"name": "Jeanne Dupont"}, seen=mark, seconds=None)
    assert world.row("SELECT page, seconds, count FROM page_time") == ("birth", 15, 1)
    with world.superuser() as connection:
        columns = {
            name for (name,) in connection.execute(
                "SELECT column_name FROM information_schema.columns WHERE table_name = 'page_time'"
            ).fetchall()
        }  # fmt: skip
    assert columns == {"page", "seconds", "count"}

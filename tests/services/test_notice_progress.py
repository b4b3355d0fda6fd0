"""Chapters that an adult wants explained: the desk sees their names, the table holds them sealed, no answer is anywhere."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from pathlib import Path

import pytest

from portal.services.actor import Actor, NotYoursError
from portal.services.desk import look
from portal.services.notices.desk import at_desk
from portal.services.notices.progress import note_chapter, own_progress
from tests.pages.world import Announced, World, visitor
from tests.services.households import second_adult
from tests.services.notices import COUPLE, first_version, second_version

__all__ = ["first_version"]
pytestmark = pytest.mark.usefixtures("first_version")


@pytest.fixture
def announced(clean_world: World) -> Announced:
    return clean_world.announce(situation=COUPLE)


@pytest.fixture
def jane(world: World, announced: Announced) -> Actor:
    return world.adult(announced)


def seen(world: World, announced: Announced) -> Mapping[str, tuple[str, ...]]:
    """What a caseworker of the region reads."""
    worker = world.caseworker("sierre")
    return at_desk(world.staff, worker, look(world.staff, worker, announced.id, "rights:read"), "fr").to_explain


def test_the_desk_sees_chapters_and_nothing_else(world: World, announced: Announced, jane: Actor) -> None:
    paul = second_adult(world, announced)
    note_chapter(world.citizen, jane, "papers", explain=True)
    note_chapter(world.citizen, jane, "money", explain=False)
    assert own_progress(world.citizen, jane) == {"papers": True, "money": False}
    assert own_progress(world.citizen, paul) == {}
    note_chapter(world.citizen, paul, "money", explain=False)
    assert seen(world, announced) == {"a": ("papers",)}
    note_chapter(world.citizen, jane, "money", explain=True)
    assert seen(world, announced) == {"a": ("money", "papers")}  # in the order of the text
    for chapter in ("money", "papers"):
        note_chapter(world.citizen, jane, chapter, explain=False)
    assert seen(world, announced) == {}


def test_the_table_names_no_chapter(world: World, jane: Actor) -> None:
    note_chapter(world.citizen, jane, "papers", explain=True)
    with world.superuser() as connection:
        rows = connection.execute("SELECT p::text, details FROM notice_progress p").fetchall()
    assert len(rows) == 1
    assert "papers" not in rows[0][0]
    assert b"papers" not in bytes(rows[0][1])


def test_two_tabs_at_once_lose_no_chapter(world: World, jane: Actor) -> None:
    standing = threading.Barrier(2)

    def answer(chapter: str) -> None:
        standing.wait()
        note_chapter(world.citizen, jane, chapter, explain=True)

    tabs = [threading.Thread(target=answer, args=(chapter,)) for chapter in ("money", "papers")]
    for tab in tabs:
        tab.start()
    for tab in tabs:
        tab.join()
    assert own_progress(world.citizen, jane) == {"money": True, "papers": True}


def test_only_chapters_of_the_newest_text(
    world: World, announced: Announced, jane: Actor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    note_chapter(world.citizen, jane, "papers", explain=True)
    for chapter in ("visits", "", "money-1"):
        with pytest.raises(NotYoursError):
            note_chapter(world.citizen, jane, chapter, explain=True)
    with pytest.raises(NotYoursError):
        note_chapter(world.citizen, visitor(), "papers", explain=True)
    second_version(tmp_path, monkeypatch)
    assert own_progress(world.citizen, jane) == {}
    assert seen(world, announced) == {}

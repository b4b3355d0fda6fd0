"""The pages that say where to go: a commune that is sure, one that is not, none, and what is not known yet or any more."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from unittest.mock import patch

from portal.law import directory
from portal.views import directory as pages
from tests.browser.cases import case
from tests.browser.visits import Visit
from tests.browser.world import SIERRE, VERNAYAZ, VISP, World


@contextmanager
def next_year(_world: World) -> Iterator[None]:
    """The day on which Visp has merged, while the number of the commune in its place is not known."""
    with patch.object(pages, "today", lambda: date(2027, 1, 1)):
        yield


@contextmanager
def completed(_world: World) -> Iterator[None]:
    """The canton has said when the centre of Sierre is open."""
    centres = dict(directory._centres())
    centres["sierre-sierre"] = replace(centres["sierre-sierre"], opening_hours="08:00-11:30")
    with patch.object(directory, "_centres", lambda: centres):
        yield


NEW_VISP = 9999
"""A number for the commune of 2027, which has none in the data yet."""


@contextmanager
def numbered(on: date) -> Iterator[None]:
    """That day, once the number of the merged commune is known."""
    known = tuple(replace(one, bfs_number=NEW_VISP) if one.id == "visp-2027" else one for one in directory._communes())

    def forget() -> None:
        directory.communes.cache_clear()
        directory._by_number.cache_clear()

    with patch.object(directory, "_communes", lambda: known), patch.object(pages, "today", lambda: on):
        forget()
        try:
            yield
        finally:
            forget()


@case("directory.centres", "directory/centres")
def centres(visit: Visit) -> None:
    visit.get(f"/{visit.language}/centres")


@case("directory.centres", "directory/centres", script=False)
def centres_found(visit: Visit) -> None:
    visit.get(f"/{visit.language}/centres?commune={SIERRE}")


@case("directory.centres", "directory/centres")
def centres_two_possible(visit: Visit) -> None:
    visit.get(f"/{visit.language}/centres?commune={VERNAYAZ}")


@case("directory.centres", "directory/centres")
def centres_commune_not_known(visit: Visit) -> None:
    visit.get(f"/{visit.language}/centres?commune=unknown")


@case("directory.centres", "directory/centres", 422)
def centres_no_such_commune(visit: Visit) -> None:
    visit.get(f"/{visit.language}/centres?commune=5586")


@case("directory.centres", "directory/centres", 422, look=False)
def centres_nothing_chosen(visit: Visit) -> None:
    visit.get(f"/{visit.language}/centres?commune=")


@case("directory.centres", "directory/centres", here=True, without=next_year, look=False)
def centres_merged(visit: Visit) -> None:
    visit.get(f"/{visit.language}/centres?commune={VISP}")


@case("directory.centres", "directory/centres", here=True, without=completed, look=False)
def centres_with_hours(visit: Visit) -> None:
    visit.get(f"/{visit.language}/centres?commune={SIERRE}")


@case("directory.offices", "directory/offices")
def offices(visit: Visit) -> None:
    visit.get(f"/{visit.language}/offices")


@case(
    "directory.centres", "directory/centres", 422, here=True, without=lambda _: numbered(date(2027, 1, 1)), look=False
)
def centres_gone(visit: Visit) -> None:
    visit.get(f"/{visit.language}/centres?commune={VISP}")


@case(
    "directory.centres", "directory/centres", 422, here=True, without=lambda _: numbered(date(2026, 12, 31)), look=False
)
def centres_not_yet(visit: Visit) -> None:
    visit.get(f"/{visit.language}/centres?commune={NEW_VISP}")

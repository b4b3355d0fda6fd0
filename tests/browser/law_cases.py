"""The page of the law, today and when its data have grown old."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from unittest.mock import patch

from portal.views import law
from tests.browser.cases import case
from tests.browser.visits import Visit
from tests.browser.world import World


@contextmanager
def grown_old(_world: World) -> Iterator[None]:
    """A day when announced changes have come and nothing was checked for a year."""
    with patch.object(law, "today", lambda: date(2028, 1, 3)):
        yield


@case("law.law", "law/law")
def the_law(visit: Visit) -> None:
    visit.get(f"/{visit.language}/law")


@case("law.law", "law/law", here=True, without=grown_old, look=False)
def the_law_grown_old(visit: Visit) -> None:
    visit.get(f"/{visit.language}/law")

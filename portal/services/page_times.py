"""How long people take for a page of the situation, measured; what the portal announces follows from it.

Only counts are kept, in classes of five seconds, of nobody in particular. Very long times are breaks and count for nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from portal.models import PageTime
from portal.services.kit import Kit

CLASS: Final = 5
"""Seconds."""
LONGEST: Final = 600
ENOUGH: Final = 30
"""Measured times of a page before they are believed."""
UNMEASURED: Final = {
    "persons": 30,
    "birth": 25,
    "incomes": 45,
    "account": 40,
    "insurance": 35,
    "permit": 25,
    "rent": 30,
}
"""Seconds that our own walks with a slow hand took, where nobody has been measured yet; any other page: `PLAIN`."""
PLAIN: Final = 15


def note_time(session: Session, page: str, seconds: int) -> None:
    """Count one time."""
    if not 0 < seconds <= LONGEST:
        return
    counted = insert(PageTime).values(page=page, seconds=-(-seconds // CLASS) * CLASS, count=1)
    session.execute(
        counted.on_conflict_do_update(index_elements=["page", "seconds"], set_={"count": PageTime.count + 1})
    )


def announced_seconds(kit: Kit, pages: Iterable[str]) -> int:
    """How long these pages will take together: the median of each where enough were measured."""
    with kit.database.reading() as session:
        rows = session.execute(select(PageTime.page, PageTime.seconds, PageTime.count).order_by(PageTime.seconds)).all()
    classes: dict[str, list[tuple[int, int]]] = {}
    for page, seconds, count in rows:
        classes.setdefault(page, []).append((seconds, count))
    return sum(_median(classes.get(page, [])) or UNMEASURED.get(page, PLAIN) for page in pages)


def _median(classes: list[tuple[int, int]]) -> int | None:
    total = sum(count for _, count in classes)
    if total < ENOUGH:
        return None
    passed = 0
    for seconds, count in classes:
        passed += count
        if passed * 2 >= total:
            return seconds
    return None

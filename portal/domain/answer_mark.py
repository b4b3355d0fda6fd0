"""How an answer of the person's form came about when it was given at the centre, and who keyed it. History is kept."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final


class How(StrEnum):
    """What a caseworker notes of a page that they fill in with somebody."""

    ORALLY = "orally"
    DOCUMENT = "document"
    """They saw a paper that says so."""
    INTERPRETER = "interpreter"
    THEMSELF = "themself"
    """Never ticked: the person typed, on a device that the centre had handed to them."""


ASKED: Final = (How.ORALLY, How.DOCUMENT, How.INTERPRETER)
"""What can be ticked, in this order."""
STAYS: Final = frozenset({How.ORALLY, How.INTERPRETER})
"""What is ticked on the next page too: the conversation goes on, while a paper is seen for one page."""


@dataclass(frozen=True)
class Mark:
    """One saving of a page, as it is remembered."""

    page: str
    """Its key: `home`, `permit@a`."""
    adult_id: uuid.UUID
    """Whose form it was."""
    instant: datetime
    how: frozenset[How]
    region: str | None
    """Of the centre that noted it; None: the adult answered again with their own code."""
    roles: tuple[str, ...]
    """The functions that the caseworker had then (`domain.role.Role`)."""
    by: str | None = None
    """The caseworker's name; only ever filled in for the desk."""


def to_show(marks: Sequence[Mark]) -> tuple[Mark, ...]:
    """Of one page's marks, oldest first: the last one, which counts, and before an own answer the centre's last one."""
    if not marks or marks[-1].region is not None:
        return tuple(marks[-1:])
    before = next((one for one in reversed(marks) if one.region is not None), None)
    return (marks[-1],) if before is None else (marks[-1], before)

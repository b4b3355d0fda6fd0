"""A look into the file of another region, for a reason and for an hour. Standard library only."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from typing import Final

LASTS: Final = timedelta(minutes=60)
"""Ours: long enough for a talk at the desk."""
LONGEST_WORDS: Final = 300
MOST_TRIES: Final = 10
"""References in ten minutes: more is guessing. Ours."""


class Reason(StrEnum):
    """Why somebody outside of the region looks."""

    AT_DESK = "at-desk"
    DANGER = "danger"
    STANDS_IN = "stands-in"
    MOVES_HERE = "moves-here"

"""Since when a new decision is asked for: a correction goes on with the days of the report that asked for it first."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Asking:
    """What of a report its clock goes by."""

    id: uuid.UUID
    instant: datetime
    corrects: uuid.UUID | None
    asks: bool
    decided: bool
    """Whether a decision on it holds: recorded by one caseworker, confirmed by another."""


def first_asked(one: Asking, others: Mapping[uuid.UUID, Asking]) -> Asking | None:
    """The report that asked first, in the chain of corrections that ends with `one`; None where `one` asks for nothing.

    Without interruption: a correction that did not ask ended the clock, and so did a decision.
    """
    if not one.asks:
        return None
    before = others.get(one.corrects) if one.corrects else None
    while before is not None and before.asks and not before.decided:
        one, before = before, others.get(before.corrects) if before.corrects else None
    return one

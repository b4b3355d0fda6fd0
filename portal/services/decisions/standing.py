"""Which decisions hold, in SQL: confirmed by a second person, and not replaced since. Every clock that waits for one asks here.

The same rule as `domain.decision.state_of`. Only ids and kinds of steps are read, so the worker may ask too.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date
from typing import Any, Final, TypeAlias

from sqlalchemy import ColumnElement, ScalarSelect, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from portal.domain.decision import Step
from portal.models import Decision, DecisionStep

Of: TypeAlias = Callable[[type[Decision]], InstrumentedAttribute[Any]]
OF_REPORT: Final[Of] = lambda one: one.report_id  # noqa: E731 - names of columns, not of functions
OF_REQUEST: Final[Of] = lambda one: one.request_id  # noqa: E731


def is_decided(of: Of, id_: ColumnElement[uuid.UUID] | InstrumentedAttribute[uuid.UUID]) -> ColumnElement[bool]:
    """Whether a decision holds that answers it."""
    one = aliased(Decision)
    return select(one.id).where(of(one) == id_, holds(one)).exists()


def decided_day(of: Of, id_: InstrumentedAttribute[uuid.UUID]) -> ScalarSelect[date]:
    """The day of the last decision that holds and answers it; NULL: there is none."""
    one = aliased(Decision)
    found = select(one.decided_on).where(of(one) == id_, holds(one)).order_by(one.sequence.desc())
    return found.limit(1).scalar_subquery()


def holds(one: type[Decision]) -> ColumnElement[bool]:
    """Whether this record counts; one that only says that another was a mistake answers nothing."""
    later = aliased(Decision)
    replaced = select(later.id).where(later.replaces == one.id, _confirmed(later)).exists()
    return _confirmed(one) & ~one.annuls & ~replaced


def _confirmed(one: type[Decision]) -> ColumnElement[bool]:
    step = aliased(DecisionStep)
    return select(step.decision_id).where(step.decision_id == one.id, step.kind == Step.CONFIRMED.value).exists()

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
_ANSWER = aliased(Decision)
_LATER = aliased(Decision)
_STEP = aliased(DecisionStep)


def is_decided(of: Of, id_: ColumnElement[uuid.UUID] | InstrumentedAttribute[uuid.UUID]) -> ColumnElement[bool]:
    """Whether a decision holds that answers it."""
    return select(_ANSWER.id).where(of(_ANSWER) == id_, holds(_ANSWER)).exists()


def decided_day(of: Of, id_: InstrumentedAttribute[uuid.UUID]) -> ScalarSelect[date]:
    """The day of the last decision that holds and answers it; NULL: there is none."""
    found = select(_ANSWER.decided_on).where(of(_ANSWER) == id_, holds(_ANSWER)).order_by(_ANSWER.sequence.desc())
    return found.limit(1).scalar_subquery()


def holds(one: type[Decision]) -> ColumnElement[bool]:
    """Whether this record counts; one that only says that another was a mistake answers nothing."""
    replaced = select(_LATER.id).where(_LATER.replaces == one.id, _confirmed(_LATER)).exists()
    return _confirmed(one) & ~one.annuls & ~replaced


def _confirmed(one: type[Decision]) -> ColumnElement[bool]:
    return select(_STEP.decision_id).where(_STEP.decision_id == one.id, _STEP.kind == Step.CONFIRMED.value).exists()

"""The estimate that explains itself. Pure: a situation, a day and the dated values of the law go in."""

from portal.domain.estimate.effect import Effect, Figure, MonthPair, effect
from portal.domain.estimate.engine import Budget, Estimate, estimate
from portal.domain.estimate.lines import Line, LineCode
from portal.domain.estimate.remarks import Remark, RemarkCode
from portal.domain.estimate.span import Span
from portal.domain.unit import Member, Reason, Standing, Unit

__all__ = [
    "Budget",
    "Effect",
    "Estimate",
    "Figure",
    "Line",
    "LineCode",
    "Member",
    "MonthPair",
    "Reason",
    "Remark",
    "RemarkCode",
    "Span",
    "Standing",
    "Unit",
    "effect",
    "estimate",
]

"""The clocks of a demand on one day: what is due when, by which rule, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from portal.domain.deadlines import days_left, decision_due, urgent_due
from portal.domain.demand import filing_day
from portal.law.parameters import Parameter, parameter
from portal.services.demands import DemandView


@dataclass(frozen=True)
class ClockView:
    """One legal clock. `total` days from `start`; the rule behind it is `rule`."""

    name: str
    start: date
    due: date
    total: int
    left: int
    rule: Parameter

    @property
    def used(self) -> int:
        """Days gone, never more than there are."""
        return max(0, min(self.total, self.total - self.left))

    @property
    def late(self) -> bool:
        """Whether the last day has passed."""
        return self.left < 0


def clocks_of(view: DemandView, today: date) -> tuple[ClockView, ...]:
    """The clocks that run still: a decision that two persons recorded has ended the others."""
    runs = {"decision": view.decided_at is None, "urgent": view.urgent_stands}
    return tuple(one for one in clocks_from(view, today) if runs[one.name])


def clocks_from(view: DemandView, today: date) -> tuple[ClockView, ...]:
    """Those that the demand began, whatever came since: the urgent one first, then that of the decision. None once withdrawn."""
    if view.withdrawn_at is not None or view.closed_at is not None:
        return ()
    clocks = []
    if view.urgent_requested_at is not None:
        asked = filing_day(view.urgent_requested_at)
        rule = parameter("urgent_clock", asked)
        due = urgent_due(asked, rule.whole())
        clocks.append(ClockView("urgent", asked, due, rule.whole(), days_left(due, today), rule))
    rule = parameter("decision_clock", view.filing_date)
    due = decision_due(view.filing_date, rule.whole())
    clocks.append(ClockView("decision", view.filing_date, due, rule.whole(), days_left(due, today), rule))
    return tuple(clocks)

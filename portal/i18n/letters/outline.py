"""Which paragraphs a letter has, in which order, when, and what each rests on. The words stand in `fr/` and `de/`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from portal.domain.defence import Letter


@dataclass(frozen=True)
class Part:
    """One paragraph. It stands when all of `when` hold and none of `unless`; `source` names a parameter of the law."""

    id: str
    source: str | None = None
    when: frozenset[str] = field(default=frozenset())
    unless: frozenset[str] = field(default=frozenset())

    def stands(self, holding: frozenset[str]) -> bool:
        """Whether it stands, given what holds: events, `late`, `uncollected`, and the dates that are known."""
        return self.when <= holding and not (self.unless & holding)


def _on(*words: str) -> frozenset[str]:
    return frozenset(words)


WHY: Final = "why"
"""The paragraph with the reasons, ticked and in own words."""
OUTLINE: Final = {
    Letter.APPEAL: (
        Part("what"),
        Part("received", unless=_on("uncollected")),
        Part("uncollected", "deemed_notified", when=_on("uncollected")),
        Part("ask", unless=_on("cut", "repay")),
        Part("ask_cut", when=_on("cut")),
        Part("ask_repay", "reimbursement_causes", when=_on("repay")),
        Part(WHY),
        Part("suspend", "suspensive_effect", when=_on("stops")),
        Part("see", "rights_named"),
        Part("written", "rights_named"),
    ),
    Letter.DECISION: (
        Part("what"),
        Part("late", "decision_clock", when=_on("late")),
        Part("soon", unless=_on("late")),
        Part("law", "decision_clock"),
        Part("ask", "rights_named"),
        Part("urgent", "urgent_clock", when=_on("urgent")),
        Part(WHY, when=_on("reasons")),
        Part("missing", "provisional_decision"),
        Part("then", "silence"),
    ),
    Letter.REEXAMINATION: (
        Part("what", "reexamination_clock"),
        Part("decision", when=_on("decided_event")),
        Part("since", when=_on("changed")),
        Part(WHY),
        Part("ask", "rights_named"),
    ),
    Letter.FILE: (
        Part("what", "rights_named"),
        Part("heard", "rights_named"),
        Part("ask", "rights_named"),
    ),
    Letter.REMISSION: (
        Part("what", "remission"),
        Part("received", unless=_on("uncollected")),
        Part("ask", "remission"),
        Part(WHY),
        Part("small"),
        Part("written", "rights_named"),
        Part("keep"),
    ),
}
TO_THE_CONSEIL: Final = frozenset({Letter.APPEAL})

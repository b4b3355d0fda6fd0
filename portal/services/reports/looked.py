"""What a change does, in words: what a page shows before sending. Made by `looking.what_it_does`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from portal.services.estimates.explained import ClaimText, LineText, RemarkText, RouteText
from portal.services.reports.notes import Note


@dataclass(frozen=True)
class LinePair:
    """One line of the budget without the change and with it; None: there is no such line."""

    line: LineText
    """The one that tells the rule, its numbers and its sources: that of `after`, where there is one."""
    before: LineText | None
    after: LineText | None

    @property
    def same(self) -> bool:
        """Whether nothing about it differs."""
        one, other = self.before, self.after
        if one is None or other is None:
            return False
        return (one.title, one.amount, one.numbers) == (other.title, other.amount, other.numbers)


@dataclass(frozen=True)
class CaseText:
    """The lines of a month; two of them where it is not known whether a partner is counted."""

    title: str | None
    changed: tuple[LinePair, ...]
    same: tuple[LinePair, ...]


@dataclass(frozen=True)
class MonthText:
    """One month, ready to be read."""

    month: date
    name: str
    before: str
    after: str
    difference: str
    changed: bool
    """Whether the figure may differ."""
    certain: bool
    """Whether it surely differs."""
    why: Note | None
    """Why it holds two figures, where it does."""
    cases: tuple[CaseText, ...]


@dataclass(frozen=True)
class LinesText:
    """The lines of months that follow each other and read alike."""

    months: str
    cases: tuple[CaseText, ...]


@dataclass(frozen=True)
class EffectText:
    """What a change does, as far as a calculation can say."""

    months: tuple[MonthText, ...]
    """None where no figure is shown."""
    lines: tuple[LinesText, ...]
    """The same, line by line."""
    when: tuple[str, ...]
    """From which month it counts; that nothing can be calculated. Never that nothing changes, where something that was
    said is not counted."""
    uncounted: tuple[str, ...]
    """What was said and is not counted."""
    nothing_known: bool
    """Whether the household has answered next to nothing, so that no figure is shown."""
    reasons: tuple[Note, ...]
    """Why from that month, with the sources."""
    route: RouteText | None
    """Where the applicant is helped from then on; None where that stays."""
    duties: tuple[Note, ...]
    """What must be reported, by the text that was read."""
    asked: tuple[Note, ...]
    """What the centre may ask in return, and what the figures leave out."""
    claims: tuple[ClaimText, ...]
    """Benefits that come first, and did not before."""
    checks: tuple[RemarkText, ...]
    """What the centre will look at, and did not before."""

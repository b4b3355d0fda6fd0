"""A whole report as a form: what happened, one part for each thing, and a few words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from werkzeug.datastructures import MultiDict
from wtforms import BooleanField

from portal.domain.changes.change import MOST_CHANGES, Change
from portal.domain.changes.kinds import KINDS, ChangeKind
from portal.domain.changes.report import LONGEST_WHY, LONGEST_WORDS
from portal.forms.changes.household import Household
from portal.forms.changes.part import ChangePart, part_of, typed_of
from portal.forms.estimate.parts import Part
from portal.forms.fields import LinesField, clean
from portal.forms.text import gettext as _
from portal.forms.text import lazy

Typed = Mapping[str, Sequence[str]]
ASKED: Final = "asked"
"""For which kinds the box for a new decision was shown: what the person made of it stays."""
AGAIN: Final = "again"
"""A kind for each time that it happened once more: twins, two people who left."""
ONCE: Final = frozenset({ChangeKind.SEPARATED, ChangeKind.MOVED, ChangeKind.OTHER})
"""What happens once in a report; more of it is said in words."""


class WordsPart(Part):
    """What no question asks."""

    why = LinesField(lazy("Pourquoi maintenant ?"), LONGEST_WHY)
    words = LinesField(lazy("Autre chose à dire ?"), LONGEST_WORDS)
    decision = BooleanField(lazy("Je demande une nouvelle décision"))


class ReportForm:
    """The second page: one part for each thing that happened."""

    def __init__(self, typed: Typed, household: Household) -> None:
        sent = MultiDict((name, one) for name, values in typed.items() for one in values)
        self.kinds = chosen_kinds(typed)
        self.parts: tuple[ChangePart, ...] = tuple(
            part_of(kind)(sent, household, time) for kind, time in zip(self.kinds, times(self.kinds), strict=True)
        )
        self.words = WordsPart(sent)
        fresh = [kind for kind in self.kinds if kind.value not in typed.get(ASKED, ())]
        if any(KINDS[kind].decision for kind in fresh):
            self.words.decision.data = True

    @property
    def names(self) -> tuple[str, ...]:
        """Every name under which something of this page is sent."""
        return (*(name for part in self.parts for name in part.names), "why", "words", "decision", ASKED, AGAIN)

    @property
    def last(self) -> frozenset[str]:
        """The parts after which the same kind can be told once more, as long as the report is not full."""
        return frozenset({part.happened: part.called for part in self.parts if part.happened not in ONCE}.values())

    @property
    def full(self) -> bool:
        """Whether the report holds as many changes as it may."""
        return len(self.parts) >= MOST_CHANGES

    @property
    def faults(self) -> list[tuple[str, str]]:
        """Every fault as (field id, sentence)."""
        return [fault for part in (*self.parts, self.words) for fault in part.faults]

    def validate(self) -> bool:
        """Whether everything can be so; what happened is said in words where no box says it."""
        fine = [part.validate() for part in (*self.parts, self.words)]
        if ChangeKind.OTHER in self.kinds and not clean(self.words.words.data) and not self.words.words.errors:
            self.words.words.errors = [_("Écrivez en quelques mots ce qui a changé.")]
            fine.append(False)
        return all(fine)

    def changes(self, newcomers: Sequence[str]) -> tuple[Change, ...]:
        """What was said. After validation. `newcomers`: the id for somebody new, for each place of the report."""
        return tuple(part.change(newcomers[place]) for place, part in enumerate(self.parts))

    def fault(self, place: int, name: str, sentence: str) -> None:
        """Say a fault at its field, at the heading of its part where the field is not asked."""
        self.parts[place].blame(name, sentence)


def chosen_kinds(typed: Typed) -> tuple[ChangeKind, ...]:
    """What happened, in the order of the page; a kind as often as it happened."""
    chosen, again = typed.get("kind", ()), Counter(typed.get(AGAIN, ()))
    return tuple(
        kind
        for kind in ChangeKind
        if kind.value in chosen
        for _time in range(1 + (0 if kind in ONCE else min(again[kind.value], MOST_CHANGES - 1)))
    )


def times(kinds: Sequence[ChangeKind]) -> list[int]:
    """For each of these kinds, how often it has been told with it: 1, 2…"""
    return [kinds[: place + 1].count(kind) for place, kind in enumerate(kinds)]


def typed_report(changes: Sequence[Change]) -> dict[str, list[str]]:
    """What a browser would have sent for these changes."""
    found: dict[str, list[str]] = {"kind": [], AGAIN: [], ASKED: []}
    for change, time in zip(changes, times([change.kind for change in changes]), strict=True):
        found |= typed_of(change, time)
        found["kind" if time == 1 else AGAIN].append(change.kind.value)
        found[ASKED].append(change.kind.value)
    return found

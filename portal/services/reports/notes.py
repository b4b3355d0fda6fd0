"""What stands beside the figures of a change: the duty behind it, what the centre may ask, what no figure can say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from portal.domain.changes.change import Change
from portal.domain.changes.kinds import ChangeKind, Duty
from portal.domain.estimate import Effect, Figure, LineCode
from portal.domain.estimate.span import NOTHING, total
from portal.domain.months import first_of_month, last_of_month
from portal.domain.parameter import Law, Parameter
from portal.domain.situation import Activity, Income, IncomeKind, Payday, Rhythm, Situation
from portal.i18n.changes.effect import month_end_words, note_words
from portal.i18n.changes.kinds import change_title, duty_words
from portal.i18n.words import joined
from portal.law.parameters import law_of

_OF_KINDS: Final[tuple[tuple[frozenset[ChangeKind], str, tuple[str, ...]], ...]] = (
    (frozenset({ChangeKind.BENEFIT_DECIDED}), "arrears", ("reimbursement_of_advances", "advance_meanwhile")),
    (frozenset({ChangeKind.INHERITED, ChangeKind.SOLD, ChangeKind.GIFT}), "exemption", ("wealth_exemption",)),
    (frozenset({ChangeKind.ABROAD}), "abroad", ()),
    (frozenset({ChangeKind.ASKED_BENEFIT}), "asked", ("advance_meanwhile",)),
    (frozenset({ChangeKind.OTHER}), "own-words", ()),
)
"""What follows from the kind of change alone."""


@dataclass(frozen=True)
class Note:
    """A sentence or two, with the values of the law behind them."""

    code: str
    title: str | None
    text: str
    sources: tuple[Parameter, ...]


def duty_notes(changes: Sequence[Change], law: Law, language: str) -> tuple[Note, ...]:
    """What is to be reported (`changes_to_report`), each duty once, in the order of the changes."""
    rule = (law("changes_to_report"),)
    duties = dict.fromkeys(change.spec.duty for change in changes)
    unnamed = [change_title(change.kind, language) for change in changes if change.spec.duty is Duty.NONE_NAMED]
    what = joined(" · ", dict.fromkeys(unnamed)) if len(duties) > 1 else ""
    return tuple(Note(duty.value, None, duty_words(duty, language, what), rule) for duty in duties)


def month_end_note(before: Situation, after: Situation, law: Law, language: str) -> Note | None:
    """Why a wage that differs counts for the next month, or may (`month_end_wage`)."""
    paydays = {income.payday for income in _wages_apart(before, after)}
    if not paydays - {Payday.DURING}:
        return None
    return Note("month-end", None, month_end_words(language, known=None not in paydays), (law("month_end_wage"),))


def _wages_apart(before: Situation, after: Situation) -> list[Income]:
    """The wages that differ, as they were and as they are."""
    old = [income for person in before.persons for income in person.incomes]
    new = [income for person in after.persons for income in person.incomes]
    return [
        income
        for income in (*old, *new)
        if income.kind is IncomeKind.WAGE and income.every is not Rhythm.ONCE and not (income in old and income in new)
    ]


def _within_a_month(income: Income) -> bool:
    """Whether it begins or ends during a month, of which the calculation takes all."""
    begins = income.since is not None and income.since != first_of_month(income.since)
    return begins or (income.until is not None and income.until != last_of_month(income.until))


def notes_of(
    before: Situation, after: Situation, changes: Sequence[Change], found: Effect, language: str
) -> tuple[Note, ...]:
    """What the centre may ask in return, and what the figures leave out."""
    law = law_of(found.months[-1].month)
    codes = dict(_codes(before, after, {change.kind for change in changes}, found))
    notes = []
    for code, names in codes.items():
        days = law("move_old_commune_pays").whole() if code == "commune" else ""
        title, text = note_words(code, language, days=days)
        notes.append(Note(code, title, text, tuple(law(name) for name in names)))
    return tuple(notes)


def _codes(
    before: Situation, after: Situation, kinds: set[ChangeKind], found: Effect
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Which notes, with the names of the parameters behind each."""
    last = found.months[-1].month
    if ChangeKind.LOST_JOB in kinds or _seeks(after, last) - _seeks(before, last):
        yield "job-seeker", ("register_as_job_seeker",)
    if any(_within_a_month(income) for income in _wages_apart(before, after)):
        yield "part-month", ()
    if any(_too_much(pair.after) and not _too_much(pair.before) for pair in found.months):
        yield "surplus", ("irregular_income",)
    lines = [line for pair in found.months for budget in pair.after.last.budgets for line in budget.lines]
    if any(line.income is IncomeKind.CAPITAL for line in lines):
        yield "capital", ("capital_received",)
    if before.commune.known(date.max) != after.commune.known(date.max):
        yield "commune", ("move_old_commune_pays", "competence")
    for wanted, code, names in _OF_KINDS:
        if wanted & kinds:
            yield code, names


def _seeks(situation: Situation, day: date) -> set[str]:
    return {person.id for person in situation.persons if person.activity.known(day) is Activity.SEEKING}


def _too_much(figure: Figure) -> bool:
    """Whether what comes in may be more than the need; wealth, and what may be it, is left out."""
    for one in figure.estimates:
        for budget in one.budgets:
            counted = [line for line in budget.resources if line.code is not LineCode.WEALTH]
            income = total([line.span for line in counted if line.income is not IncomeKind.CAPITAL])
            over = budget.need - income
            if income != NOTHING and (over.low is None or over.low < 0):
                return True
    return False

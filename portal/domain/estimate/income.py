"""What comes in during a month, and what of it counts (LIAS art. 30; OLIAS art. 40; Directive LIAS, ch. 20)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from portal.domain.estimate.lines import Line, LineCode, amount_of, amount_said
from portal.domain.estimate.span import NOTHING, Span, exactly, part, total
from portal.domain.months import first_of_month, last_of_month
from portal.domain.parameter import Law
from portal.domain.situation import Income, IncomeKind, Payday, Person, Rhythm

EARNED = (IncomeKind.WAGE, IncomeKind.SELF_EMPLOYMENT)
_OF_THEIR_OWN = (IncomeKind.GIFT, IncomeKind.CAPITAL)
_MONTHS = 12
_EXEMPT = {
    IncomeKind.FAMILY_FUND: "family_fund",
    IncomeKind.BIRTH_ALLOWANCE: "birth_allowance",
    IncomeKind.SIPE: "sipe_for_young_mothers",
    IncomeKind.SPECIAL_DONATION: "donation_of_institution_for_special_expense",
}
"""The words of the parameter `income_not_counted`."""
_RULES = {
    IncomeKind.ONE_OFF: ("one_off_income",),
    IncomeKind.ALIMONY: ("alimony_received",),
    IncomeKind.BURSARY: ("bursary_counts",),
}
"""Beside `income_counted`, the rule of a kind of its own."""


def income_lines(person: Person, on: date, law: Law) -> Iterator[Line]:
    """The resources of one person in the month of `on`; what is not counted stands as a line too."""
    earned = [income for income in person.incomes if income.kind in EARNED]
    paid = total([month_amount(income, on) for income in earned])
    if paid != NOTHING:
        yield _earnings(person, earned, paid, law)
    gifts = [month_amount(income, on) for income in person.incomes if income.kind is IncomeKind.GIFT]
    if any(gift != NOTHING for gift in gifts):
        yield _gifts(person, gifts, law)
    capital = total([_received(income, on) for income in person.incomes if income.kind is IncomeKind.CAPITAL])
    if capital != NOTHING:
        yield _capital(person, capital, law)
    for income in person.incomes:
        amount = month_amount(income, on)
        if income.kind not in (*EARNED, *_OF_THEIR_OWN) and amount != NOTHING:
            yield _other(person, income, amount, law)


def counted_income(person: Person, on: date, law: Law) -> Span:
    """All that counts of one person's resources in the month of `on`."""
    return total([line.span for line in income_lines(person, on, law) if line.code is not LineCode.INCOME_NOT_COUNTED])


def _earnings(person: Person, earned: list[Income], paid: Span, law: Law) -> Line:
    """Earned income, less what `earnings_allowance` leaves: the more is left, the less counts."""
    left = amount_of(law("earnings_allowance"))
    counted = Span((paid - left).at_least(0).low, paid.high if left.low is None else (paid - exactly(left.low)).high)
    rules = ["income_counted", "earnings_allowance"]
    if any(income.kind is IncomeKind.WAGE and income.payday is not Payday.DURING for income in earned):
        rules.append("month_end_wage")
    if any(income.kind is IncomeKind.SELF_EMPLOYMENT for income in earned):
        rules.append("self_employed_aid")
    if any(income.irregular for income in earned):
        rules.append("irregular_income")
    return Line(
        code=LineCode.EARNINGS,
        span=counted.at_least(0),
        rules=tuple(law(name) for name in rules),
        person=person.id,
        given=(("earned", paid),),
        unknown=() if paid.exact is not None else ("income",),
    )


def _other(person: Person, income: Income, amount: Span, law: Law) -> Line:
    names = ("income_counted", *_RULES.get(income.kind, ()))
    code, counted = LineCode.INCOME, amount
    if _EXEMPT.get(income.kind) in law("income_not_counted").texts("kinds"):
        names, counted = ("income_not_counted",), NOTHING
    if counted == NOTHING:
        code = LineCode.INCOME_NOT_COUNTED
    if income.irregular:
        names = (*names, "irregular_income")
    return Line(
        code=code,
        span=counted,
        rules=tuple(law(name) for name in names),
        person=person.id,
        income=income.kind,
        given=(("amount", amount),),
        unknown=() if amount.exact is not None else ("income",),
    )


def _gifts(person: Person, gifts: list[Span], law: Law) -> Line:
    """Nothing up to `gift_limit`. Whether it holds for each gift or all of them, and whether a larger one counts whole
    or only above it, is not stated: from the kindest reading to the hardest."""
    limit = amount_of(law("gift_limit")).high or 0
    paid = total(gifts)
    kindest = total([(gift - exactly(limit)).at_least(0) for gift in gifts]).low
    hardest = 0 if paid.high is not None and paid.high <= limit else paid.high
    counted = Span(kindest, hardest)
    return Line(
        code=LineCode.INCOME_NOT_COUNTED if counted == NOTHING else LineCode.INCOME,
        span=counted,
        rules=(law("gift_limit"), law("income_not_counted")),
        person=person.id,
        income=IncomeKind.GIFT,
        given=(("amount", paid),),
        unknown=() if counted.exact is not None else ("gift",),
    )


def _capital(person: Person, received: Span, law: Law) -> Line:
    """A sum received once: income of its month, or wealth with an exemption? No text was read (`capital_received`).

    So from nothing to the sum, also in later months: what is left of it then is not known either.
    """
    return Line(
        code=LineCode.INCOME,
        span=received | NOTHING,
        rules=(law("capital_received"),),
        person=person.id,
        income=IncomeKind.CAPITAL,
        given=(("amount", received),),
        unknown=() if received.exact is not None else ("income",),
    )


def _received(income: Income, on: date) -> Span:
    """The sum, from the month on in which it was paid."""
    paid = income.paid_on is None or first_of_month(income.paid_on) <= first_of_month(on)
    return amount_said(income.amount, last_of_month(on)) if paid else NOTHING


def month_amount(income: Income, on: date) -> Span:
    """What counts for the month of `on`: by its payday, its dates, and its rhythm.

    A wage paid at the end of a month counts for the next one (`month_end_wage`); an irregular income counts as it was
    in the month before (`irregular_income`); what comes once counts in full when it is paid (`one_off_income`).
    """
    if income.every is Rhythm.ONCE:
        same = income.paid_on is None or first_of_month(income.paid_on) == first_of_month(on)
        return amount_said(income.amount, on) if same else NOTHING
    before = first_of_month(on) - timedelta(days=1)
    if income.irregular or (income.kind is IncomeKind.WAGE and income.payday is Payday.MONTH_END):
        return _in_month(income, before)
    if income.kind is IncomeKind.WAGE and income.payday is None:
        return _in_month(income, before) | _in_month(income, on)
    return _in_month(income, on)


def _in_month(income: Income, day: date) -> Span:
    """The amount of the month of that day, if the income ran during it."""
    first, last = first_of_month(day), last_of_month(day)
    if not income.runs(first, last):
        return NOTHING
    amount = amount_said(income.amount, last)
    if income.every is Rhythm.YEAR and amount.exact is not None:
        return exactly(part(amount.exact, 1, _MONTHS))
    return amount

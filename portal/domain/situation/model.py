"""The situation of a household: persons, what they live on, where they live, what they own. Pure values.

Every answer is a `Fact`: it has effective dates from the start, and may be «unknown» or «at the interview». Amounts are
centimes. The JSON form, its bounds and its schema follow from the `kind` of each field (`docs/situation.md`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from portal.domain.situation.answers import Fact
from portal.domain.situation.kinds import Amount, Day, Kind, OneOf, Several, Whole, Words, YesNo
from portal.domain.situation.words import (
    Activity,
    Benefit,
    CivilStatus,
    Home,
    IncomeKind,
    Payday,
    Permit,
    PermitState,
    Relation,
    Rhythm,
)

VERSION: Final = 1
"""Of the JSON form. A change that old snapshots do not fit raises it and brings a migration of them."""
MOST_PERSONS: Final = 20
MOST_INCOMES: Final = 30
OLDEST_AGE: Final = 125

MONTHLY: Final = Amount(100_000)
RENT: Final = Amount(20_000)
WEALTH: Final = Amount(100_000_000)
INCOME: Final = WEALTH
"""Of one payment: an inheritance may be large. What comes every month or year stays within MONTHLY, see `reading`."""
AGE: Final = Whole(0, OLDEST_AGE)
YEARS: Final = Whole(0, OLDEST_AGE)
PERCENT: Final = Whole(0, 100)
IBAN: Final = Words(34, "[A-Z]{2}[0-9]{2}[A-Z0-9]{10,30}")


def said(kind: Kind) -> Any:
    """An answer of that kind, which may change over time."""
    return field(default=Fact(), metadata={"kind": kind, "dated": True, "sure": False})


def sure(kind: Kind) -> Any:
    """The same, where «I do not know» is no answer: who lives in a home is known to those who live there."""
    return field(default=Fact(), metadata={"kind": kind, "dated": True, "sure": True})


def fixed(kind: Kind, default: Any = None) -> Any:
    """A value that does not change and is never «unknown»."""
    return field(default=default, metadata={"kind": kind, "dated": False})


@dataclass(frozen=True)
class Income:
    """One income of one person."""

    kind: IncomeKind = fixed(OneOf(IncomeKind))
    amount: Fact[int] = said(INCOME)
    """Net, per `every`, in centimes."""
    every: Rhythm = fixed(OneOf(Rhythm), Rhythm.MONTH)
    payday: Payday | None = fixed(OneOf(Payday))
    irregular: bool = fixed(YesNo(), default=False)
    paid_on: date | None = fixed(Day())
    """The day of a payment that comes once."""
    since: date | None = fixed(Day())
    until: date | None = fixed(Day())
    """The last day."""
    key: str | None = fixed(Words(30, "[a-z0-9_-]+"))
    """Its name, where a reported change began it; changes of it are said by that name."""

    def runs(self, first: date, last: date) -> bool:
        """Whether it is paid for some day between two days. What ends before it begins never runs."""
        if self.since and self.until and self.until < self.since:
            return False
        return not (self.since and self.since > last) and not (self.until and self.until < first)


@dataclass(frozen=True)
class Person:
    """One person of the household."""

    id: str = fixed(Words(20, "[a-z0-9-]+"))
    relation: Relation = fixed(OneOf(Relation))
    name: Fact[str] = said(Words(200))
    born: Fact[date] = said(Day(past=True))
    age: Fact[int] = said(AGE)
    """On the day of the estimate, where no day of birth was given."""
    civil_status: Fact[CivilStatus] = said(OneOf(CivilStatus))
    lives_here: Fact[bool] = sure(YesNo())
    """Nothing said counts as yes."""
    away_for_studies: Fact[bool] = sure(YesNo())
    together_since: Fact[date] = said(Day(past=True))
    together_years: Fact[int] = said(YEARS)
    """Whole years of uninterrupted common household, where no day was given."""
    common_child: Fact[bool] = said(YesNo())
    permit: Fact[Permit] = said(OneOf(Permit))
    permit_state: Fact[PermitState] = said(OneOf(PermitState))
    asylum_since: Fact[date] = said(Day(past=True))
    asylum_years: Fact[int] = said(YEARS)
    """Whole years since the asylum request, or with the permit F, where no day was given."""
    activity: Fact[Activity] = said(OneOf(Activity))
    work_percent: Fact[int] = said(PERCENT)
    unable_percent: Fact[int] = said(PERCENT)
    """Certified inability to work."""
    in_measure: Fact[bool] = said(YesNo())
    training_completed: Fact[bool] = said(YesNo())
    self_supporting: Fact[bool] = said(YesNo())
    pregnant: Fact[bool] = said(YesNo())
    dismissed: Fact[bool] = said(YesNo())
    """Lost a job by dismissal; its letter tells since when and why."""
    curatorship: Fact[bool] = said(YesNo())
    leaves_institution: Fact[bool] = said(YesNo())
    """Comes out of a hospital, a home or detention, or came out of it a short time ago."""
    identity_paper: Fact[bool] = said(YesNo())
    """Has an identity card or a passport at hand."""
    insurer: Fact[str] = said(Words(100))
    premium: Fact[int] = said(MONTHLY)
    asked_for: Fact[tuple[Benefit, ...]] = said(Several(Benefit))
    """Other benefits asked for and not decided yet."""
    incomes: tuple[Income, ...] = field(default=(), metadata={"items": Income, "most": MOST_INCOMES})


@dataclass(frozen=True)
class Situation:
    """All answers of one household, applicant first or not: the order says nothing."""

    commune: Fact[int] = said(Whole(1, 9999))
    """Number of the Federal Statistical Office."""
    persons: tuple[Person, ...] = field(default=(), metadata={"items": Person, "most": MOST_PERSONS})
    shared_meals: Fact[bool] = said(YesNo())
    """Whether persons who are not counted together cook and shop together."""
    home: Fact[Home] = said(OneOf(Home))
    eviction_threat: Fact[bool] = said(YesNo())
    """The lease was ended, rent is reminded of, or the household was told to leave."""
    rent: Fact[int] = said(RENT)
    """What the applicant's side pays each month without the charges, a couple together, whether counted together or
    not; for owners, interest and upkeep."""
    charges: Fact[int] = said(RENT)
    accounts: Fact[int] = said(WEALTH)
    """Cash, bank and postal accounts, securities, anywhere in the world."""
    insurances: Fact[int] = said(WEALTH)
    """Pillar 3a, vested benefits, surrender value of life insurances."""
    vehicles: Fact[int] = said(WEALTH)
    claims: Fact[int] = said(WEALTH)
    """Inheritances not yet divided, loans to others, deposits."""
    moral_damages: Fact[int] = said(WEALTH)
    owns_property: Fact[bool] = said(YesNo())
    """Land or a building, here or abroad, lived in or not."""
    debts: Fact[int] = said(WEALTH)
    alimony_paid: Fact[int] = said(MONTHLY)
    children_elsewhere: Fact[int] = said(Whole(0, MOST_PERSONS))
    account_number: Fact[str] = said(IBAN)

    @property
    def applicant(self) -> Person:
        """The person who asks; reading proves that there is exactly one."""
        return next(person for person in self.persons if person.relation is Relation.APPLICANT)


def years_between(since: date, on: date) -> int:
    """Whole years from one day to another."""
    return on.year - since.year - ((on.month, on.day) < (since.month, since.day))

"""The closed lists of a situation: what a person, an income, a home can be."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

APPLICANT: Final = "a"
"""The id of who made the demand."""


class Relation(StrEnum):
    """How a person of the household stands to the applicant."""

    APPLICANT = "applicant"
    SPOUSE = "spouse"
    """Married, or in a registered partnership."""
    PARTNER = "partner"
    """Living together without being married."""
    CHILD = "child"
    """Of the applicant, the spouse or the partner."""
    PARENT = "parent"
    RELATIVE = "relative"
    OTHER = "other"


COUPLE: Final = (Relation.APPLICANT, Relation.SPOUSE, Relation.PARTNER)
"""The applicant, and who lives with them as a couple."""


class CivilStatus(StrEnum):
    """In the register of civil status."""

    SINGLE = "single"
    MARRIED = "married"
    REGISTERED = "registered"
    SEPARATED = "separated"
    DIVORCED = "divorced"
    WIDOWED = "widowed"


class Permit(StrEnum):
    """The right to stay."""

    SWISS = "swiss"
    B = "b"
    C = "c"
    L = "l"
    F = "f"
    N = "n"
    S = "s"
    REFUGEE_B = "refugee_b"
    REJECTED = "rejected"
    """Asylum was refused."""
    NONE = "none"
    OTHER = "other"


class PermitState(StrEnum):
    """Where the permit stands."""

    VALID = "valid"
    RENEWAL_COMPLETE = "renewal_complete"
    """Expired; the renewal was asked for and all its documents are handed in."""
    RENEWAL_INCOMPLETE = "renewal_incomplete"
    EXPIRED = "expired"
    """Expired; no renewal was asked for."""
    REVOKED = "revoked"
    """Revoked, or not renewed."""


class Activity(StrEnum):
    """What mostly fills the days."""

    EMPLOYED = "employed"
    PART_TIME = "part_time"
    """Employed, and could work more or not; `work_percent` says how much, where it is known."""
    SELF_EMPLOYED = "self_employed"
    SEEKING = "seeking"
    TRAINING = "training"
    UNABLE = "unable"
    """Ill or disabled."""
    CARING = "caring"
    """Children, or a relative."""
    RETIRED = "retired"
    OTHER = "other"


class IncomeKind(StrEnum):
    """Where money comes from."""

    WAGE = "wage"
    SELF_EMPLOYMENT = "self_employment"
    ONE_OFF = "one_off"
    """Thirteenth wage, bonus, allowance paid once."""
    UNEMPLOYMENT = "unemployment"
    DAILY_ALLOWANCE = "daily_allowance"
    """For sickness, accident, maternity, military service, or of the AI."""
    OLD_AGE = "old_age"
    DISABILITY = "disability"
    SUPPLEMENTARY = "supplementary"
    OCCUPATIONAL = "occupational"
    TRANSITIONAL = "transitional"
    FAMILY_ALLOWANCE = "family_allowance"
    ALIMONY = "alimony"
    BURSARY = "bursary"
    THIRD_PARTY = "third_party"
    """Regular help of others, in money."""
    GIFT = "gift"
    REFUND = "refund"
    """Of advance payments, for example of rental charges."""
    FAMILY_FUND = "family_fund"
    BIRTH_ALLOWANCE = "birth_allowance"
    SIPE = "sipe"
    """Amounts of the SIPE centres to young mothers."""
    SPECIAL_DONATION = "special_donation"
    """Of a recognised institution, for a special expense."""
    CAPITAL = "capital"
    """A sum that came once: an inheritance, the price of something that was sold."""
    OTHER = "other"


class Rhythm(StrEnum):
    """How often an income comes."""

    MONTH = "month"
    YEAR = "year"
    ONCE = "once"


class Payday(StrEnum):
    """When in the month a wage is paid."""

    MONTH_END = "month_end"
    DURING = "during"


class Home(StrEnum):
    """Where the household lives."""

    RENTED = "rented"
    OWNED = "owned"
    HOSTED_BY_RELATIVE = "hosted_by_relative"
    """Free, with a parent or relative."""
    HOSTED = "hosted"
    """Free, with somebody else."""
    INSTITUTION = "institution"
    NONE = "none"


class Benefit(StrEnum):
    """Another benefit that a person may have asked for; each is a parameter `first_<name>`."""

    UNEMPLOYMENT = "unemployment"
    DISABILITY = "disability"
    OLD_AGE = "old_age"
    SUPPLEMENTARY = "supplementary"
    TRANSITIONAL = "transitional"
    FAMILY_ALLOWANCES = "family_allowances"
    HOUSEHOLD_ALLOWANCE = "household_allowance"
    PREMIUM_REDUCTION = "premium_reduction"
    ALIMONY = "alimony"
    BURSARY = "bursary"
    DAILY_ALLOWANCES = "daily_allowances"
    LOSS_OF_EARNINGS = "loss_of_earnings"
    PENSION_FUNDS = "pension_funds"
    VICTIMS = "victims"
    CLAIMS = "claims"

"""Why somebody who is found may be whom the desk looks for: in kinds that become words, never a score."""

from __future__ import annotations

from datetime import date
from enum import StrEnum


class NameLikeness(StrEnum):
    """How a name stands to what was typed."""

    SAME = "same"
    """Letter by letter, whatever the order."""
    WRITTEN_OTHERWISE = "written-otherwise"
    """Accents, another script or another fashion of spelling."""
    SIMILAR = "similar"
    """It sounds or is spelled nearly so."""
    IN_PART = "in-part"
    """Only some of its words were typed, or only some of what was typed is in it."""


class BirthLikeness(StrEnum):
    """How a birth date stands to what was typed."""

    SAME = "same"
    YEAR = "year"
    """The year is the same, and one side knows no more."""
    TURNED = "turned"
    """Day and month changed places."""
    NEARLY = "nearly"
    """One digit is another one."""
    OTHER = "other"
    UNKNOWN = "unknown"
    """Nobody said it."""


def birth_likeness(
    typed: date | None, typed_year: int | None, born: date | None, birth_year: int | None
) -> BirthLikeness | None:
    """How the two stand to each other; None when nothing was typed."""
    if typed is None and typed_year is None:
        return None
    if born is None and birth_year is None:
        return BirthLikeness.UNKNOWN
    if typed is None or born is None:
        same = (typed.year if typed else typed_year) == (born.year if born else birth_year)
        return BirthLikeness.YEAR if same else BirthLikeness.OTHER
    if typed == born:
        return BirthLikeness.SAME
    if (typed.year, typed.month, typed.day) == (born.year, born.day, born.month):
        return BirthLikeness.TURNED
    one_off = sum(one != other for one, other in zip(f"{typed:%Y%m%d}", f"{born:%Y%m%d}", strict=True)) == 1
    return BirthLikeness.NEARLY if one_off else BirthLikeness.OTHER


def near_dates(typed: date) -> tuple[date, ...]:
    """The date itself, with day and month turned, and with one other digit: what a slip of the pen makes of it."""
    digits = f"{typed:%Y%m%d}"
    texts = [digits, f"{typed:%Y%d%m}"]
    texts += [digits[:at] + other + digits[at + 1 :] for at in range(len(digits)) for other in "0123456789"]
    return tuple(sorted({found for found in map(_as_date, texts) if found is not None}))


def _as_date(digits: str) -> date | None:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None

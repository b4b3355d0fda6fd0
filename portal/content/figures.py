"""The figures in the words of a notice, however a language writes them, and those that a source stands for on a day."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from typing import Final

from babel.dates import get_month_names

from portal.content.basis import Basis
from portal.content.sources import Source
from portal.domain.parameter import Parameter, Value
from portal.i18n.languages import LANGUAGES

# 30’000, 30 000, 30,000 and 30.000 are one number; two digits after a point or comma are a fraction.
_FRACTION: Final = r"(?:[.,](?P<cents{}>\d{{1,2}})(?!\d))?"
_THOUSANDS: Final = r"(?P<thousands>\d{1,3}(?:[’'\u202f\u00a0\u2009 ,.]\d{3})+)"
_NUMBER: Final = re.compile(rf"{_THOUSANDS}{_FRACTION.format(1)}(?!\d)|(?P<plain>\d+){_FRACTION.format(2)}")
_DATE: Final = re.compile(r"\b(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})\b")
_ISO: Final = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_SECTION: Final = re.compile(r"\b\d+(?:\.\d+){2,}\b")
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_ARTICLE: Final = re.compile(
    r"(?:\b(?:art(?:\.|icles?|igos?|ikel)?|al\.|let\.|ch\.|para(?:graph|\.)?|abs\.|n\.º|no\.)|§|المادة|المواد|الفقرة)"
    r"\s*(?:\d+\s*(?:,|-|–|et|und|and|e|à|bis|to|a|و)\s*)*$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Figures:
    """What stands in a text in digits."""

    amounts: tuple[Decimal, ...]
    """Numbers that say how much or how long."""
    named: tuple[str, ...]
    """Dates, years, and the numbers of articles: they name a text or a day."""

    def all(self) -> list[str]:
        """Everything, in an order of its own: two languages may put them in another one."""
        return sorted([*(f"{amount:f}" for amount in self.amounts), *self.named])


@lru_cache(maxsize=4096)
def figures(text: str) -> Figures:
    """The figures of a text in a language of the portal."""
    named: list[str] = []

    def take(name: str) -> str:
        named.append(name)
        return " "

    def day(year: str, month: int, number: str) -> str:
        return take(f"{int(year):04}-{month:02}-{int(number):02}")

    text = _DATE.sub(lambda found: day(found[3], int(found[2]), found[1]), text)
    text = _ISO.sub(lambda found: day(found[1], int(found[2]), found[3]), text)
    text = _said_date().sub(lambda found: day(found["year"], _months()[found["month"].lower()], found["day"]), text)
    text = _SECTION.sub(lambda found: take(found[0]), text)
    amounts: list[Decimal] = []
    for found in _NUMBER.finditer(text):
        if _YEAR.fullmatch(found[0]) or _ARTICLE.search(text[: found.start()]):
            named.append(found[0])
        else:
            amounts.append(_number(found))
    return Figures(tuple(amounts), tuple(named))


def amounts_of(basis: Basis) -> frozenset[Decimal]:
    """How much or how long a source says on its day.

    Where a value is not known, what is said of it counts: the limits between which it lies, the wording of an older text.
    """
    if isinstance(basis, Source):
        return frozenset(figures(basis.source).amounts)
    found = {*_numbers(basis.value), *(basis.between or ())}
    if not basis.known:
        for text in (basis.source, basis.missing or "", basis.note or ""):
            found.update(figures(text).amounts)
    return frozenset(Decimal(number).normalize() for number in found)


def names_of(basis: Basis) -> frozenset[str]:
    """The dates, years and articles that a source names."""
    said = [basis.source, basis.article or ""]
    if isinstance(basis, Parameter):
        said += [basis.missing or "", basis.note or "", basis.since.isoformat()]
    days = {day for text in said for day in figures(text).named}
    return frozenset(days.union(*(re.findall(r"\d+", text) for text in said)))


def without_basis(text: str, bases: Iterable[Basis]) -> tuple[str, ...]:
    """The figures of a text that none of its sources stands for."""
    bases = tuple(bases)
    amounts = frozenset[Decimal]().union(*(amounts_of(basis) for basis in bases))
    names = frozenset[str]().union(*(names_of(basis) for basis in bases))
    found = figures(text)
    return (
        *(f"{amount:f}" for amount in found.amounts if amount not in amounts),
        # An amount like 2000 may look like a year.
        *(name for name in found.named if name not in names and not (name.isdecimal() and Decimal(name) in amounts)),
    )


def _numbers(value: Value | None) -> Iterator[Decimal]:
    if isinstance(value, Mapping):
        for part in value.values():
            yield from _numbers(part)
    elif isinstance(value, tuple):
        for part in value:
            yield from _numbers(part)
    elif isinstance(value, int | Decimal) and not isinstance(value, bool):
        yield Decimal(value)


def _number(found: re.Match[str]) -> Decimal:
    whole = re.sub(r"\D", "", found["thousands"] or found["plain"])
    return Decimal(f"{whole}.{found['cents1'] or found['cents2'] or 0}").normalize()


@cache
def _months() -> Mapping[str, int]:
    return {
        name.lower(): number
        for language in LANGUAGES
        for number, name in get_month_names("wide", locale=language.locale).items()
    }


@cache
def _said_date() -> re.Pattern[str]:
    months = "|".join(sorted(map(re.escape, _months()), key=len, reverse=True))
    return re.compile(
        rf"\b(?P<day>\d{{1,2}})(?:er|º|\.)?\s(?:de\s)?(?P<month>{months})\s(?:de\s)?(?P<year>\d{{4}})\b",
        re.IGNORECASE,
    )

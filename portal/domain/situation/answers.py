"""What an answer can be: a value, «I do not know», «at the interview», or nothing yet; and from which day it holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Generic, TypeAlias, TypeVar

T = TypeVar("T")


class Missing(StrEnum):
    """An answer without a value, which is all right."""

    UNKNOWN = "unknown"
    AT_INTERVIEW = "at_interview"
    """The person prefers to say it at the interview."""


Answer: TypeAlias = T | Missing | None
"""None: not asked, or not answered yet."""


@dataclass(frozen=True)
class Fact(Generic[T]):
    """One answer over time: each value holds from its day until the next. Oldest first; the first day may be None."""

    entries: tuple[tuple[date | None, T | Missing], ...] = ()

    def on(self, day: date) -> Answer[T]:
        """What holds on a day, also where it is «unknown» or «at the interview»; None when nothing was said for it."""
        found: Answer[T] = None
        for since, answer in self.entries:
            if since is not None and since > day:
                break
            found = answer
        return found

    def known(self, day: date) -> T | None:
        """The value that holds on a day; None when there is none, for whatever reason."""
        answer = self.on(day)
        return None if isinstance(answer, Missing) else answer

    def may_be_some(self, day: date) -> bool:
        """Whether something was said that is not nothing: an amount, or «I do not know»."""
        return self.on(day) not in (None, 0)

    def days(self) -> Iterator[date]:
        """The days on which the answer changes."""
        return (since for since, _ in self.entries if since is not None)

    def __bool__(self) -> bool:
        """Whether anything was said."""
        return bool(self.entries)


def always(answer: T | Missing) -> Fact[T]:
    """A fact that holds on every day."""
    return Fact(((None, answer),))

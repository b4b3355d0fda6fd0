"""The kinds of answers: how each is read, written and described. One place for every bound and choice."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, Final, Protocol

CENTIMES: Final = 100
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_AMOUNT: Final = re.compile(r"\d{1,12}(\.\d{1,2})?")
_BIDI_CONTROLS: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


class WrongAnswerError(ValueError):
    """What was given is not allowed; the message says what is."""


class Kind(Protocol):
    """One kind of answer."""

    def read(self, raw: object, on: date) -> Any:
        """The value behind its JSON form. Raises `WrongAnswerError` with what is allowed."""

    def write(self, value: Any) -> object:
        """The JSON form of a value."""

    def schema(self) -> dict[str, object]:
        """Its JSON Schema."""


@dataclass(frozen=True)
class OneOf:
    """One choice of a closed list."""

    choices: type[StrEnum]

    def read(self, raw: object, on: date) -> StrEnum:  # noqa: ARG002 - every kind is read alike
        """The choice of that name."""
        try:
            return self.choices(raw if isinstance(raw, str) else "")
        except ValueError:
            allowed = ", ".join(choice.value for choice in self.choices)
            raise WrongAnswerError(f"must be one of {allowed}") from None

    def write(self, value: StrEnum) -> object:
        """Its name."""
        return value.value

    def schema(self) -> dict[str, object]:
        """An enumeration."""
        return {"enum": [choice.value for choice in self.choices]}


@dataclass(frozen=True)
class Amount:
    """Francs with at most two decimals, never negative; kept in centimes."""

    most: int
    """In francs."""

    def read(self, raw: object, on: date) -> int:  # noqa: ARG002 - every kind is read alike
        """Centimes."""
        text = str(raw).strip() if isinstance(raw, int | Decimal | str) and not isinstance(raw, bool) else ""
        try:
            francs = Decimal(text) if _AMOUNT.fullmatch(text) else None
        except InvalidOperation:
            francs = None
        if francs is None or francs > self.most:
            raise WrongAnswerError(f"must be an amount in francs from 0 to {self.most}, with at most two decimals")
        return int(francs * CENTIMES)

    def write(self, value: int) -> object:
        """Francs as exact text, for JSON has binary fractions only."""
        return f"{value // CENTIMES}.{value % CENTIMES:02d}"

    def schema(self) -> dict[str, object]:
        """A number, or the same as text."""
        return {
            "anyOf": [
                {"type": "number", "minimum": 0, "maximum": self.most, "multipleOf": 0.01},
                {"type": "string", "pattern": f"^{_AMOUNT.pattern}$"},
            ]
        }


@dataclass(frozen=True)
class Whole:
    """A whole number within bounds."""

    least: int
    most: int

    def read(self, raw: object, on: date) -> int:  # noqa: ARG002 - every kind is read alike
        """The number."""
        if isinstance(raw, int) and not isinstance(raw, bool) and self.least <= raw <= self.most:
            return raw
        raise WrongAnswerError(f"must be a whole number from {self.least} to {self.most}")

    def write(self, value: int) -> object:
        """The number."""
        return value

    def schema(self) -> dict[str, object]:
        """An integer with its bounds."""
        return {"type": "integer", "minimum": self.least, "maximum": self.most}


@dataclass(frozen=True)
class YesNo:
    """Yes or no."""

    def read(self, raw: object, on: date) -> bool:  # noqa: ARG002 - every kind is read alike
        """The answer."""
        if isinstance(raw, bool):
            return raw
        raise WrongAnswerError("must be true or false")

    def write(self, value: bool) -> object:
        """The answer."""
        return value

    def schema(self) -> dict[str, object]:
        """A boolean."""
        return {"type": "boolean"}


@dataclass(frozen=True)
class Words:
    """Some text on one line."""

    longest: int
    pattern: str | None = None

    def read(self, raw: object, on: date) -> str:  # noqa: ARG002 - every kind is read alike
        """The text without white space around it."""
        text = raw.strip() if isinstance(raw, str) else ""
        if not text or len(text) > self.longest or not _on_one_line(text):
            raise WrongAnswerError(f"must be a text of 1 to {self.longest} printable characters")
        if self.pattern and not re.fullmatch(self.pattern, text):
            raise WrongAnswerError(f"must have the form {self.pattern}")
        return text

    def write(self, value: str) -> object:
        """The text."""
        return value

    def schema(self) -> dict[str, object]:
        """A string."""
        pattern = {"pattern": f"^{self.pattern}$"} if self.pattern else {}
        return {"type": "string", "minLength": 1, "maxLength": self.longest} | pattern


@dataclass(frozen=True)
class Day:
    """A day; `past`: not after the day that is asked for."""

    past: bool = False
    oldest: date = date(1900, 1, 1)
    latest: date = date(2100, 12, 31)

    def read(self, raw: object, on: date) -> date:
        """The day."""
        day = read_day(raw)
        if day is None or day < self.oldest or day > (on if self.past else self.latest):
            latest = f"{on} (not in the future)" if self.past else f"{self.latest}"
            raise WrongAnswerError(f"must be a day YYYY-MM-DD from {self.oldest} to {latest}")
        return day

    def write(self, value: date) -> object:
        """ISO 8601."""
        return value.isoformat()

    def schema(self) -> dict[str, object]:
        """A string with the form of a day."""
        return {"type": "string", "format": "date", "pattern": f"^{_DAY.pattern}$"}


@dataclass(frozen=True)
class Several:
    """A list of choices, none twice."""

    choices: type[StrEnum]

    def read(self, raw: object, on: date) -> tuple[StrEnum, ...]:
        """The choices in the order of their list."""
        if not isinstance(raw, list):
            raise WrongAnswerError("must be a list")
        chosen = {OneOf(self.choices).read(item, on) for item in raw}
        return tuple(choice for choice in self.choices if choice in chosen)

    def write(self, value: tuple[StrEnum, ...]) -> object:
        """Their names."""
        return [choice.value for choice in value]

    def schema(self) -> dict[str, object]:
        """A list of an enumeration."""
        return {"type": "array", "uniqueItems": True, "items": OneOf(self.choices).schema()}


def _on_one_line(text: str) -> bool:
    """Whether a text can be shown: a joiner belongs to a Persian name, a hard space comes from a phone's keyboard."""
    return text.isprintable() or (
        not any(unicodedata.category(sign) in ("Cc", "Cs", "Co", "Cn", "Zl", "Zp") for sign in text)
        and not _BIDI_CONTROLS & set(text)
        and any(unicodedata.category(sign) not in ("Cf", "Zs") for sign in text)
    )


def read_day(raw: object) -> date | None:
    """A day from `YYYY-MM-DD`, or None."""
    if not isinstance(raw, str) or not _DAY.fullmatch(raw):
        return None
    try:
        return date.fromisoformat(raw)
    except ValueError:
        return None

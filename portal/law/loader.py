"""One strict reader for the YAML of `portal/law/`: an unknown, doubled or mistyped key is an error."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

import yaml

LAW = Path(__file__).resolve().parent

_T = TypeVar("_T")


class LawDataError(ValueError):
    """A law file is not what it must be; the message names the file, the entry and the fault."""


class _StrictLoader(yaml.CSafeLoader):
    """The C loader, which also refuses a key that stands twice in one mapping."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        """Build a mapping; a doubled key is a mistake that plain YAML would hide."""
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        for key in keys:
            if keys.count(key) > 1:
                raise LawDataError(f"line {node.start_mark.line + 1}: the key {key!r} stands twice")
        return super().construct_mapping(node, deep=deep)


def _decimal(loader: yaml.CSafeLoader, node: yaml.ScalarNode) -> Decimal:
    """Amounts with centimes stay exact: no binary fraction ever enters the law data."""
    return Decimal(str(loader.construct_scalar(node)))


_StrictLoader.add_constructor("tag:yaml.org,2002:float", _decimal)


def read_yaml(path: Path) -> dict[str, Any]:
    """Read one file whose top level is a mapping. Raises `LawDataError`."""
    try:
        with path.open("rb") as stream:
            found = yaml.load(stream, Loader=_StrictLoader)  # noqa: S506 - a safe loader, made stricter
    except (yaml.YAMLError, LawDataError) as error:
        raise LawDataError(f"{path.name}: {error}") from error
    if not isinstance(found, dict):
        raise LawDataError(f"{path.name}: the top level must be a mapping")
    return found


class Fields:
    """The fields of one entry, each taken once with its type; `done` refuses what is left."""

    def __init__(self, where: str, data: object) -> None:
        """`where` names the file and the entry in error messages."""
        if not isinstance(data, Mapping):
            raise LawDataError(f"{where}: must be a mapping")
        self.where = where
        self._left: dict[str, Any] = dict(data)

    def has(self, key: str) -> bool:
        """Whether the key stands there and was not taken yet."""
        return key in self._left

    def take(self, key: str) -> Any:
        """Any value that must stand there (it may be null)."""
        if key not in self._left:
            raise LawDataError(f"{self.where}: {key} is missing")
        return self._left.pop(key)

    def _typed(self, key: str, kind: type[_T]) -> _T:
        value = self.take(key)
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            raise LawDataError(f"{self.where}: {key} must be {kind.__name__}, not {value!r}")
        return value

    def _optional(self, key: str, kind: type[_T]) -> _T | None:
        if self._left.get(key) is None:
            self._left.pop(key, None)
            return None
        return self._typed(key, kind)

    def text(self, key: str) -> str:
        """A text that must stand there and is not empty."""
        value = self._typed(key, str).strip()
        if not value:
            raise LawDataError(f"{self.where}: {key} is empty")
        return value

    def optional_text(self, key: str) -> str | None:
        """A text, or None where it is null or left out."""
        return self.text(key) if self._left.get(key) is not None else self._optional(key, str)

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; empty where left out."""
        values = self._optional(key, list) or []
        if not all(isinstance(value, str) and value.strip() for value in values):
            raise LawDataError(f"{self.where}: {key} must be a list of texts")
        return tuple(values)

    def optional_number(self, key: str) -> int | None:
        """A whole number, or None where it is null; the key itself must stand there."""
        if not self.has(key):
            raise LawDataError(f"{self.where}: {key} is missing")
        return self._optional(key, int)

    def day(self, key: str) -> date:
        """A date that must stand there."""
        return self._typed(key, date)

    def optional_day(self, key: str) -> date | None:
        """A date, or None where it is null or left out."""
        return self._optional(key, date)

    def flag(self, key: str, *, default: bool) -> bool:
        """True or false, with what holds where it is left out."""
        return self._typed(key, bool) if self.has(key) else default

    def entries(self, key: str) -> list[Any]:
        """A list that must stand there and is not empty."""
        values = self._typed(key, list)
        if not values:
            raise LawDataError(f"{self.where}: {key} is empty")
        return values

    def nested(self, key: str) -> Fields:
        """A mapping that must stand there."""
        return Fields(f"{self.where}, {key}", self.take(key))

    def done(self) -> None:
        """Refuse every key that nobody took: most are typing mistakes."""
        if self._left:
            raise LawDataError(f"{self.where}: unknown field {', '.join(sorted(map(str, self._left)))}")

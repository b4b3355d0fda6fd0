"""The words of the letters in the two official languages: small files, because a letter is no interface text."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from babel.dates import format_date

from portal.domain.defence import Letter
from portal.law.loader import read_yaml

FOLDER: Final = Path(__file__).parent
LANGUAGES: Final = ("fr", "de")
_LOCALES: Final = {"fr": "fr_CH", "de": "de_CH"}
_ELIDED: Final = tuple("AEÉÈIOUYH")
"""Communes before whose names French writes `d’`."""


@cache
def words(language: str, name: str) -> MappingProxyType[str, Any]:
    """One file: `common`, `reasons` or a letter's own. Raises OSError for what is not there."""
    return MappingProxyType(read_yaml(FOLDER / language / f"{name}.yaml"))


def letter_words(language: str, letter: Letter) -> MappingProxyType[str, str]:
    """Title, subject and paragraphs of a letter."""
    return words(language, letter.value)


def letter_date(day: date, language: str) -> str:
    """`21 novembre 2026`, `21. November 2026`."""
    text = format_date(day, "long", locale=_LOCALES[language])
    return text.replace("1 ", "1er ", 1) if language == "fr" and day.day == 1 else text


def of_commune(name: str, language: str) -> str:
    """`de Sierre`, `d’Ayent`; in German the name alone."""
    if language == "de":
        return name
    return f"d’{name}" if name.startswith(_ELIDED) else f"de {name}"

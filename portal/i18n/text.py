"""Texts in a language that is an argument: for mails, receipts and jobs, which know no request.

The message id is the French text. A missing translation shows the French, and fails a test.
"""

from __future__ import annotations

import gettext as _gettext
import re
from collections.abc import Callable
from functools import lru_cache, partial
from pathlib import Path
from typing import Final, ParamSpec, TypeVar, cast

from portal.i18n.words import Words, in_language

_BEFORE: Final = re.compile(r" (?=[:;?!»])")
_AFTER: Final = re.compile(r"(?<=«) ")
CATALOGS: Final = Path(__file__).resolve().parent / "catalogs"
MOST_KEPT: Final = 8192
_Given = ParamSpec("_Given")
_Words = TypeVar("_Words")
_forgetting: Final[list[Callable[[], None]]] = []


def kept(make: Callable[_Given, _Words]) -> Callable[_Given, _Words]:
    """Make our own words once for each language; never for what somebody said. `forget` is for tests with other catalogs."""
    once = lru_cache(maxsize=MOST_KEPT)(make)
    _forgetting.append(once.cache_clear)
    return cast("Callable[_Given, _Words]", once)


def forget() -> None:
    """Every kept text is made anew."""
    for clear in _forgetting:
        clear()


class Translator:
    """The texts of one language."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._catalog = _gettext.translation("messages", CATALOGS, languages=[language], fallback=True)
        self._alone = lru_cache(maxsize=MOST_KEPT)(lambda message: Words(self.plain(message), partial(_said, message)))

    def gettext(self, message: str, **values: object) -> str:
        """The text in this language, with its placeholders filled; it can still be said in another one (`Words`)."""
        if not values:
            return self._alone(message)
        return Words(self.plain(message) % values, partial(_filled, message, values))

    def plain(self, message: str) -> str:
        """The text in this language, its placeholders still open."""
        text = self._catalog.gettext(message)
        return french_spaces(text) if self.language == "fr" else text


def _said(message: str, language: str) -> str:
    return translator(language).plain(message)


def _filled(message: str, values: dict[str, object], language: str) -> str:
    own = {name: in_language(value, language) for name, value in values.items()}
    return translator(language).plain(message) % own


@lru_cache(maxsize=4096)
def french_spaces(text: str) -> str:
    """French sets a space before `: ; ? ! »` and after `«`; one that never breaks keeps the sign with its word."""
    return _BEFORE.sub("\u00a0", _AFTER.sub("\u00a0", text))


@kept
def translator(language: str) -> Translator:
    """The texts of `language`; French for a language without a catalog."""
    return Translator(language)

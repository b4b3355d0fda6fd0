"""Texts in a language that is an argument: for mails, receipts and jobs, which know no request.

The message id is the French text. A missing translation shows the French, and fails a test.
"""

from __future__ import annotations

import gettext as _gettext
import re
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

_BEFORE: Final = re.compile(r" (?=[:;?!»])")
_AFTER: Final = re.compile(r"(?<=«) ")
CATALOGS: Final = Path(__file__).resolve().parent / "catalogs"


class Translator:
    """The texts of one language."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._catalog = _gettext.translation("messages", CATALOGS, languages=[language], fallback=True)

    def gettext(self, message: str, **values: object) -> str:
        """The text in this language, with its placeholders filled."""
        text = self._catalog.gettext(message)
        if self.language == "fr":
            text = french_spaces(text)
        return text % values if values else text


@lru_cache(maxsize=4096)
def french_spaces(text: str) -> str:
    """French sets a space before `: ; ? ! »` and after `«`; one that never breaks keeps the sign with its word."""
    return _BEFORE.sub("\u00a0", _AFTER.sub("\u00a0", text))


@cache
def translator(language: str) -> Translator:
    """The texts of `language`; French for a language without a catalog."""
    return Translator(language)

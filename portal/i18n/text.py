"""Texts in a language that is an argument: for mails, receipts and jobs, which know no request.

The message id is the French text. A missing translation shows the French, and fails a test.
"""

from __future__ import annotations

import gettext as _gettext
from functools import cache
from pathlib import Path
from typing import Final

CATALOGS: Final = Path(__file__).resolve().parent / "catalogs"


class Translator:
    """The texts of one language."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._catalog = _gettext.translation("messages", CATALOGS, languages=[language], fallback=True)

    def gettext(self, message: str, **values: object) -> str:
        """The text in this language, with its placeholders filled."""
        text = self._catalog.gettext(message)
        return text % values if values else text


@cache
def translator(language: str) -> Translator:
    """The texts of `language`; French for a language without a catalog."""
    return Translator(language)

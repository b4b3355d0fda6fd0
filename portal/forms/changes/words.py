"""Labels of the fields of a report, in the words of `portal.i18n.changes`."""

from __future__ import annotations

from collections.abc import Callable

from flask import g
from markupsafe import Markup, escape

from portal.i18n.languages import DEFAULT
from portal.i18n.words import in_language


class Label:
    """A label that is looked up each time it is printed, in the language of the request."""

    def __init__(self, said: Callable[[str], str | None]) -> None:
        self.said = said

    def __str__(self) -> str:
        return self.said(g.get("lang", DEFAULT)) or ""

    def within(self, language: str) -> str:
        """The label in a language."""
        return str(in_language(self.said(language) or "", language))

    def __html__(self) -> Markup:
        return escape(self.said(g.get("lang", DEFAULT)) or "")

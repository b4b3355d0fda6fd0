"""Texts of forms: chosen when the page is made, in the language of the request."""

from __future__ import annotations

from flask import g
from markupsafe import Markup, escape

from portal.i18n import words
from portal.i18n.languages import BY_CODE, DEFAULT
from portal.i18n.text import kept, translator


class LazyText:
    """A text that is looked up each time it is printed."""

    def __init__(self, message: str) -> None:
        self.message = message

    def __str__(self) -> str:
        return gettext(self.message)

    def within(self, language: str) -> str:
        """The text in a language."""
        return translator(language).plain(self.message)

    def __html__(self) -> Markup:
        return beside(self.message)


def lazy(message: str) -> LazyText:
    """Mark a text of a class body; its message id is the French."""
    return LazyText(message)


def gettext(message: str, **values: object) -> str:
    """The text in the language of the request, as plain text."""
    return translator(g.get("lang", DEFAULT)).gettext(message, **values)


def beside(message: str, **values: object) -> Markup:
    """The text as markup; with a second language beside it where the person asked for one (`views/beside.py`)."""
    language, second = g.get("lang", DEFAULT), words.beside.get()
    if second is None and not values:
        return _safe(language, message)  # most texts of most pages
    safe = {name: escape(value) for name, value in values.items()}
    own = _markup(language, message, safe)
    return own if second is None else words.marked(own, _markup(second, message, safe))


def _markup(language: str, message: str, values: dict[str, Markup]) -> Markup:
    text = _safe(language, message)
    if not values:
        return text
    if BY_CODE.get(language, BY_CODE[DEFAULT]).dir == "rtl":
        # A French article or a reference inside an Arabic sentence keeps its own direction and its full stop.
        values = {name: Markup("<bdi>{}</bdi>").format(value) for name, value in values.items()}
    return text % values


@kept
def _safe(language: str, message: str) -> Markup:
    """A text of ours as markup, its placeholders still open."""
    return escape(translator(language).plain(message))

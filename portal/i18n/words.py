"""Texts that remember how they are said in another language, for a page that shows a second one beside the first.

A `Words` is a `str` in the language that it was asked for. Only where a template prints it, and only while `beside`
holds a second language, it gives both, between marks that no page keeps: `portal/views/pairing.py` sets them side by
side, or takes the own one where there is no room for two (attributes, options, the title).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextvars import ContextVar
from functools import partial, wraps
from typing import Final, SupportsIndex, TypeVar

from markupsafe import Markup, escape

# Noncharacters of Unicode: nobody can have typed them to see them, and `security.sanity` takes them out of what is echoed.
OPEN: Final = "\ufdd0"
OPEN_MINOR: Final = "\ufdd1"
"""Before a date, an amount or a name: said in the second language where it stands in a sentence, never doubled alone."""
BETWEEN: Final = "\ufdd2"
CLOSE: Final = "\ufdd3"

beside: Final[ContextVar[str | None]] = ContextVar("beside", default=None)
"""The second language of the page that is being made; None where there is one only."""
_Value = TypeVar("_Value")


class Words(str):
    """A text in one language that can say itself in another."""

    __slots__ = ("_escaped", "_said")
    _opening = OPEN
    _said: Callable[[str], str]
    _escaped: str | None

    def __new__(cls, text: str, said: Callable[[str], str]) -> Words:
        """`text` now; `said` makes it in the language that it is given."""
        words = str.__new__(cls, text)
        words._said = said
        words._escaped = None
        return words

    def within(self, language: str) -> str:
        """The same text in a language."""
        return self._said(language)

    def __str__(self) -> str:
        return self  # `str(words)` forgets nothing; what leaves the process is plain by `str.__str__`

    def __html__(self) -> str:
        own = self._escaped
        if own is None:  # most texts are made once and printed on every page: this is their whole cost there
            own = self._escaped = str.__str__(escape(str.__str__(self)))
        second = beside.get()
        if second is None:
            return own
        return marked(own, escape(str.__str__(self._said(second))), self._opening)

    def __add__(self, other: str) -> Words:
        return joined("", (self, other))

    def __radd__(self, other: str) -> Words:
        return joined("", (other, self))

    def replace(self, old: str, new: str, count: SupportsIndex = -1) -> Words:
        """As for every `str`, in each language."""
        return Words(
            super().replace(old, new, count),
            lambda language: self.within(language).replace(old, str(in_language(new, language)), count),
        )

    def __reduce__(self) -> tuple[type[str], tuple[str]]:
        return str, (str.__str__(self),)


class Minor(Words):
    """A date, an amount, a name: it follows the language of its sentence."""

    __slots__ = ()
    _opening = OPEN_MINOR


def marked(own: str, other: str, opening: str = OPEN) -> Markup:
    """Two pieces of markup between the marks; one where they are the same."""
    return Markup(own if own == other else f"{opening}{own}{BETWEEN}{other}{CLOSE}")  # noqa: S704 - both are markup


def in_language(value: object, language: str) -> object:
    """A value of a text, in a language where it knows how to say itself."""
    within = getattr(value, "within", None)
    return within(language) if within else value


def joined(between: str, parts: Iterable[str]) -> Words:
    """`between.join(parts)` that still knows every language; `str.join` would forget."""
    kept = tuple(parts)
    texts = (between, *kept)

    def say(language: str) -> str:
        glue, *others = (str(in_language(text, language)) for text in texts)
        return glue.join(others)

    strong = any(isinstance(text, Words) and not isinstance(text, Minor) for text in kept)
    return (Words if strong else Minor)(str.join(between, kept), say)


def minor(make: Callable[[_Value, str], str]) -> Callable[[_Value, str], str]:
    """For a function of something and a language: what it gives follows the language of the sentence around it."""

    @wraps(make)
    def told(value: _Value, language: str) -> str:
        return Minor(make(value, language), partial(make, value))

    return told

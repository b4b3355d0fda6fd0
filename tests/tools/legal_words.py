"""Finds what a page says of the law without a source: amounts, percents, articles, laws, and numbers of days, months or years.

An element names its source with `data-source="<id> [<id> …]"`, a paper's row with `data-paper="<rule>"`, and what is no law
with `data-not-law="<reason>"`; all three hold for everything inside. docs/law.md says which reasons there are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from lxml import html


class NotLaw(StrEnum):
    """Why an amount, a percent or a time is no statement about the law. No reason covers an article or the name of a law."""

    ANSWER = "answer"
    """What a person typed or chose, or was asked for that."""
    QUESTION = "question"
    """How a field is filled in."""
    ESTIMATE = "estimate"
    """A sum of an estimate: worked out from answers, and from lines that each name their sources."""
    CHECK = "check"
    """Answers that do not fit together: the limit is the portal's own, and only makes it ask again."""
    EXAMPLE = "example"
    """Something that may happen to a person."""
    PORTAL = "portal"
    """A rule of the portal itself."""


_WORDS: Final = "|".join(
    (
        "deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|quinze|vingt|trente|soixante",
        "zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|fünfzehn|zwanzig|dreissig|sechzig",
        "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|sixty",
        "dois|duas|três|quatro|cinco|seis|sete|oito|nove|dez|onze|doze|quinze|vinte|trinta|sessenta",
        "[وفبلك]?(?:ثلاثة?|أربعة?|خمسة?|ستة?|سبعة?|ثماني|ثمانية|تسعة?|عشرة?|ثلاثين|ثلاثون|ستين)",
    )
)
_UNITS: Final = "|".join(
    (
        "jours?|mois|ans|années?",
        "(?:tag|monat|jahr)(?:e|en|s|es)?|(?:täg|monat|jähr)ige?[nrms]?",
        "days?|months?|years?",
        "dias?|mês|meses|anos?",
        "(?:ال)?(?:يوم|أيام|شهر|أشهر|شهور|سنة|سنوات|عام|أعوام)(?:ًا|اً|ا)?",
    )
)
_ONE: Final = "|".join(
    (
        "(?:un|1) (?:seul )?(?:mois|an)|une (?:seule )?année",
        "ein(?:en|em|es)? (?:monate?s?|jahre?s?)",
        "one (?:month|year)",
        "um (?:só )?(?:mês|ano)",
        "(?:يوم|شهر|سنة|عام) واحدة?",
        "[وفبلك]?(?:يوم|شهر|سنت|عام)(?:ين|ان)",
    )
)
_AGE: Final = r"(?:under|over|aged|age of)\s+\d{1,2}(?!\d)|سن\s+(?:ال)?\d{1,2}(?!\d)"
_NO_DAYS: Final = "(?!minute|minuto|heure|stunde|hour|hora|fois|mal|times|vezes|دقيق|دقائق|ساع)"
"""What is counted in minutes, hours or times, even a day or a month, is counted in no days."""
_AFTER: Final = r"(?:ال)?(?:يوم|أيام|شهر|أشهر|سنة|سنوات)(?:\s+\w+)?:?\s+(?:من\s+)?\d{1,3}(?![\d’'])"
"""Arabic also writes the number after its unit."""
_LAW: Final = re.compile(
    r"\b[Aa]rt\.|\b(?:[Aa]rticles?|Artikeln?|[Aa]rtigos?)\s+\d|المادة\s+\d"
    r"|\b(?:O|RE)?LIAS\b|\b[GV]ES\b|\b(?:LPJA|LIPDA|LTF|VVRG|GIDA|LAMal|KVG|LAVS|AHVG)\b"
)
"""An article, or the name of a law."""
_OLD_LAW: Final = re.compile(r"\bRELIAS\b")
_OLD_WORDING: Final = re.compile(r"30[./]0?6[./]2021")
"""The day until which RELIAS was in force: whoever names it says so."""
_VALUE: Final = re.compile(
    r"\bCHF\b|\bFr\.\s?\d|\b(?:francs?|francos?|Franken)\b|فرنك"
    r"|[%٪‰]|\b(?:pour cent|Prozent|per ?cent|por cento)\b|(?:في|ب)\s?المئة|بالمائة"
    r"|(?i:(?<![\d.,:’'A-Za-zÀ-ÿ])\d{1,3}(?!\d)" + f"|(?<!\\w)(?:{_WORDS}))"
    rf"(?i:(?:[\s.\u2010\u2011-]{{1,2}}{_NO_DAYS}[^\W\d_]+){{0,2}}?[\s.\u2010\u2011-]{{1,2}}(?:{_UNITS})(?!\w))"
    rf"|(?<!\w)(?i:{_ONE})(?!\w)|(?<!\w)(?i:{_AGE}|{_AFTER})"
)
"""An amount, a percent, or a number of days, months or years."""
_UNIT_ALONE: Final = frozenset(("CHF", "%"))
"""Beside the box of a field."""
_INLINE: Final = frozenset(
    {"a", "abbr", "b", "bdi", "bdo", "br", "cite", "code", "em", "i", "mark", "q", "s", "small"}
    | {"span", "strong", "sub", "sup", "time", "u", "wbr"}
)
_SILENT: Final = frozenset(("script", "style", "svg"))
_READ_OUT: Final = ("alt", "title", "aria-label", "placeholder", "label", "aria-valuetext")
_TYPED: Final = frozenset(("checkbox", "hidden", "submit"))
"""Kinds of input whose label is no question: what is ticked may be a statement."""


@dataclass(frozen=True)
class Text:
    """One run of text as a person reads it, with what stands behind it. `place` is for messages."""

    place: str
    words: str
    sources: tuple[str, ...] = ()
    reason: str = ""

    @property
    def law(self) -> str:
        """The article or the law that it names; empty when none."""
        return _first(_LAW, self.words)

    @property
    def value(self) -> str:
        """The amount, percent or time that it names; empty when none."""
        return "" if self.words in _UNIT_ALONE else _first(_VALUE, self.words)

    @property
    def legal(self) -> str:
        """What makes it a legal statement; empty when nothing does."""
        return self.law or ("" if self.reason else self.value)


def texts_of(page: str) -> Iterator[Text]:
    """Every text of a page, hidden parts and what is read out included; inline elements belong to their block."""
    yield from _Walk().element(html.document_fromstring(page), Text("", ""))


def faults_of(text: Text, known: Callable[[str], bool]) -> Iterator[str]:
    """What is wrong with a text: an unknown source or reason, or a legal statement with neither."""
    for source in text.sources:
        if not known(source):
            yield f"{text.place}: no parameter or source is called {source!r}"
    if text.reason and text.reason not in set(NotLaw):
        yield f"{text.place}: {text.reason!r} is no reason of docs/law.md"
    if text.legal and not text.sources:
        yield f"{text.place}: «{text.legal}» without a source: {text.words}"

    yield from (f"{text.place}: {fault}" for fault in old_law_as_new(text.words))


def old_law_as_new(words: str) -> Iterator[str]:
    """The words themselves, where they name RELIAS and not the day until which it was in force."""
    if _OLD_LAW.search(words) and not _OLD_WORDING.search(words):
        yield f"RELIAS, and not until when: {words}"


def _first(pattern: re.Pattern[str], words: str) -> str:
    found = pattern.search(words)
    return found[0] if found else ""


class _Walk:
    """One way through a page; `_run` holds the inline text that is not yet a whole."""

    def __init__(self) -> None:
        self._run: list[str] = []

    def element(self, element: Any, around: Text) -> Iterator[Text]:
        if not isinstance(element.tag, str) or element.tag in _SILENT:
            return
        own = _named(element, around)
        apart = element.tag not in _INLINE or (own.sources, own.reason) != (around.sources, around.reason)
        if apart:
            yield from self._whole(around)
        for name in _READ_OUT:
            if words := element.get(name, "").strip():
                yield Text(f"{own.place}@{name}", words, own.sources, own.reason)
        self._run.append(" " if element.tag == "br" else element.text or "")
        for child in element:
            yield from self.element(child, own)
            self._run.append(child.tail or "")
        if apart:
            yield from self._whole(own)

    def _whole(self, around: Text) -> Iterator[Text]:
        words = " ".join("".join(self._run).split())
        self._run.clear()
        if words:
            yield Text(around.place, words, around.sources, around.reason)


def _named(element: Any, around: Text) -> Text:
    """What holds inside an element: its own marks, or those around it."""
    marks = f".{element.get('class')}" if element.get("class") else ""
    place = f"{around.place}/{element.tag}{marks.replace(' ', '.')}"
    sources, reason = tuple(element.get("data-source", "").split()), element.get("data-not-law", "")
    if paper := element.get("data-paper"):
        sources = (f"paper:{paper}", *sources)
    if element.tag in ("legend", "option") or (element.tag == "label" and _asks(element)):
        reason = reason or NotLaw.QUESTION
    if sources and not reason:  # a source inside of an answer is a statement again
        return Text(place, "", sources)
    return Text(place, "", sources or around.sources, reason or around.reason)


def _asks(label: Any) -> bool:
    """Whether a label is a question or an answer to choose, and not something to agree to."""
    field = label.getroottree().find(f".//*[@id={label.get('for', '')!r}]")
    return field is not None and field.get("type", "") not in _TYPED

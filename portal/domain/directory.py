"""Communes, centres and offices: what they are, and how a typed name finds them. Standard library only."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d"})
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_SAINTS = re.compile(r"\b(?:st|sankt)\b")
_FEMALE_SAINTS = re.compile(r"\bste\b")
_NOT_WORD = re.compile(r"[\W_]+")


class Certainty(StrEnum):
    """How sure an entry of the directory is."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


def fold(text: str) -> str:
    """Reduce a text to what a search compares: lower case, no accents, words parted by one space.

    `"Val-d’Illiez"` gives `"val d illiez"`, `"Évolène"` gives `"evolene"`.
    """
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold()).translate(_LIGATURES)
    kept = "".join(character for character in plain if not unicodedata.combining(character))
    return _NOT_WORD.sub(" ", kept).strip()


def spellings(text: str) -> tuple[str, ...]:
    """Every folded way in which people write a name: `St.` or `Saint`, `ü` as `u` or as `ue`."""
    composed = unicodedata.normalize("NFC", text.casefold())
    found: dict[str, None] = {}
    for variant in (fold(composed), fold(composed.translate(_UMLAUTS))):
        found[variant] = None
        found[_FEMALE_SAINTS.sub("sainte", _SAINTS.sub("saint", variant))] = None
    return tuple(found)


def matches(query: str, *names: str) -> bool:
    """Whether a word of one of the names begins with what was typed. An empty query matches nothing."""
    wanted = [f" {spelling}" for spelling in spellings(query) if spelling]
    return any(part in f" {name}" for text in names for name in spellings(text) for part in wanted)


@dataclass(frozen=True)
class Commune:
    """A commune, between two dates, and the centre that is responsible for it as far as is known."""

    id: str
    bfs_number: int | None
    """Number of the Federal Statistical Office; None = not known yet."""
    name: str
    """The official name."""
    name_fr: str
    name_de: str
    district: str
    language: str
    region: str
    antenna: str
    confidence_region: Certainty
    confidence_antenna: Certainty
    candidate_regions: tuple[str, ...]
    """Every region that may be responsible, the likeliest first; never empty."""
    localities: tuple[str, ...]
    """Villages and quarters, for the search only: a place name does not decide the commune."""
    valid_from: date
    valid_until: date | None
    """The last day on which the commune exists; None = open."""
    merged_into: str | None
    """The `id` of the commune that takes its place."""
    source: str
    note: str | None

    @property
    def names(self) -> tuple[str, ...]:
        """The official name and the usual French and German ones, each once."""
        return tuple(dict.fromkeys((self.name, self.name_fr, self.name_de)))

    @property
    def label(self) -> str:
        """The name as a list shows it, with the name in the other language: `Visp / Viège`."""
        return " / ".join(self.names)

    @cached_property
    def search_keys(self) -> tuple[str, ...]:
        """Folded names and localities, for a search in the browser."""
        texts = (*self.names, *self.localities)
        return tuple(dict.fromkeys(spelling for text in texts for spelling in spellings(text)))

    def name_in(self, language: str) -> str:
        """The usual French or German name; the official one for any other language."""
        return {"fr": self.name_fr, "de": self.name_de}.get(language, self.name)

    def exists(self, on: date) -> bool:
        """Whether this commune exists in law on that day."""
        return self.valid_from <= on and (self.valid_until is None or on <= self.valid_until)

    def matches(self, query: str) -> bool:
        """Whether what was typed begins a word of a name or of a locality."""
        return matches(query, *self.names, *self.localities)


@dataclass(frozen=True)
class Centre:
    """The umbrella, a region or an antenna of the centres. None = not found."""

    id: str
    kind: str
    """`umbrella`, `region` or `antenna`."""
    region: str | None
    name_fr: str
    name_de: str | None
    street: str | None
    postcode: str | None
    town: str | None
    phone: str | None
    phone_confirmed: bool
    """False: the number comes from an old source, or there is none."""
    email: str | None
    opening_hours: str | None
    website: str | None
    duty_address: str | None
    """Mail address that is told of an urgent request (regions only)."""
    source: str
    source_date: str | None
    confidence: Certainty
    note: str | None

    def name_in(self, language: str) -> str:
        """The German name for German where one is known, else the French one."""
        return self.name_de if language == "de" and self.name_de else self.name_fr


@dataclass(frozen=True)
class Office:
    """An office or a help beside the centres. None = not found."""

    id: str
    name_fr: str
    name_de: str | None
    what_for: str
    """What it is for, in French."""
    phone: str | None
    phone_confirmed: bool
    """False: an old source, not yet in service, or there is no number."""
    web: str | None
    web_confirmed: bool
    """False: the address comes from an old copy, or there is none."""
    address: str | None
    address_public: bool
    """False: a protected address, never to be published."""
    email: str | None
    opening_hours: str | None
    source: str
    source_date: str | None
    confidence: Certainty
    note: str | None

    def name_in(self, language: str) -> str:
        """The German name for German where one is known, else the French one."""
        return self.name_de if language == "de" and self.name_de else self.name_fr

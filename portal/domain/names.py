"""Names as they are looked for: by how they sound, whatever their spelling, accents, script and order.

A name falls into parts. Each part has codes: its consonants in a few classes that spellings of one name share. The keys of
a name are those codes and what is left of each when one sign is missing, so that one slip of the pen still meets.
How another script is written in Latin letters comes as an argument (`latin`): the domain knows no table of scripts.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from itertools import pairwise, product
from typing import Final

Latin = Callable[[str], str]
"""A text in the nearest ASCII letters."""

MOST_PARTS: Final = 8
_MOST_CODES: Final = 6
"""Ways in which one part may sound; more are not told apart."""
_LONGEST_CODE: Final = 10
_LITTLE: Final = (
    "al el ul ben bin bint ibn abu bou d da das de del della den der di do dos du e la le lo van von y zu zum zur"
)
_PARTICLES: Final = frozenset(_LITTLE.split())
_GLUED: Final = ("al", "el", "ben", "bou", "da", "de", "di", "do", "du", "dos", "la", "le", "van", "von")
_SERVANT: Final = re.compile(r"^abd(?:(?:o?u|e|a|i)(?:l|r(?=r)|s(?=s)|n(?=n))?)?(?=[^aeiou]..|all?ah)")
"""Abdelkader, Abdul Kader, Abderrahmane: `abd` and the name behind it."""
_SERVANTS: Final = frozenset(["abd", "abdel", "abdul", "abdal", "abdoul"])
_ARABIC_ARTICLE: Final = "ال"
_SHARP: Final = frozenset("čćçšśşžźżșñ")
_TWO: Final = (
    # What is one sound, in the order in which it is looked for. `*` sounds like s or like k, `w` like f or like a vowel.
    (re.compile(r"tzsch|dsch|tsch|tch|sch|dzh|chh|sh|zh|dz|xh|cz|tz|ts|zs|sz|ks|cks|x"), "s"),
    (re.compile(r"ch"), "*"),
    (re.compile(r"ic$"), "i*"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"sc(?=[eiy])|c(?=[eiy])"), "s"),
    (re.compile(r"ck|qu|q|c"), "k"),
    (re.compile(r"^w"), "f"),
    (re.compile(r"v"), "f"),
    (re.compile(r"z"), "s"),
    (re.compile(r"d"), "t"),
)
_CHOICES: Final = {"*": "sk", "w": "f-"}
_VOWELS: Final = frozenset("aeiouyj")
_SPELLINGS: Final = (
    (re.compile(r"(?<=[aou])e(?=[^aeiou])"), ""),
    (re.compile(r"ou"), "u"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"tsch|tch|sch|sh|ch"), "s"),
    (re.compile(r"ck|qu|q|c(?![eiy])"), "k"),
    (re.compile(r"[zc]"), "s"),
    (re.compile(r"[yj]"), "i"),
    (re.compile(r"w"), "v"),
    (re.compile(r"h"), ""),
    (re.compile(r"(.)\1+"), r"\1"),
)


@dataclass(frozen=True)
class Part:
    """One word of a name."""

    said: str
    """As it is written, in small letters."""
    plain: str
    """In ASCII letters."""
    spelled: str
    """The same where spellings that only differ in fashion are one: Mueller, Müller; Moussa, Musa."""
    codes: frozenset[str]
    """How it may sound: its consonants in classes, a vowel at its start as `V`."""
    glued: frozenset[str] = frozenset()
    """The same without a little word that may be glued to it: Dasilva, Benali."""
    foreign: bool = False
    """Written in a script that leaves vowels out, or that has none."""


@dataclass(frozen=True)
class Wanted:
    """What a search looks for: for each part of the name the keys that may meet it, and the keys that meet it exactly."""

    parts: tuple[frozenset[str], ...]
    exact: frozenset[str]


@dataclass(frozen=True)
class Name:
    """A name that was taken apart."""

    parts: tuple[Part, ...]
    """The words that count, at most MOST_PARTS; little words (da, von, al) only where nothing else stands."""
    little: tuple[str, ...]
    """The little words, in the order of the alphabet; el is al."""

    @cached_property
    def said(self) -> list[str]:
        """Its words as they are written, whatever their order."""
        return sorted((*(part.said for part in self.parts), *self.little))

    @cached_property
    def glued(self) -> str:
        """Its words that count, written as one."""
        return "".join(part.spelled for part in self.parts)


def taken_apart(name: str | None, latin: Latin) -> Name:
    """The name in its parts; none where it has no letter."""
    words = _words(name or "", latin)
    counted = [word for word in words if word[1] not in _PARTICLES] or words
    little = sorted("al" if word in ("el", "ul") else word for _, word in words if word in _PARTICLES)
    return Name(tuple(_part(*word) for word in counted[:MOST_PARTS]), tuple(little))


def keys_of(names: Iterable[str | None], born: date | None, latin: Latin) -> tuple[str, ...]:
    """Every key under which somebody is found who has these names, in the order of the alphabet."""
    keys: set[str] = set()
    for name in names:
        for part in taken_apart(name, latin).parts:
            keys |= _met_by(part)
        keys |= _joined(name, latin)
    if born is not None:
        keys.add(birth_key(born))
    return tuple(sorted(keys))


def wanted(name: str | None, latin: Latin) -> Wanted:
    """The keys for which a name is looked for."""
    parts, joined = taken_apart(name, latin).parts, _joined(name, latin)
    exact = joined.union(*(_exactly(part.codes | part.glued) for part in parts))
    return Wanted(tuple(_met_by(part) | joined for part in parts), exact)


def letters_of(name: str, latin: Latin) -> int:
    """How many Latin letters a name has at least."""
    return sum(len(letters) for _, letters in _words(name, latin))


def birth_key(born: date) -> str:
    """The key of a birth date."""
    return f"{born:%Y%m%d}"


def _words(name: str, latin: Latin) -> list[tuple[str, str]]:
    """Each word as it is written and in ASCII letters; what is glued to it stands by itself."""
    words = re.findall(r"[^\W\d_]+", unicodedata.normalize("NFC", name).casefold().replace("ـ", ""))
    return [part for said in words for part in _word(said, latin)]


@lru_cache(maxsize=8192)  # the names of a canton come again and again, in one search and in the next
def _word(said: str, latin: Latin) -> tuple[tuple[str, str], ...]:
    if said.isascii():
        return tuple(_servant(said, said))
    found: list[tuple[str, str]] = []
    stem = said
    if said.startswith(_ARABIC_ARTICLE) and len(said) > len(_ARABIC_ARTICLE) + 1:
        stem = said.removeprefix(_ARABIC_ARTICLE)
        found.append((_ARABIC_ARTICLE, "al"))
    letters = latin(stem)
    if _ideographic(stem):
        letters = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", letters)
    for word in re.sub(r"[`']", "a", letters.lower()).split():
        if kept := re.sub(r"[^a-z]", "", word):
            found += _servant(stem, kept)
    return tuple(found)


def _servant(said: str, letters: str) -> list[tuple[str, str]]:
    if letters in _SERVANTS:
        return [(said, "abd")]
    behind = _SERVANT.sub("", letters)
    return [(said, letters)] if behind == letters else [(said, "abd"), (said, behind)]


@lru_cache(maxsize=4096)
def _part(said: str, letters: str) -> Part:
    foreign = bool(said) and not unicodedata.name(said[0], "LATIN").startswith("LATIN")
    sounds = _sounds(letters) | {code for one in _sharpened(said, letters) for code in _sounds(one)}
    unglued = (letters.removeprefix(little) for little in _GLUED if letters.startswith(little))
    glued = {code for rest in unglued if len(rest) > len("li") for code in _sounds(rest)}
    spelled = letters
    for pattern, instead in _SPELLINGS:
        spelled = pattern.sub(instead, spelled)
    return Part(said, letters, spelled or letters, frozenset(sounds), frozenset(glued), foreign)


def _sharpened(said: str, letters: str) -> list[str]:
    """With every c under an accent as it is spoken: Gonçalves is Gonsalves, Čavoš is Schavosch."""
    if len(said) != len(letters) or not _SHARP.intersection(said):
        return []
    return ["".join("s" if own in "čćç" else letter for own, letter in zip(said, letters, strict=True))]


@lru_cache(maxsize=8192)
def _sounds(letters: str) -> frozenset[str]:
    """The codes of one word in ASCII letters."""
    text = re.sub(r"(.)\1+", r"\1", letters)
    for pattern, instead in _TWO:
        text = pattern.sub(instead, text)
    begins = "V" if text[0] in _VOWELS or text[0] == "h" else ""
    kept = [sign for sign in text if sign not in _VOWELS and sign != "h"]
    ways = product(*(_CHOICES.get(sign, sign) for sign in kept[:_LONGEST_CODE]))
    codes = sorted({begins + "".join(way).replace("-", "").upper() for way in ways} - {""})
    return frozenset(codes[:_MOST_CODES]) or frozenset("V")


def _joined(name: str | None, latin: Latin) -> frozenset[str]:
    """The codes of two words that some write as one: Anne Lise, Da Silva, El Ali."""
    words = [letters for _, letters in _words(name or "", latin)[: MOST_PARTS + 1]]
    return _exactly(frozenset(code for one, next_one in pairwise(words) for code in _sounds(one + next_one)))


def _met_by(part: Part) -> frozenset[str]:
    sounds = part.codes | part.glued
    return _near(sounds) | _exactly(sounds)


def _exactly(codes: frozenset[str]) -> frozenset[str]:
    return frozenset(f"={code}" for code in codes)


def _near(codes: frozenset[str]) -> frozenset[str]:
    """The codes, and each with one sign less: two codes with one slip between them share one of these."""
    shortest = 3
    less = {code[:at] + code[at + 1 :] for code in codes if len(code) >= shortest for at in range(len(code))}
    return frozenset(codes | less)


def _ideographic(text: str) -> bool:
    return any(unicodedata.name(sign, "").startswith(("CJK", "HANGUL")) for sign in text)

"""What the tests read of every notice that this portal ships."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import pytest

from portal import content
from portal.domain.notice import Notice, Words
from portal.i18n.languages import CODES

NOTICES: Final = tuple(content.notice(name, version) for name in content.names() for version in content.versions(name))
_EACH: Final = [(notice, language) for notice in NOTICES for language in CODES]
each: Final = pytest.mark.parametrize(
    ("notice", "language"), _EACH, ids=[f"{notice.name}-{notice.version}-{language}" for notice, language in _EACH]
)

# A full stop behind one of these ends no sentence.
_SHORT: Final = re.compile(r"\b(?:[Aa]rt|al|let|ch|p|ex|z|e\.g|i\.e|n|no|Nr|Abs|Ziff|ca|B)\.$")
_END: Final = re.compile(r"(?<=[.!?؟])[\s»“”\"')]+")


def words_of(notice: Notice, language: str) -> Words:
    """The words of a version."""
    return content.words(notice.name, notice.version, language)


def paragraphs(notice: Notice, words: Words) -> Iterator[tuple[str, str]]:
    """Id and text of all that is read as sentences: no titles, and no answers to choose from."""
    yield "lead", words.plain("lead")
    for chapter in notice.chapters:
        for block in chapter.blocks:
            yield block.id, words.plain(block.id)
        for question in chapter.questions:
            yield question.id, words.plain(question.id)
            yield f"{question.id}-why", words.plain(f"{question.id}-why")


def sentences(text: str) -> list[str]:
    """The sentences of a paragraph."""
    found: list[str] = []
    for part in _END.split(text):
        if found and _SHORT.search(found[-1]):
            found[-1] += f" {part}"
        elif part.strip():
            found.append(part)
    return found


def count(text: str) -> int:
    """How many words: what stands between spaces and has a letter or a digit."""
    return sum(any(character.isalnum() for character in part) for part in text.split())


@dataclass(frozen=True)
class Length:
    """How long the sentences of a notice are in a language."""

    sentences: int
    words: int

    @property
    def mean(self) -> float:
        """Words in a sentence."""
        return self.words / self.sentences


def length(notice: Notice, language: str) -> Length:
    """The length of every paragraph together."""
    texts = [text for _, text in paragraphs(notice, words_of(notice, language))]
    return Length(sum(len(sentences(text)) for text in texts), sum(count(text) for text in texts))

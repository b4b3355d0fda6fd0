"""A versioned legal text: chapters of paragraphs with stable ids, and questions to check that it was understood. Pure values."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, TypeAlias

RIGHTS: Final = "rights"
"""The notice that each adult acknowledges."""
LINK_DAYS: Final = 14
"""For how many days a link to the notice works."""


class BlockKind(StrEnum):
    """What a paragraph is."""

    TEXT = "text"
    POINT = "point"
    """One item of a list; points that follow each other are one list."""
    EXAMPLE = "example"
    UNKNOWN = "unknown"
    """What is not known, or not sure."""


class Way(StrEnum):
    """How an adult acknowledged a notice."""

    DEVICE = "device"
    """On a device that was signed in to the household's dossier."""
    LINK = "link"
    DESK = "desk"


@dataclass(frozen=True)
class Run:
    """Words in one style."""

    text: str
    strong: bool = False


Paragraph: TypeAlias = tuple[Run, ...]


@dataclass(frozen=True)
class Block:
    """One paragraph. Its words stand in each language under its id."""

    id: str
    kind: BlockKind
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Question:
    """A question with answers to choose one from; its words stand under `id`, `id-<answer>` and `id-why`."""

    id: str
    answers: tuple[str, ...]
    right: str
    """The one answer that is right."""
    sources: tuple[str, ...]

    def ids(self) -> Iterator[str]:
        """Every id of it, in the order of the text."""
        yield self.id
        yield from (f"{self.id}-{answer}" for answer in self.answers)
        yield f"{self.id}-why"


@dataclass(frozen=True)
class Chapter:
    """One subject; its title stands under its id."""

    id: str
    icon: str
    blocks: tuple[Block, ...]
    questions: tuple[Question, ...]

    def ids(self) -> Iterator[str]:
        """Every id of it, in the order of the text."""
        yield self.id
        yield from (block.id for block in self.blocks)
        for question in self.questions:
            yield from question.ids()

    @property
    def sources(self) -> tuple[str, ...]:
        """What its paragraphs stand on, each once, in their order."""
        return tuple(dict.fromkeys(source for block in self.blocks for source in block.sources))


@dataclass(frozen=True)
class Review:
    """A person who knows the language and the law read the text."""

    by: str
    on: date


@dataclass(frozen=True)
class Notice:
    """One version. What was published is never edited: another text is another version."""

    name: str
    version: int
    published_on: date
    reviewed: Mapping[str, Review | None]
    """By language; None where nobody has read it yet."""
    chapters: tuple[Chapter, ...]

    def ids(self) -> Iterator[str]:
        """Every id, in the order of the text."""
        yield from ("title", "lead")
        for chapter in self.chapters:
            yield from chapter.ids()

    def chapter(self, chapter_id: str) -> Chapter | None:
        """The chapter of that id, if there is one."""
        return next((chapter for chapter in self.chapters if chapter.id == chapter_id), None)


@dataclass(frozen=True)
class Words:
    """The text of a version in one language."""

    language: str
    said: Mapping[str, Paragraph]
    digest: bytes
    """SHA-256 of the file: which words an acknowledgement was for."""

    def plain(self, block_id: str) -> str:
        """A paragraph without its styles."""
        return "".join(run.text for run in self.said[block_id])


@dataclass(frozen=True)
class Changes:
    """What is other in a version than in one before, by paragraph ids in the order of the new text."""

    new: tuple[str, ...]
    changed: tuple[str, ...]
    gone: tuple[str, ...]
    """Ids of the old text."""

    def __bool__(self) -> bool:
        return bool(self.new or self.changed or self.gone)


def changes(before: Words, after: Words) -> Changes:
    """What is other in `after` than in `before`, two versions in the same language."""
    kept = [name for name in after.said if name in before.said]
    return Changes(
        tuple(name for name in after.said if name not in before.said),
        tuple(name for name in kept if after.plain(name) != before.plain(name)),
        tuple(name for name in before.said if name not in after.said),
    )


def is_right(question: Question, chosen: Collection[str]) -> bool:
    """Whether the right answer was chosen, and no other."""
    return set(chosen) == {question.right}

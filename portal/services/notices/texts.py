"""A notice in a language, with what each statement stands on today."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from portal import content
from portal.content.basis import Basis, basis
from portal.domain.notice import Block, BlockKind, Chapter, Notice, Paragraph, Review, Words
from portal.domain.parameter import Confidence
from portal.i18n.languages import DEFAULT
from portal.i18n.words import Words as Spoken


@dataclass(frozen=True)
class Group:
    """Paragraphs that are shown together."""

    kind: BlockKind
    blocks: tuple[Block, ...]
    sources: tuple[str, ...]
    ends: bool = True
    """Whether what it stands on is told under it: where the next one stands on the same, it is told there."""


@dataclass(frozen=True)
class NoticeText:
    """One version as it is shown: its own words, and those of an official language beside them."""

    notice: Notice
    words: Words
    second: Words | None
    on: date

    @property
    def review(self) -> Review | None:
        """Who has read these words; None where nobody has."""
        return self.notice.reviewed.get(self.words.language)

    def pair(self, block_id: str) -> tuple[Paragraph, ...]:
        """A paragraph in each language that is shown, the own one first."""
        return tuple(words.said[block_id] for words in (self.words, self.second) if words is not None)

    def bases(self, names: Iterable[str]) -> tuple[Basis, ...]:
        """What these names stand for today."""
        return tuple(basis(name, self.on) for name in names)

    def told(self, names: Iterable[str]) -> tuple[Basis, ...]:
        """What these names stand for, each sentence of a page (`components/source.html`) once.

        Two of the same article that are as sure say the same; what is not confirmed and has no article says only that.
        """
        found: dict[tuple[str, Confidence], Basis] = {}
        for one in self.bases(names):
            unsure = one.confidence is Confidence.UNVERIFIED
            found.setdefault((one.article or ("" if unsure else one.source), one.confidence), one)
        return tuple(found.values())

    def sources_of(self, block_id: str) -> tuple[str, ...]:
        """What the paragraph of that id stands on; the title of a chapter stands on all that is in it."""
        for chapter in self.notice.chapters:
            if block_id == chapter.id:
                return chapter.sources
            for block in chapter.blocks:
                if block_id == block.id:
                    return block.sources
            for question in chapter.questions:
                if block_id in question.ids():
                    return question.sources
        return ()

    def by_chapter(self, ids: Iterable[str]) -> tuple[tuple[Chapter | None, tuple[str, ...]], ...]:
        """Ids of paragraphs with the chapter they stand in, in their order; None: title and lead stand in none."""
        wanted = set(ids)
        parts = ((None, ("title", "lead")), *((chapter, tuple(chapter.ids())) for chapter in self.notice.chapters))
        found = ((chapter, tuple(name for name in names if name in wanted)) for chapter, names in parts)
        return tuple((chapter, names) for chapter, names in found if names)

    def groups(self, chapter: Chapter) -> tuple[Group, ...]:
        """The paragraphs of a chapter; points that follow each other and stand on the same are one list."""
        found: list[Group] = []
        for block in chapter.blocks:
            last = found[-1] if found else None
            if last and last.sources == block.sources:
                found[-1] = last = replace(last, ends=False)
            if last and last.kind is block.kind is BlockKind.POINT and last.sources == block.sources:
                found[-1] = replace(last, blocks=(*last.blocks, block), ends=True)
            else:
                found.append(Group(block.kind, (block,), block.sources))
        return tuple(found)

    def sureness(self, names: Iterable[str]) -> Confidence:
        """How sure a statement is: as sure as the weakest that it stands on."""
        order = tuple(Confidence)
        return max((one.confidence for one in self.bases(names)), key=order.index)


def notice_text(name: str, language: str, on: date, *, second: str | None = None, version: int = 0) -> NoticeText:
    """The newest version, or the one asked for. Raises `UnknownNoticeError`.

    `second`: the language beside; the same language beside itself is none.
    """
    found = content.notice(name, version) if version else content.current(name)
    words = content.words(name, found.version, language)
    other = content.words(name, found.version, second) if second and second != language else None
    return NoticeText(found, words, other, on)


def plain_words(name: str, block_id: str, language: str) -> Spoken:
    """A paragraph of the newest version without its styles, in that language and in the one that is wanted beside it.

    Raises `UnknownNoticeError`, `KeyError` for an id that it has not.
    """
    version = content.current(name).version

    def said(code: str) -> str:
        return content.words(name, version, code).plain(block_id)

    return Spoken(said(language), said)


def is_original(language: str) -> bool:
    """Whether the notice was written in that language: there its words are the ones that count."""
    return language == DEFAULT

"""Reading one version of a notice from its files: `notice.yaml` for the structure, `<language>.md` for the words.

Who has read which words stands apart, in `reviews.yaml`: a published file is never edited, a review comes later.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Final, TypeAlias

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.attrs import attrs_block_plugin

from portal.domain.notice import Block, BlockKind, Chapter, Notice, Paragraph, Question, Review, Run, Words
from portal.i18n.languages import CODES
from portal.i18n.text import french_spaces
from portal.law.loader import Fields, read_yaml

_ID: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_OPENS: Final = ("heading_open", "paragraph_open")
# Words are words: a link, HTML, code, or a mark that was not understood would stand on the page as it is.
_NO_WORDS: Final = re.compile(r"[<>\[\]{}`*_\\|]|https?:|www\.|^[-+#=~]")
Reviews: TypeAlias = Mapping[str, Review]
"""By language."""


class ContentError(ValueError):
    """A notice is not what it must be; the message names the file and the place."""


def read_notice(folder: Path, reviews: Reviews) -> Notice:
    """The structure of the version in `folder`, which is named `<name>/<version>`. Raises `ContentError`, `LawDataError`."""
    where = f"{folder.parent.name}/{folder.name}"
    fields = Fields(f"{where}/notice.yaml", read_yaml(folder / "notice.yaml"))
    found = Notice(
        name=folder.parent.name,
        version=int(folder.name),
        published_on=fields.day("published_on"),
        reviewed={language: reviews.get(language) for language in CODES},
        chapters=tuple(_chapter(where, data) for data in fields.entries("chapters")),
    )
    fields.done()
    names = list(found.ids())
    for name in names:
        if not _ID.fullmatch(name) or names.count(name) > 1:
            raise ContentError(f"{where}: the id {name!r} stands twice, or is no id")
    return found


def read_reviews(file: Path) -> Mapping[tuple[str, int], Reviews]:
    """Who has read which words, by name and version; empty where nobody has. Raises `ContentError`, `LawDataError`."""
    found: dict[tuple[str, int], Reviews] = {}
    for name, by_version in read_yaml(file).items():
        for version, by_language in by_version.items():
            where = f"{file.name}, {name} {version}"
            if not isinstance(version, int) or not set(by_language) <= set(CODES):
                raise ContentError(f"{where}: must be a number, and below it languages of the portal")
            found[name, version] = {code: _review(f"{where} {code}", data) for code, data in by_language.items()}
    return found


def read_words(folder: Path, language: str, ids: Sequence[str]) -> Words:
    """The words of a version in a language: exactly the paragraphs `ids`, in that order. Raises `ContentError`."""
    file = folder / f"{language}.md"
    where = f"{folder.parent.name}/{folder.name}/{file.name}"
    try:
        content = file.read_bytes()
    except FileNotFoundError:
        raise ContentError(f"{where} is missing") from None
    said: dict[str, Paragraph] = {}
    for name, paragraph in _paragraphs(where, content.decode("utf-8"), french=language == "fr"):
        if name in said:
            raise ContentError(f"{where}: {name!r} stands twice")
        said[name] = paragraph
    if list(said) != list(ids):
        missing, extra = sorted(set(ids) - set(said)), sorted(set(said) - set(ids))
        raise ContentError(f"{where}: missing {missing}, unknown {extra}, or in another order than notice.yaml")
    return Words(language, said, hashlib.sha256(content).digest())


def _paragraphs(where: str, text: str, *, french: bool) -> Iterator[tuple[str, Paragraph]]:
    tokens = MarkdownIt("zero").enable(["heading", "emphasis"]).use(attrs_block_plugin).parse(text)
    for opened, inline in pairwise(tokens):
        if opened.type not in _OPENS:
            continue
        name = str(opened.attrs.pop("id", ""))
        if not name:
            raise ContentError(f"{where}: a paragraph without an id: {inline.content[:40]!r}")
        runs = tuple(_runs(inline.children or (), french_spaces if french else str))
        said = "".join(run.text for run in runs)
        if opened.attrs or not said.strip() or _NO_WORDS.search(said):
            raise ContentError(f"{where}: {name!r} is empty, or holds more than words, **bold** and *emphasis*")
        yield name, runs


def _runs(tokens: Sequence[Token], spaced: Callable[[str], str]) -> Iterator[Run]:
    strong = 0
    for token in tokens:
        if token.type in ("strong_open", "em_open"):
            strong += 1
        elif token.type in ("strong_close", "em_close"):
            strong -= 1
        elif token.content or token.type == "softbreak":
            yield Run(spaced(token.content or " "), strong > 0)


def _review(where: str, data: object) -> Review:
    fields = Fields(where, data)
    found = Review(fields.text("by"), fields.day("day"))  # `on` is a truth value in YAML
    fields.done()
    return found


def _chapter(where: str, data: object) -> Chapter:
    fields = Fields(f"{where}, a chapter", data)
    fields.where = f"{where}, {(name := fields.text('id'))}"
    questions = fields.entries("questions") if fields.has("questions") else []
    found = Chapter(
        name,
        fields.text("icon"),
        tuple(_block(fields.where, one) for one in fields.entries("blocks")),
        tuple(_question(fields.where, one) for one in questions),
    )
    fields.done()
    return found


def _block(where: str, data: object) -> Block:
    fields = Fields(f"{where}, a block", data)
    name, kind = fields.text("id"), fields.text("kind")
    if kind not in set(BlockKind):
        raise ContentError(f"{where}: {name} is of no known kind: {kind!r}")
    found = Block(name, BlockKind(kind), fields.texts("sources"))
    fields.done()
    return found


def _question(where: str, data: object) -> Question:
    fields = Fields(f"{where}, a question", data)
    name, answers, right = fields.text("id"), fields.texts("answers"), fields.texts("right")
    sources = fields.texts("sources")
    fields.done()
    if len(right) != 1 or right[0] not in answers:
        raise ContentError(f"{where}: {name} has not one right answer among its answers")
    return Question(name, answers, right[0], sources)

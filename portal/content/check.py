"""The part of `law check` that looks at the notices: what a person has to read, and what the law has left behind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from portal.content import notices
from portal.content.basis import basis
from portal.content.figures import without_basis
from portal.content.reading import ContentError
from portal.content.sources import source, source_names
from portal.domain.notice import BlockKind, Notice, Words
from portal.i18n.languages import CODES, DEFAULT
from portal.law.finding import Finding
from portal.law.loader import LawDataError
from portal.law.parameters import Parameter, is_stale


@dataclass(frozen=True)
class NoticeReport:
    """What the check found on a day in the newest version of each notice. `errors` must be empty; the rest is a to-do list."""

    notices: int
    errors: tuple[Finding, ...]
    not_reviewed: tuple[Finding, ...]
    outdated: tuple[Finding, ...]
    """Where the law says something else than on the day of publication: another version must be written, or none."""
    stale: tuple[Finding, ...]

    def as_json(self) -> dict[str, Any]:
        """The report in types that `json.dumps` takes."""
        return asdict(self)


@dataclass(frozen=True)
class Statement:
    """Words that say what the law is: a paragraph, or the right answer to a question with its explanation."""

    id: str
    text: str
    sources: tuple[str, ...]


def statements(notice: Notice, words: Words) -> Iterator[Statement]:
    """Everything that must stand on a source. An example is none, and neither is a wrong answer."""
    for chapter in notice.chapters:
        yield Statement(chapter.id, words.plain(chapter.id), chapter.sources)
        for block in chapter.blocks:
            if block.kind is not BlockKind.EXAMPLE:
                yield Statement(block.id, words.plain(block.id), block.sources)
        for question in chapter.questions:
            for name in (f"{question.id}-{question.right}", f"{question.id}-why"):
                yield Statement(name, words.plain(name), question.sources)


def notice_check(on: date, folder: Path | None = None) -> NoticeReport:
    """Read every notice, and list the open points of that day."""
    errors: list[Finding] = []
    todo: list[Finding] = []
    found = notices.names(folder)
    for name in found:
        try:
            notice = notices.current(name, folder)
            said = {language: notices.words(name, notice.version, language, folder) for language in CODES}
            todo += _not_reviewed(notice)
            todo += _outdated(notice, said[DEFAULT], on)
        except (ContentError, LawDataError, notices.UnknownNoticeError) as error:
            errors.append(Finding("error", name, str(error)))
    try:
        todo += _stale(on)
    except LawDataError as error:
        errors.append(Finding("error", "sources.yaml", str(error)))
    return NoticeReport(
        notices=len(found),
        errors=tuple(errors),
        not_reviewed=tuple(one for one in todo if one.kind == "not_reviewed"),
        outdated=tuple(one for one in todo if one.kind == "outdated"),
        stale=tuple(one for one in todo if one.kind == "stale"),
    )


def _not_reviewed(notice: Notice) -> Iterator[Finding]:
    for language, review in notice.reviewed.items():
        if review is None:
            where = f"{notice.name}/{notice.version}/{language}.md"
            yield Finding("not_reviewed", where, "no person who knows the language and the law has read it")


def _outdated(notice: Notice, words: Words, on: date) -> Iterator[Finding]:
    """Both ways: a figure that no source has on that day, and a source that says something else than it did."""
    if on < notice.published_on:
        return
    where = f"{notice.name}/{notice.version}"
    for said in statements(notice, words):
        for figure in without_basis(said.text, (basis(name, on) for name in said.sources)):
            sources = " or ".join(said.sources) or "no source"
            yield Finding("outdated", f"{where}, {said.id}", f"says {figure}, which {sources} does not say on {on}")
    standing: dict[str, list[str]] = {}
    for said in statements(notice, words):
        for name in said.sources:
            standing.setdefault(name, []).append(said.id)
    for name, ids in standing.items():
        then, now = basis(name, notice.published_on), basis(name, on)
        if isinstance(now, Parameter) and isinstance(then, Parameter):
            changed = _changed(then, now)
            if changed:
                detail = f"{changed}; to be read again: {', '.join(dict.fromkeys(ids))}"
                yield Finding("outdated", f"{where}, {name}", detail, now.confidence.value, now.source)


def _changed(then: Parameter, now: Parameter) -> str:
    if (then.value, then.between, then.missing) != (now.value, now.between, now.missing):
        return f"another value since {max(then.since, now.since)}"
    if now.change_expected and not then.change_expected:
        return "another value is announced, and not known"
    if now.confidence is not then.confidence:
        return f"was {then.confidence.value}, is {now.confidence.value}"
    return ""


def _stale(on: date) -> Iterator[Finding]:
    for name in sorted(source_names()):
        found = source(name)
        if is_stale(found.checked_on, on):
            yield Finding("stale", f"sources.yaml, {name}", f"last checked on {found.checked_on}", source=found.source)

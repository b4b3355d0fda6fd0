"""Every notice that this portal ships: the same in every language, nothing without a source, no figure that is not the law's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Final

import pytest

from portal import content
from portal.content.basis import basis
from portal.content.check import notice_check, statements
from portal.content.figures import amounts_of, figures, without_basis
from portal.content.notices import FOLDER
from portal.domain.notice import BlockKind, Notice
from portal.i18n.languages import CODES
from portal.law.parameters import Parameter, definitions
from portal.law.parameters.reading import parameter_files
from tests.content.words import NOTICES, each, words_of
from tests.servers import PROJECT

# A rule: digits, percents, francs, an article, or the name of a law. Said in French, in which every notice is written.
_RULE: Final = re.compile(r"\d|%|\bCHF\b|\bfrancs?\b|\bart(?:\.|icles?\b)|\b(?:O?LIAS|RELIAS|LIPDA)\b")
_UNITS: Final = {"jours": "days", "mois": "months", "ans": "years", "%": "percent", "francs": "CHF"}
_COUNTED: Final = re.compile(r"(\d[\d’\u202f\u00a0]*)\s?(jours|mois|ans|%|francs)")
each_notice = pytest.mark.parametrize("notice", NOTICES, ids=lambda notice: f"{notice.name}-{notice.version}")


def _named(notice: Notice) -> Iterator[tuple[str, str]]:
    """Id and source, for all that names one."""
    for chapter in notice.chapters:
        for one in (*chapter.blocks, *chapter.questions):
            yield from ((one.id, source) for source in one.sources)


@each
def test_the_words_are_those_of_the_structure(notice: Notice, language: str) -> None:
    assert list(words_of(notice, language).said) == list(notice.ids())


@each_notice
def test_the_files_are_one_per_language(notice: Notice) -> None:
    files = {path.name for path in (FOLDER / notice.name / str(notice.version)).iterdir()}
    assert files == {"notice.yaml", *(f"{language}.md" for language in CODES)}


@each_notice
def test_icons(notice: Notice) -> None:
    drawn = set(
        re.findall(r'^"([a-z-]+)":', Path(PROJECT, "portal/templates/components/icon.html").read_text("utf-8"), re.M)
    )
    assert len(drawn) > 20
    assert {chapter.icon for chapter in notice.chapters} <= drawn


@each_notice
def test_every_source_is_one(notice: Notice) -> None:
    parameters = {definition.name for definition in definitions()}
    unknown = [(block, name) for block, name in _named(notice) if name not in parameters | content.source_names()]
    assert unknown == []


def test_every_source_of_the_notices_is_named_by_one_and_is_no_parameter() -> None:
    named = {name for notice in NOTICES for _, name in _named(notice)}
    assert content.source_names() - named == set()
    assert content.source_names() & {path.stem for path in parameter_files()} == set()


@each_notice
def test_a_rule_stands_on_a_source(notice: Notice) -> None:
    words = words_of(notice, "fr")
    assert not _RULE.search(words.plain("title"))
    assert not _RULE.search(words.plain("lead"))
    assert [said.id for said in statements(notice, words) if _RULE.search(said.text) and not said.sources] == []
    unknown = [block for chapter in notice.chapters for block in chapter.blocks if block.kind is BlockKind.UNKNOWN]
    assert [block.id for block in unknown if not block.sources] == []
    assert [question.id for chapter in notice.chapters for question in chapter.questions if not question.sources] == []


@each
def test_figures_are_those_of_the_sources_on_the_day_of_publication(notice: Notice, language: str) -> None:
    wrong = [
        (said.id, left)
        for said in statements(notice, words_of(notice, language))
        if (left := without_basis(said.text, [basis(name, notice.published_on) for name in said.sources]))
    ]
    assert wrong == []


@each_notice
def test_a_number_has_the_unit_of_its_source(notice: Notice) -> None:
    """30 days are not 30 months. In French; where a source states parts or words instead of one value, a person must look."""
    wrong: list[tuple[str, str]] = []
    for said in statements(notice, words_of(notice, "fr")):
        bases = [basis(name, notice.published_on) for name in said.sources]
        for found in _COUNTED.finditer(said.text):
            amounts = figures(found[1]).amounts
            behind = [one for one in bases if amounts_of(one).intersection(amounts)]
            units = {one.unit.split("/")[0] if isinstance(one, Parameter) and one.known else "facts" for one in behind}
            if units and not units & {"facts", "rule", _UNITS[found[2]]}:
                wrong.append((said.id, found[0]))
    assert wrong == []


@each
def test_the_same_figures_stand_in_every_language(notice: Notice, language: str) -> None:
    french, other = words_of(notice, "fr"), words_of(notice, language)
    pairs = {name: (figures(french.plain(name)).all(), figures(other.plain(name)).all()) for name in notice.ids()}
    assert {name: pair for name, pair in pairs.items() if pair[0] != pair[1]} == {}


def test_the_check_finds_every_change_of_a_source_after_publication() -> None:
    current = [content.current(name) for name in content.names()]
    for notice in current:
        standing = {name for _, name in _named(notice)}
        for definition in (one for one in definitions() if one.name in standing):
            days = {value.since for value in definition.values} | {definition.change_expected_on}
            for day in sorted(day for day in days if day is not None and day > notice.published_on):
                found = {finding.where for finding in notice_check(day).outdated}
                assert f"{notice.name}/{notice.version}, {definition.name}" in found
    for notice in current:  # and nothing on the day itself: else everything would be outdated at all times
        mine = [one for one in notice_check(notice.published_on).outdated if one.where.startswith(f"{notice.name}/")]
        assert mine == []
        assert not notice_check(notice.published_on - timedelta(days=1)).errors

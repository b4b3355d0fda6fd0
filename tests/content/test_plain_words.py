"""The notices are plain: short sentences, short paragraphs, and the letters that each language is written with."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from portal import content
from portal.content.sources import read_sources
from portal.domain.notice import Notice
from portal.i18n.languages import CODES
from tests.content.words import NOTICES, count, each, length, paragraphs, sentences, words_of

WORDS_IN_A_SENTENCE = 15
WORDS_IN_A_PARAGRAPH = 70
OLD_LAW_ENDED = "30.6.2021"


def _texts(language: str) -> Iterator[tuple[str, str]]:
    for notice in NOTICES:
        words = words_of(notice, language)
        yield from ((f"{notice.name}/{notice.version} {name}", words.plain(name)) for name in notice.ids())


@each
def test_sentences_are_short(notice: Notice, language: str) -> None:
    found = length(notice, language)
    print(f"{notice.name}/{notice.version} {language}: {found.mean:.1f} words in each of {found.sentences} sentences")
    assert found.mean <= WORDS_IN_A_SENTENCE


@each
def test_paragraphs_are_short(notice: Notice, language: str) -> None:
    said = {name: count(text) for name, text in paragraphs(notice, words_of(notice, language))}
    assert {name: words for name, words in said.items() if words > WORDS_IN_A_PARAGRAPH} == {}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Un. Deux ! Trois ? Quatre", 4),
        ("Selon l’art. 53 al. 2 de la loi. Puis ceci.", 2),
        ("Jusqu’au 30.6.2021. Puis « non ». Fin.", 3),
        ("هل هذا صحيح؟ نعم.", 2),
        ("Das geht z. B. so.", 1),
    ],
)
def test_how_sentences_are_counted(text: str, found: int) -> None:
    assert len(sentences(text)) == found


def test_how_words_are_counted() -> None:
    assert count("Dites-le : « l’aide » — 30 000 !") == 4
    assert count("البلدية تقرر خلال 30 يومًا.") == 5


@pytest.mark.parametrize(
    ("language", "wrong"),
    [
        ("fr", r"['´`\"]"),
        ("de", r"ß"),
        ("ar", r"[\u0660-\u0669\u06f0-\u06f9]"),
    ],
)
def test_letters(language: str, wrong: str) -> None:
    assert [name for name, text in _texts(language) if re.search(wrong, text)] == []


@pytest.mark.parametrize("language", CODES)
def test_the_old_law_is_named_with_its_end(language: str) -> None:
    assert [name for name, text in _texts(language) if "RELIAS" in text and OLD_LAW_ENDED not in text] == []


@pytest.mark.parametrize("notice", NOTICES, ids=lambda notice: f"{notice.name}-{notice.version}")
def test_each_chapter_says_until_when_an_old_text_held(notice: Notice) -> None:
    """At its first mention, in French; the other languages have the same figures."""
    words = words_of(notice, "fr")
    for chapter in notice.chapters:
        old = [
            text
            for name in chapter.ids()
            if re.search(r"ancien(?:ne)? (?:texte|droit|loi|règlement)", text := words.plain(name))
        ]
        assert all(OLD_LAW_ENDED in text for text in old[:1]), f"{notice.name}/{notice.version} {chapter.id}: {old[0]}"


def test_a_source_names_the_old_law_with_its_end() -> None:
    said = {name: f"{found.source} {found.article}" for name, found in read_sources().items()}
    assert [name for name, text in said.items() if "RELIAS" in text and OLD_LAW_ENDED not in text] == []


@pytest.mark.parametrize("language", [code for code in CODES if code != "fr"])
def test_nothing_was_left_in_french(language: str) -> None:
    """Words alike are possible (a name, «30 CHF»); whole sentences are not."""
    french = dict(_texts("fr"))
    same = [name for name, text in _texts(language) if text == french[name] and count(text) > 3]
    assert same == []


def test_a_notice_is_there() -> None:
    assert "rights" in content.names()

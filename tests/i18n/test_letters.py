"""The letters' own words: complete in both languages, each paragraph explained, each rule a parameter that there is."""

from __future__ import annotations

import re
from datetime import date
from itertools import chain

import pytest

from portal.domain.defence import REASONS, Letter
from portal.i18n.languages import CODES
from portal.i18n.letters import LANGUAGES, letter_date, letter_words, of_commune, words
from portal.i18n.letters.explained import explained
from portal.i18n.letters.outline import OUTLINE
from portal.law.parameters import definition

FIELD = re.compile(r"\{(\w+)\}")


def ids(letter: Letter) -> list[str]:
    return [part.id for part in OUTLINE[letter]]


@pytest.mark.parametrize("letter", Letter)
def test_both_languages_have_the_same_paragraphs_with_the_same_fields(letter: Letter) -> None:
    both = [letter_words(language, letter) for language in LANGUAGES]
    assert list(both[0]) == list(both[1]) == ["title", "subject", *ids(letter)]
    for name in both[0]:
        french, german = (sorted(FIELD.findall(one[name])) for one in both)
        assert french == german, name
        assert both[0][name] != both[1][name]
        assert "ß" not in both[1][name]


@pytest.mark.parametrize("letter", Letter)
@pytest.mark.parametrize("language", CODES)
def test_every_paragraph_is_explained(letter: Letter, language: str) -> None:
    told = explained(letter, language)
    assert list(told) == ids(letter)
    assert all(text.strip() for text in told.values())


def test_every_rule_behind_a_paragraph_is_a_parameter() -> None:
    for part in chain.from_iterable(OUTLINE.values()):
        assert part.source is None or definition(part.source)


def test_reasons_and_common_words_are_the_same_in_both() -> None:
    french, german = (words(language, "reasons") for language in LANGUAGES)
    assert set(french) == set(german) == set(chain.from_iterable(REASONS.values()))
    common = [words(language, "common") for language in LANGUAGES]
    assert list(common[0]) == list(common[1])
    assert list(common[0]["blanks"]) == list(common[1]["blanks"])
    for blank in chain.from_iterable(one["blanks"].values() for one in common):
        assert re.search(r"\[[^\]]+\]", blank)


def test_a_number_of_days_in_a_letter_comes_from_the_law() -> None:
    """Dates and lengths are fields; what is left in digits is the name of a rule."""
    for letter in Letter:
        for language in LANGUAGES:
            text = " ".join(letter_words(language, letter).values())
            assert set(re.findall(r"\d[\d.]*", text)) <= {"16.1.2", "9"}


@pytest.mark.parametrize(("name", "french"), [("Sierre", "de Sierre"), ("Ayent", "d’Ayent"), ("Evolène", "d’Evolène")])
def test_french_names_its_commune_well(name: str, french: str) -> None:
    assert of_commune(name, "fr") == french
    assert of_commune(name, "de") == name


def test_the_date_of_a_letter() -> None:
    first = date(2026, 12, 1)
    assert letter_date(first, "fr") == "1er décembre 2026"
    assert letter_date(date(2026, 12, 21), "fr") == "21 décembre 2026"
    assert letter_date(first, "de") == "1. Dezember 2026"

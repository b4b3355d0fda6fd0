"""The glossary: each term once, in every language, with the source of its German counterpart."""

from __future__ import annotations

from collections import Counter

from portal.law.loader import LAW, read_yaml

TERMS = read_yaml(LAW.parent / "i18n" / "glossary.yaml")["terms"]


def test_each_term_stands_in_every_language_with_a_source():
    for term in TERMS:
        assert (
            {"fr", "de", "en", "pt", "ar", "source"} <= term.keys() <= {"fr", "de", "en", "pt", "ar", "source", "note"}
        )
        assert all(isinstance(text, str) and text.strip() for text in term.values()), term


def test_each_french_term_stands_once():
    assert [term for term, times in Counter(term["fr"] for term in TERMS).items() if times > 1] == []


def test_arabic_is_written_in_arabic():
    for term in TERMS:
        assert any("\u0600" <= character <= "\u06ff" for character in term["ar"]), term["fr"]


def test_the_terms_of_the_design():
    german = {term["fr"]: term["de"] for term in TERMS}
    assert german["aide sociale"] == "Sozialhilfe"
    assert german["LIAS"] == "GES"
    assert german["centre médico-social (CMS)"] == "Sozialmedizinisches Zentrum (SMZ)"
    assert german["Conseil d’Etat"] == "Staatsrat"

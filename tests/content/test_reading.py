"""A notice is read strictly: whatever is not exactly as it must be is refused with its place."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from portal import content
from portal.content import ContentError
from portal.domain.notice import Run
from portal.i18n.languages import CODES
from portal.law.loader import LawDataError
from tests.content.making import make, replace_in


def test_a_sound_notice(tmp_path: Path) -> None:
    folder = make(tmp_path)
    assert content.names(folder) == ("rights",)
    for language in CODES:
        words = content.words("rights", 1, language, folder)
        assert list(words.said) == list(content.current("rights", folder).ids())
        assert words.said["decision-1"] == (Run("La commune a "), Run("30 jours", strong=True), Run("."))
        assert words.plain("decision-2") == "Ana attend depuis 31 jours."


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("{#decision-2}\nAna attend depuis *31 jours*.\n", "", r"missing \['decision-2'\]"),
        ("{#decision-2}\n", "{#decision-3}\nUn mot de trop.\n\n{#decision-2}\n", r"unknown \['decision-3'\]"),
        ("{#decision-2}\n", "{#decision-1}\n", "'decision-1' stands twice"),
        (
            "{#decision-q1-a}\n10 jours\n\n{#decision-q1-b}\n30 jours",
            "{#decision-q1-b}\n30 jours\n\n{#decision-q1-a}\n10 jours",
            "another order",
        ),
        ("{#lead}\nDeux mots.", "{#lead}\nDeux mots.\n\nSans nom.", "without an id: 'Sans nom.'"),
        ("{#lead}\n", "", "without an id: 'Deux mots.'"),
        ("Deux mots.", "[Deux](https://example.invalid) mots.", "'lead' is empty, or holds more than words"),
        ("Deux mots.", "Voir https://example.invalid", "'lead' is empty, or holds more than words"),
        ("Deux mots.", "<b>Deux</b> mots.", "'lead' is empty, or holds more than words"),
        ("Deux mots.", "Deux **mots.", "'lead' is empty, or holds more than words"),
        ("Deux mots.", "- Deux\n- mots.", "'lead' is empty, or holds more than words"),
        ("Deux mots.", "Deux mots. {#lead}", "'lead' is empty, or holds more than words"),
        ("Deux mots.", "`Deux` mots.", "'lead' is empty, or holds more than words"),
        ("{#lead}", "{#lead .big}", "'lead' is empty, or holds more than words"),
    ],
)
def test_faulty_words(tmp_path: Path, old: str, new: str, said: str) -> None:
    folder = make(tmp_path)
    replace_in(folder / "rights" / "1" / "ar.md", old, new)
    assert content.words("rights", 1, "fr", folder)
    with pytest.raises(ContentError, match=rf"rights/1/ar\.md.*{said}"):
        content.words("rights", 1, "ar", folder)


def test_a_language_that_is_not_there(tmp_path: Path) -> None:
    folder = make(tmp_path)
    (folder / "rights" / "1" / "pt.md").unlink()
    with pytest.raises(ContentError, match=r"rights/1/pt\.md is missing"):
        content.words("rights", 1, "pt", folder)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("id: decision-2", "id: decision-1", "'decision-1' stands twice"),
        ("id: decision-2", "id: Decision_2", "'Decision_2' stands twice, or is no id"),
        ("id: decision-2", "id: title", "'title' stands twice"),
        ("right: [b]", "right: [c]", "decision-q1 has not one right answer among its answers"),
        ("right: [b]", "right: []", "decision-q1 has not one right answer among its answers"),
        ("right: [b]", "right: [a, b]", "decision-q1 has not one right answer among its answers"),
        ("right: [b]", "right: [a, c]", "decision-q1 has not one right answer among its answers"),
        ("kind: example", "kind: story", "decision-2 is of no known kind: 'story'"),
        ("kind: example", "kind: example, style: big", "unknown field style"),
        ("    icon: clock\n", "    icon: clock\n    colour: red\n", "unknown field colour"),
        ("published_on", "reviewed: {fr: null}\npublished_on", "unknown field reviewed"),
        ("published_on: 2026-11-21", "published_on: soon", "published_on must be date"),
        ("    icon: clock\n", "", "icon is missing"),
    ],
)
def test_faulty_structure(tmp_path: Path, old: str, new: str, said: str) -> None:
    folder = make(tmp_path)
    replace_in(folder / "rights" / "1" / "notice.yaml", old, new)
    with pytest.raises((ContentError, LawDataError), match=rf"rights/1.*{said}"):
        content.notice("rights", 1, folder)


def test_who_has_read_which_words(tmp_path: Path) -> None:
    folder = make(tmp_path)
    reviews = "rights:\n  1:\n    de: {by: A. Test, day: 2026-12-01}\n"
    (tmp_path / "reviews.yaml").write_text(reviews, encoding="utf-8")
    reviewed = content.notice("rights", 1, folder).reviewed
    assert {language for language, review in reviewed.items() if review is None} == {"fr", "en", "pt", "ar"}
    german = reviewed["de"]
    assert german is not None
    assert (german.by, german.on) == ("A. Test", date(2026, 12, 1))


@pytest.mark.parametrize(
    ("review", "said"),
    [
        ("rights: {1: {es: {by: A, day: 2026-12-01}}}", "languages of the portal"),
        ("rights: {one: {fr: {by: A, day: 2026-12-01}}}", "must be a number"),
        ("rights: {1: {fr: {by: A}}}", "day is missing"),
        ("rights: {1: {fr: {day: 2026-12-01}}}", "by is missing"),
        ("rights: {2: {fr: {by: A, day: 2026-12-01}}}", "no such version"),
        ("privacy: {1: {fr: {by: A, day: 2026-12-01}}}", "no such version"),
    ],
)
def test_a_faulty_review(tmp_path: Path, review: str, said: str) -> None:
    folder = make(tmp_path)
    (tmp_path / "reviews.yaml").write_text(review, encoding="utf-8")
    with pytest.raises((ContentError, LawDataError), match=said):
        content.notice("rights", 1, folder)


@pytest.mark.parametrize("version", [0, 2])
def test_there_is_no_such_version(tmp_path: Path, version: int) -> None:
    with pytest.raises(content.UnknownNoticeError):
        content.notice("rights", version, make(tmp_path))

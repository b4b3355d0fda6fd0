"""How the desk names the languages that people speak: in its own words, with the person's own beside it."""

from __future__ import annotations

import pytest

from portal.i18n.languages import SPOKEN, STAFF_CODES
from portal.i18n.names import spoken_at_desk


@pytest.mark.parametrize(
    ("code", "language", "said"),
    [
        ("ti", "fr", "tigrigna (ትግርኛ)"),
        ("ti", "de", "Tigrinya (ትግርኛ)"),
        ("ar", "de", "Arabisch (العربية)"),
        ("fr", "fr", "Français"),
        ("de", "de", "Deutsch"),
        ("other", "fr", "Une autre langue"),
        (None, "fr", ""),
    ],
)
def test_a_language_at_the_desk(code: str | None, language: str, said: str) -> None:
    assert spoken_at_desk(code, language) == said


@pytest.mark.parametrize("language", STAFF_CODES)
def test_every_language_of_the_list_has_a_name_that_a_clerk_reads(language: str) -> None:
    for code in SPOKEN.keys() - {language}:
        assert spoken_at_desk(code, language).endswith(f"({SPOKEN[code]})")

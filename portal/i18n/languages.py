"""The languages of the portal: one list, in the order of the menu."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Language:
    """A language of the interface. `locale` is Babel's, for dates and numbers."""

    code: str
    name: str
    dir: str
    locale: str
    official: bool = False


LANGUAGES: Final = (
    Language("fr", "Français", "ltr", "fr_CH", official=True),
    Language("de", "Deutsch", "ltr", "de_CH", official=True),
    Language("en", "English", "ltr", "en_GB"),
    Language("pt", "Português", "ltr", "pt_PT"),
    Language("ar", "العربية", "rtl", "ar"),
)
BY_CODE: Final = {language.code: language for language in LANGUAGES}
CODES: Final = tuple(BY_CODE)
OWN_NAMES: Final = tuple((language.code, language.name) for language in LANGUAGES)
"""To choose from: each language in its own name."""
DEFAULT: Final = "fr"
STAFF_CODES: Final = ("fr", "de")

SPOKEN: Final = {
    "fr": "Français",
    "de": "Deutsch",
    "pt": "Português",
    "it": "Italiano",
    "en": "English",
    "es": "Español",
    "sq": "Shqip",
    "sr": "Srpski / Hrvatski / Bosanski",
    "tr": "Türkçe",
    "ar": "العربية",
    "fa": "فارسی / دری",
    "ti": "ትግርኛ",
    "uk": "Українська",
    "ru": "Русский",
    "ku": "Kurdî",
    "so": "Soomaali",
    "ta": "தமிழ்",
}
"""Languages for the interview, in their own names (facts/law.md section 7 names those most spoken)."""


def official_beside(code: str, region: str | None = None) -> str:
    """The official language to print beside `code`: German for German readers and the Upper Valais, else French."""
    return "de" if code == "de" or region == "oberwallis" else "fr"

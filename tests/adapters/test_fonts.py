"""What the shipped fonts can print, and what stands for the rest."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.adapters import fonts
from portal.adapters.fonts.printable import direction, missing_glyphs, plain, printable, shown_name

PLACEHOLDER = "[nom comme au dossier]"


def test_the_last_resort_is_plain_letters() -> None:
    assert plain("Zoë 😀\n") == "Zo[U+00EB] [U+1F600] "


@given(st.text(max_size=60))
def test_what_is_printable_stays_and_all_else_is_named(text: str) -> None:
    shown = printable(text)
    assert not missing_glyphs(shown)
    assert printable(shown) == shown


def test_missing_glyphs() -> None:
    assert missing_glyphs("Zoë محمد ሰላም Nguyễn e\u0301") == set()
    assert missing_glyphs("王 a\u0947 😀") == {"王", "a\u0947", "😀"}


def test_direction() -> None:
    assert direction("محمد Dubois") == "rtl"
    assert direction("12 Dubois محمد") == "ltr"
    assert direction("") == "ltr"


def test_the_fonts_cover_what_their_character_maps_say() -> None:
    """Letters known to be in each font; test_typesetting sets every covered character with typst itself."""
    for sample, family in (("éŵǿЖΩ", 0), ("محمدپ", 1), ("ሰላምጵ", 2)):
        assert {ord(letter) for letter in sample} <= fonts.coverage()[family]
    assert all(len(family) > 400 for family in fonts.coverage())
    assert (fonts.FOLDER / "OFL.txt").read_text().count("SIL OPEN FONT LICENSE") == 1
    with pytest.raises(ValueError, match="no table cmap"):
        fonts.read_cmap(b"\x00\x01\x00\x00" + bytes(8))


@pytest.mark.parametrize("name", ["", "   ", "\u200d", "\ufe0f\u0301"])
def test_an_empty_name_is_never_silent(name: str) -> None:
    assert shown_name(name, "", PLACEHOLDER).startswith(PLACEHOLDER)


def test_a_latin_spelling_that_cannot_be_printed_either() -> None:
    assert shown_name("王", "王", PLACEHOLDER) == "[U+738B]"

"""A notice on paper: tagged, paragraph beside paragraph, with everything that it must say and nothing that it must not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from portal.domain.notice import Block, BlockKind, Question, Review, Words
from portal.i18n.text import translator
from portal.services.notices.paper import notice_pdf, notice_sheet
from portal.services.notices.texts import NoticeText
from tests.adapters.notice_samples import INSTANT, URL, notice_text, sentences
from tests.pages.pdf import glyphs, heights, structure, words

PAIRS = [("ar", "fr"), ("de", "fr"), ("ar", "de"), ("fr", None)]


@pytest.mark.parametrize(("own", "second"), PAIRS)
def test_a_notice_is_a_tagged_paper_in_its_languages(
    own: str, second: str | None, caplog: pytest.LogCaptureFixture
) -> None:
    pdf = notice_pdf(notice_text(own, second, chapters=3), INSTANT, URL)
    reader = PdfReader(BytesIO(pdf))
    root: Any = reader.trailer["/Root"]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_object().get_data()
    assert str(root["/Lang"]) == f"{own}-CH"
    assert reader.metadata is not None
    assert reader.metadata.title == f"{sentences(own)[0]} 21.11.2026"
    shown = [own, *([second] if second else [])]
    found = structure(pdf)
    headings = [one for one in found if one[0].startswith("/H")]
    assert headings == [("/H1", code) for code in shown] + [("/H2", code) for code in shown] * 3
    # Each paragraph in one language and then in the other; an example and what is not sure have their word before it.
    paragraphs = [code for kind, code in found if kind == "/P"]
    assert paragraphs == shown + [code for _ in range(3) for size in (1, 2, 2) for code in shown for _ in range(size)]
    lists = [place for place, one in enumerate(found) if one[0] == "/L"][len(shown) :]  # without those of the card
    assert [found[place][1] for place in lists] == shown * 3
    items = [sum(kind == "/LI" for kind, _ in found[place : place + 9]) for place in lists[: len(shown) - 1]]
    assert items == [2] * (len(shown) - 1)
    assert [kind for kind, _ in found].count("/Figure") == 1
    # No character without a letter of its own: no empty box, no code point, and no second try in plain letters.
    drawn = glyphs(pdf)
    assert drawn[0] == 0
    assert sum(drawn.values()) > 1500
    assert "U+" not in words(pdf)
    assert not caplog.records


@pytest.mark.parametrize(("own", "second"), [("de", "fr"), ("fr", None)])
def test_every_word_is_on_it_once_in_each_language(own: str, second: str | None) -> None:
    text = words(notice_pdf(notice_text(own, second, chapters=1), INSTANT, URL))
    for code in (own, second):
        if code:
            _ = translator(code).gettext
            for said in (*sentences(code), _("Exemple"), _("Pas connu ou pas sûr"), _("C’est sûr."), _("Sources")):
                squeezed = "".join(said.split())
                assert squeezed in "".join(text.split()), said
    assert "Directive LIAS, ch. 16.1.2" in text
    assert "texte en vigueur jusqu’au 30.6.2021" in text  # what is old law is called so
    assert URL in text


def test_an_arabic_notice_has_its_words_in_both_orders_of_reading() -> None:
    text = words(notice_pdf(notice_text("ar", "fr", chapters=1), INSTANT, URL))
    for word in ("البلدية", "عاجلة", "المركز", "ديسمبر"):
        assert word in text or word[::-1] in text
    assert "Ana dépose sa demande le 10 novembre." in text


@pytest.mark.parametrize("longer", [1, 6])
def test_paragraphs_and_points_stand_beside_their_like(longer: int) -> None:
    """Also where what stands before takes more lines in one language than in the other."""
    text = notice_text("de", "fr", chapters=1)
    said = {name: runs * longer if name in ("c0-0", "c0-1") else runs for name, runs in text.words.said.items()}
    found = heights(notice_pdf(replace(text, words=replace(text.words, said=said)), INSTANT, URL))
    at = dict(reversed(found))

    def height(start: str) -> float:
        return next(height for text, height in at.items() if text.startswith(start))

    starts = [
        ("Die Gemeinde", "La commune déc"), ("Im Notfall", "En urgence"), ("Dann kommt", "Alors la"),
        ("Ana stellt", "Ana dépose"), ("Was auf", "Ce qui suit"),
    ]  # fmt: skip
    for german, french in starts:
        assert height(german) == pytest.approx(height(french), abs=0.5), german
    assert height("Die Gemeinde") > height("Im Notfall") > height("Dann kommt") > height("Ana stellt")


def test_bold_words_stay_bold() -> None:
    text = notice_text("fr", None, chapters=1)
    reader = PdfReader(BytesIO(notice_pdf(text, INSTANT, URL)))
    bold: list[str] = []

    def see(words: str, _cm: object, _matrix: object, font: dict[str, object] | None, _size: object) -> None:
        if font and "Bold" in str(font["/BaseFont"]):
            bold.append(words.strip())

    reader.pages[0].extract_text(visitor_text=see)
    assert {"30 jours", "aide urgente", "5 jours"} <= set(bold)
    assert not any("La commune décide en" in one for one in bold)


def sheet_words(text: NoticeText, language: str) -> str:
    sheet = notice_sheet(text, URL)
    return " ".join(next(one for one in sheet["texts"] if one["lang"] == language)["honest"])


def test_it_says_which_language_counts_and_who_has_read_it() -> None:
    by = Review("Dominique Exemple", date(2026, 12, 1))
    german, french = translator("de").gettext, translator("fr").gettext
    read, unread = notice_text("de", "fr", review=by), notice_text("de", "fr")
    own = sheet_words(unread, "de")
    assert german("Le texte français de cet écrit compte. Cette traduction aide à le comprendre.") in own
    assert german("Personne n’a encore relu cette traduction pour la contrôler.") in own
    beside = sheet_words(read, "fr")
    assert french("Ce texte français compte. Les traductions aident à le comprendre.") in beside
    assert "Dominique Exemple" in beside
    assert "décembre 2026" in beside
    assert "Dominique" not in sheet_words(read, "de")  # the review of one language is not that of another
    reviewed = {"de": by, "fr": None}
    translation = replace(unread, notice=replace(unread.notice, reviewed=reviewed))
    assert "Dominique Exemple" in sheet_words(translation, "de")
    assert french("Personne n’a encore relu ce texte pour le contrôler.") in sheet_words(translation, "fr")


def test_the_questions_are_left_out() -> None:
    text = notice_text("fr", None, chapters=1)
    question = Question("c0-q1", ("a",), "a", ("appeal_period",))
    chapter = replace(text.notice.chapters[0], questions=(question,))
    asked = replace(text, notice=replace(text.notice, chapters=(chapter,)))
    assert notice_sheet(asked, URL) == notice_sheet(text, URL)


def test_each_statement_names_its_sources_and_each_source_stands_once() -> None:
    (chapter,) = notice_sheet(notice_text("de", "fr", chapters=1), URL)["chapters"]
    assert [part["notes"] for part in chapter["parts"]] == [["1"], ["2"], [], ["3", "4"]]
    assert [one["number"] for one in chapter["sources"]] == ["1", "2", "3", "4"]
    german, french = translator("de").gettext, translator("fr").gettext
    assert chapter["sources"][0]["said"] == [german("C’est sûr."), french("C’est sûr.")]
    assert chapter["sources"][2]["said"][1] == french("Valeur pas connue pour le Valais.")
    assert chapter["sources"][3]["said"][1] == french("C’est probable.")


def test_hostile_words_are_words() -> None:
    text = notice_text("fr", None, chapters=1)
    said = dict(text.words.said)
    said["c0-0"] = (replace(said["c0-0"][0], text='#eval("1+1") *b* `r` $x$ <l> @m \\u{41} ' + "W" * 200),)
    pdf = notice_pdf(replace(text, words=replace(text.words, said=said)), INSTANT, URL)
    assert '#eval("1+1") *b* `r` $x$ <l> @m \\u{41}' in words(pdf)


def test_a_long_list_goes_on_on_the_next_page() -> None:
    text = notice_text("de", "fr", chapters=1, longer=3)
    blocks = tuple(Block(f"p{number}", BlockKind.POINT, ("urgent_clock",)) for number in range(25))

    def longer(one: Words) -> Words:
        return replace(one, said={**one.said, **{block.id: one.said["c0-2"] for block in blocks}})

    chapter = replace(text.notice.chapters[0], blocks=blocks)
    assert text.second is not None
    made = replace(
        text,
        notice=replace(text.notice, chapters=(chapter,)),
        words=longer(text.words),
        second=longer(text.second),
    )
    pdf = notice_pdf(made, INSTANT, URL)
    assert len(PdfReader(BytesIO(pdf)).pages) >= 3
    assert words(pdf).count("Alors la décision") == words(pdf).count("Dann kommt") == 75


def test_the_same_notice_gives_the_same_bytes() -> None:
    text = notice_text("ar", "fr")
    assert notice_pdf(text, INSTANT, URL) == notice_pdf(text, INSTANT, URL)
    assert notice_pdf(text, INSTANT + timedelta(days=1), URL) != notice_pdf(text, INSTANT, URL)

"""The letters as text, as tagged PDF and as document: all that was said stands in them, all that was not is marked."""

from __future__ import annotations

import zipfile
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import docx
import pytest
from docx.enum.text import WD_COLOR_INDEX
from docx.text.paragraph import Paragraph
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from portal.domain.defence import REASONS, Dates, Event, Letter, Told, letters_for
from portal.domain.letter import LetterText
from portal.i18n.letters import LANGUAGES
from portal.services.defence import language_of
from portal.services.defence_letter import compose, letter_document, letter_pdf
from tests.adapters.test_typesetting import elements_of, letters_of, text_of

TODAY = date(2026, 11, 21)
NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
SIERRE, VISP = 6248, 6297
DATES = Dates(
    filed=date(2026, 10, 1), urgent=date(2026, 11, 2), decided=date(2026, 11, 3), notified=date(2026, 11, 5),
    changed=date(2026, 11, 6),
)  # fmt: skip
EVERY = [(event, letter) for event in Event for letter in letters_for(event, late=False)]
ARABIC = "أحمد الحاج"


def full(event: Event, **changes: Any) -> Told:
    said = {
        "dates": DATES, "name": "Odette Rey", "address": "Rue du Rhône 1\n3960 Sierre", "commune_bfs": SIERRE,
        "reference": "VS-4821-9035-17", "centimes": 120_000, "reasons": REASONS[event], "words": "Mes mots\nà moi",
    }  # fmt: skip
    return Told(event, **{**said, **changes})


def letter_of(event: Event, letter: Letter, language: str = "fr", **changes: Any) -> LetterText:
    return compose(full(event, **changes), letter, language, TODAY)


def plain(text: LetterText) -> str:
    return "\n".join("".join(run.text for run in line) for line in text.all_lines)


def paragraphs(content: bytes) -> list[Paragraph]:
    return list(docx.Document(BytesIO(content)).paragraphs)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("event", "letter"), EVERY)
def test_a_full_letter_leaves_to_the_hand_what_is_not_known_alone(event: Event, letter: Letter, language: str) -> None:
    text = letter_of(event, letter, language)
    assert len(text.blanks) == 3, text.blanks  # the address, the signature, further enclosures
    assert "{" not in plain(text)
    for said in ("Odette Rey", "Rue du Rhône 1", "VS-4821-9035-17"):
        assert said in plain(text)
    if letter is not Letter.FILE and REASONS[event]:
        assert {"Mes mots", "à moi"} <= set(plain(text).split("\n"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("event", "letter"), EVERY)
def test_an_empty_letter_marks_each_gap(event: Event, letter: Letter, language: str) -> None:
    text = compose(Told(event), letter, language, TODAY)
    marked = {run.text for line in text.all_lines for run in line if run.blank}
    for run in (run for line in text.all_lines for run in line if not run.blank):
        assert "[" not in run.text
        assert "{" not in run.text
    assert {"fr": "[prénom et nom]", "de": "[Vorname und Name]"}[language] in marked


def test_day_31_and_day_30() -> None:
    late = letter_of(Event.NO_ANSWER, Letter.DECISION, dates=Dates(filed=date(2026, 10, 21)))
    soon = letter_of(Event.NO_ANSWER, Letter.DECISION, dates=Dates(filed=date(2026, 10, 22)))
    assert "Plus de 30 jours ont passé." in plain(late)
    assert "Plus de 30 jours" not in plain(soon)
    assert "Je n’ai pas encore reçu de décision écrite." in plain(soon)
    assert "aide urgente" not in plain(late), "nobody asked for urgent help"


def test_the_days_for_urgent_help_rest_on_the_directive() -> None:
    """OLIAS art. 9 lists the kinds of decisions; the days stand in the directive."""
    both = [plain(letter_of(Event.NO_ANSWER, Letter.DECISION, language)) for language in LANGUAGES]
    assert "dans les 5 jours (directive d’application de la LIAS, ch. 16.1.2)" in both[0]
    assert "innert 5 Tagen (Weisung zur Anwendung des GES, Kap. 16.1.2)" in both[1]
    assert not [text for text in both if "OLIAS" in text or "VES" in text]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("centimes", "written"), [(1_234_550, "CHF\u00a012’345.50"), (90_000, "CHF\u00a0900")])
def test_an_amount_names_its_currency(centimes: int, written: str, language: str) -> None:
    text = letter_of(Event.REPAY, Letter.REMISSION, language, centimes=centimes)
    assert "".join(run.text for run in text.subject).endswith(written)
    assert all(type(run.text) is str for line in text.all_lines for run in line), "no second language within"


def test_the_appeal_of_each_event() -> None:
    assert "effet suspensif" in plain(letter_of(Event.CUT, Letter.APPEAL))
    assert "effet suspensif" not in plain(letter_of(Event.REFUSED, Letter.APPEAL)), "nothing would go on"
    assert "rétablir mon aide" in plain(letter_of(Event.CUT, Letter.APPEAL))
    assert "rembourser le montant de CHF\u00a01’200." in plain(letter_of(Event.REPAY, Letter.APPEAL))
    left = letter_of(Event.REFUSED, Letter.APPEAL, dates=Dates(notified=date(2026, 11, 5), collected=False))
    assert "n’a pas été retirée. L’avis de passage est du 5 novembre 2026." in plain(left)
    assert "J’ai reçu cette décision" not in plain(left)


@pytest.mark.parametrize(("event", "letter"), EVERY)
def test_no_address_is_invented(event: Event, letter: Letter) -> None:
    first, second = letter_of(event, letter).addressee
    assert not any(run.blank for run in first)
    assert [run.blank for run in second] == [True]


@pytest.mark.parametrize(
    ("commune", "wish", "page", "expected"),
    [
        (SIERRE, None, "ar", "fr"),
        (VISP, None, "ar", "de"),
        (VISP, "fr", "ar", "fr"),
        (SIERRE, "de", "ar", "de"),
        (None, None, "ar", "fr"),
        (None, None, "de", "de"),
        (SIERRE, None, "de", "fr"),
        (None, "ar", "pt", "fr"),
        (9999, None, "pt", "fr"),
    ],
)
def test_the_language_of_a_letter(commune: int | None, wish: str | None, page: str, expected: str) -> None:
    assert language_of(commune, wish, page, TODAY) == expected


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("event", "letter"), EVERY)
def test_the_pdf_is_tagged_and_says_it_all(event: Event, letter: Letter, language: str) -> None:
    text = letter_of(event, letter, language)
    content = letter_pdf(text, NOW, "https://example.ch")
    assert content == letter_pdf(text, NOW, "https://example.ch")
    reader = PdfReader(BytesIO(content))
    root: Any = reader.trailer["/Root"]
    assert len(reader.pages) == 1
    assert reader.metadata is not None
    assert reader.metadata.title == text.title
    assert reader.metadata.author is None
    assert root["/Lang"] == f"{language}-CH"
    assert root["/MarkInfo"]["/Marked"].value is True
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_object().get_data()
    kinds = [element["/S"] for element in elements_of(content)]
    assert kinds.count("/H1") == 1
    assert "/L" in kinds
    printed = letters_of(text_of(content))
    for line in text.all_lines:
        assert letters_of("".join(run.text for run in line)) in printed


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("event", "letter"), EVERY)
@pytest.mark.parametrize("empty", [False, True])
def test_the_document_has_every_line_and_marks_every_blank(
    event: Event, letter: Letter, language: str, empty: bool
) -> None:
    text = compose(Told(event), letter, language, TODAY) if empty else letter_of(event, letter, language)
    content = letter_document(text)
    assert content == letter_document(text)
    written = paragraphs(content)
    lines = [one.text for one in written]
    for line in text.all_lines:
        assert "".join(run.text for run in line) in lines
    assert text.greeting in lines
    marked = {run.text for one in written for run in one.runs if run.font.highlight_color == WD_COLOR_INDEX.YELLOW}
    assert marked == set(text.blanks)
    assert not [run.text for one in written for run in one.runs if "[" in run.text and run.text not in marked]
    assert [one.style.name for one in written if one.style.name.startswith("Heading")] == ["Heading 1"]


def test_the_document_tells_of_no_machine_and_no_user() -> None:
    text = letter_of(Event.REFUSED, Letter.APPEAL)
    content = letter_document(text)
    told = docx.Document(BytesIO(content)).core_properties
    assert (told.title, told.language) == (text.title, "fr-CH")
    assert (told.author, told.last_modified_by, told.comments, told.keywords) == ("", "", "", "")
    assert told.created == told.modified == datetime(2026, 11, 21, tzinfo=UTC)
    with zipfile.ZipFile(BytesIO(content)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.testzip() is None
        everything = b"".join(archive.read(name) for name in archive.namelist())
        assert b'w:lang w:val="fr-CH"' in archive.read("word/styles.xml")
    for trace in (b"python-docx", b"Macintosh", b"thumbnail", b"/root", b"/work"):
        assert trace not in everything


def test_an_arabic_name_and_words_run_their_own_way() -> None:
    text = letter_of(Event.CUT, Letter.APPEAL, name=ARABIC, words="هذا غير صحيح")
    written = {one.text: one for one in paragraphs(letter_document(text))}
    for said in (ARABIC, "هذا غير صحيح"):
        assert written[said].runs[0].font.rtl is True
    bidi = docx.oxml.ns.qn("w:bidi")
    assert written["هذا غير صحيح"]._p.pPr.find(bidi) is not None
    names = [one for one in paragraphs(letter_document(text)) if one.text == ARABIC]
    assert len(names) == 2, "the sender and the signature"
    assert all(one._p.pPr.find(bidi) is None for one in names), "each stands where its line belongs"
    printed = text_of(letter_pdf(text, NOW, "https://example.ch"))
    assert "أحمد" in printed or "أحمد"[::-1] in printed


@settings(max_examples=25, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=300), st.text(max_size=80))
def test_any_words_make_a_letter(words: str, name: str) -> None:
    text = letter_of(Event.DISAGREE, Letter.APPEAL, words=words, name=name)
    assert letter_pdf(text, NOW, "https://example.ch").startswith(b"%PDF-")
    assert paragraphs(letter_document(text))


def test_the_longest_letter() -> None:
    text = letter_of(
        Event.REFUSED,
        Letter.APPEAL,
        words="\n".join(["x" * 99] * 40),
        name="Ä" * 200,
        address="\n".join(["A" * 100] * 5),
    )
    assert 2 <= len(PdfReader(BytesIO(letter_pdf(text, NOW, "https://example.ch"))).pages) <= 4
    assert len(letter_document(text)) < 60_000


def test_brackets_of_the_persons_own_are_no_blank() -> None:
    text = letter_of(Event.REFUSED, Letter.APPEAL, words="{name} [malade]", name="{filed}")
    assert "{name} [malade]" in plain(text).split("\n")
    assert "{filed}" in plain(text).split("\n")
    assert "[malade]" not in "".join(text.blanks)

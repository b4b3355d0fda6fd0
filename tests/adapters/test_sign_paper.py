"""The form to sign: the filing date, every adult on a block of their own, and what each of them acknowledged."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from portal import content
from portal.domain.demand import Person
from portal.domain.notice import RIGHTS, Way
from portal.i18n.text import translator
from portal.services.notices.sign_paper import languages_of, sign_pdf, sign_sheet
from tests.adapters.sign_samples import HOSTILE, MADE, ONLINE, REFERENCE, SIX, URL, household
from tests.pages.pdf import glyphs, structure, words

NOW = content.current(RIGHTS).version
FRENCH = translator("fr").gettext
HEADS = re.compile(r"Adulte \d")


def pages(pdf: bytes) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages]


@pytest.mark.parametrize("languages", [("fr",), ("fr", "ar"), ("de", "fr"), ("fr", "de"), ("de", "pt")])
def test_the_form_is_a_tagged_paper_in_its_languages(
    languages: tuple[str, ...], caplog: pytest.LogCaptureFixture
) -> None:
    pdf = sign_pdf(household(SIX[:2], languages), MADE, URL)
    reader = PdfReader(BytesIO(pdf))
    root: Any = reader.trailer["/Root"]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_object().get_data()
    title = translator(languages[0]).gettext("Formulaire : droits et devoirs compris")
    assert reader.metadata is not None
    assert reader.metadata.title == f"{title} {REFERENCE}"
    assert str(root["/Lang"]) == f"{languages[0]}-CH"
    found = structure(pdf)
    headings = [one for one in found if one[0].startswith("/H")]
    texts = [(kind, code) for kind in ("/H1", "/H2") for code in languages]
    assert headings == texts + [("/H2", languages[0])] * 2  # the head of an adult is one for all languages
    assert [code for kind, code in found if kind == "/L"] == [code for code in languages for _ in range(2)]
    assert glyphs(pdf)[0] == 0
    assert sum(glyphs(pdf).values()) > 900
    assert not caplog.records


def test_it_bears_the_filing_date_and_where_that_rule_comes_from() -> None:
    text = words(sign_pdf(household(SIX[:1], ("fr",)), MADE, URL))
    for said in (FRENCH("Date de l’annonce"), "mardi, 10 novembre 2026", REFERENCE, "CMS régional de Sierre", "Sierre"):
        assert said in text
    assert "ch. 16.1.2" in text
    assert "RELIAS art. 29 al. 3, texte en vigueur jusqu’au 30.6.2021" in text
    assert FRENCH("C’est sûr.") in text
    assert FRENCH("J’ai reçu le texte sur mes droits et mes devoirs. Je l’ai compris.") in text
    corrected = words(sign_pdf(household(SIX[:1], ("fr",), corrected=True), MADE, URL))
    assert FRENCH("Date du premier contact") in corrected
    assert FRENCH("Date de l’annonce") not in corrected


def test_a_household_of_six_in_six_scripts(caplog: pytest.LogCaptureFixture) -> None:
    pdf = sign_pdf(household(SIX, ("fr", "ar")), MADE, URL)
    text, drawn = words(pdf), glyphs(pdf)
    for name in SIX:
        for word in name.split():
            assert word in text or word[::-1] in text, word
    assert drawn[0] == 0
    assert "U+" not in text
    assert not caplog.records


@pytest.mark.parametrize("count", [2, 3, 4, 6, 8])
def test_no_block_of_an_adult_breaks_across_pages(count: int) -> None:
    names = [f"Personne Numéro{place}" for place in range(count)]
    found = pages(sign_pdf(household(names, ("fr",), given=[ONLINE] * count), MADE, URL))
    for place, name in enumerate(names):
        (page,) = [page for page in found if f"Adulte {place + 1}" in page]
        _, _, own = page.partition(f"Adulte {place + 1}")
        block = HEADS.split(own)[0]
        for said in (name, "Português", FRENCH("Lieu et date"), FRENCH("Signature")):
            assert said in block, (place, said)


@pytest.mark.parametrize("way", list(Way))
def test_what_was_acknowledged_stands_in_each_language_of_the_paper(way: Way) -> None:
    form = household(SIX[:2], ("fr", "de"), given=[replace(ONLINE, way=way)])
    first, second = sign_sheet(form, MADE, URL)["adults"]
    said = {
        Way.DEVICE: "Sur un appareil du ménage",
        Way.LINK: "Par un lien personnel",
        Way.DESK: "Au centre",
    }[way]
    french, german = (translator(code).gettext(said) for code in ("fr", "de"))
    # The day is that of Valais, half an hour after midnight.
    assert first["online"] == [
        [[FRENCH("Version %(version)s", version=NOW), "Português", "13.11.2026", french]],
        [[translator("de").gettext("Version %(version)s", version=NOW), "Português", "13.11.2026", german]],
    ]
    assert second["online"] == [[[FRENCH("Pas encore.")]], [[translator("de").gettext("Pas encore.")]]]


def test_an_older_version_is_said_to_be_older() -> None:
    sheet = sign_sheet(household(SIX[:2], ("fr",), before=replace(ONLINE, version=0)), MADE, URL)
    before = ["Version 0", "Português", "13.11.2026", "Par un lien personnel"]
    assert sheet["adults"][0]["online"] == [[before, [FRENCH("Version %(version)s : pas encore.", version=NOW)]]]
    assert "Português · 13.11.2026 · Par un lien" in words(
        sign_pdf(household(("A",), ("fr",), given=[ONLINE]), MADE, URL)
    )


def test_one_adult_alone_leaves_room_for_two_others() -> None:
    other = FRENCH("S’il y a encore un autre adulte dans le ménage")
    alone = words(sign_pdf(household(SIX[:1], ("fr",)), MADE, URL))
    assert alone.count(other) == 2
    assert [f"Adulte {number}" in alone for number in (1, 2, 3, 4)] == [True, True, True, False]
    assert alone.count(FRENCH("Lieu et date")) == 3
    assert other not in words(sign_pdf(household(SIX[:2], ("fr",)), MADE, URL))


def test_who_has_no_name_has_a_line_for_it_and_is_told_by_the_answers() -> None:
    sheet = sign_sheet(household(("", " "), ("fr",)), MADE, URL)
    assert [adult["name"] for adult in sheet["adults"]] == ["", ""]
    assert [adult["called"] for adult in sheet["adults"]] == [[""], ["Votre conjoint"]]  # never «Vous»
    text = words(sign_pdf(household(("", " "), ("fr",)), MADE, URL))
    assert text.count("Nom") == 2
    assert "Nom" not in words(sign_pdf(household(SIX[:2], ("fr",)), MADE, URL))


def test_the_reader_has_the_name_of_the_announcement_where_the_answers_have_none() -> None:
    person = Person("王小明", latin_name="Wang Xiaoming")
    own = sign_sheet(household(("", "Paul"), ("fr",), person=person), MADE, URL)["adults"]
    assert [adult["name"] for adult in own] == ["Wang Xiaoming", "Paul"]
    at_the_desk = sign_sheet(household(("", ""), ("fr",), person=person, reader=None), MADE, URL)["adults"]
    assert [adult["name"] for adult in at_the_desk] == ["", ""]
    assert sign_sheet(household(("王",), ("fr",)), MADE, URL)["adults"][0]["name"].endswith("U+738B")


def test_hostile_names_are_names() -> None:
    pdf = sign_pdf(household(HOSTILE, ("fr", "ar")), MADE, URL)
    text = words(pdf)
    squeezed = "".join(text.split())
    for name in HOSTILE[:4]:
        assert "".join(name.split()) in squeezed
    assert HEADS.findall(text) == [f"Adulte {number}" for number in range(1, 7)]
    assert glyphs(pdf)[0] == 0


def test_the_same_form_gives_the_same_bytes() -> None:
    form = household(SIX, ("fr", "ar"), given=[ONLINE])
    assert sign_pdf(form, MADE, URL) == sign_pdf(form, MADE, URL)
    assert sign_pdf(form, MADE + timedelta(minutes=1), URL) != sign_pdf(form, MADE, URL)


def test_the_centres_language_comes_first() -> None:
    assert languages_of("ar", "sierre") == ("fr", "ar")
    assert languages_of("pt", "oberwallis") == ("de", "pt")
    assert languages_of("de", "sierre") == ("de",)
    assert languages_of("fr", "oberwallis") == ("de", "fr")
    assert languages_of("fr", None) == ("fr",)

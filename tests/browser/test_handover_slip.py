"""The slip that a person leaves the desk with: one A5 page in every language, with what to do, by when, and what to bring."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pytest
from pypdf import PdfReader

from portal.adapters.typesetting import Fact, HandOver, SlipText, slip_pdf
from portal.i18n.formats import long_date
from portal.i18n.languages import CODES
from portal.services.handover import make_handover
from tests.adapters.slip_samples import SLIP_AR, slip
from tests.browser.handover_papers import CODE, DAY, handover_papers, with_everything
from tests.browser.people import NAME
from tests.browser.world import World

A5 = (419.5, 595.3)
"""Width and height in points."""


def read(pdf: bytes) -> str:
    """Its words; fails where it is not one A5 page."""
    pages = PdfReader(io.BytesIO(pdf)).pages
    assert len(pages) == 1
    size = float(pages[0].mediabox.width), float(pages[0].mediabox.height)
    assert size == pytest.approx(A5, abs=1)
    return re.sub(r"\s+", " ", pages[0].extract_text())


@pytest.mark.parametrize("language", CODES)
def test_one_page_in_every_language(world: World, language: str) -> None:
    for pdf in handover_papers(world, language):
        text = read(pdf)
        assert re.search(r"VS-\d{4}-\d{4}-\d{2}", text)
        assert "0000 0000 0000 0000" in text


def test_what_it_says(world: World) -> None:
    known = with_everything(world, "fr")
    text, filed = read(make_handover(world.kit, known.demand, CODE)), known.demand.filing_date
    for words in (
        NAME,
        f"Date de votre annonce {long_date(filed, 'fr')}",
        f"Aide urgente : décision au plus tard {long_date(filed + 5 * DAY, 'fr')}",
        f"Décision au plus tard {long_date(filed + 30 * DAY, 'fr')}",
        f" · Décision du {long_date(filed, 'fr')}",
        f"Papiers à remettre au plus tard {long_date(filed + DAY, 'fr')}",
        f"Entretien {long_date(filed + 2 * DAY, 'fr')} à ",
        f"Papiers à apporter Numéro AVS (Vous) · Jusqu’au {long_date(filed + DAY, 'fr')}",
        "Bail",
    ):
        assert words in text, words


@pytest.mark.parametrize("own", [None, SLIP_AR], ids=["french", "arabic-beside"])
def test_eighty_papers_stay_on_one_page_and_are_counted(own: SlipText | None) -> None:
    """What does not fit is said as a number, and the list of the dossier has it."""
    papers = tuple(f"Papier numéro {number}" for number in range(1, 81))
    words = HandOver((Fact("Date de votre annonce", "30 novembre 2026"),), "Papiers à apporter", papers, "Encore {n}.")
    text = read(slip_pdf(replace(slip(own), handover=(words,) if own is None else (words, words))))
    shown = {int(number) for number in re.findall(r"Papier numéro (\d+)", text)}
    assert shown == set(range(1, len(shown) + 1))
    assert 0 < len(shown) < len(papers)
    assert f"Encore {len(papers) - len(shown)}." in text

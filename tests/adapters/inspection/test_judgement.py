"""Dark, blurred and tiny pages are named; legible ones never are. Made pages: real photos were not to be had."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PIL import Image, ImageFilter

from portal.adapters.inspection import judgement
from portal.adapters.inspection.inspector import Inspector
from portal.domain.document import PageFlaw
from tests.adapters.inspection import corpus, pdf_corpus


def page(**options: int) -> Image.Image:
    return corpus.page_picture(2480, 3508, **({"size": 50} | options))


def blurred(radius: float) -> Image.Image:
    return page().filter(ImageFilter.GaussianBlur(radius))


def shadow() -> Image.Image:
    return Image.radial_gradient("L").resize((1600, 1600))


CASES: dict[str, tuple[Callable[[], Image.Image], PageFlaw | None]] = {
    "sharp": (page, None),
    "sharp, small letters": (lambda: page(size=34), None),
    "sharp, large letters": (lambda: page(size=110), None),
    "sharp, 1100 pixels": (lambda: corpus.page_picture(780, 1100, size=18), None),
    "soft but legible": (lambda: blurred(2), None),
    "little contrast": (lambda: page(ink=150, paper=200), None),
    "half the light": (lambda: page().point(lambda value: value * 0.5), None),
    "blank": (lambda: Image.new("L", (2480, 3508), 240), None),
    "dark": (lambda: page().point(lambda value: value * 0.25), PageFlaw.DARK),
    "black": (lambda: Image.new("RGB", (2480, 3508)), PageFlaw.DARK),
    "blurred": (lambda: blurred(5), PageFlaw.BLURRED),
    "much blurred": (lambda: blurred(9), PageFlaw.BLURRED),
    "nothing but shapes": (lambda: blurred(14), PageFlaw.BLURRED),
    "a soft shadow": (lambda: Image.blend(Image.new("L", (1600, 1600), 235), shadow(), 0.4), None),
    "tiny": (lambda: corpus.page_picture(600, 850, size=14), PageFlaw.TINY),
    "dark and tiny": (lambda: corpus.page_picture(600, 850).point(lambda value: value * 0.2), PageFlaw.DARK),
}


@pytest.mark.parametrize("name", CASES)
def test_what_is_said_of_a_page(name: str) -> None:
    make, flaw = CASES[name]
    image = make()
    print(name, judgement.sharpness(image.convert("L").resize((1131, 1600), Image.Resampling.BOX)))
    assert judgement.flaw_of(image) is flaw


@pytest.mark.parametrize(("name", "flaw"), [("sharp", None), ("dark", PageFlaw.DARK), ("blurred", PageFlaw.BLURRED)])
@pytest.mark.parametrize("kind", ["JPEG", "scan in a PDF"])
def test_the_same_is_said_of_what_was_sent(name: str, flaw: PageFlaw | None, kind: str) -> None:
    image = CASES[name][0]().convert("RGB")
    sent = corpus.saved(image, "JPEG", quality=85) if kind == "JPEG" else pdf_corpus.scanned([image], quality=85)
    assert [one.flaw for one in Inspector().inspect(sent).pages] == [flaw]


def test_a_drawn_pdf_is_not_judged() -> None:
    assert Inspector().inspect(pdf_corpus.pdf(1)).pages[0].flaw is None

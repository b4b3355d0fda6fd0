"""Whether a page is hard to read: too dark, too small, blurred. A hint, never a refusal.

All numbers stand here. They were found by experiment on made pages (text in several sizes, blurred, darkened, with
noise), not on real photos: a missed hint is harmless, a wrong one annoys, so each errs to saying nothing. The page
in the browser computes the same from the same numbers.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from PIL import Image, ImageChops, ImageFilter, ImageStat

from portal.domain.document import PageFlaw

TINY_BELOW: Final = 1000
"""Pixels of the long side: A4 at 85 dpi."""
DARK_BELOW: Final = 80
"""Of 255: the 95th percentile of grey, which is the paper. 230 on a normal photo, 69 at 0.3 of its light."""
BLANK_BELOW: Final = 12
"""Of 255, between the 5th and the 95th percentile: nothing is on it, so nothing can be blurred."""
BLURRED_BELOW: Final = 0.04
"""Fine detail for each coarse detail, 75th percentile of the tiles: 0.42 sharp, 0.13 soft, 0.03 not legible."""
SIDE: Final = 1600
"""Pixels; larger pages are looked at in this size, so that the numbers mean the same."""
TILES: Final = 12
LEAST_TILES: Final = 10
"""With detail in fewer tiles, sharpness cannot be told."""
DETAIL_ABOVE: Final = 12.0
"""Mean square of the coarse detail of a tile that has any."""
SHAPES_ABOVE: Final = 48.0
"""Mean square of what is larger still: where this is in a tile and no detail, the blur has taken it all."""
_FINE: Final = 1
_COARSE: Final = 4
_SHAPES: Final = 16


def flaw_of(image: Image.Image) -> PageFlaw | None:
    """The one thing to say about an upright picture, or None."""
    size = image.size
    image = image.convert("L")
    if max(size) > SIDE:
        factor = SIDE / max(size)
        image = image.resize(
            (max(1, round(size[0] * factor)), max(1, round(size[1] * factor))), Image.Resampling.BOX, reducing_gap=2.0
        )
    dark, light = _percentile(image, 0.05), _percentile(image, 0.95)
    if light < DARK_BELOW:
        return PageFlaw.DARK
    if max(size) < TINY_BELOW:
        return PageFlaw.TINY
    if light - dark < BLANK_BELOW:
        return None
    sharp = sharpness(image)
    return PageFlaw.BLURRED if sharp is not None and sharp < BLURRED_BELOW else None


def sharpness(grey: Image.Image) -> float | None:
    """Fine detail for each coarse detail; independent of light and contrast. None: too little is on the page."""
    pairs = zip(_energies(grey, _FINE), _energies(grey, _COARSE), strict=True)
    ratios = sorted(fine / coarse for fine, coarse in pairs if coarse > DETAIL_ABOVE)
    if len(ratios) >= LEAST_TILES:
        return ratios[len(ratios) * 3 // 4]
    shapes = sum(energy > SHAPES_ABOVE for energy in _energies(grey, _SHAPES))
    return 0.0 if shapes >= LEAST_TILES else None


def _energies(grey: Image.Image, radius: int) -> list[float]:
    """For each tile the mean square of what a box blur of this radius takes away."""
    taken = ImageChops.difference(grey, grey.filter(ImageFilter.BoxBlur(radius)))
    columns = [grey.width * place // TILES for place in range(TILES + 1)]
    rows = [grey.height * place // TILES for place in range(TILES + 1)]
    return [
        float(ImageStat.Stat(taken.crop((left, top, right, bottom))).sum2[0]) / max(1, (right - left) * (bottom - top))
        for top, bottom in pairwise(rows)
        for left, right in pairwise(columns)
    ]


def _percentile(grey: Image.Image, share: float) -> int:
    left = share * grey.width * grey.height
    for value, count in enumerate(grey.histogram()):
        left -= count
        if left < 0:
            return value
    return 255

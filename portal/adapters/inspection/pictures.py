"""Pictures of strangers, in the child: turned upright, without metadata, encoded anew.

Nothing of the old file reaches the new one but pixels: no place, no camera, no colour profile, no comment, and no
tail behind the picture.
"""

from __future__ import annotations

import warnings
from io import BytesIO
from typing import Final, NamedTuple

import pillow_heif
from PIL import ExifTags, Image

from portal.adapters.inspection.answer import PAGE_SIDE, THUMB_SIDE, InspectedPage
from portal.adapters.inspection.binding import bound
from portal.adapters.inspection.confinement import allow_threads
from portal.adapters.inspection.judgement import flaw_of
from portal.domain.document import MOST_BYTES, MOST_PAGES, FileFault, FileKind, PageFlaw

MOST_PIXELS: Final = 60_000_000
MOST_JPEG_PIXELS: Final = 120_000_000
"""Phones have modes of 108 MP; a JPEG can be decoded at half its size."""
HALVED_ABOVE: Final = 40_000_000
"""Pixels: A4 at 600 dpi has 35 million and stays; above, nothing legible is lost at half the size."""
_FORMATS: Final = {
    FileKind.JPEG: "JPEG",
    FileKind.PNG: "PNG",
    FileKind.HEIF: "HEIF",
    FileKind.WEBP: "WEBP",
    FileKind.TIFF: "TIFF",
}
_TURNS: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_CLEAN_QUALITY, _PAGE_QUALITY, _THUMB_QUALITY = 90, 82, 75


class UnusableError(Exception):
    """The file cannot be used, and why."""

    def __init__(self, fault: FileFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


class Opened(NamedTuple):
    """The clean file, its MIME type and its pages."""

    clean: bytes
    clean_type: str
    pages: list[InspectedPage]


def prepare() -> None:
    """Load what would otherwise be loaded while opening: afterwards the child sees no file any more."""
    Image.MAX_IMAGE_PIXELS = MOST_JPEG_PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    pillow_heif.options.DECODE_THREADS = 1
    pillow_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False)
    Image.init()
    for name in ("JPEG", "PNG", "WEBP", "TIFF"):
        sample = BytesIO()
        Image.new("RGB", (8, 8)).save(sample, name)
        Image.open(sample).load()


def open_picture(content: bytes, kind: FileKind) -> Opened:
    """Every frame of a TIFF, the first of all others. Raises UnusableError, or what Pillow raises for broken ones."""
    if kind is FileKind.HEIF:
        allow_threads()
    try:
        image = Image.open(BytesIO(content), formats=(_FORMATS[kind],))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise UnusableError(FileFault.TOO_MANY_PIXELS) from error
    with image:
        if kind is FileKind.TIFF and (frames := _frames(image)) > 1:
            return _many(image, frames)
        _check_pixels(image, kind)
        upright = _upright(image, kind)
    page = seen(upright, flaw_of(upright))
    if kind is FileKind.PNG and len(png := _encoded(upright, "PNG", compress_level=3)) <= MOST_BYTES:
        return Opened(png, "image/png", [page])
    return Opened(_jpeg(upright, _CLEAN_QUALITY), "image/jpeg", [page])


def seen(upright: Image.Image, flaw: PageFlaw | None) -> InspectedPage:
    """A page image and its small one, of a grey or RGB picture."""
    image = upright.copy()
    image.thumbnail((PAGE_SIDE, PAGE_SIDE))
    thumb = image.copy()
    thumb.thumbnail((THUMB_SIDE, THUMB_SIDE))
    return InspectedPage(_jpeg(image, _PAGE_QUALITY), _jpeg(thumb, _THUMB_QUALITY), image.width, image.height, flaw)


def _many(image: Image.Image, frames: int) -> Opened:
    """A TIFF of several pages: its clean file is a PDF of them."""
    pages, clean = [], []
    for number in range(frames):
        image.seek(number)
        _check_pixels(image, FileKind.TIFF)
        upright = _upright(image.copy(), FileKind.TIFF)
        pages.append(seen(upright, flaw_of(upright)))
        clean.append((_jpeg(upright, _CLEAN_QUALITY), 0))
    return Opened(bound(clean), "application/pdf", pages)


def _frames(image: Image.Image) -> int:
    """How many frames, without walking through more than may be. Raises UnusableError."""
    for number in range(1, MOST_PAGES + 1):
        try:
            image.seek(number)
        except EOFError:
            image.seek(0)
            return number
    raise UnusableError(FileFault.TOO_MANY_PAGES)


def _check_pixels(image: Image.Image, kind: FileKind) -> None:
    """Before decoding."""
    if image.width * image.height > (MOST_JPEG_PIXELS if kind is FileKind.JPEG else MOST_PIXELS):
        raise UnusableError(FileFault.TOO_MANY_PIXELS)


def _upright(image: Image.Image, kind: FileKind) -> Image.Image:
    """Grey or RGB, upright, at most HALVED_ABOVE pixels, with nothing but pixels."""
    large = image.width * image.height > HALVED_ABOVE
    if large and kind is FileKind.JPEG:
        image.draft(image.mode, (image.width // 2, image.height // 2))
    image.load()
    # Pillow turns a TIFF by itself on loading, and the HEIF decoder its picture.
    turn = _TURNS.get(_orientation(image)) if kind not in {FileKind.TIFF, FileKind.HEIF} else None
    flat = _flat(image)
    if flat.width * flat.height > HALVED_ABOVE:
        flat = flat.reduce(2)
    if turn is not None:
        flat = flat.transpose(turn)
    flat.info.clear()  # the encoders would take comments and profiles from here
    return flat


def _orientation(image: Image.Image) -> int:
    try:
        return int(image.getexif().get(ExifTags.Base.Orientation, 1))
    except Exception:  # damaged metadata is no reason to refuse a picture; Pillow raises anything here
        return 1


def _flat(image: Image.Image) -> Image.Image:
    """Grey or RGB; what is transparent becomes white."""
    if image.mode in {"L", "RGB"}:
        return image
    if image.mode.startswith("I"):  # 16 bits of grey
        return image.point(lambda value: value * (1 / 256)).convert("L")
    if image.mode == "1":
        return image.convert("L")
    if image.has_transparency_data:
        image = image.convert("RGBA")
        paper = Image.new("RGB", image.size, "white")
        paper.paste(image, mask=image.getchannel("A"))
        return paper
    return image.convert("RGB")


def _jpeg(image: Image.Image, quality: int) -> bytes:
    return _encoded(image, "JPEG", quality=quality)


def _encoded(image: Image.Image, name: str, **options: int) -> bytes:
    image.info.clear()
    out = BytesIO()
    image.save(out, name, **options)
    return out.getvalue()

"""Pictures come out upright and with nothing but pixels."""

from __future__ import annotations

from io import BytesIO

import pikepdf
import pytest
from PIL import Image

from portal.adapters.inspection.inspector import Inspected, Inspector
from portal.domain.document import FileKind
from tests.adapters.inspection import corpus

SECRETS = (b"SECRET", b"Exif", b"GPS", b"Kamera", b"http://ns.adobe", b"ICC_PROFILE", b"script")


@pytest.fixture(scope="module")
def phone() -> Inspected:
    return Inspector().inspect(corpus.photo_with_place() + corpus.HTML + b"PK\x03\x04")


def near(image: Image.Image, where: tuple[float, float], colour: tuple[int, int, int]) -> bool:
    seen = image.convert("RGB").getpixel((int(image.width * where[0]), int(image.height * where[1])))
    assert isinstance(seen, tuple)
    return all(abs(one - other) < 40 for one, other in zip(seen, colour, strict=True))


def is_upright(data: bytes) -> bool:
    with Image.open(BytesIO(data)) as image:
        red = near(image, (0.1, 0.1), (220, 20, 20)) and near(image, (0.9, 0.4), (220, 20, 20))
        return image.height > image.width and red and near(image, (0.5, 0.9), (20, 20, 220))


@pytest.mark.parametrize("place", ["clean", "image", "thumb"])
def test_a_photo_taken_sideways_is_upright_everywhere(phone: Inspected, place: str) -> None:
    assert not is_upright(corpus.photo_with_place())  # what was sent lies
    assert is_upright(phone.clean if place == "clean" else getattr(phone.pages[0], place))


TURNED_BACK = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


@pytest.mark.parametrize("turn", TURNED_BACK)
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_every_turn_of_every_kind(kind: str, turn: int) -> None:
    corner = corpus.halves(300, 400)
    corner.paste((20, 200, 20), (0, 0, 100, 100))  # green at the top left tells mirrors apart
    exif = Image.Exif()
    exif[0x0112] = turn
    page = Inspector().inspect(corpus.saved(corner.transpose(TURNED_BACK[turn]), kind, exif=exif)).pages[0]
    with Image.open(BytesIO(page.image)) as image:
        assert image.size == (300, 400)
        assert near(image, (0.1, 0.1), (20, 200, 20))
        assert near(image, (0.9, 0.9), (20, 20, 220))


def test_place_camera_comment_and_tail_are_gone(phone: Inspected) -> None:
    sent = corpus.photo_with_place() + corpus.HTML
    with Image.open(BytesIO(sent)) as image:
        assert image.getexif().get_ifd(0x8825)[2] == corpus.PLACE
    assert [secret for secret in SECRETS if secret in sent] != []
    for data in (phone.clean, phone.pages[0].image, phone.pages[0].thumb):
        assert [secret for secret in SECRETS if secret in data] == []
        assert data.endswith(b"\xff\xd9")
        with Image.open(BytesIO(data)) as image:
            assert dict(image.getexif()) == {}
            assert "comment" not in image.info


def test_a_png_stays_a_png_and_loses_its_texts() -> None:
    from PIL.PngImagePlugin import PngInfo

    texts = PngInfo()
    texts.add_text("Author", "SECRET-AUTHOR")
    texts.add_itxt("XML:com.adobe.xmp", "SECRET-XMP")
    sent = corpus.saved(corpus.page_picture(), "PNG", pnginfo=texts, dpi=(300, 300)) + b"SECRET-TAIL"
    inspected = Inspector().inspect(sent)
    assert inspected.clean_type == "image/png"
    assert b"SECRET" not in inspected.clean
    with Image.open(BytesIO(inspected.clean)) as clean:
        clean.load()
        assert set(clean.info) <= {"interlace"}
        assert clean.tobytes() == corpus.page_picture().tobytes()


def test_what_is_transparent_becomes_white() -> None:
    ghost = Image.new("RGBA", (400, 400), (0, 0, 0, 0))
    page = Inspector().inspect(corpus.saved(ghost, "PNG")).pages[0]
    with Image.open(BytesIO(page.image)) as image:
        assert near(image, (0.5, 0.5), (255, 255, 255))


def test_sixteen_bits_of_grey_are_not_cut_to_white() -> None:
    grey = Image.new("I;16", (400, 400), 128 * 256)
    page = Inspector().inspect(corpus.saved(grey, "PNG")).pages[0]
    with Image.open(BytesIO(page.image)) as image:
        assert near(image, (0.5, 0.5), (128, 128, 128))


def test_heic_becomes_jpeg() -> None:
    inspected = Inspector().inspect(corpus.heic())
    assert (inspected.kind, inspected.clean_type) == (FileKind.HEIF, "image/jpeg")
    assert is_upright(inspected.clean)
    assert is_upright(inspected.pages[0].image)


def test_the_pages_of_a_tiff_become_one_pdf_in_their_order() -> None:
    shades = [Image.new("L", (700, 1000), shade) for shade in (250, 150, 50)]
    inspected = Inspector().inspect(corpus.saved(shades[0], "TIFF", save_all=True, append_images=shades[1:]))
    for page, shade in zip(inspected.pages, (250, 150, 50), strict=True):
        with Image.open(BytesIO(page.image)) as image:
            assert near(image, (0.5, 0.5), (shade, shade, shade))
    with pikepdf.open(BytesIO(inspected.clean)) as pdf:
        assert len(pdf.pages) == 3


def test_sizes_of_page_and_small_picture() -> None:
    page = Inspector().inspect(corpus.saved(corpus.page_picture(3024, 4032, size=60), "JPEG")).pages[0]
    assert (page.width, page.height) == (1650, 2200)
    with Image.open(BytesIO(page.image)) as image, Image.open(BytesIO(page.thumb)) as thumb:
        assert image.size == (1650, 2200)
        assert thumb.size == (240, 320)

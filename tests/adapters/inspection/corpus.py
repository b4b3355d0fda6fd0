"""Pictures as strangers send them, made here: harmless ones, broken ones and hostile ones. Nothing binary is kept."""

from __future__ import annotations

import random
import struct
import zlib
from io import BytesIO
from typing import Any

import pillow_heif
from PIL import Image, ImageDraw, ImageFont

pillow_heif.register_heif_opener()

HTML = b"<html><script>alert(document.domain)</script></html>"
PLACE = (46.0, 14.0, 5.0)


def page_picture(
    width: int = 1240, height: int = 1754, *, size: int = 26, ink: int = 20, paper: int = 235
) -> Image.Image:
    """A page of drawn text, as a photo of a letter is."""
    image = Image.new("RGB", (width, height), (paper, paper, paper))
    draw, font = ImageDraw.Draw(image), ImageFont.load_default(size)
    line = "Fiche de salaire octobre 2026, montant net CHF 3'482.15, caisse de compensation"
    for number, y in enumerate(range(size, height - 2 * size, size * 2)):
        draw.text((size, y), f"{number} {line}"[: width // (size // 2) - 4], fill=(ink, ink, ink), font=font)
    return image


def saved(image: Image.Image, kind: str, **options: Any) -> bytes:
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def halves(width: int = 1200, height: int = 1600) -> Image.Image:
    """Red above, blue below: shows how it is turned."""
    image = Image.new("RGB", (width, height), (220, 20, 20))
    image.paste((20, 20, 220), (0, height // 2, width, height))
    return image


def photo_with_place(turn: int = 6) -> bytes:
    """A JPEG as a phone makes it: lying, with a turn, with the place, the camera and a comment."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F], exif[0x0110] = turn, "Kamera Werk", "SECRET-CAMERA"
    exif.get_ifd(0x8825).update({1: "N", 2: PLACE, 3: "E", 4: (7.0, 21.0, 30.0)})
    lying = halves().transpose(Image.Transpose.ROTATE_90)  # a reader turns it back, clockwise
    return saved(lying, "JPEG", quality=92, exif=exif, comment=b"SECRET-COMMENT", xmp=b"<x>SECRET-XMP</x>")


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def squeezed(piece: bytes, times: int) -> bytes:
    """`piece` many times, compressed once: the same block stands again and again, and the sum at the end is right."""
    packer, total = zlib.compressobj(9), 1
    head = packer.compress(piece) + packer.flush(zlib.Z_FULL_FLUSH)
    block = packer.compress(piece) + packer.flush(zlib.Z_FULL_FLUSH)
    for _ in range(times):
        total = zlib.adler32(piece, total)
    return head + block * (times - 1) + packer.flush()[:-4] + struct.pack(">I", total)


def png(width: int, height: int, *, rows: bool = True, extra: bytes = b"") -> bytes:
    """A white PNG of any size, by hand; without `rows` its head alone."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)) + extra
    body = chunk(b"IDAT", squeezed(b"\0" + b"\xff" * (3 * width), height)) if rows else b""
    return b"\x89PNG\r\n\x1a\n" + head + body + chunk(b"IEND", b"")


def text_bomb() -> bytes:
    return png(8, 8, extra=chunk(b"zTXt", b"Comment\0\0" + squeezed(b"A" * 1_000_000, 300)))


def tiff(frames: int, **options: Any) -> bytes:
    images = [Image.new("L", (1100, 1500), 255 - number % 9) for number in range(frames)]
    return saved(images[0], "TIFF", save_all=True, append_images=images[1:], **options)


def looping_tiff() -> bytes:
    """Each frame says that the next is itself."""
    entries = [(256, 4, 1, 8), (257, 4, 1, 8), (258, 3, 1, 8), (259, 3, 1, 1), (262, 3, 1, 1)]
    entries += [(273, 4, 1, 200), (278, 4, 1, 8), (279, 4, 1, 64)]
    body = b"".join(struct.pack("<HHII", *entry) for entry in entries)
    head = b"II*\0" + struct.pack("<I", 8) + struct.pack("<H", len(entries)) + body + struct.pack("<I", 8)
    return head.ljust(200, b"\0") + b"\x80" * 64


def animated_webp() -> bytes:
    frames = [halves(), Image.new("RGB", (1200, 1600), "green")]
    return saved(frames[0], "WEBP", save_all=True, append_images=frames[1:], duration=100, quality=60)


def heic(image: Image.Image | None = None) -> bytes:
    return saved(image or halves(480, 640), "HEIF", quality=60)


def avif() -> bytes:
    return saved(halves(64, 64), "AVIF")


def noise(width: int, height: int) -> Image.Image:
    """Eight colours without any order: small as a palette, large in full colours."""
    eighths = bytes(value % 8 for value in range(256))
    image = Image.frombytes("P", (width, height), random.Random(1).randbytes(width * height).translate(eighths))  # noqa: S311
    image.putpalette([value * 29 % 256 for value in range(24)])
    return image

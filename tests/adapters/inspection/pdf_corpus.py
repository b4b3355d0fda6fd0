"""PDFs as strangers send them, made here: harmless ones, broken ones and hostile ones."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from PIL import Image

from tests.adapters.inspection.corpus import saved, squeezed


def pdf(pages: int = 1, change: Callable[[pikepdf.Pdf], None] | None = None, **options: Any) -> bytes:
    """A small PDF with a line of text on each page, changed before it is saved."""
    with pikepdf.new() as made:
        font = made.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
        for number in range(pages):
            made.add_blank_page(page_size=(595, 842))
            page = made.pages[number]
            page.obj.Resources = Dictionary(Font=Dictionary(F1=font))
            page.obj.Contents = made.make_stream(b"BT /F1 40 Tf 60 700 Td (Loyer: CHF 1'250) Tj ET")
        if change:
            change(made)
        out = BytesIO()
        made.save(out, **options)
    return out.getvalue()


def script(made: pikepdf.Pdf) -> Any:
    return made.make_indirect(Dictionary(S=Name.JavaScript, JS=String("app.alert('SECRET-SCRIPT')")))


def with_open_action(made: pikepdf.Pdf) -> None:
    made.Root.OpenAction = script(made)


def with_named_script(made: pikepdf.Pdf) -> None:
    made.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("a"), script(made)])))


def with_launch(made: pikepdf.Pdf) -> None:
    action = Dictionary(S=Name.Launch, F=String("SECRET-PROGRAM.exe"), Next=script(made))
    made.pages[0].obj.AA = Dictionary(O=action)


def with_attachment(made: pikepdf.Pdf) -> None:
    made.attachments["x.exe"] = b"SECRET-ATTACHED"
    kept = made.make_stream(b"SECRET-ATTACHED")
    made.pages[0].obj.AF = Array([made.make_indirect(Dictionary(Type=Name.Filespec, EF=Dictionary(F=kept)))])


def with_xfa(made: pikepdf.Pdf) -> None:
    made.Root.AcroForm = Dictionary(Fields=Array([]), XFA=made.make_stream(b"<xdp>SECRET-XFA</xdp>"))


def with_rich_media(made: pikepdf.Pdf) -> None:
    held = made.make_stream(b"SECRET-FLASH")
    media = Dictionary(Type=Name.Annot, Subtype=Name.RichMedia, Rect=Array([0, 0, 99, 99]), RichMediaContent=held)
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 99, 99]))
    link.A = Dictionary(S=Name.URI, URI=String("https://SECRET-LINK.example"))
    made.pages[0].obj.Annots = Array([made.make_indirect(media), made.make_indirect(link)])


def with_hidden_action(made: pikepdf.Pdf) -> None:
    """Where no reader looks for one, inside of what has to stay."""
    made.pages[0].obj.Resources.Properties = Dictionary(M0=Dictionary(Deep=Array([Dictionary(A=script(made))])))


def with_metadata(made: pikepdf.Pdf) -> None:
    made.docinfo["/Author"] = String("SECRET-AUTHOR")
    with made.open_metadata() as meta:
        meta["dc:title"] = "SECRET-TITLE"


def with_filled_form(made: pikepdf.Pdf) -> None:
    """A field with a value and no drawing of it, as a browser leaves it."""
    font = made.pages[0].obj.Resources.Font.F1
    field = Dictionary(
        Type=Name.Annot,
        Subtype=Name.Widget,
        FT=Name.Tx,
        T=String("rent"),
        V=String("MMMMMMMMMM"),
        F=4,
        Rect=Array([60, 300, 500, 360]),
        DA=String("/F1 40 Tf 0 g"),
        P=made.pages[0].obj,
    )
    held = made.make_indirect(field)
    made.pages[0].obj.Annots = Array([held])
    made.Root.AcroForm = Dictionary(Fields=Array([held]), DR=Dictionary(Font=Dictionary(F1=font)), DA=field.DA)


def content_bomb(megabytes: int) -> bytes:
    """A page whose drawing is nothing but spaces, very many of them."""
    packed = squeezed(b" " * 1_000_000, megabytes)
    return by_hand(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R>>",
        b"<</Filter/FlateDecode/Length %d>>stream\n" % len(packed) + packed + b"\nendstream",
    )


def busy_pdf() -> bytes:
    """Draws itself: each form draws the next one fifty times, six deep."""
    form = b"<</Type/XObject/Subtype/Form/BBox[0 0 99 99]/Resources<</XObject<</X %d 0 R>>>>/Length %d>>stream\n%s\nendstream"
    calls = b"/X Do " * 50
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>>>"
    deep = [form % (number + 1, len(calls), calls) for number in range(5, 11)]
    last = b"<</Type/XObject/Subtype/Form/BBox[0 0 99 99]/Length 22>>stream\n0 0 99 99 re f 1 0 0 rg\nendstream"
    first = b"<</Length %d>>stream\n%s\nendstream" % (len(calls), calls)
    return by_hand(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", page, first, *deep, last)


def shading_pdf() -> bytes:
    """Paints the whole page in shades of colour thousands of times: much work, little memory, few bytes."""
    calls = b"/S sh " * 20_000
    shade = b"<</ShadingType 3/ColorSpace/DeviceRGB/Coords[300 400 0 300 400 900]/Extend[true true]/Function 5 0 R>>"
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Shading<</S %s>>>>>>" % shade
    return by_hand(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        page,
        b"<</Length %d>>stream\n%s\nendstream" % (len(calls), calls),
        b"<</FunctionType 2/Domain[0 1]/N 1/C0[1 0 0]/C1[0 0 1]>>",
    )


def tree_loop() -> bytes:
    return by_hand(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R 2 0 R]/Count 2>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>",
    )


def deep_arrays() -> bytes:
    return by_hand(
        b"<</Type/Catalog/Pages 2 0 R/X " + b"[" * 20_000 + b"]" * 20_000 + b">>", b"<</Type/Pages/Kids[]/Count 0>>"
    )


def by_hand(*objects: bytes) -> bytes:
    """A PDF of these objects, numbered from 1, with a right table."""
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(out + b"trailer<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF" % (len(places) + 1, table))


def scanned(images: Iterable[Image.Image], quality: int = 80) -> bytes:
    """A PDF as a scanner makes it: one picture on each page."""
    first, *rest = images
    return saved(first, "PDF", save_all=True, append_images=rest, quality=quality)


def around(photo: bytes, *, wrapped: bool, odd: bool = False) -> bytes:
    """A PDF with a phone's photo as it was; `wrapped` by a second compression, or by an `odd` one."""

    def change(made: pikepdf.Pdf) -> None:
        image = made.make_stream(b"")
        image.stream_dict = Dictionary(
            Type=Name.XObject,
            Subtype=Name.Image,
            Width=1600,
            Height=1200,
            ColorSpace=Name.DeviceRGB,
            BitsPerComponent=8,
        )
        if wrapped:
            image.write(zlib.compress(photo), filter=Array([Name.FlateDecode, Name.DCTDecode]))
        elif odd:
            image.write(photo.hex().encode() + b">", filter=Array([Name.ASCIIHexDecode, Name.DCTDecode]))
        else:
            image.write(photo, filter=Name.DCTDecode)
        page = made.pages[0].obj
        page.Resources.XObject = Dictionary(Im=made.make_indirect(image))
        page.Contents = made.make_stream(b"q 595 0 0 446 0 100 cm /Im Do Q")

    return pdf(1, change)


def locked(user: str, owner: str) -> bytes:
    return pdf(encryption=pikepdf.Encryption(user=user, owner=owner, R=6))

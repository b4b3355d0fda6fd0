"""What may run, open or carry something along is taken out of a PDF, and its absence is proven on the saved file."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any, Final

import pikepdf
from pikepdf import Array, Dictionary, Name

from portal.adapters.inspection.jpeg import without_notes

_ROOT_KEEPS: Final = frozenset({"/Type", "/Pages", "/Lang", "/Version", "/OCProperties", "/Extensions"})
_PAGE_KEEPS: Final = frozenset(
    {"/Type", "/Parent", "/Resources", "/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox"}
    | {"/Rotate", "/Contents", "/UserUnit", "/Group"}
)
ACTIVE_KEYS: Final = frozenset(
    {"/JS", "/JavaScript", "/AA", "/OpenAction", "/EmbeddedFiles", "/EF", "/AF", "/XFA", "/AcroForm", "/Annots"}
    | {"/PieceInfo", "/Metadata", "/OPI", "/Alternates", "/URI", "/Launch", "/RichMediaContent"}
)
ACTIVE_ACTIONS: Final = frozenset(
    {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE", "/Rendition", "/Movie", "/Sound"}
    | {"/URI", "/ResetForm", "/Named", "/Hide", "/SetOCGState", "/Trans", "/GoTo3DView", "/RichMediaExecute"}
)
ACTIVE_SUBTYPES: Final = frozenset(
    {"/RichMedia", "/Screen", "/Movie", "/Sound", "/3D", "/FileAttachment", "/Widget", "/Link", "/PS"}
)
_MOST_OBJECTS: Final = 2_000_000


class StillActiveError(Exception):
    """The saved file still holds what was taken out: it is not given on."""


def cleaned(pdf: pikepdf.Pdf) -> bytes:
    """`pdf`, which is changed, saved without password and without what is active, and proven so.

    Filled form fields and drawn remarks become part of their pages first. Raises StillActiveError and
    pikepdf.PdfError.
    """
    if "/AcroForm" in pdf.Root or any("/Annots" in page.obj for page in pdf.pages):
        _flatten(pdf)
    _keep(pdf.Root, _ROOT_KEEPS)
    for page in pdf.pages:
        _keep(page.obj, _PAGE_KEEPS)
    for key in list(pdf.trailer.keys()):
        if key == "/Info":
            del pdf.trailer[key]
    for held in list(dictionaries(pdf)):
        _disarm(held)
        if isinstance(held, pikepdf.Stream):
            _strip_photo(held)
    out = BytesIO()
    pdf.save(out, encryption=False, preserve_pdfa=False, fix_metadata_version=False, deterministic_id=True)
    clean = out.getvalue()
    with pikepdf.open(BytesIO(clean), attempt_recovery=False) as again:
        if found := active(again):
            raise StillActiveError(found)
    return clean


def active(pdf: pikepdf.Pdf) -> str:
    """The first active key, action or subtype anywhere in the file, or nothing."""
    for held in dictionaries(pdf):
        found = ACTIVE_KEYS & set(held.keys())
        found |= {str(held.get("/S"))} & ACTIVE_ACTIONS | {str(held.get("/Subtype"))} & ACTIVE_SUBTYPES
        if found:
            return min(found)
    return ""


def dictionaries(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Every dictionary and stream of the file, also those that stand inside of others."""
    waiting: list[Any] = [pdf.trailer, *pdf.objects]
    seen = 0
    while waiting:
        one = waiting.pop()
        seen += 1
        if seen > _MOST_OBJECTS:
            raise MemoryError("a PDF of too many parts")
        if isinstance(one, Dictionary | pikepdf.Stream):
            yield one
            # What stands in the file's list comes by itself.
            waiting.extend(value for _, value in one.items() if _is_nested(value))
        elif isinstance(one, Array):
            waiting.extend(value for value in one if _is_nested(value))


def _is_nested(value: Any) -> bool:
    return isinstance(value, Dictionary | Array) and not value.is_indirect


def _flatten(pdf: pikepdf.Pdf) -> None:
    form = pdf.Root.get("/AcroForm")
    if isinstance(form, Dictionary):
        if "/XFA" in form:
            del form["/XFA"]
        form["/NeedAppearances"] = bool(form.get("/NeedAppearances", False)) or _lacks_drawing(pdf)
        pdf.generate_appearance_streams()
    pdf.flatten_annotations("screen")


def _lacks_drawing(pdf: pikepdf.Pdf) -> bool:
    """Whether a form field has a value and nothing that draws it."""
    return any(
        isinstance(one, Dictionary) and one.get("/Subtype") == Name.Widget and "/V" in one and "/AP" not in one
        for one in pdf.objects
    )


def _keep(held: Any, keys: frozenset[str]) -> None:
    for key in list(held.keys()):
        if key not in keys:
            del held[key]


def _disarm(held: Any) -> None:
    if str(held.get("/S")) in ACTIVE_ACTIONS or str(held.get("/Subtype")) in ACTIVE_SUBTYPES:
        for key in list(held.keys()):
            if key not in {"/Length", "/Filter", "/DecodeParms"}:
                del held[key]
    for key in ACTIVE_KEYS & set(held.keys()):
        del held[key]
    if isinstance(held, pikepdf.Stream):
        for key in {"/F", "/FFilter", "/FDecodeParms", "/Ref"} & set(held.keys()):  # content that lies elsewhere
            del held[key]


def _strip_photo(held: pikepdf.Stream) -> None:
    """A JPEG in a PDF, often a phone's photo as it was, loses its place and camera. Raises ValueError, zlib.error."""
    filters = held.get("/Filter")
    names = [str(one) for one in filters] if isinstance(filters, Array) else [str(filters)]
    if names[-1:] != ["/DCTDecode"]:
        return
    data = held.read_raw_bytes()
    if names[:-1] == ["/FlateDecode"]:
        data = zlib.decompress(data)
    elif names[:-1]:
        raise ValueError("a JPEG in a wrapping that nobody uses")
    parms = held.get("/DecodeParms")
    last = parms[-1] if isinstance(parms, Array) and len(parms) else parms
    held.write(without_notes(data), filter=Name.DCTDecode, decode_parms=last if isinstance(last, Dictionary) else None)

"""Receipts and slips as tagged PDF (PDF/UA-1), by typst, with the fonts that ship with the portal.

The templates hold no words: every text comes in a sheet, already translated, once in the official language and
once in the person's own. The data reach typst as JSON in `sys.inputs`, so a name can never become code. No name
can make a receipt fail: what no shipped font has is replaced before typst sees it.
"""

import json
import logging
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any, Final

import typst

from portal.adapters import fonts, qr
from portal.adapters.fonts.printable import direction, plain, printable, shown_name
from portal.domain.reference import group

_FOLDER: Final = Path(__file__).parent.parent / "templates" / "receipts"
_TEMPLATES: Final = frozenset(
    {"receipt", "slip", "estimate", "checklist", "notice", "sign", "letter", "reminder", "bundle"}
)
_LARGEST_DATA: Final = 150_000
"""Characters; the checklist of twenty persons in two languages has 70,000, a notice of 6,200 words in two has 108,000."""
# Pages set at the same time share typst's cache and slow each other down: measured, eight at once take three times
# as long as one after the other, and twice the memory.
_one_at_a_time: Final = Lock()
_log = logging.getLogger(__name__)


class TypesettingError(RuntimeError):
    """A template is wrong or its data are too large; no name and no other text inside the limit causes it."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One line: what it is, and its value as printed."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Section:
    """A short headed list; each item is one sentence or two."""

    title: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReceiptText:
    """All words of a receipt in one language. `lang` is like `fr`, `direction` is `ltr` or `rtl`."""

    lang: str
    direction: str
    issuer: str  # who gives the receipt
    title: str
    date_label: str  # "Date de votre annonce"
    date: str  # "lundi 30 novembre 2026"
    time: str  # "à 23 h 59, heure suisse"
    name_label: str
    name_placeholder: str  # "[nom comme au dossier]": only for a name that cannot be printed
    reference_label: str
    check_code_label: str
    clocks: tuple[Fact, ...]  # the legal time limits and their last days
    facts: tuple[Fact, ...]  # centre, channel, commune, …
    sections: tuple[Section, ...]  # what happens next, what the receipt does not decide
    check: Section  # how to check this receipt
    qr_alt: str  # says what the QR code is for
    register_label: str  # "Inscription au registre, numéro"
    hash_label: str


@dataclass(frozen=True, slots=True)
class ReceiptSheet:
    """One receipt on one page. `own` is None when the person's language is the official one.

    `qr_text` is the verify address with the receipt's text. Never give it the access code.
    """

    instant: datetime  # the document's date; aware
    name: str
    name_latin: str  # empty when not asked for
    reference: str
    check_code: str  # eight digits
    sequence: int
    entry_hash: bytes
    qr_text: str
    official: ReceiptText
    own: ReceiptText | None


@dataclass(frozen=True, slots=True)
class SlipText:
    """All words of the slip "for you alone" in one language."""

    lang: str
    direction: str
    issuer: str
    title: str
    warning: str  # who must not see it
    name_label: str
    name_placeholder: str
    reference_label: str
    access_code_label: str
    address_label: str  # "Adresse du portail"
    sections: tuple[Section, ...]  # how to sign in, what to do when it is lost
    qr_alt: str


@dataclass(frozen=True, slots=True)
class HandOver:
    """What a slip for the hand-over at a desk says beside the code, in one language."""

    facts: tuple[Fact, ...]  # filing date, clocks, day for papers, interview
    papers_title: str
    papers: tuple[str, ...]  # still to bring, in the order of the list
    more: str  # with `{n}` for how many do not fit


@dataclass(frozen=True, slots=True)
class SlipSheet:
    """The slip with the access code, on one page. The QR code holds `sign_in_url` alone: never a code."""

    instant: datetime
    name: str
    name_latin: str
    reference: str
    access_code: str  # sixteen digits
    sign_in_url: str
    official: SlipText
    own: SlipText | None
    handover: tuple[HandOver, ...] = ()  # in the order official, own: then it is one A5 page; else A4


def receipt_pdf(sheet: ReceiptSheet) -> bytes:
    """The receipt as PDF; the same sheet always gives the same bytes. Raises TypesettingError."""
    name = shown_name(sheet.name, sheet.name_latin, sheet.official.name_placeholder)
    data = {
        "name": name,
        "name_direction": direction(name),
        "reference": sheet.reference,
        "check_code": group(sheet.check_code),
        "sequence": str(sheet.sequence),
        "hash": sheet.entry_hash.hex(),
        "url": sheet.qr_text,
        "texts": _texts(sheet.official, sheet.own),
    }
    return render("receipt", data, sheet.instant, sheet.qr_text)


def slip_pdf(sheet: SlipSheet) -> bytes:
    """The slip "for you alone" as PDF; the same sheet always gives the same bytes. Raises TypesettingError."""
    name = shown_name(sheet.name, sheet.name_latin, sheet.official.name_placeholder)
    data = {
        "name": name,
        "name_direction": direction(name),
        "reference": sheet.reference,
        "access_code": group(sheet.access_code),
        "url": sheet.sign_in_url,
        "handover": [asdict(one) for one in sheet.handover],
        "texts": _texts(sheet.official, sheet.own),
    }
    return render("slip", data, sheet.instant, sheet.sign_in_url)


def render(template: str, data: dict[str, Any], made_at: datetime, qr_text: str) -> bytes:
    """The PDF of `templates/receipts/<template>.typ` with JSON `data`, dated `made_at`, and a QR of `qr_text`.

    Safe to call from several threads. Raises TypesettingError.
    """
    if template not in _TEMPLATES:
        raise TypesettingError(f"there is no template {template}")
    try:
        return _compile(template, _each_text(data, printable), made_at, qr_text)
    except typst.TypstError:
        # Typst's message quotes the text, which may be a name: it stays out of the log.
        _log.warning("typst refused a text of %s; printing it in plain letters", template)
    try:
        return _compile(template, _each_text(data, plain), made_at, qr_text)
    except typst.TypstError as error:
        raise TypesettingError(f"the template {template} does not compile") from error


def _texts(official: ReceiptText | SlipText, own: ReceiptText | SlipText | None) -> list[dict[str, Any]]:
    return [asdict(text) for text in (official, own) if text is not None]


def _each_text(value: Any, change: Callable[[str], str]) -> Any:
    """`value` with every text in it changed; the keys are ours and stay."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {key: _each_text(item, change) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_each_text(item, change) for item in value]
    return value


def _compile(template: str, data: Any, made_at: datetime, qr_text: str) -> bytes:
    text = json.dumps(data, ensure_ascii=False)
    if len(text) > _LARGEST_DATA:
        raise TypesettingError("the data of the document are too large")
    code = qr.svg(qr_text)
    with _one_at_a_time:
        return typst.compile(
            _FOLDER / f"{template}.typ",
            root=_FOLDER,
            font_paths=_fonts(),
            format="pdf",
            sys_inputs={"data": text, "qr": code},
            pdf_standards="ua-1",
            timestamp=int(made_at.timestamp()),
        )


@cache
def _fonts() -> typst.Fonts:
    """Read once: opening the fonts costs more than a page."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[fonts.FOLDER])

"""Receipts on paper: tagged and titled PDF, one page, every name comes out or is replaced in sight."""

import base64
import re
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, replace
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from portal.adapters import fonts
from portal.adapters.typesetting import ReceiptText, Section, TypesettingError, receipt_pdf, render, slip_pdf
from portal.domain.receipt import canonical_bytes, decode
from tests.adapters.receipt_samples import (
    AR,
    DE,
    FACTS,
    FR,
    INSTANT,
    PT,
    SIGNER,
    VERIFY_URL,
    receipt,
)
from tests.adapters.slip_samples import ACCESS_CODE, SLIP_AR, slip

PLACEHOLDER = FR.name_placeholder
DOC = Path(__file__).parents[2] / "docs" / "receipts.md"


@cache
def receipt_for(name: str, latin: str = "") -> bytes:
    return receipt_pdf(receipt(name=name, latin=latin))


def text_of(pdf: bytes) -> str:
    """The text of the PDF; white space squeezed, since lines break where they like."""
    pages = PdfReader(BytesIO(pdf)).pages
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages))


def letters_of(text: str) -> str:
    return re.sub(r"\s+", "", text)


def links_of(pdf: bytes) -> list[str]:
    annotations = (note.get_object() for page in PdfReader(BytesIO(pdf)).pages for note in page.get("/Annots", []))
    return [note["/A"]["/URI"] for note in annotations if "/A" in note]


def elements_of(pdf: bytes) -> list[Any]:
    """Every element of the tag tree."""
    found = []
    waiting: list[Any] = [PdfReader(BytesIO(pdf)).trailer["/Root"]["/StructTreeRoot"]["/K"]]  # type: ignore[index]
    while waiting:
        item = waiting.pop()
        item = item.get_object() if hasattr(item, "get_object") else item
        if isinstance(item, list):
            waiting += item
        elif isinstance(item, dict) and "/S" in item:
            found.append(item)
            waiting += [item["/K"]] if "/K" in item else []
    return found


@pytest.mark.parametrize("own", [None, AR, PT], ids=["one", "ar", "pt"])
@pytest.mark.parametrize("official", [FR, DE], ids=["fr", "de"])
def test_a_receipt_is_one_tagged_page(official: ReceiptText, own: ReceiptText | None) -> None:
    start = time.perf_counter()
    pdf = receipt_pdf(receipt(official, own))
    print(f"\n{official.lang}+{own and own.lang}: {len(pdf)} bytes, {(time.perf_counter() - start) * 1000:.0f} ms")
    reader = PdfReader(BytesIO(pdf))
    root: Any = reader.trailer["/Root"]
    assert len(reader.pages) == 1
    assert reader.metadata is not None
    assert reader.metadata.title == f"{official.title} VS-4821-9035-63"
    assert root["/Lang"] == f"{official.lang}-CH"
    assert root["/MarkInfo"]["/Marked"].value is True
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_object().get_data()
    elements = elements_of(pdf)
    kinds = [element["/S"] for element in elements]
    texts = [text for text in (official, own) if text]
    assert kinds.count("/H1") == len(texts)
    assert kinds.count("/H2") == len(texts) * 3
    assert [element["/Alt"] for element in elements if element["/S"] == "/Figure"] == [
        " · ".join(text.qr_alt for text in texts)
    ]
    if own:
        languages = {str(element.get("/Lang", ""))[:2] for element in elements}
        assert own.lang in languages


def test_it_says_what_it_must() -> None:
    text = text_of(receipt_pdf(receipt(FR, PT)))
    for words in (FR, PT):
        for part in (words.title, words.date, words.time, words.clocks[0].value, words.sections[0].items[2]):
            assert part in text
    for value in ("VS-4821-9035-63", "2096 4418", "1042", FACTS.entry_hash.hex(), "Amélie Dubois"):
        assert value in text


def test_the_arabic_receipt_says_what_it_must() -> None:
    """Letter by letter: a PDF holds Arabic in the order of the eye, and readers put it back in their own way."""
    text = text_of(receipt_pdf(receipt(FR, AR)))
    for word in ("إعلانكم", "نوفمبر", "البلدية", "المركز"):
        assert word in text or word[::-1] in text
    assert "2026" in text


NAMES = [
    "Zoë Crèvecœur-d’Aÿ",
    "Jean-François L’Hôpital",
    "Nguyễn Thị Ánh Tuyết",
    "Łukasz Żółć",
    "Müller-Größl",
    "Παπαδόπουλος",
    "Шевченко Їжак",
    '#eval("1+1")',
    'a"b\\c #{panic()} $x$ *b* _i_ `r` <l> @m // ~ -- --- ... [x] {y}',
    "\\u{41} #sys.inputs = heading",
    "O'Brien & Sons </svg>",
]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_comes_out_as_it_is(name: str, caplog: pytest.LogCaptureFixture) -> None:
    assert letters_of(name) in letters_of(text_of(receipt_for(name)))
    assert not caplog.records


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("محمد الأمين", ["محمد", "الأمين"]),
        ("ሰላም ተስፋይ", ["ሰላም", "ተስፋይ"]),
        ("E\u0301lodie", ["Élodie"]),
        ("a\nb\tc\u2028d", ["a b c d"]),
        ("王小明", [PLACEHOLDER, "U+738B U+5C0F U+660E"]),
        ("Anna 😀", ["Anna [U+1F600]"]),
        ("😀", [PLACEHOLDER, "U+1F600"]),
    ],
)
def test_other_scripts_come_out_or_are_replaced_in_sight(name: str, words: list[str]) -> None:
    text = text_of(receipt_for(name))
    for word in words:
        assert word in text or word[::-1] in text


def test_the_latin_spelling_stands_for_what_cannot_be_printed() -> None:
    text = text_of(receipt_for("王小明", "Wang Xiaoming"))
    assert "Wang Xiaoming" in text
    assert "U+" not in text
    assert "Wang" not in text_of(receipt_for("Amélie", "Wang Xiaoming"))


@pytest.mark.parametrize("latin", ["Abdulrahman bin Mohammed Al-Hajj Youssef", "Samir Al Hajj", "W" * 60])
def test_the_brackets_of_a_latin_spelling_stand_around_it_over_two_lines_too(latin: str) -> None:
    """In the order of the eye: behind a name from right to left the first bracket stood at the end of its line."""
    assert f"({letters_of(latin)})" in letters_of(text_of(receipt_for(f"عبد الرحمن الحاج ({latin})")))


@pytest.mark.parametrize("name", ["Maximiliane " * 17, "W" * 200, "王" * 200, "م" * 200, "ሰ" * 200])
def test_200_characters_stay_on_one_page(name: str) -> None:
    pdf = receipt_pdf(receipt(DE, AR, name=name[:200]))
    assert len(PdfReader(BytesIO(pdf)).pages) == 1


def test_a_word_longer_than_its_column_breaks() -> None:
    pages = PdfReader(BytesIO(receipt_pdf(receipt(name="W" * 200)))).pages
    lines = [line for line in pages[0].extract_text().splitlines() if "WWWW" in line]
    assert len(lines) >= 8
    assert sum(line.count("W") for line in lines) == 200


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=200))
def test_no_name_ever_fails(name: str) -> None:
    assert receipt_pdf(receipt(name=name)).startswith(b"%PDF-")


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet=st.characters(categories=["Mn", "Mc", "Me", "Cf", "Lo"]), max_size=200))
def test_no_heap_of_marks_ever_fails(name: str) -> None:
    assert receipt_pdf(receipt(name=name)).startswith(b"%PDF-")


def test_every_covered_character_is_accepted_by_typst(caplog: pytest.LogCaptureFixture) -> None:
    """All 4,000 of them, in one document: the map that we read is the one typst uses, and no fallback is needed."""
    points = sorted(set().union(*fonts.coverage()))
    printing = [chr(point) for point in points if chr(point).isprintable() or chr(point).isspace()]
    render("receipt", one_list((". ".join(printing),)), INSTANT, VERIFY_URL)
    assert not caplog.records


def one_list(items: tuple[str, ...]) -> dict[str, Any]:
    words = asdict(replace(FR, sections=(Section("x", items),)))
    return {
        "name": "x", "name_direction": "ltr", "reference": "x", "check_code": "x", "sequence": "1", "hash": "x",
        "url": VERIFY_URL, "texts": [words],
    }  # fmt: skip


def test_too_large_data_and_an_unknown_template_are_errors() -> None:
    with pytest.raises(TypesettingError):
        render("receipt", one_list(("x" * 150_000,)), INSTANT, VERIFY_URL)
    with pytest.raises(TypesettingError):
        render("no-such", {}, INSTANT, VERIFY_URL)


def test_the_access_code_is_on_the_slip_alone() -> None:
    for own in (None, SLIP_AR):
        pdf = slip_pdf(slip(own))
        text = text_of(pdf)
        assert "7401 2588 3690 2147" in text
        assert len(PdfReader(BytesIO(pdf)).pages) == 1
        assert all("7401" not in link for link in links_of(pdf))
    written = letters_of(text_of(receipt_pdf(receipt(FR, AR))))
    assert ACCESS_CODE not in written


def test_the_same_receipt_gives_the_same_bytes_in_every_thread() -> None:
    names = ["Amélie", "محمد", "ሰላም", "王小明"]
    alone = {name: receipt_pdf(receipt(FR, AR, name=name)) for name in names}
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda name: receipt_pdf(receipt(FR, AR, name=name)), names * 6))
    assert together == [alone[name] for name in names * 6]


def test_the_qr_link_is_the_signed_receipt() -> None:
    (link,) = links_of(receipt_pdf(receipt()))
    assert link == VERIFY_URL
    facts, key_id, signature = decode(link.rpartition("=")[2])
    assert facts == FACTS
    assert SIGNER.verify(key_id, canonical_bytes(facts), signature)


def documented_script(*arguments: str) -> subprocess.CompletedProcess[str]:
    (script,) = re.findall(r"```python\n(.*?)```", DOC.read_text(encoding="utf-8"), re.DOTALL)
    return subprocess.run([sys.executable, "-c", script, *arguments], capture_output=True, text=True, check=False)


def test_the_documented_script_checks_a_fresh_pdf() -> None:
    (link,) = links_of(receipt_pdf(receipt(FR, PT)))
    keys = [f"{key_id}:{public}" for key_id, public in SIGNER.public_keys().items()]
    done = documented_script(link, *keys)
    assert done.stdout.splitlines() == [
        "genuine: VS-4821-9035-63",
        "instant: 2026-11-30T22:58:41+00:00",
        f"entry: 1042 {FACTS.entry_hash.hex()}",
    ], done.stderr


def test_the_documented_script_refuses_a_changed_receipt() -> None:
    packed = bytearray(base64.b32decode(VERIFY_URL.rpartition("=")[2] + "="))
    packed[9] ^= 1
    changed = base64.b32encode(packed).decode().rstrip("=")
    keys = [f"{key_id}:{public}" for key_id, public in SIGNER.public_keys().items()]
    done = documented_script(changed, *keys)
    assert done.returncode != 0
    assert "InvalidSignature" in done.stderr
    assert done.stdout == ""

"""A letter as an editable document (.docx): language, title and headings set, no name of a machine or a user in it.

python-docx is used here alone. The same letter gives the same bytes: the times inside are those of the letter's day.
"""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime, time
from typing import Any, Final

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_COLOR_INDEX
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Mm, Pt, RGBColor

from portal.adapters.fonts.printable import direction
from portal.domain.letter import LetterText, Line, Run

_LANGUAGES: Final = {"fr": "fr-CH", "de": "de-CH"}
_FONT: Final = "Arial"
_NOT_IN_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LEFT_OUT: Final = frozenset({"docProps/thumbnail.jpeg"})
"""What the library's own empty document brings along: a picture of somebody else's page."""
_THUMBNAIL: Final = re.compile(rb"<Relationship [^>]*thumbnail[^>]*/>")
_FIRST_ZIP_DAY: Final = (1980, 1, 1, 0, 0, 0)
_BEHIND_BIDI: Final = ("w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:jc", "w:rPr")
"""What the format wants behind the mark of a paragraph from right to left."""
_ROOM: Final = Pt(120)


def letter_docx(letter: LetterText) -> bytes:
    """The letter as .docx; what is to be filled by hand is highlighted."""
    document = Document()
    _set_up(document, letter)
    for line in letter.sender:
        _line(document, line, after=0)
    for place, line in enumerate(letter.addressee):
        _line(document, line, before=0 if place else 24, after=0, left=85)
    _line(document, letter.place, before=18, left=85)
    subject = document.add_heading(level=1)
    _runs(subject, letter.subject)
    document.add_paragraph(letter.greeting)
    for part in letter.paragraphs:
        _line(document, part.line)
        for item in part.items:
            _runs(document.add_paragraph(style="List Bullet"), item)
        for line in part.own:
            _own(document, line)
        if part.room:
            document.paragraphs[-1].paragraph_format.space_after = _ROOM
    document.add_paragraph(letter.closing)
    for line in letter.signature:
        _line(document, line, before=24, after=0)
    _line(document, (Run(letter.enclosures_title),), before=24)
    for line in letter.enclosures:
        _runs(document.add_paragraph(style="List Bullet"), line)
    return _packed(document)


def _set_up(document: Any, letter: LetterText) -> None:
    language = _LANGUAGES[letter.language]
    told = document.core_properties
    moment = datetime.combine(letter.day, time())
    told.title, told.language, told.subject = letter.title, language, letter.title
    told.author = told.last_modified_by = told.comments = told.keywords = told.category = ""
    told.created = told.modified = moment
    told.revision = 1
    defaults = document.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    for name in ("w:val", "w:eastAsia"):
        defaults.set(qn(name), language)
    for name in ("Normal", "Heading 1", "List Bullet"):
        style = document.styles[name]
        style.font.name = _FONT
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        fonts.set(qn("w:cs"), _FONT)
        style.font.size = Pt(11)
    heading = document.styles["Heading 1"]
    heading.font.size, heading.font.color.rgb = Pt(13), RGBColor(0, 0, 0)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(25)
    section.top_margin = section.bottom_margin = Mm(20)


def _line(document: Any, line: Line, *, before: int = 0, after: int = 8, left: int = 0) -> Any:
    """A line as a paragraph; distances in points, `left` in millimetres. A name in any script stands where its line belongs."""
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(before), Pt(after)
    if left:
        paragraph.paragraph_format.left_indent = Mm(left)
    _runs(paragraph, line)
    return paragraph


def _own(document: Any, line: Line) -> None:
    """A line of the person's own words; one from right to left stands on its own side."""
    paragraph = _line(document, line)
    if line and line[0].said and direction(line[0].text) == "rtl":
        properties = paragraph._p.get_or_add_pPr()
        properties.insert_element_before(OxmlElement("w:bidi"), *_BEHIND_BIDI)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT  # in a paragraph from right to left this is the right side


def _runs(paragraph: Any, line: Line) -> None:
    for piece in line:
        run = paragraph.add_run(_NOT_IN_XML.sub("", piece.text))
        if piece.blank:
            run.font.highlight_color = WD_COLOR_INDEX.YELLOW
        elif piece.said and direction(piece.text) == "rtl":
            run.font.rtl = True


def _packed(document: Any) -> bytes:
    """The document's bytes: no thumbnail, no time of this machine in the archive."""
    first, packed = io.BytesIO(), io.BytesIO()
    document.save(first)
    with zipfile.ZipFile(first) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            if name in _LEFT_OUT:
                continue
            content = source.read(name)
            if name == "_rels/.rels":
                content = _THUMBNAIL.sub(b"", content)
            if name == "docProps/app.xml":
                content = content.replace(b"Microsoft Macintosh Word", b"")
            entry = zipfile.ZipInfo(name, _FIRST_ZIP_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, content)
    return packed.getvalue()

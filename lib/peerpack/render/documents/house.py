"""The house reference document: the styles that Word gives to a pack where a council has none."""

import io
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from peerpack.render.documents.cover import ACCENT, COLOUR
from peerpack.render.documents.pandoc import default_reference
from peerpack.render.documents.zipped import rezipped

if TYPE_CHECKING:
    from docx.document import Document
    from docx.styles.style import ParagraphStyle

FONT = "Arial"
INK, SOFT = "0B0C0C", "505A5F"
MADE = date(2000, 1, 1)
"""Any fixed day would do: nothing of it stands in a document."""


class _Text(NamedTuple):
    """A style of text: points of size, before and after it; kept with what follows."""

    size: float
    before: float
    after: float
    bold: bool = False
    kept: bool = False


_TEXT = {
    "Normal": _Text(11, 0, 6),
    "Body Text": _Text(11, 0, 6),
    "First Paragraph": _Text(11, 0, 6),
    "Compact": _Text(9.5, 1, 1),
    "Title": _Text(28, 60, 4, bold=True, kept=True),
    "Subtitle": _Text(16, 0, 4, kept=True),
    "Date": _Text(11, 0, 18),
    "Heading 1": _Text(20, 18, 8, bold=True, kept=True),
    "Heading 2": _Text(14, 16, 5, bold=True, kept=True),
    "Heading 3": _Text(12, 12, 4, bold=True, kept=True),
    "Heading 4": _Text(11, 10, 4, bold=True, kept=True),
    "Definition Term": _Text(11, 8, 1, bold=True, kept=True),
    "Definition": _Text(11, 0, 4),
    "Table Caption": _Text(10, 14, 4, bold=True, kept=True),
    "Image Caption": _Text(10, 2, 14, bold=True),
    "Captioned Figure": _Text(11, 12, 2, kept=True),
    "Note": _Text(11, 6, 10),
    "Source": _Text(9, 2, 8),
}
_COVER = ("Title", "Subtitle", "Date")
_TABLE = """
<w:tblPr xmlns:w="{w}"><w:tblBorders>
<w:top w:val="single" w:sz="8" w:color="{ink}"/><w:bottom w:val="single" w:sz="4" w:color="B1B4B6"/>
<w:insideH w:val="single" w:sz="4" w:color="B1B4B6"/></w:tblBorders>
<w:tblCellMar><w:top w:w="40" w:type="dxa"/><w:left w:w="80" w:type="dxa"/>
<w:bottom w:w="40" w:type="dxa"/><w:right w:w="80" w:type="dxa"/></w:tblCellMar></w:tblPr>
"""
_FIRST_ROW = """
<w:tblStylePr xmlns:w="{w}" w:type="firstRow"><w:rPr><w:b/></w:rPr><w:tcPr><w:tcBorders>
<w:bottom w:val="single" w:sz="12" w:color="{ink}"/></w:tcBorders>
<w:shd w:val="clear" w:color="auto" w:fill="F3F2F1"/><w:vAlign w:val="bottom"/></w:tcPr>
</w:tblStylePr>
"""
_NOTE = """
<w:pPr xmlns:w="{w}">
<w:pBdr><w:left w:val="single" w:sz="36" w:space="8" w:color="{accent}"/></w:pBdr>
<w:shd w:val="clear" w:color="auto" w:fill="F3F2F1"/></w:pPr>
"""


@lru_cache
def house_reference(colour: str = COLOUR, accent: str = ACCENT) -> bytes:
    """A docx that holds no text of a pack, only styles, margins and the language en-GB.

    `colour` is the title's, `accent` that of the line beside a note. The same bytes each time. A
    council that wants its own begins with this one.
    """
    from docx import Document
    from docx.shared import RGBColor

    book = Document(io.BytesIO(default_reference()))
    _add_styles(book, accent.removeprefix("#"))
    for name, given in _TEXT.items():
        _set_text(book.styles[name], given)
    book.styles["Title"].font.color.rgb = RGBColor.from_string(colour.removeprefix("#").upper())
    _set_table(book)
    _set_language(book)
    _set_page(book)
    target = io.BytesIO()
    book.save(target)
    return rezipped(target.getvalue(), MADE)


def _add_styles(book: "Document", accent: str) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Pt, RGBColor

    for name in ("Note", "Source"):
        book.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = book.styles["Body Text"]
    for name, size in (("Soft", 8.5), ("Evidence", 8)):
        font = book.styles.add_style(name, WD_STYLE_TYPE.CHARACTER).font
        font.size, font.color.rgb = Pt(size), RGBColor.from_string(SOFT)
    note: Any = book.styles["Note"].element
    for each in list(_parsed(_NOTE, accent=accent)):
        note.get_or_add_pPr().append(each)


def _set_text(style: "ParagraphStyle", given: _Text) -> None:
    _set_lines(style, given)
    _set_letters(style, given)
    _name_every_script(style.element)
    _space_letters_alike(style.element)


def _set_lines(style: "ParagraphStyle", given: _Text) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    shape = style.paragraph_format
    shape.space_before, shape.space_after = Pt(given.before), Pt(given.after)
    shape.keep_with_next = given.kept or None
    shape.line_spacing = 1.0 if style.name == "Compact" else 1.15
    shape.alignment = WD_ALIGN_PARAGRAPH.LEFT if style.name in _COVER else None


def _set_letters(style: "ParagraphStyle", given: _Text) -> None:
    from docx.shared import Pt, RGBColor

    font = style.font
    font.name, font.size, font.italic = FONT, Pt(given.size), False
    # Where nothing is said, the style of a table may say that its first row is bold.
    font.bold = given.bold if style.name in _COVER else given.bold or None
    font.color.rgb = RGBColor.from_string(SOFT if style.name == "Source" else INK)


def _name_every_script(style: Any) -> None:
    """The font for all scripts: a theme's font would win over a name."""
    from docx.oxml.ns import qn

    fonts = style.rPr.rFonts
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), FONT)


def _space_letters_alike(style: Any) -> None:
    from docx.oxml.ns import qn

    for each in style.rPr.findall(qn("w:spacing")):
        style.rPr.remove(each)


def _set_table(book: "Document") -> None:
    from docx.oxml.ns import qn

    style: Any = book.styles["Table"].element
    for tag in ("w:tblPr", "w:tblStylePr"):
        for each in style.findall(qn(tag)):
            style.remove(each)
    for made in (_TABLE, _FIRST_ROW):
        style.append(_parsed(made))


def _set_language(book: "Document") -> None:
    from docx.oxml.ns import qn

    styles: Any = book.styles.element
    for each in styles.iter(qn("w:lang")):
        each.set(qn("w:val"), "en-GB")
    for each in book.settings.element.iter(qn("w:themeFontLang")):
        each.set(qn("w:val"), "en-GB")


def _set_page(book: "Document") -> None:
    from docx.shared import Cm

    page = book.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2.2)
    page.top_margin, page.bottom_margin = Cm(2.4), Cm(2.2)
    page.header_distance = page.footer_distance = Cm(1.1)


def _parsed(template: str, **said: str) -> Any:
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsmap

    return parse_xml(template.format(w=nsmap["w"], ink=INK, **said))

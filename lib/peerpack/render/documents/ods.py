"""The tables of a pack as an OpenDocument spreadsheet: the same cells and mark-up as the xlsx."""

import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from peerpack.render.documents.book import Book, Cell, Cover, Link, Number, Table
from peerpack.render.documents.zipped import rezipped

if TYPE_CHECKING:
    from odf.opendocument import OpenDocument

FONT, TEXT, HEADING, RIGHT = "Arial", "Text", "Column_20_heading", "Right"
HEADING_RIGHT = "Column_20_heading_20_right"
TITLE, SUBTITLE = "Heading_20_1", "Heading_20_2"
CM_A_CHARACTER, AWAY = 0.24, "0.2cm"
COVER_WIDTH = 85
_LINK = '<text:p><text:a xlink:href="#{sheet}.A1" xlink:type="simple">{sheet}</text:a></text:p>'
_HEADINGS = "<table:table-header-rows>{}</table:table-header-rows>"


def load_odf() -> None:
    """Load what an ods file is written with."""
    from odf import dc, meta, number, opendocument, style, table  # noqa: F401


def spreadsheet(told: Book, as_at: date) -> bytes:
    """A book as an ods file that was made on that day."""
    from odf.opendocument import OpenDocumentSpreadsheet

    target = io.BytesIO()
    with _as_the_first():
        file = OpenDocumentSpreadsheet()
        _describe(file, told.cover.title, as_at)
        _add_styles(file, told)
        _add_page(file)
        for sheet in (_cover(told.cover), *map(_worksheet, told.sheets)):
            file.spreadsheet.addElement(sheet)
        file.spreadsheet.addElement(_marked_up(told.sheets))
        file.save(target)
    return rezipped(target.getvalue(), as_at)


@contextmanager
def _as_the_first() -> Iterator[None]:
    """Write as the first document of this process does.

    odfpy declares every namespace that any document since the start has used, in that order.
    """
    from odf.element import Element

    before = Element.namespaces
    Element.namespaces = {}
    try:
        yield
    finally:
        Element.namespaces = before


def _describe(file: "OpenDocument", title: str, as_at: date) -> None:
    from odf import dc, meta

    day = f"{as_at.isoformat()}T00:00:00"
    for element in (
        dc.Title(text=title), dc.Language(text="en-GB"), dc.Date(text=day),
        meta.CreationDate(text=day),
    ):  # fmt: skip
        file.meta.addElement(element)


def _add_styles(file: "OpenDocument", told: Book) -> None:
    for style in _cell_styles():
        file.styles.addElement(style)
    numbers = {cell for table in told.sheets for row in table.rows for cell in row}
    for decimals in sorted({cell.decimals for cell in numbers if isinstance(cell, Number)}):
        for style in _number_styles(decimals):
            file.automaticstyles.addElement(style)
    widths = {width for table in told.sheets for width in table.widths}
    for width in sorted({*widths, COVER_WIDTH}):
        file.automaticstyles.addElement(_column_style(width))


def _add_page(file: "OpenDocument") -> None:
    """A4 across, with nothing above and below: without it LibreOffice prints names and numbers."""
    from odf.style import Footer, Header, MasterPage, PageLayout, PageLayoutProperties

    layout = PageLayout(name="across")
    size = {"pagewidth": "29.7cm", "pageheight": "21cm", "printorientation": "landscape"}
    layout.addElement(PageLayoutProperties(margin="1.5cm", **size))
    file.automaticstyles.addElement(layout)
    page = MasterPage(name="Default", pagelayoutname=layout)
    page.addElement(Header(display="false"))
    page.addElement(Footer(display="false"))
    file.masterstyles.addElement(page)


def _cell_styles() -> "Iterator[Any]":
    from odf.style import DefaultStyle, ParagraphProperties, TableCellProperties, TextProperties

    words = partial(TextProperties, fontfamily=FONT)
    usual = DefaultStyle(family="table-cell")
    usual.addElement(words(fontsize="12pt", language="en", country="GB"))
    yield usual
    yield _style(TEXT, TableCellProperties(wrapoption="wrap", verticalalign="top"))
    wrapped = {"wrapoption": "wrap", "verticalalign": "top", "textalignsource": "fix"}
    line = "1pt solid #000000"
    for name, side in ((HEADING, "start"), (HEADING_RIGHT, "end")):
        yield _style(
            name,
            TableCellProperties(borderbottom=line, paddingright=AWAY, **wrapped),
            ParagraphProperties(textalign=side),
            words(fontweight="bold"),
        )
    cell = TableCellProperties(paddingright=AWAY, **wrapped)
    yield _style(RIGHT, cell, ParagraphProperties(textalign="end"))
    yield _style(TITLE, words(fontsize="16pt", fontweight="bold"))
    yield _style(SUBTITLE, words(fontsize="14pt", fontweight="bold"))


def _style(name: str, *properties: Any, **said: str) -> Any:
    from odf.style import Style

    style = Style(name=name, displayname=name.replace("_20_", " "), family="table-cell", **said)
    for each in properties:
        style.addElement(each)
    return style


def _number_styles(decimals: int) -> "Iterator[Any]":
    """How a number of so many decimals is shown: with commas, and a nought before the point."""
    from odf.number import Number as Digits
    from odf.number import NumberStyle

    form = NumberStyle(name=f"N{decimals}")
    form.addElement(Digits(decimalplaces=decimals, minintegerdigits=1, grouping="true"))
    yield form
    yield _style(_number_style(decimals), parentstylename=RIGHT, datastylename=f"N{decimals}")


def _number_style(decimals: int) -> str:
    return f"Number{decimals}"


def _column_style(width: int) -> Any:
    from odf.style import Style, TableColumnProperties

    style = Style(name=f"wide{width}", family="table-column")
    style.addElement(TableColumnProperties(columnwidth=f"{width * CM_A_CHARACTER:.2f}cm"))
    return style


def _cover(cover: Cover) -> Any:
    styles = {1: TITLE, 2: SUBTITLE, 0: TEXT}
    return _sheet(
        "Cover", [COVER_WIDTH], [_row([line], [styles[n]]) for line, n in cover.lines], ()
    )


def _worksheet(table: Table) -> Any:
    numeric = [table.is_numeric(at) for at in range(len(table.headings))]
    heads = [HEADING_RIGHT if right else HEADING for right in numeric]
    below = [RIGHT if right else TEXT for right in numeric]
    rows = [
        _row([table.title], [TITLE]),
        *(_row([line], [""]) for line in table.told),
        _HEADINGS.format(_row(table.headings, heads)),
        *(_row(row, below) for row in table.rows),
    ]
    numbers = {cell.decimals for row in table.rows for cell in row if isinstance(cell, Number)}
    return _sheet(table.name, table.widths, rows, numbers)


def _sheet(name: str, widths: Iterable[int], rows: Iterable[str], decimals: Iterable[int]) -> Any:
    """A worksheet of rows that are written already, with numbers of so many decimals in them."""
    from odf import table as odf
    from odf.namespaces import TABLENS, XLINKNS

    sheet = odf.Table(name=name)
    sheet.get_nsprefix(XLINKNS)  # declares what no element but a written one may use
    for width in widths:
        sheet.addElement(odf.TableColumn(stylename=f"wide{width}"))
    written = _written()(qname=(TABLENS, "table-rows"))
    written.addText("".join(rows), check_grammar=False)
    for each in sorted(decimals):
        written.addElement(odf.TableCell(stylename=_number_style(each)), check_grammar=False)
    sheet.addElement(written)
    return sheet


@lru_cache
def _written() -> Any:
    """Rows that are XML already: their text. Cells among them are not written, and name styles.

    odfpy leaves out a style that no element names. An element of its own for each cell, its lines
    and their words takes ten times as long.
    """
    from odf.element import Element

    class Written(Element):
        def toXml(self, level: int, target: Any) -> None:  # noqa: ARG002, N802 - as odfpy calls it
            target.write(self.firstChild.data)

    return Written


def _row(cells: Iterable[Cell], styles: Iterable[str]) -> str:
    inside = "".join(map(_cell, cells, styles))
    return f"<table:table-row>{inside}</table:table-row>"


def _cell(cell: Cell, style: str) -> str:
    """A cell of a kind: a number, or a text, which is then never a formula."""
    if isinstance(cell, Number):
        kind = f'"float" office:value="{cell.value!r}"'
        style, inside = _number_style(cell.decimals), _line(cell.shown)
    elif isinstance(cell, Link):
        kind, inside = '"string"', _LINK.format(sheet=cell.sheet)
    else:
        kind, inside = '"string"', "".join(map(_line, cell.split("\n")))
    styled = f' table:style-name="{style}"' if style else ""
    return f"<table:table-cell office:value-type={kind}{styled}>{inside}</table:table-cell>"


def _line(words: str) -> str:
    return f"<text:p>{escape(words)}</text:p>" if words else "<text:p/>"


def _marked_up(tables: Iterable[Table]) -> Any:
    """Every table by its name and its place, headings first, without buttons to filter."""
    from odf.table import DatabaseRange, DatabaseRanges

    ranges = DatabaseRanges()
    for table in tables:
        first = table.first_row + 1
        last = f"{_letters(len(table.headings))}{first + len(table.rows)}"
        ranges.addElement(
            DatabaseRange(
                name=f"table_{table.name}",
                targetrangeaddress=f"{table.name}.A{first}:{table.name}.{last}",
                containsheader="true",
                displayfilterbuttons="false",
            )
        )
    return ranges


def _letters(column: int) -> str:
    """The letters of a column, counted from one: A, Z, AA."""
    more, last = divmod(column - 1, 26)
    return (_letters(more) if more else "") + chr(ord("A") + last)

"""The tables of a pack as spreadsheets: a workbook for Excel, as gptables writes it, and an ods."""

import io
import warnings
import zipfile
from datetime import date, datetime, time
from functools import lru_cache, partial
from itertools import chain, repeat
from typing import Any

from peerpack.catalogue.branding import Branding
from peerpack.render.documents.book import Book, Cell, Cover, Link, Number, Table, lines_of
from peerpack.render.documents.making import Making
from peerpack.render.documents.ods import COVER_WIDTH, load_odf, spreadsheet
from peerpack.render.documents.tables import book
from peerpack.render.documents.zipped import rezipped
from peerpack.render.site.page import Site

OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
LINE_PT, HIGHEST_PT = 16.0, 409.0
_CORE, _LANGUAGE = "docProps/core.xml", "<dc:language>en-GB</dc:language>"
Form = dict[str, Any]
TOP: Form = {"valign": "top"}
LEFT: Form = {"align": "left"}
RIGHT: Form = {"align": "right", "indent": 1}


def warm(_: Branding | None) -> None:
    """Load what both spreadsheets ask for."""
    _workbook()
    load_odf()


def making(site: Site) -> Making:
    """Both spreadsheets of a pack. Same contents, same bytes."""
    contents, told = site.contents, book(site)
    name = f"{contents.council.slug}-{contents.quarter}-tables"
    yield f"{name}.xlsx", partial(workbook, told, contents.as_at)
    yield f"{name}.ods", partial(spreadsheet, told, contents.as_at)


def workbook(told: Book, as_at: date) -> bytes:
    """A book as an xlsx file that was made on that day."""
    target = io.BytesIO()
    file = _workbook()(target, OPTIONS)
    _write_cover(file, told.cover)
    for table in told.sheets:
        _write_table(file, table)
    # A day has no zone.
    created = datetime.combine(as_at, time())
    file.set_properties({"title": told.cover.title, "created": created})
    file.close()
    return rezipped(_with_language(target.getvalue()), as_at)


@lru_cache
def _workbook() -> Any:
    """The workbook of gptables, which opens a file of its own and never closes it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        from gptables.core.wrappers import GPWorkbook
    return GPWorkbook


def _write_cover(file: Any, cover: Cover) -> None:
    look = file.theme
    forms = {1: look.cover_title_format, 2: look.cover_subtitle_format, 0: look.cover_text_format}
    sheet = file.add_worksheet("Cover")
    sheet.set_column(0, 0, COVER_WIDTH)
    for at, (line, level) in enumerate(cover.lines):
        sheet.write_string(at, 0, line, file.add_format(forms[level]))
        larger = {1: 16 / 12, 2: 14 / 12}.get(level, 1.0)
        sheet.set_row(at, _height(lines_of(line, int(COVER_WIDTH / larger))) * larger)
    _set_page(sheet)


def _write_table(file: Any, table: Table) -> None:
    sheet = file.add_worksheet(table.name)
    _write_above(file, sheet, table)
    _write_cells(file, sheet, table)
    for at, width in enumerate(table.widths):
        sheet.set_column(at, at, width)
    for at, lines in enumerate(table.lines, start=table.first_row):
        sheet.set_row(at, _height(lines))
    _set_page(sheet)


def _write_above(file: Any, sheet: Any, table: Table) -> None:
    look = file.theme
    forms = chain((look.title_format, look.instructions_format), repeat(look.legend_format))
    for at, (line, form) in enumerate(zip((table.title, *table.told), forms, strict=False)):
        sheet.write_string(at, 0, line, file.add_format(form))


def _write_cells(file: Any, sheet: Any, table: Table) -> None:
    """The table in the look of gptables, and marked as one.

    Its own writer lays each cell and its format in tables of pandas, which takes ten times as long.
    """
    sides = [RIGHT if table.is_numeric(at) else LEFT for at in range(len(table.headings))]
    heads = [file.add_format(file.theme.column_heading_format | TOP | side) for side in sides]
    for at, (heading, form) in enumerate(zip(table.headings, heads, strict=True)):
        sheet.write_string(table.first_row, at, heading, form)
    for down, row in enumerate(table.rows, start=table.first_row + 1):
        for across, (cell, side) in enumerate(zip(row, sides, strict=True)):
            _write_cell(file, sheet, (down, across), cell, file.theme.data_format | TOP | side)
    columns = [
        {"header": heading, "header_format": form}
        for heading, form in zip(table.headings, heads, strict=True)
    ]
    last = (table.first_row + len(table.rows), len(columns) - 1)
    marked = {"name": f"table_{table.name}", "columns": columns, "autofilter": False, "style": None}
    sheet.add_table(table.first_row, 0, *last, marked)


def _write_cell(file: Any, sheet: Any, at: tuple[int, int], cell: Cell, form: Form) -> None:
    """A number with its decimals, commas and a nought; a link; a text, which is never a formula."""
    if isinstance(cell, Number):
        shown = "#,##0" + ("." + "0" * cell.decimals if cell.decimals else "")
        sheet.write_number(*at, cell.value, file.add_format(form | {"num_format": shown}))
    elif isinstance(cell, Link):
        form = file.add_format(form | {"underline": True, "font_color": "blue"})
        sheet.write_url(*at, f"internal:'{cell.sheet}'!A1", form, cell.sheet)
    else:
        sheet.write_string(*at, cell, file.add_format(form))


def _height(lines: int) -> float:
    """The height of a row in points: LibreOffice would show one line of a row without any."""
    return min(lines * LINE_PT, HIGHEST_PT)


def _set_page(sheet: Any) -> None:
    """To be printed on A4 across, as wide as its table."""
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _with_language(archive: bytes) -> bytes:
    """The file with its language among its properties, where xlsxwriter has no place for it."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(archive)) as source,
        zipfile.ZipFile(target, "w") as copied,
    ):
        for name in source.namelist():
            content = source.read(name)
            if name == _CORE:
                end = b"</cp:coreProperties>"
                content = content.replace(end, _LANGUAGE.encode() + end)
            copied.writestr(name, content)
    return target.getvalue()

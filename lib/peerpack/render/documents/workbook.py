"""The tables of a pack as spreadsheets: a workbook for Excel, as gptables writes it, and an ods."""

import io
import re
import warnings
import zipfile
from collections.abc import Iterable
from datetime import date, datetime, time
from functools import lru_cache
from types import SimpleNamespace
from typing import Any

from peerpack.handover.pack import PackContents
from peerpack.render.documents.book import Book, Cell, Cover, Link, Number, Table, lines_of
from peerpack.render.documents.ods import spreadsheet
from peerpack.render.documents.tables import book
from peerpack.render.documents.zipped import rezipped

OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
LINE_PT, HIGHEST_PT = 16.0, 409.0
_CORE, _LANGUAGE = "docProps/core.xml", "<dc:language>en-GB</dc:language>"
# What gptables would take for a link, or refuse as a cell of nothing but symbols.
_TAKEN_FOR_MORE = re.compile(r"\]\(|\A[^a-zA-Z0-9]*\Z")


def made(contents: PackContents) -> dict[str, bytes]:
    """Both spreadsheets by their file names. Same contents, same bytes."""
    name, told = f"{contents.council.slug}-{contents.quarter}-tables", book(contents)
    return {
        f"{name}.xlsx": workbook(told, contents.as_at),
        f"{name}.ods": spreadsheet(told, contents.as_at),
    }


def workbook(told: Book, as_at: date) -> bytes:
    """A book as an xlsx file that was made on that day."""
    target = io.BytesIO()
    file = _gptables().GPWorkbook(target, OPTIONS)
    _write_cover(file, told.cover)
    for table in told.sheets:
        _write_table(file, table)
    # A day has no zone.
    created = datetime.combine(as_at, time())
    file.set_properties({"title": told.cover.title, "created": created})
    file.close()
    return rezipped(_with_language(target.getvalue()), as_at)


def _write_cover(file: Any, cover: Cover) -> None:
    given = _gptables().Cover(
        title=_cell(cover.title),
        intro=[_cell(line) for line in cover.intro],
        about=[_cell(line) for line in cover.about],
        contact=[_cell(line) for line in cover.contact],
    )
    sheet = file.add_worksheet(given.cover_label)
    sheet.write_cover(given)
    for at, (line, level) in enumerate(cover.lines):
        larger = {1: 16 / 12, 2: 14 / 12}.get(level, 1.0)
        sheet.set_row(at, _height(lines_of(line, int(given.width / larger))) * larger)
    _set_page(sheet)


def _write_table(file: Any, table: Table) -> None:
    import pandas as pd

    rows = [[_cell(cell) for cell in row] for row in table.rows]
    given = _gptables().GPTable(
        table=pd.DataFrame(rows, columns=list(table.headings), dtype=object),
        table_name=f"table_{table.name}",
        title=_line(table.title),
        instructions=_line(table.told[0]),
        legend=[_line(line) for line in table.told[1:]],
        index_columns={},
        additional_formatting=list(_formats(table)),
    )
    sheet = file.add_worksheet(table.name)
    with warnings.catch_warnings():
        # gptables 2.0.2 calls pandas in ways that pandas 4 will no longer have.
        warnings.simplefilter("ignore", DeprecationWarning)
        sheet.write_gptable(given, auto_width=False)
    for at, width in enumerate(table.widths):
        sheet.set_column(at, at, width)
    for at, lines in enumerate(table.lines, start=table.first_row):
        sheet.set_row(at, _height(lines))
    _set_page(sheet)


def _height(lines: int) -> float:
    """The height of a row in points: LibreOffice would show one line of a row without any."""
    return min(lines * LINE_PT, HIGHEST_PT)


def _set_page(sheet: Any) -> None:
    """To be printed on A4 across, as wide as its table."""
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


@lru_cache
def _gptables() -> Any:
    """The names of gptables that are used, which opens a file of its own and never closes it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        from gptables import Cover, GPTable
        from gptables.core.gptable import FormatList
        from gptables.core.wrappers import GPWorkbook
    return SimpleNamespace(
        Cover=Cover, GPTable=GPTable, FormatList=FormatList, GPWorkbook=GPWorkbook
    )


def _line(words: str) -> list[object]:
    """A line above a table as it is: no link, and no note between pairs of dollars."""
    return [{}, words.replace("$$", "$\u2060$")]


def _cell(cell: Cell) -> object:
    """A cell as gptables takes it; a text that it would take for more than a text, as it is."""
    if isinstance(cell, Number):
        return cell.value
    if isinstance(cell, Link):
        return {cell.sheet: f"internal:'{cell.sheet}'!A1"}
    return _gptables().FormatList([{}, cell]) if _TAKEN_FOR_MORE.search(cell) else cell


def _formats(table: Table) -> Iterable[dict[str, Any]]:
    """Cells from the top; numbers at the right, each with its decimals, commas and a nought."""
    every = range(len(table.headings))
    yield {"column": {"columns": list(every), "format": {"valign": "top"}}}
    numeric = [at for at in every if table.is_numeric(at)]
    yield {"column": {"columns": numeric, "format": {"align": "right", "indent": 1}}}
    places: dict[int, list[tuple[int, int]]] = {}
    for down, row in enumerate(table.rows, start=1):
        for across, cell in enumerate(row):
            if isinstance(cell, Number):
                places.setdefault(cell.decimals, []).append((down, across))
    for decimals, cells in places.items():
        form = "#,##0" + ("." + "0" * decimals if decimals else "")
        for place in cells:
            yield {"cell": {"cells": place, "format": {"num_format": form}}}


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

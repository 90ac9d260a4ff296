"""A file before it is bytes: lines of printed cells that remember what they stand for."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

import xlsxwriter

from peerpack.demo.files import rezipped
from peerpack.demo.years.exports import Export
from peerpack.demo.years.rows import Row

Cell = str | int | float | date | None
Kind = Literal["title", "header", "repeated header", "blank", "detail", "total", "padding", "note"]
PRINTED_AT = datetime(2024, 1, 1)  # noqa: DTZ001 (a workbook's own date, which nobody reads)


@dataclass(eq=False)
class Line:
    """One printed line: of a detail, `true` is what happened and `read` what its cells say.

    A total has its `sums`, and in `of` the labels of the detail it sums. `refused` is a line that
    the intake must put into quarantine; `faulty` one that a fault has been put into.
    """

    kind: Kind
    cells: list[Cell]
    true: Row = field(default_factory=dict)
    read: Row = field(default_factory=dict)
    sums: dict[str, int] = field(default_factory=dict)
    of: dict[str, str] = field(default_factory=dict)
    refused: bool = False
    faulty: bool = False


@dataclass(eq=False)
class Printed:
    """One file: its name, how it is written, and its lines from the first."""

    export: Export
    name: str
    encoding: str
    delimiter: str
    line_end: str
    lines: list[Line]
    hidden: bool = False

    @property
    def sheet(self) -> str:
        """The name of its sheet; a text has none."""
        return self.export.sheet

    @property
    def headings(self) -> list[str]:
        """The words that head its columns, as printed."""
        header = next(line for line in self.lines if line.kind == "header")
        return [cell for cell in header.cells if isinstance(cell, str)]

    def place(self, line: Line) -> int:
        """The row a line stands in, from 1."""
        return next(at for at, each in enumerate(self.lines, start=1) if each is line)

    def detail(self) -> list[Line]:
        """The lines that carry a row of data."""
        return [line for line in self.lines if line.kind == "detail"]

    def admitted(self) -> list[Line]:
        """The lines that the intake must admit."""
        return [line for line in self.lines if line.kind in ("detail", "note") and not line.refused]


def content(printed: Printed) -> bytes:
    """The file's bytes."""
    return _workbook(printed) if printed.sheet else _text(printed)


def _text(printed: Printed) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator=printed.line_end, delimiter=printed.delimiter)
    writer.writerows(["" if c is None else c for c in line.cells] for line in printed.lines)
    return text.getvalue().encode(printed.encoding)


def _workbook(printed: Printed) -> bytes:
    buffer = io.BytesIO()
    options = {"constant_memory": True, "in_memory": False, "strings_to_formulas": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        book.set_properties({"subject": "Invented data", "created": PRINTED_AT})
        days = book.add_format({"num_format": "dd/mm/yyyy"})
        if printed.hidden:
            book.add_worksheet("Notes").write_string(0, 0, "INVENTED DATA")
        sheet = book.add_worksheet(printed.sheet)
        if printed.hidden:
            sheet.hide()
        for number, line in enumerate(printed.lines):
            _write_row(sheet, number, line.cells, days)
    return rezipped(buffer.getvalue())


def _write_row(
    sheet: xlsxwriter.worksheet.Worksheet,
    number: int,
    cells: Sequence[Cell],
    days: xlsxwriter.format.Format,
) -> None:
    for column, cell in enumerate(cells):
        if isinstance(cell, date):
            sheet.write_datetime(number, column, cell, days)
        elif isinstance(cell, int | float):
            sheet.write_number(number, column, cell)
        elif cell:
            sheet.write_string(number, column, cell)

"""Drawn returns: rows written into a file as a council would export them."""

import csv
import io
import zipfile
from pathlib import Path

import xlsxwriter

LEDGER = (
    "Directorate", "Service", "Cost Centre", "Original Budget", "Revised Budget",
    "Forecast Outturn", "Variance",
)  # fmt: skip
PAYMENTS = (
    "Effective Date", "Organisational Unit", "Supplier Name", "Payment Date",
    "Transaction Number", "Amount",
)  # fmt: skip
NEIGHBOURS = ("Area", "Indicator", "Period", "Value", "Unit")


def table(text):
    """Rows of a drawn table: a row a line, cells between bars, white space around them dropped."""
    lines = text.strip("\n").splitlines()
    return [[cell.strip() for cell in line.split("|")] for line in lines]


def csv_bytes(rows, encoding="utf-8", delimiter=",", quoting=csv.QUOTE_MINIMAL, newline="\r\n"):
    """Rows as a text export."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, quoting=quoting, lineterminator=newline).writerows(rows)
    return out.getvalue().encode(encoding)


def write_csv(path: Path, rows, **dialect):
    path.write_bytes(csv_bytes(rows, **dialect))
    return path


def write_xlsx(path: Path, sheets, hidden=()):
    """Sheets by name; a cell that begins with = is a formula whose stored result follows a bar."""
    with xlsxwriter.Workbook(path) as book:
        shown = book.add_worksheet("Cover")
        shown.activate()
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for at, row in enumerate(rows):
                for place, cell in enumerate(row):
                    _write(sheet, at, place, cell)
            if name in hidden:
                sheet.hide()
    return path


def _write(sheet, at, place, cell):
    if isinstance(cell, str) and cell.startswith("="):
        formula, result = cell.split("|")
        sheet.write_formula(at, place, formula, None, result)
    elif isinstance(cell, str):
        sheet.write_string(at, place, cell)
    elif cell is not None:
        sheet.write(at, place, cell)


def write_zip(path: Path, members):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path

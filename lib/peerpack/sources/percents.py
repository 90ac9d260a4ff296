"""Cells that a workbook shows as percentages: their number is a fraction, 0.86 for 86%."""

import re
import zipfile

from peerpack.sources.formula_errors import parts, place_of, tags

_FORMAT = re.compile(r"<(?:\w+:)?numFmt\s[^<>]*>")
_STYLES = re.compile(rb"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", re.DOTALL)
_STYLE = re.compile(r"<(?:\w+:)?xf\s[^<>]*>")
_OF_EXCEL = {"9", "10"}
_NOT_SHOWN = re.compile(r'"[^"]*"|\\.')
_BOOK = "xl/styles.xml"


def percent_cells(book: zipfile.ZipFile) -> dict[str, list[tuple[int, int]]]:
    """The places (row, column, from 0) of each sheet's cells that are shown as percentages.

    Workbooks of other kinds than .xlsx and .xlsm do not say so in a way that is read here.
    """
    styles = _percent_styles(book.read(_BOOK)) if _BOOK in book.namelist() else ""
    if not styles:
        return {}
    cell = re.compile(rf"""<(?:\w+:)?c\s((?=[^<>]*\bs=["'](?:{styles})["'])[^<>]*)>""")
    return {sheet: _places(cell, book.read(part)) for sheet, part in parts(book)}


def _places(cell: re.Pattern[str], xml: bytes) -> list[tuple[int, int]]:
    found = (place_of(attributes) for attributes in cell.findall(xml.decode("utf-8")))
    return [place for place in found if place]


def _percent_styles(xml: bytes) -> str:
    """The numbers of the styles whose format shows a percentage, as alternatives."""
    formats = {f["numFmtId"] for f in tags(_FORMAT, xml) if _is_percent(f.get("formatCode", ""))}
    styles = _STYLES.search(xml)
    used = [style.get("numFmtId") for style in tags(_STYLE, styles[0] if styles else b"")]
    return "|".join(str(at) for at, each in enumerate(used) if each in formats | _OF_EXCEL)


def _is_percent(code: str) -> bool:
    return "%" in _NOT_SHOWN.sub("", code.replace("&quot;", '"'))

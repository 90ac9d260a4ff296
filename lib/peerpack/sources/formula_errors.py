"""Formula errors of a spreadsheet, such as #REF!: its reader gives blank cells or zeros."""

import html
import re
import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath

from peerpack.errors import ReturnRefused

Errors = dict[tuple[int, int], str]

_ATTRIBUTE = re.compile(r"""([\w:]+)=["']([^"']*)["']""")
_SHEET = re.compile(r"<(?:\w+:)?sheet\s[^<>]*>")
_LINK = re.compile(r"<(?:\w+:)?Relationship\s[^<>]*>")
# Looks no further than the next cell, so that no text of a million open cells can stall it.
_ERROR_CELL = re.compile(
    r"""<(?:\w+:)?c\s([^<>]{0,500}\bt=["']e["'][^<>]{0,500})(?<!/)>"""
    r"""(?:(?!<(?:\w+:)?c\s).)*?<(?:\w+:)?v>([^<]*)<""",
    re.DOTALL,
)
_ANY_ERROR = re.compile(rb"""\bt=["']e["']""")
_PLACE = re.compile(r"([A-Z]+)([0-9]+)\Z")
_ODS_ERROR = b'calcext:value-type="error"'


def formula_errors(name: str, book: zipfile.ZipFile) -> dict[str, Errors]:
    """The errors of each sheet of an Excel workbook: place (row, column, from 0) to words.

    Older binary workbooks do not say, and have none here. An OpenDocument sheet says that it has
    some and not simply where: it is refused.
    """
    if "content.xml" in book.namelist() and _ODS_ERROR in book.read("content.xml"):
        _refuse_errors(name)
    return {sheet: dict(_errors(book.read(part))) for sheet, part in _parts(book)}


def _parts(book: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Each sheet's name and the part of the archive that holds it."""
    if "xl/workbook.xml" not in book.namelist():
        return
    links = {
        link["Id"]: str(PurePosixPath("xl") / link["Target"]).lstrip("/")
        for link in _tags(_LINK, book.read("xl/_rels/workbook.xml.rels"))
    }
    for sheet in _tags(_SHEET, book.read("xl/workbook.xml")):
        if links.get(sheet["r:id"]) in book.namelist():
            yield html.unescape(sheet["name"]), links[sheet["r:id"]]


def _tags(tag: re.Pattern[str], xml: bytes) -> Iterator[dict[str, str]]:
    for found in tag.findall(xml.decode("utf-8")):
        yield dict(_ATTRIBUTE.findall(found))


def _errors(xml: bytes) -> Iterator[tuple[tuple[int, int], str]]:
    if not _ANY_ERROR.search(xml):
        return
    for attributes, error in _ERROR_CELL.findall(xml.decode("utf-8")):
        place = _PLACE.match(dict(_ATTRIBUTE.findall(attributes)).get("r", ""))
        if place:
            yield (int(place[2]) - 1, _column(place[1])), error


def _column(letters: str) -> int:
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1


def _refuse_errors(name: str) -> None:
    raise ReturnRefused(
        f"{name}: has formulas that ended in an error, such as #REF!, which an OpenDocument sheet "
        "gives as blanks or zeros. Mend the formulas, or save it as .xlsx."
    )

"""Lines of raw files as received, by file, sheet and line; the standard library and a reader of
spreadsheets, and nothing of the workbook's own code.

A line is the line of a text file that a row begins on, or the row of a sheet, from 1.
"""

import csv
import hashlib
import io
import re
import zipfile
from functools import lru_cache
from pathlib import Path

HEADER_WITHIN = 30


@lru_cache
def content(folders, name):
    """The bytes of a file by the name in a trace: `a.csv`, or `a.zip/b.csv` for one of a zip."""
    outer, _, inner = name.partition(".zip/")
    path = next(p for p in _places(folders, f"{outer}.zip" if inner else outer) if p.is_file())
    if not inner:
        return path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        return archive.read(inner)


def _places(folders, name):
    for folder in folders:
        yield Path(folder) / name
        yield from sorted(Path(folder).rglob(Path(name).name))


def digest(folders, name):
    """The sha256 of a file as it was received: of the zip, where it is one."""
    outer, _, inner = name.partition(".zip/")
    path = next(p for p in _places(folders, f"{outer}.zip" if inner else outer) if p.is_file())
    return hashlib.sha256(path.read_bytes()).hexdigest()


@lru_cache
def table(folders, name, sheet):
    """Every line of a file or sheet: {line: cells}."""
    raw = content(folders, name)
    if name.lower().endswith((".xlsx", ".ods", ".xls")):
        return _sheet(raw, sheet)
    return _text(decoded(raw))


def _sheet(raw, sheet):
    from python_calamine import CalamineWorkbook

    rows = CalamineWorkbook.from_filelike(io.BytesIO(raw)).get_sheet_by_name(sheet)
    return dict(enumerate(rows.to_python(skip_empty_area=False), start=1))


def decoded(raw):
    """Text of bytes: by its byte-order mark, else UTF-8, else the Western Windows code page."""
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return raw.decode("utf-16")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252")


def _text(text):
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    lines, before = {}, 0
    for cells in reader:
        lines[before + 1] = cells
        before = reader.line_num
    return lines


def _delimiter(text):
    head = [line for line in text.splitlines()[:HEADER_WITHIN] if line.strip()]
    return max(",;\t|", key=lambda sign: sum(line.count(sign) for line in head))


def plain(heading):
    """A heading without case, signs and spaces: `OrganisationalUnit` is `Organisational Unit`."""
    return re.sub(r"[^a-z0-9£]", "", str(heading).casefold())


def header(lines, headings):
    """Which cell of a line is which column, by the headings that a dataset's columns may have.

    `headings`: column name to its headings. The header is the line among the first that names most
    columns; a heading over two lines is the two together. Returns {column: place}, the line.
    """
    known = {plain(word): column for column, words in headings.items() for word in words}
    best = max(list(lines)[:HEADER_WITHIN], key=lambda line: len(_named(lines[line], known)))
    return _named(lines[best], known), best


def _named(cells, known):
    places = {}
    for place, cell in enumerate(cells):
        column = known.get(plain(cell))
        if column and column not in places:
            places[column] = place
    return places

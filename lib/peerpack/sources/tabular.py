"""Any tabular file as grids of cells: CSV, spreadsheets, and zip archives of these.

Nothing is interpreted here: a grid holds what the file holds, with the line each row stands on.
"""

import csv
import hashlib
import io
import re
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING

from peerpack.errors import ReturnRefused
from peerpack.sources.columns import Cell, table
from peerpack.sources.delimited import BrokenText, delimited, first_rows
from peerpack.sources.formula_errors import formula_errors
from peerpack.sources.kinds import refuse_other_kind
from peerpack.sources.limits import (
    MOST_BYTES,
    lines_of,
    refuse_bomb,
    refuse_declarations,
    refuse_huge,
)
from peerpack.sources.percents import percent_cells
from peerpack.sources.workbooks import BrokenWorkbook, Sheet, sheets

if TYPE_CHECKING:
    from peerpack.sources.formats import Missing


class Percent(float):
    """A number that a sheet shows as a percentage: 0.86, shown as 86%."""


TEXT_ENDINGS = (".csv", ".tsv", ".txt")
SHEET_ENDINGS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
FORMAT_ENDINGS = (".parquet", ".sav", ".zsav")
MEMBER_ENDINGS = (*TEXT_ENDINGS, *SHEET_ENDINGS, *FORMAT_ENDINGS)
ENDINGS = (*MEMBER_ENDINGS, ".zip")
ARCHIVE_ENDINGS = (".zip", ".7z", ".rar", ".gz", ".tgz", ".tar")
PEEK_BYTES = 256 * 1024
PEEK_ROWS = 60
DELIMITERS = ",;\t|^\x1f"
"""The last of them is a unit separator, which some ledgers write because no cell can hold it."""
MARK_READ_AS_CP1252 = "ï»¿"
_NAMED_DELIMITER = re.compile(r"sep=([^\r\n\"])\r?\n", re.IGNORECASE)
BROKEN_ARCHIVE = (
    zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError,
    OSError, OverflowError, struct.error,
)  # fmt: skip
"""What the reader of archives raises of damaged ones, besides what it says it does."""


@dataclass(frozen=True)
class Grid:
    """One table of a file: `rows[i]` stands on line `lines[i]` (a sheet's row number, from 1).

    `sha256` is that of the file as received, `member_sha256` that of the member of an archive.
    `heads`: how many of the first rows are known to be headings; `missing`: what a file itself
    declares missing.
    """

    file: str
    sheet: str
    sha256: str
    member_sha256: str
    encoding: str
    lines: Sequence[int]
    rows: Sequence[list[Cell]]
    hidden: bool = False
    heads: int = 0
    missing: tuple["Missing", ...] = ()


def grids(path: Path, peek: bool = False) -> Iterator[Grid]:
    """Every table of a file; with `peek`, only the first rows of each, and no hash."""
    if path.suffix.lower() not in ENDINGS:
        return
    refuse_huge(path.name, path.stat().st_size)
    with path.open("rb") as file:
        content = _content(path.name, file, peek)
    sha256 = "" if peek else hashlib.sha256(content).hexdigest()
    refuse_other_kind(path.name, content)
    for name, member in _members(path.name, content, peek):
        refuse_other_kind(name, member)
        own = sha256 if member is content or peek else hashlib.sha256(member).hexdigest()
        if name.lower().endswith(TEXT_ENDINGS):
            yield _text_grid(name, member, (sha256, own), peek)
        elif name.lower().endswith(FORMAT_ENDINGS):
            yield _format_grid(name, member, (sha256, own), peek)
        else:
            yield from _sheet_grids(name, member, (sha256, own), peek)


def _content(name: str, file: IO[bytes], peek: bool) -> bytes:
    """The bytes of a file, a row a line where it is text; with `peek`, the first of a text."""
    if not name.lower().endswith(TEXT_ENDINGS):
        return file.read(MOST_BYTES)
    return file.read(PEEK_BYTES) if peek else lines_of(name, file)


def _members(name: str, content: bytes, peek: bool) -> Iterator[tuple[str, bytes]]:
    """The file itself, or the tables of an archive: read in memory, never extracted."""
    if not name.lower().endswith(".zip"):
        yield name, content
        return
    archive = _opened(name, content)
    _refuse_nested(name, archive)
    for info in sorted(archive.infolist(), key=lambda i: i.filename):
        if info.filename.lower().endswith(MEMBER_ENDINGS) and not _hidden(info):
            yield f"{name}/{PurePosixPath(info.filename).name}", _extract(archive, info, peek)


def _opened(name: str, content: bytes) -> zipfile.ZipFile:
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except BROKEN_ARCHIVE as fault:
        raise _damaged(name, "a zip archive", fault) from fault
    refuse_bomb(name, archive)
    return archive


def _refuse_nested(name: str, archive: zipfile.ZipFile) -> None:
    inner = [i for i in archive.infolist() if i.filename.lower().endswith(ARCHIVE_ENDINGS)]
    for info in (i for i in inner if not _hidden(i)):
        raise ReturnRefused(
            f"{name}: holds another archive, {PurePosixPath(info.filename).name}, whose returns "
            "would be passed over. Unpack it, and put its files beside the others."
        )


def _hidden(info: zipfile.ZipInfo) -> bool:
    """A system's own file, such as the shadow copies that a Mac puts beside every member."""
    parts = PurePosixPath(info.filename).parts
    return any(p.startswith((".", "~$", "__MACOSX")) and p != ".." for p in parts)


def _extract(archive: zipfile.ZipFile, info: zipfile.ZipInfo, peek: bool) -> bytes:
    try:
        with archive.open(info) as member:
            return _content(info.filename, member, peek)
    except BROKEN_ARCHIVE as fault:
        raise _damaged(info.filename, "a member of a zip archive", fault) from fault


def _text_grid(name: str, content: bytes, sha256: tuple[str, str], peek: bool) -> Grid:
    text, encoding = decoded(name, content[:PEEK_BYTES] if peek else content, peek)
    delimiter = _delimiter(text)
    try:
        lines, rows = first_rows(text, delimiter, PEEK_ROWS) if peek else delimited(text, delimiter)
        return Grid(name, "", *sha256, encoding, lines, rows)
    except BrokenText as fault:
        raise _damaged(f"{name}, line {fault.line}", "a table of text", fault) from fault


def decoded(name: str, content: bytes, cut: bool = False) -> tuple[str, str]:
    """Text and the encoding it was read by: UTF-16 by its mark, UTF-8, cp1252, or a refusal."""
    marked = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "cp1252"):
        text = _decoded(content, encoding, cut)
        if text is not None and "\0" not in text:
            return text.removeprefix(MARK_READ_AS_CP1252), encoding
    raise ReturnRefused(
        f"{name}: expected UTF-8, UTF-16 or cp1252 text, found bytes that are none of these. "
        "Save it again as 'CSV UTF-8', or give the spreadsheet itself."
    )


def _decoded(content: bytes, encoding: str, cut: bool) -> str | None:
    if cut and encoding != "utf-16":
        content = content[: content.rfind(b"\n") + 1] or content
    try:
        return content.decode(
            encoding, errors="ignore" if cut and encoding == "utf-16" else "strict"
        )
    except UnicodeDecodeError:
        return None


def _delimiter(text: str) -> str:
    """The mark that the first line names, or by which most of the first rows have as many cells."""
    named = _NAMED_DELIMITER.match(text)
    if named:
        return named[1]
    head = list(islice(io.StringIO(text[:PEEK_BYTES], newline=""), PEEK_ROWS))
    return max(DELIMITERS, key=lambda mark: _agreement(head, mark))


def _agreement(head: list[str], mark: str) -> tuple[int, int]:
    """How many rows have the commonest number of cells (of two or more), and that number."""
    try:
        widths = Counter(len(row) for row in csv.reader(head, delimiter=mark) if len(row) > 1)
    except csv.Error:
        return (0, 0)
    return max(((rows_n, width) for width, rows_n in widths.items()), default=(0, 0))


def _format_grid(name: str, content: bytes, sha256: tuple[str, str], peek: bool) -> Grid:
    from peerpack.sources.formats import contents

    found = contents(name, content, PEEK_ROWS if peek else None)
    lines = list(range(1, len(found.rows) + 1))
    return Grid(name, "", *sha256, "", lines, found.rows, heads=found.heads, missing=found.missing)


def _sheet_grids(name: str, content: bytes, sha256: tuple[str, str], peek: bool) -> Iterator[Grid]:
    archive = _opened(name, content) if zipfile.is_zipfile(io.BytesIO(content)) else None
    try:
        if archive:
            refuse_declarations(name, archive)
        errors = formula_errors(name, archive) if archive and not peek else {}
        percents = percent_cells(archive) if archive and not peek else {}
        found = sheets(content, PEEK_ROWS if peek else None)
    except (BrokenWorkbook, KeyError, *BROKEN_ARCHIVE) as fault:
        raise _damaged(name, "a spreadsheet", fault) from fault
    for sheet in found:
        rows = _with_errors(sheet.rows, errors.get(sheet.name, {}))
        rows = _with_percents(rows, percents.get(sheet.name, []))
        yield _sheet_grid(name, sheet, sha256, rows)


def _sheet_grid(name: str, sheet: Sheet, sha256: tuple[str, str], cells: list[list[Cell]]) -> Grid:
    rows = table(cells)
    return Grid(
        name, sheet.name, *sha256, "", range(1, len(rows) + 1), rows, hidden=not sheet.shown
    )


def _with_percents(rows: list[list[Cell]], places: list[tuple[int, int]]) -> list[list[Cell]]:
    """The rows with each number that the workbook shows as a percentage told as such."""
    for row, column in places:
        if row < len(rows) and column < len(rows[row]):
            cell = rows[row][column]
            if isinstance(cell, float) and not isinstance(cell, bool):
                rows[row][column] = Percent(cell)
    return rows


def _with_errors(rows: list[list[Cell]], errors: dict[tuple[int, int], str]) -> list[list[Cell]]:
    """The rows with each formula's error where the reader of spreadsheets gives a blank."""
    for (row, column), error in errors.items():
        if row < len(rows) and column < len(rows[row]):
            rows[row][column] = error
    return rows


def _damaged(name: str, what: str, fault: Exception) -> ReturnRefused:
    return ReturnRefused(
        f"{name}: cannot be read as {what} ({fault}). Ask its owner to export it again."
    )

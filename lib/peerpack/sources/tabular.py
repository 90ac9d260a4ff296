"""Any tabular file as grids of cells: CSV, spreadsheets, and zip archives of these.

Nothing is interpreted here: a grid holds what the file holds, with the line each row stands on.
"""

import csv
import hashlib
import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path, PurePosixPath

from peerpack.errors import ReturnRefused

Cell = str | float | int | bool | date | datetime | time | timedelta | None

TEXT_ENDINGS = (".csv", ".tsv", ".txt")
SHEET_ENDINGS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
ENDINGS = (*TEXT_ENDINGS, *SHEET_ENDINGS, ".zip")
MOST_BYTES = 2 * 1024**3
PEEK_BYTES = 256 * 1024
PEEK_ROWS = 60


@dataclass(frozen=True)
class Grid:
    """One table of a file: `rows[i]` stands on line `lines[i]` (a sheet's row number, from 1)."""

    file: str
    sheet: str
    sha256: str
    encoding: str
    lines: list[int]
    rows: list[list[Cell]]


def grids(path: Path, peek: bool = False) -> Iterator[Grid]:
    """Every table of a file; with `peek`, only the first rows of each, and no hash."""
    if path.suffix.lower() not in ENDINGS:
        return
    _refuse_huge(path.name, path.stat().st_size)
    content = path.read_bytes()
    sha256 = "" if peek else hashlib.sha256(content).hexdigest()
    for name, reads in _members(path.name, content, peek):
        yield from _tables(name, reads, sha256, peek)


def _members(
    name: str, content: bytes, peek: bool
) -> Iterator[tuple[str, Callable[[], bytes]]]:
    if not name.lower().endswith(".zip"):
        yield name, lambda: content
        return
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except zipfile.BadZipFile as fault:
        raise _damaged(name, "a zip archive", fault) from fault
    for info in sorted(archive.infolist(), key=lambda i: i.filename):
        if info.filename.lower().endswith((*TEXT_ENDINGS, *SHEET_ENDINGS)):
            _refuse_huge(f"{name}/{info.filename}", info.file_size)
            inner = PurePosixPath(info.filename).name
            yield f"{name}/{inner}", lambda info=info: _extract(archive, info, peek)  # type: ignore[misc]


def _extract(archive: zipfile.ZipFile, info: zipfile.ZipInfo, peek: bool) -> bytes:
    short = peek and info.filename.lower().endswith(TEXT_ENDINGS)
    try:
        with archive.open(info) as member:
            return member.read(PEEK_BYTES if short else MOST_BYTES)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError) as fault:
        raise _damaged(info.filename, "a member of a zip archive", fault) from fault


def _tables(name: str, reads: Callable[[], bytes], sha256: str, peek: bool) -> Iterator[Grid]:
    if name.lower().endswith(TEXT_ENDINGS):
        content = reads()
        yield _text_grid(name, content[:PEEK_BYTES] if peek else content, sha256, peek)
    else:
        yield from _sheet_grids(name, reads(), sha256, peek)


def _text_grid(name: str, content: bytes, sha256: str, peek: bool) -> Grid:
    text, encoding = decoded(name, content, peek)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=False)
    lines: list[int] = []
    rows: list[list[Cell]] = []
    before = 0
    try:
        for row in reader:
            lines.append(before + 1)
            rows.append(list(row))
            before = reader.line_num
            if peek and len(rows) >= PEEK_ROWS:
                break
    except csv.Error as fault:
        raise _damaged(f"{name}, line {before + 1}", "a table of text", fault) from fault
    return Grid(name, "", sha256, encoding, lines, rows)


def decoded(name: str, content: bytes, cut: bool = False) -> tuple[str, str]:
    """Text and the encoding it was read by: UTF-8 first, then cp1252, then a refusal."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="ignore" if cut else "strict"), "utf-16"
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            whole = content[: content.rfind(b"\n") + 1] or content if cut else content
            return whole.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    raise ReturnRefused(
        f"{name}: neither UTF-8 nor cp1252 text. Save it again as 'CSV UTF-8', or give the "
        "spreadsheet itself."
    )


def _delimiter(text: str) -> str:
    head = [line for line in text[:PEEK_BYTES].splitlines()[:PEEK_ROWS] if line.strip()]
    counts = {mark: sum(line.count(mark) for line in head) for mark in ",;\t|"}
    return max(counts, key=lambda mark: counts[mark])


def _sheet_grids(name: str, content: bytes, sha256: str, peek: bool) -> Iterator[Grid]:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        for sheet in book.sheet_names:
            found = book.get_sheet_by_name(sheet).to_python(
                skip_empty_area=False, nrows=PEEK_ROWS if peek else None
            )
            rows: list[list[Cell]] = [list(row) for row in found]
            yield Grid(name, sheet, sha256, "", list(range(1, len(rows) + 1)), rows)
    except (CalamineError, OSError, ValueError) as fault:
        raise _damaged(name, "a spreadsheet", fault) from fault


def _damaged(name: str, what: str, fault: Exception) -> ReturnRefused:
    return ReturnRefused(
        f"{name}: cannot be read as {what} ({fault}). Ask its owner to export it again."
    )


def _refuse_huge(name: str, size: int) -> None:
    if size > MOST_BYTES:
        raise ReturnRefused(
            f"{name}: {size:,} bytes, more than the {MOST_BYTES:,} a return may have. "
            "Export it in parts."
        )

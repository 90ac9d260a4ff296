"""Spreadsheets as sheets of rows, read in a process of their own with bounded memory and time.

The reader of spreadsheets is fast and trusts them: a damaged file can make it ask for a hundred
gigabytes, or end the process it runs in.
"""

import importlib.util
import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from peerpack.sources.columns import Cell
from peerpack.sources.limits import MOST_SHEET_CELLS

PROGRAM = Path(__file__).with_name("workbook_process.py")
LEAST_MEMORY_BYTES = 768 * 1024**2
MEMORY_PER_BYTE = 12
LEAST_TIME_S = 4
BYTES_PER_S = 4 * 1024**2
TAGGED: dict[str, Callable[[Any], Cell]] = {
    "date": date.fromisoformat, "datetime": datetime.fromisoformat, "time": time.fromisoformat,
    "timedelta": lambda parts: timedelta(*parts),
}  # fmt: skip


class BrokenWorkbook(ValueError):
    """A spreadsheet that its reader cannot read; its text says why."""


@dataclass(frozen=True)
class Sheet:
    """One sheet: its name, whether it is shown, its rows from the first row and column on."""

    name: str
    shown: bool
    rows: list[list[Cell]]


def sheets(content: bytes, rows_n: int | None) -> list[Sheet]:
    """Every sheet of a workbook, or the first `rows_n` rows of each."""
    run = _run(content, rows_n or 0)
    try:
        answer = json.loads(run.stdout, object_hook=_cell)
    except (ValueError, KeyError, TypeError) as fault:
        raise BrokenWorkbook(_why(run.returncode)) from fault
    if isinstance(answer, str):
        raise BrokenWorkbook(answer)
    return [Sheet(*each) for each in answer]


def _cell(tagged: dict[str, Any]) -> Cell:
    """A cell that JSON has no word for, by the name of its type."""
    ((kind, value),) = tagged.items()
    return TAGGED[kind](value)


def _run(content: bytes, rows_n: int) -> "subprocess.CompletedProcess[bytes]":
    size = _unpacked_bytes(content)
    memory = LEAST_MEMORY_BYTES + MEMORY_PER_BYTE * size
    seconds = LEAST_TIME_S + size // BYTES_PER_S
    arguments = map(str, (_library(), memory, seconds, MOST_SHEET_CELLS, rows_n))
    try:
        return subprocess.run(  # noqa: S603 - our own program, and no word of the file
            [sys.executable, "-I", "-S", PROGRAM, *arguments],
            input=content, capture_output=True, check=False, timeout=10 * seconds,
        )  # fmt: skip
    except subprocess.TimeoutExpired as fault:
        raise BrokenWorkbook(_why(None)) from fault


def _library() -> Path:
    """The folder that holds the reader: the program starts without the site's packages."""
    found = importlib.util.find_spec("python_calamine")
    if found is None or not found.origin:
        raise ImportError("python-calamine is not installed")
    return Path(found.origin).parents[1]


def _unpacked_bytes(content: bytes) -> int:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return sum(member.file_size for member in archive.infolist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError):
        return len(content)


def _why(returncode: int | None) -> str:
    """What ended the reader: signals are negative, -9 and -24 are those of the time limit."""
    if returncode in (None, -9, -24):
        return "it keeps its reader busy far longer than a file of its size should"
    return "it asks for far more memory than a file of its size should, or breaks its reader"

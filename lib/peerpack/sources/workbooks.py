"""Spreadsheets as sheets of rows, read in a process of their own with bounded memory and time.

The reader of spreadsheets is fast and trusts them: a damaged file can make it ask for a hundred
gigabytes, or end the process it runs in.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from peerpack.sources import bounded
from peerpack.sources.bounded import BrokenFile
from peerpack.sources.columns import Cell
from peerpack.sources.limits import MOST_SHEET_CELLS

PROGRAM = Path(__file__).with_name("workbook_process.py")
TAGGED: dict[str, Callable[[Any], Cell]] = {
    "date": date.fromisoformat, "datetime": datetime.fromisoformat, "time": time.fromisoformat,
    "timedelta": lambda parts: timedelta(*parts),
}  # fmt: skip

BrokenWorkbook = BrokenFile
"""A spreadsheet that its reader cannot read; its text says why."""


@dataclass(frozen=True)
class Sheet:
    """One sheet: its name, whether it is shown, its rows from the first row and column on."""

    name: str
    shown: bool
    rows: list[list[Cell]]


def sheets(content: bytes, rows_n: int | None) -> list[Sheet]:
    """Every sheet of a workbook, or the first `rows_n` rows of each."""
    read = bounded.answer(
        PROGRAM, "python_calamine", content, MOST_SHEET_CELLS, rows_n or 0, object_hook=_cell
    )
    return [Sheet(*each) for each in read]


def _cell(tagged: dict[str, Any]) -> Cell:
    """A cell that JSON has no word for, by the name of its type."""
    ((kind, value),) = tagged.items()
    return TAGGED[kind](value)

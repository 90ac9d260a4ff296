"""What a column's cells say together: which of them could be read two ways, and by which row.

A cell alone cannot say whether 06/05/2024 is in May or in June; another of its column, 06/25/2024,
can. What is in doubt goes into quarantine. One misprint among many cells that can only be read our
way puts nothing else in doubt, and is told.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np

from peerpack.catalogue.models import Column
from peerpack.sources.tabular import Cell, Percent
from peerpack.sources.values import FRACTIONS, Marked, Unreadable, Value, figure

PROOFS_N = 20
"""So many rows that can be read our way only make of a single other a misprint."""
SWAPPED_DATES_N = 6
SWAPPED_DAYS_N = 3

_ORDER = re.compile(r"(\d{1,2})([/.\-])(\d{1,2})\2(\d{4}|\d{2})(?:[T ].*)?\Z", re.ASCII)
_COMMA = re.compile(r"\d,\d{1,2}(?!\d)|\d\.\d{3},\d|(?<!\d)0,\d", re.ASCII)
_POINT = re.compile(r"\.\d{1,2}(?!\d)|,\d{3}\.|,\d{3},", re.ASCII)
_COMMA_OR_POINT = re.compile(r"[^\d]*[1-9]\d{0,2}[.,]\d{3}[^\d]*\Z", re.ASCII)
_AS_WORDS = "Export the column as dates, or with the month in words: 30 June 2024."


@dataclass(frozen=True)
class Seen:
    """A column's distinct cells, what each was read as, which stands in each row, on which line."""

    column: Column
    cells: list[Cell]
    values: list[Value | Unreadable]
    codes: np.ndarray
    line_of: Callable[[int], int]

    @cached_property
    def counts(self) -> np.ndarray:
        """How many rows have each distinct cell."""
        return np.bincount(self.codes, minlength=len(self.cells))

    def those(self, says: Callable[[Cell], object]) -> list[int]:
        """The distinct cells that stand in some row and of which something can be said."""
        return [k for k, cell in enumerate(self.cells) if self.counts[k] and says(cell)]

    def rows_n(self, which: Iterable[int]) -> int:
        """How many rows have one of these cells."""
        return int(sum(self.counts[k] for k in which))

    def line(self, which: list[int]) -> int:
        """The first line on which one of these cells stands."""
        return self.line_of(int(np.flatnonzero(np.isin(self.codes, which))[0]))


@dataclass(frozen=True)
class Remark:
    """What was seen of a column, the first line that shows it, and the cells it puts in doubt."""

    line: int
    rows_n: int
    words: str
    doubtful: tuple[int, ...] = ()
    why: Unreadable | None = None


def remarks(seen: Seen) -> Iterator[Remark]:
    """All that can be said of a column beyond its single cells."""
    if seen.column.kind == "date":
        yield from _month_first(seen)
        yield from _swapped(seen)
    elif seen.column.kind in ("money", "number", "percentage"):
        yield from _decimal_commas(seen)
        yield from _notes(seen)
        if seen.column.kind == "percentage" and seen.column.unit not in FRACTIONS:
            yield from _fractions(seen)


def _order(cell: Cell) -> str:
    """What a date in figures can be: `day` first, `month` first, `either` or the `same` day."""
    found = _ORDER.match(cell.strip()) if isinstance(cell, str) else None
    if not found or (len(found[4]) == 2 and found[2] == "-"):
        return ""
    one, other = int(found[1]), int(found[3])
    if max(one, other) > 31 or min(one, other) > 12 or min(one, other) == 0:
        return ""
    if one == other:
        return "same"
    return "either" if max(one, other) <= 12 else ("day" if one > 12 else "month")


def _month_first(seen: Seen) -> Iterator[Remark]:
    ordered = {k: _order(cell) for k, cell in enumerate(seen.cells) if seen.counts[k]}
    month, day, either = (
        [k for k, order in ordered.items() if order == one] for one in ("month", "day", "either")
    )
    if not month:
        return
    line, month_n, day_n = seen.line(month), seen.rows_n(month), seen.rows_n(day)
    told = (
        f"{month_n:,} of its dates can only be month first (row {line}), {day_n:,} only day first"
    )
    if month_n == 1 and day_n >= PROOFS_N:
        yield Remark(line, 1, f"{told}: taken for a misprint, the others are read day first.")
        return
    why = Unreadable(
        f"a date that can be read one way only: row {line} of this column is month first", _AS_WORDS
    )
    words = f"{told}: {seen.rows_n(either):,} that could be either are in quarantine."
    yield Remark(line, month_n + seen.rows_n(either), words, tuple(either), why)


def _swapped(seen: Seen) -> Iterator[Remark]:
    """Real dates among text, as a program leaves them that reads month first and fails after 12.

    It turns 05/04/2024 into 4 May and leaves 25/04/2024 as text: no text is then of a day up to the
    12th, and no date of one after.
    """
    real = {k: cell for k, cell in enumerate(seen.cells) if isinstance(cell, date)}
    real = {k: cell for k, cell in real.items() if seen.counts[k]}
    orders = {_order(cell) for k, cell in enumerate(seen.cells) if seen.counts[k]} - {""}
    days = {cell.day for cell in real.values()}
    if orders != {"day"} or len(real) < SWAPPED_DATES_N or len(days) < SWAPPED_DAYS_N:
        return
    if max(days) > 12:
        return
    unsure = [k for k, cell in real.items() if cell.day != cell.month]
    text = seen.those(lambda cell: _order(cell) == "day")
    words = (
        f"{seen.rows_n(text):,} dates are text and all after the 12th of a month, "
        f"{seen.rows_n(real):,} are real dates and all up to the 12th: day and month of the real "
        f"ones may have been swapped, and {seen.rows_n(unsure):,} are in quarantine."
    )
    why = Unreadable(
        f"a date not changed on its way; row {seen.line(text)} is still text", _AS_WORDS
    )
    yield Remark(seen.line(unsure or text), seen.rows_n(unsure), words, tuple(unsure), why)


def _decimal_commas(seen: Seen) -> Iterator[Remark]:
    commas = seen.those(lambda cell: isinstance(cell, str) and _COMMA.search(cell))
    commas = [k for k in commas if isinstance(seen.values[k], Unreadable)]
    if not commas:
        return
    points = seen.those(lambda cell: isinstance(cell, str) and _POINT.search(cell))
    line, commas_n, points_n = seen.line(commas), seen.rows_n(commas), seen.rows_n(points)
    told = f"{commas_n:,} of its figures have a decimal comma (row {line}), {points_n:,} a point"
    if commas_n == 1 and points_n >= PROOFS_N:
        yield Remark(line, 1, f"{told}: taken for a misprint, the others are read as printed.")
        return
    either = seen.those(lambda cell: isinstance(cell, str) and _COMMA_OR_POINT.match(cell))
    why = Unreadable(
        f"a number that can be read one way only: row {line} of this column has a decimal comma",
        "Export the column with decimal points, and commas for thousands or none.",
    )
    words = f"{told}: {seen.rows_n(either):,} that could be either are in quarantine."
    yield Remark(line, commas_n + seen.rows_n(either), words, tuple(either), why)


def _notes(seen: Seen) -> Iterator[Remark]:
    noted = [k for k, v in enumerate(seen.values) if isinstance(v, Marked) and v.note]
    noted = [k for k in noted if seen.counts[k]]
    if noted:
        rows_n = seen.rows_n(noted)
        words = f"{rows_n:,} of its figures carry a note, such as [note 1]: read without it."
        yield Remark(seen.line(noted), rows_n, words)


def _fractions(seen: Seen) -> Iterator[Remark]:
    """Figures up to 1 that a hundredfold would put among the others of a column of per cent."""
    plain, shown = _percentages(seen)
    small = {k: size for k, size in plain.items() if 0 < size <= 1}
    big = [size for size in (*plain.values(), *shown) if size > 1]
    if not small:
        return
    if not big:
        words = "All its figures are 1 or less: read as per cent, as the contract has them."
        yield Remark(seen.line([*small]), seen.rows_n(small), words)
        return
    least, most = min(big), max(big)
    among = [k for k, v in small.items() if least <= 100 * v <= most and v < least / 10]
    if among:
        words = f"{seen.rows_n(among):,} of its figures may be fractions among percentages."
        why = Unreadable(
            f"a percentage as the others of this column are, from {least:,.4g} to {most:,.4g}",
            "0.86 may be 86% or 0.86%: export the column in one style.",
        )
        yield Remark(seen.line(among), seen.rows_n(among), words, tuple(among), why)


def _percentages(seen: Seen) -> tuple[dict[int, float], list[float]]:
    """The sizes of figures without a mark of per cent, and of those with one."""
    plain: dict[int, float] = {}
    shown: list[float] = []
    for k in seen.those(lambda cell: cell is not None):
        size, cell = figure(seen.values[k]), seen.cells[k]
        if size is None:
            continue
        if isinstance(cell, Percent) or (isinstance(cell, str) and "%" in cell):
            shown.append(abs(size))
        else:
            plain[k] = abs(size)
    return plain, shown

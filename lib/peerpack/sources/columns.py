"""Rows kept by column, each distinct cell once: a return of two million rows fits in memory."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from itertools import islice, zip_longest
from typing import Any, overload

import numpy as np

Cell = str | float | int | bool | date | datetime | time | timedelta | None

# So few that the cells of a batch are still in the processor's cache when they are counted.
BATCH_ROWS_N = 128


@dataclass(frozen=True)
class Coded:
    """A column of cells: each distinct one once, and which of them stands in each row."""

    distinct: list[Cell]
    codes: np.ndarray

    def __getitem__(self, at: int) -> Cell:
        return self.distinct[self.codes[at]]

    def taken(self, places: np.ndarray) -> "Coded":
        """The cells of the rows at these places, and no other row's."""
        codes = self.codes[places]
        used = np.flatnonzero(np.bincount(codes, minlength=len(self.distinct)))
        renumbered = np.zeros(len(self.distinct), dtype=np.int32)
        renumbered[used] = np.arange(len(used), dtype=np.int32)
        return Coded([self.distinct[at] for at in used.tolist()], renumbered[codes])

    @cached_property
    def blank(self) -> np.ndarray:
        """Whether each row's cell holds nothing but white space."""
        return np.array([is_blank_cell(each) for each in self.distinct], dtype=bool)[self.codes]


class Table(Sequence[list[Cell]]):
    """Rows, as a list of lists would give them: a row is as wide as it was in the file."""

    def __init__(self, columns: Sequence[Coded], widths: np.ndarray) -> None:
        self.columns, self.widths = tuple(columns), widths

    def __len__(self) -> int:
        return len(self.widths)

    @overload
    def __getitem__(self, at: int) -> list[Cell]: ...
    @overload
    def __getitem__(self, at: slice) -> list[list[Cell]]: ...
    def __getitem__(self, at: int | slice) -> Any:
        """The cells of a row, or the rows of a slice."""
        if isinstance(at, slice):
            return [self[place] for place in range(*at.indices(len(self)))]
        return [column[at] for column in self.columns[: self.widths[at]]]

    def column(self, place: int | None) -> Coded:
        """The cells at a place of each row; none where there is no such place."""
        if place is not None and place < len(self.columns):
            return self.columns[place]
        return Coded([None], np.zeros(len(self), dtype=np.int32))

    def taken(self, places: np.ndarray) -> "Table":
        """The rows at these places, in this order."""
        return Table([column.taken(places) for column in self.columns], self.widths[places])

    @cached_property
    def blank(self) -> np.ndarray:
        """Whether each row is blank."""
        blank = np.ones(len(self), dtype=bool)
        for column in self.columns:
            blank &= column.blank
        return blank


def is_blank_cell(cell: Cell) -> bool:
    """The cell holds nothing but white space."""
    return cell is None or not str(cell).strip()


def table(rows: Iterable[Sequence[Cell]], words_alone: bool = False) -> Table:
    """The rows by column. With `words_alone`, cells are words or nothing, which is faster."""
    if isinstance(rows, Table):
        return rows
    counting = _Counting(words_alone)
    source = iter(rows)
    while batch := list(islice(source, BATCH_ROWS_N)):
        counting.add(batch)
    return counting.table()


class _Counting:
    """The columns of the rows seen so far."""

    def __init__(self, words_alone: bool) -> None:
        self.words_alone = words_alone
        self.widths: list[int] = []
        self.places: list[defaultdict[Any, int]] = []
        self.codes: list[list[int]] = []

    def add(self, batch: list[Sequence[Cell]]) -> None:
        columns = list(zip_longest(*batch))
        for _ in range(len(self.places), len(columns)):
            self._widen()
        columns += [(None,) * len(batch)] * (len(self.places) - len(columns))
        for places, codes, cells in zip(self.places, self.codes, columns, strict=True):
            codes.extend(map(places.__getitem__, cells if self.words_alone else map(_keyed, cells)))
        self.widths += map(len, batch)

    def _widen(self) -> None:
        # A new cell's number is how many came before it.
        places: defaultdict[Any, int] = defaultdict()
        places.default_factory = places.__len__
        self.places.append(places)
        self.codes.append([places[None]] * len(self.widths) if self.widths else [])

    def table(self) -> Table:
        columns = [
            Coded([_cell(key) for key in places], np.array(codes, dtype=np.int32))
            for places, codes in zip(self.places, self.codes, strict=True)
        ]
        return Table(columns, np.array(self.widths, dtype=np.int32))


def _keyed(cell: Cell) -> Any:
    """What tells a cell from others: 1, 1.0 and True are equal, hence their type."""
    return cell if cell is None or isinstance(cell, str) else (type(cell), cell)


def _cell(key: Any) -> Cell:
    return key[1] if isinstance(key, tuple) else key

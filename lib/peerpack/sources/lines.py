"""The lines of a return as received, found again by the number that its rows have."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property
from pathlib import Path

import numpy as np

from peerpack.catalogue.models import Dataset
from peerpack.sources.columns import Cell
from peerpack.sources.header import Header
from peerpack.sources.read import Reading, numbered, read_tables
from peerpack.sources.tabular import Grid


@dataclass(frozen=True)
class Lines:
    """One table of a return: what stands on each of its lines, under which heading."""

    grid: Grid
    header: Header

    @cached_property
    def headings(self) -> tuple[str, ...]:
        """The heading of each place, each once: a blank one and a second of a name are numbered."""
        width = max((len(row) for row in self.grid.rows[: self.header.last + 1]), default=0)
        labels = [*self.header.labels, *[""] * (width - len(self.header.labels))]
        named = [label or f"column {at}" for at, label in enumerate(labels, start=1)]
        seen: Counter[str] = Counter()
        return tuple(_once(name, seen) for name in named)

    @cached_property
    def columns(self) -> dict[str, str]:
        """The column of the dataset that each heading which is read was read as."""
        places = self.header.positions.items()
        return {self.headings[place]: column for column, place in places}

    def cells(self, line: int) -> dict[str, str]:
        """The cells of a line as text, by heading; cells beyond the last heading by their place."""
        row = self.grid.rows[self._place(line)]
        beyond = (f"column {at}" for at in range(len(self.headings) + 1, len(row) + 1))
        return dict(zip((*self.headings, *beyond), map(as_text, row), strict=False))

    def _place(self, line: int) -> int:
        if isinstance(self.grid.lines, range):
            return line - self.grid.lines.start
        return int(np.searchsorted(self._lines, line))

    @cached_property
    def _lines(self) -> np.ndarray:
        return np.asarray(self.grid.lines, dtype="int64")


def read_with_lines(
    files: Sequence[Path], dataset: Dataset, year: int | None = None
) -> tuple[Reading, dict[int, Lines]]:
    """What `read` gives, and its tables by number; the files are opened once."""
    tables = list(numbered(files, dataset))
    reading = read_tables(tables, files, dataset, year)
    return reading, {number: Lines(grid, header) for number, grid, header, _ in tables}


def as_text(cell: Cell) -> str:
    """A cell as a person sees it: a whole number without a point, a day without midnight."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, (date, datetime, time)) else str(cell)


def _once(name: str, seen: Counter[str]) -> str:
    seen[name] += 1
    return name if seen[name] == 1 else f"{name} ({seen[name]})"

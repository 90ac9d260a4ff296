"""The rows that carry data, as a typed frame; what cannot be read goes into quarantine."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import pandas as pd

from peerpack.catalogue.models import Dataset, Kind
from peerpack.handover.receipt import Noticed, Quarantined
from peerpack.sources.columns import Cell, Coded, Table
from peerpack.sources.columns import table as by_column
from peerpack.sources.doubts import Seen, remarks
from peerpack.sources.header import Header
from peerpack.sources.rows import is_blank
from peerpack.sources.tabular import Grid
from peerpack.sources.values import Marked, Reader, Status, Unreadable, Value, reader

DTYPES: dict[Kind, str] = {
    "date": "datetime64[us]", "money": "float64", "number": "float64", "percentage": "float64",
}  # fmt: skip
SHIFTED = Unreadable(
    "no cell beyond those of the other rows",
    "A comma inside a cell may have moved those after it: put the cell in quotation marks.",
)
UNDER_UNREAD = Unreadable(
    "a label, here or on a row above, that can be read",
    "The label is printed on a row above and cannot be read there: correct that cell.",
)
FEW = 0.1
WORDS_ALONE = Unreadable(
    "an amount or a code",
    "A heading or a note needs nothing; for a line of the ledger, ask its owner for its amounts.",
)


@dataclass(frozen=True)
class Parsed:
    """The cells of a column: each distinct one read once, and which of them stands in each row.

    `cells`: as the file has them; `distinct`: as read.
    """

    cells: list[Cell]
    distinct: list[Value | Unreadable]
    codes: np.ndarray

    def faults(self) -> Iterator[tuple[int, Unreadable]]:
        """The rows whose cell cannot be read, and why."""
        bad = {at: v for at, v in enumerate(self.distinct) if isinstance(v, Unreadable)}
        for row in np.flatnonzero(np.isin(self.codes, list(bad))):
            yield int(row), bad[self.codes[row]]

    def blank(self) -> np.ndarray:
        """Whether each row's cell is empty."""
        return np.array([value is None for value in self.distinct], dtype=bool)[self.codes]

    def series(self, kind: Kind) -> pd.Series:
        """The values; missing where there is none, a status or a fault."""
        plain = [_plain(value) for value in self.distinct]
        return (
            pd.Series(plain, dtype=DTYPES.get(kind, "str")).take(self.codes).reset_index(drop=True)
        )

    def marks(self) -> pd.Series:
        """The status marks; missing where a value stands."""
        marks = [_mark(value) for value in self.distinct]
        return pd.Series(marks, dtype="str").take(self.codes).reset_index(drop=True)


def _plain(value: Value | Unreadable) -> str | float | datetime | None:
    if isinstance(value, Marked):
        return value.figure
    return None if isinstance(value, (Status, Unreadable)) else value


def _mark(value: Value | Unreadable) -> str | None:
    return (value.mark or None) if isinstance(value, (Status, Marked)) else None


@dataclass(frozen=True)
class Fault:
    """A cell that puts its row (counted among the rows that carry data) into quarantine."""

    row: int
    column: str
    cell: Cell
    why: Unreadable


def typed(
    grid: Grid, header: Header, detail: list[int], dataset: Dataset
) -> tuple[pd.DataFrame, list[Quarantined], list[Noticed]]:
    """The frame of the rows at `detail`, their place in the grid as index; rows at fault apart.

    And what was noticed of each column.
    """
    places = np.array(detail, dtype=np.intp)
    rows = by_column(grid.rows).taken(places)
    cells = {c.name: rows.column(header.positions.get(c.name)) for c in dataset.columns}
    parsed = {
        c.name: _parsed(cells[c.name], reader(c, header.scales.get(c.name, 1)))
        for c in dataset.columns
    }
    parsed |= _titled(header, dataset, len(detail))
    noticed = list(_weighed(parsed, grid, detail, dataset))
    faults = _faults_of_rows(rows, header, parsed, dataset)
    for name, each in parsed.items():
        faults += [Fault(row, name, cells[name][row], why) for row, why in each.faults()]
    frame = _frame(parsed, dataset).set_axis(pd.Index(places))
    kept = ~np.isin(np.arange(len(detail)), [fault.row for fault in faults])
    apart = [_quarantined(grid, detail[f.row], f, dataset) for f in faults]
    return frame[kept].copy(), apart, noticed


def _parsed(cells: Coded, read_cell: Reader) -> Parsed:
    values = [_attempt(read_cell, cell) for cell in cells.distinct]
    return Parsed(cells.distinct, values, cells.codes)


def _titled(header: Header, dataset: Dataset, rows_n: int) -> dict[str, Parsed]:
    """The columns whose value stands above the table: the same in every row."""
    every_row = np.zeros(rows_n, dtype=np.intp)
    return {
        name: Parsed([value], [_attempt(reader(dataset.column(name)), value)], every_row)
        for name, value in header.titles.items()
    }


def _weighed(
    parsed: dict[str, Parsed], grid: Grid, detail: list[int], dataset: Dataset
) -> Iterator[Noticed]:
    """What each column's cells say together; those it puts in doubt are no longer read."""
    for column in dataset.columns:
        own = parsed[column.name]
        seen = Seen(column, own.cells, own.distinct, own.codes, lambda row: grid.lines[detail[row]])
        for each in list(remarks(seen)):
            for k in each.doubtful:
                own.distinct[k] = each.why or own.distinct[k]
            yield Noticed(
                file=grid.file,
                sheet=grid.sheet,
                column=column.name,
                row=each.line,
                rows_n=each.rows_n,
                words=each.words,
            )


def _attempt(read_cell: Reader, cell: Cell) -> Value | Unreadable:
    try:
        return read_cell(cell)
    except Unreadable as fault:
        return fault


def _frame(parsed: dict[str, Parsed], dataset: Dataset) -> pd.DataFrame:
    columns: dict[str, pd.Series] = {}
    for column in dataset.columns:
        columns[column.name] = parsed[column.name].series(column.kind)
        if column.statuses:
            columns[f"{column.name}_status"] = parsed[column.name].marks()
    return _filled_down(pd.DataFrame(columns), dataset)


def no_rows(dataset: Dataset) -> pd.DataFrame:
    """The frame of a dataset without a row, its columns of the types that a return would give."""
    columns = {column.name: DTYPES.get(column.kind, "str") for column in dataset.columns}
    columns |= {f"{column.name}_status": "str" for column in dataset.columns if column.statuses}
    frame = pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in columns.items()})
    return frame.assign(source_row=np.array([], dtype="int64")).set_index("source_row", drop=False)


def _filled_down(frame: pd.DataFrame, dataset: Dataset) -> pd.DataFrame:
    """Labels printed once, carried down; an inner label only within its outer one."""
    outer = pd.Series(0, index=frame.index)
    for column in (c.name for c in dataset.columns if c.fill_down):
        frame[column] = frame.groupby(outer)[column].ffill()
        outer += (frame[column] != frame[column].shift()).cumsum()
    return frame


def _faults_of_rows(
    rows: Table, header: Header, parsed: dict[str, Parsed], dataset: Dataset
) -> list[Fault]:
    """Rows whose cells have moved to the right, lack their label, or are words alone."""
    shifted = [Fault(at, "", _last(rows[at]), SHIFTED) for at in _shifted(rows, header)]
    words = _words_alone(header, parsed, dataset)
    alone = [Fault(at, "", _first(rows[at]), WORDS_ALONE) for at in words]
    return [*shifted, *_under_unread(parsed, dataset), *alone]


def _shifted(rows: Table, header: Header) -> list[int]:
    """Rows with a cell beyond those that the header, or else most rows, have.

    Under headings without words it is a moved cell only where few rows have one.
    """
    filled = _filled(rows)
    width = max(header.width, _usual(rows.widths))
    named = max(header.named, _usual(filled))
    beyond, unnamed = filled > width, filled > named
    few = unnamed.sum() <= max(1, FEW * len(rows))
    return list(np.flatnonzero(beyond | unnamed if few else beyond))


def _filled(rows: Table) -> np.ndarray:
    """How far each row goes: the place of its last cell that is not blank, from 1."""
    filled = np.zeros(len(rows), dtype=np.int32)
    for place, column in enumerate(rows.columns, start=1):
        filled[~column.blank] = place
    return filled


def _usual(widths: np.ndarray) -> int:
    usual = Counter(widths.tolist()).most_common(1)
    return usual[0][0] if usual else 0


def _under_unread(parsed: dict[str, Parsed], dataset: Dataset) -> Iterator[Fault]:
    """Rows whose label is printed above them, on a row where it cannot be read."""
    outer = pd.Series(0, index=range(len(next(iter(parsed.values())).codes)))
    for name in (c.name for c in dataset.columns if c.fill_down):
        own = parsed[name]
        label = pd.Series(own.codes).mask(own.blank())
        label = label.groupby(outer.to_numpy()).ffill()
        unread = [k for k, value in enumerate(own.distinct) if isinstance(value, Unreadable)]
        for row in np.flatnonzero(own.blank() & label.isin(unread)):
            yield Fault(int(row), name, "", UNDER_UNREAD)
        outer += (label != label.shift()).cumsum()


def _words_alone(header: Header, parsed: dict[str, Parsed], dataset: Dataset) -> list[int]:
    """Rows without amount or code, such as a heading among the rows or a note under them."""
    read = [c for c in dataset.columns if c.name in header.positions]
    if not any(column.kind == "money" for column in read):
        return []
    blank = [parsed[c.name].blank() for c in read if c.kind in ("money", "code")]
    return list(np.flatnonzero(np.logical_and.reduce(blank)))


def _last(row: list[Cell]) -> Cell:
    return next(cell for cell in reversed(row) if not is_blank([cell]))


def _first(row: list[Cell]) -> Cell:
    return next(cell for cell in row if not is_blank([cell]))


def _quarantined(grid: Grid, at: int, fault: Fault, dataset: Dataset) -> Quarantined:
    personal = "not shown: this dataset holds personal data"
    hidden = dataset.personal or (dataset.never_read and not fault.column)
    return Quarantined(
        file=grid.file,
        sheet=grid.sheet,
        row=grid.lines[at],
        column=fault.column,
        found=personal if hidden else str(fault.cell),
        expected=fault.why.expected,
        what_to_do=fault.why.what_to_do,
    )

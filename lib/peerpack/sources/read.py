"""Files of one dataset to one typed frame, with every raw row accounted for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from peerpack.catalogue.models import Column, Dataset
from peerpack.errors import OurFault, ReturnRefused
from peerpack.handover.receipt import FileRead, HeaderUsed, Quarantined, Reconciliation, SetAside
from peerpack.sources.header import Header, find_header
from peerpack.sources.rows import Sorted, cell_of, sort_rows
from peerpack.sources.tabular import Cell, Grid, grids
from peerpack.sources.totals import reconcile
from peerpack.sources.values import Status, Unreadable, reader
from peerpack.vocab import ROWS_PER_FILE

DTYPES = {"date": "datetime64[us]", "money": "float64", "number": "float64"}


@dataclass(frozen=True)
class Reading:
    """What reading gave: the frame and everything that did not become a row of it."""

    frame: pd.DataFrame
    files: tuple[FileRead, ...]
    headers: tuple[HeaderUsed, ...]
    set_aside: tuple[SetAside, ...]
    quarantined: tuple[Quarantined, ...]
    reconciliations: tuple[Reconciliation, ...]

    @property
    def rows_in(self) -> int:
        """Raw rows of all files."""
        return sum(file.rows_in for file in self.files)


def read(files: Sequence[Path], dataset: Dataset) -> Reading:
    """Read the files of a dataset, numbered by name from 1.

    The frame has the dataset's columns (missing ones empty), `source_row` (file number × 10⁹ +
    line) as a column and as its index. A table without the dataset's header is not read.
    """
    tables = list(_numbered(files, dataset))
    readings = [_read_grid(number, grid, header, dataset) for number, grid, header in tables]
    if not readings:
        raise ReturnRefused(
            f"{dataset.dataset}: none of {', '.join(p.name for p in files)} has its columns."
        )
    reading = _joined(readings)
    _prove_nothing_lost(reading, dataset)
    return reading


def _numbered(
    files: Sequence[Path], dataset: Dataset
) -> Iterator[tuple[int, Grid, Header]]:
    seen: dict[str, str] = {}
    number = 0
    for path in sorted(files, key=lambda p: p.name):
        for grid in grids(path):
            _refuse_again(path.name, grid.sha256, seen)
            header = find_header(grid, dataset)
            if header:
                number += 1
                yield number, grid, header


def _refuse_again(name: str, sha256: str, seen: dict[str, str]) -> None:
    first = seen.setdefault(sha256, name)
    if first != name:
        raise ReturnRefused(
            f"{name} has the same bytes as {first}: the rows would count twice. Remove one."
        )


def _read_grid(number: int, grid: Grid, header: Header, dataset: Dataset) -> Reading:
    sorted_ = sort_rows(grid, header, dataset)
    detail, quarantined = _typed(grid, header, sorted_, dataset)
    totals = reconcile(grid, header, sorted_.aside["total"], detail, dataset)
    detail["source_row"] = [number * ROWS_PER_FILE + grid.lines[at] for at in detail.index]
    return Reading(
        frame=detail.set_index("source_row", drop=False),
        files=(_file_read(number, grid),),
        headers=tuple(_headers(grid, header)),
        set_aside=tuple(sorted_.set_aside(grid)),
        quarantined=tuple(quarantined),
        reconciliations=tuple(totals),
    )


def _file_read(number: int, grid: Grid) -> FileRead:
    return FileRead(
        number=number,
        name=grid.file,
        sha256=grid.sha256,
        sheet=grid.sheet,
        encoding=grid.encoding,
        rows_in=len(grid.rows),
    )


def _headers(grid: Grid, header: Header) -> Iterator[HeaderUsed]:
    for column, heading in header.headings.items():
        yield HeaderUsed(file=grid.file, sheet=grid.sheet, column=column, heading=heading)


def _typed(
    grid: Grid, header: Header, sorted_: Sorted, dataset: Dataset
) -> tuple[pd.DataFrame, list[Quarantined]]:
    columns: dict[str, pd.Series] = {}
    bad: list[Quarantined] = []
    for column in dataset.columns:
        cells = [cell_of(grid.rows[at], header, column.name) for at in sorted_.detail]
        values, faults = _values(cells, column)
        bad += [_quarantined(grid, sorted_.detail[i], cells[i], f, column, dataset)
                for i, f in faults]  # fmt: skip
        columns |= _series(values, column, sorted_.detail)
    frame = pd.DataFrame(columns, index=sorted_.detail)
    lines = {each.row for each in bad}
    return frame[[grid.lines[at] not in lines for at in sorted_.detail]].copy(), bad


def _values(cells: list[Cell], column: Column) -> tuple[list[Any], list[tuple[int, Unreadable]]]:
    read_cell = reader(column)
    known: dict[tuple[type, Cell], Any] = {}
    values: list[Any] = []
    faults: list[tuple[int, Unreadable]] = []
    for at, cell in enumerate(cells):
        key = (type(cell), cell)
        if key not in known:
            known[key] = _attempt(read_cell, cell, column)
        value = known[key]
        if isinstance(value, Unreadable):
            faults.append((at, value))
        values.append(None if isinstance(value, Unreadable) else value)
    return values, faults


def _attempt(read_cell: Any, cell: Cell, column: Column) -> Any:
    try:
        value = read_cell(cell)
    except Unreadable as fault:
        return fault
    if isinstance(value, Status) and not column.statuses:
        return Unreadable("a value, not a status symbol", "Ask the owner for the value.")
    return value


def _series(values: list[Any], column: Column, index: list[int]) -> dict[str, pd.Series]:
    plain = [None if isinstance(value, Status) else value for value in values]
    dtype = DTYPES.get(column.kind, "float64" if column.kind == "percentage" else "str")
    found = {column.name: pd.Series(plain, index=index, dtype=dtype)}
    if column.fill_down:
        found[column.name] = found[column.name].ffill()
    if column.statuses:
        marks = [value.mark if isinstance(value, Status) else None for value in values]
        found[f"{column.name}_status"] = pd.Series(marks, index=index, dtype="str")
    return found


def _quarantined(
    grid: Grid, at: int, cell: Cell, fault: Unreadable, column: Column, dataset: Dataset
) -> Quarantined:
    found = "not shown: this dataset holds personal data" if dataset.personal else str(cell)
    return Quarantined(
        file=grid.file,
        sheet=grid.sheet,
        row=grid.lines[at],
        column=column.name,
        found=found,
        expected=fault.expected,
        what_to_do=fault.what_to_do,
    )


def _joined(readings: list[Reading]) -> Reading:
    frame = pd.concat([r.frame for r in readings]) if len(readings) > 1 else readings[0].frame
    return Reading(
        frame=frame,
        files=tuple(f for r in readings for f in r.files),
        headers=tuple(h for r in readings for h in r.headers),
        set_aside=tuple(s for r in readings for s in r.set_aside),
        quarantined=tuple(q for r in readings for q in r.quarantined),
        reconciliations=tuple(t for r in readings for t in r.reconciliations),
    )


def _prove_nothing_lost(reading: Reading, dataset: Dataset) -> None:
    aside = sum(len(each.lines) for each in reading.set_aside)
    faulty = len({(q.file, q.sheet, q.row) for q in reading.quarantined})
    if reading.rows_in != len(reading.frame) + aside + faulty:
        raise OurFault(
            f"{dataset.dataset}: {reading.rows_in} rows in, but {len(reading.frame)} admitted, "
            f"{aside} set aside and {faulty} in quarantine do not make them up."
        )

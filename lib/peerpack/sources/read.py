"""Files of one dataset to one typed frame, with every raw row accounted for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from peerpack.catalogue.models import Dataset
from peerpack.errors import OurFault, ReturnRefused
from peerpack.handover.receipt import (
    FileRead,
    HeaderUsed,
    HeadingNotRead,
    Noticed,
    Quarantined,
    Reconciliation,
    SetAside,
)
from peerpack.sources.apart import set_apart
from peerpack.sources.codebook import Code, codes_of, is_list, told_codes, with_codes
from peerpack.sources.header import Header, find_header
from peerpack.sources.rows import sort_rows
from peerpack.sources.tabular import Grid, grids
from peerpack.sources.totals import doubtful, reconcile
from peerpack.sources.typed import typed
from peerpack.sources.units import with_units
from peerpack.vocab import ROWS_PER_FILE

Numbered = tuple[int, Grid, Header, Dataset]
"""A table of a dataset: its number, its cells, its header, the dataset as its file writes it."""


@dataclass(frozen=True)
class Reading:
    """What reading gave: the frame and everything that did not become a row of it."""

    frame: pd.DataFrame
    files: tuple[FileRead, ...]
    headers: tuple[HeaderUsed, ...]
    not_read: tuple[HeadingNotRead, ...]
    noticed: tuple[Noticed, ...]
    set_aside: tuple[SetAside, ...]
    quarantined: tuple[Quarantined, ...]
    reconciliations: tuple[Reconciliation, ...]

    @property
    def rows_in(self) -> int:
        """Raw rows of all files."""
        return sum(file.rows_in for file in self.files)


def read(files: Sequence[Path], dataset: Dataset, year: int | None = None) -> Reading:
    """Read the files of a dataset, numbered by name from 1.

    The frame has the dataset's columns (missing ones empty), `source_row` (file number × 10⁹ +
    line) as a column and as its index. A table without the dataset's header is not read. Of a
    dataset with a reference period, rows of other years than `year` are set aside.
    """
    return read_tables(list(numbered(files, dataset)), files, dataset, year)


def read_tables(
    tables: Sequence[Numbered], files: Sequence[Path], dataset: Dataset, year: int | None = None
) -> Reading:
    """The same of tables that were numbered before."""
    readings = [_read_grid(*each, year) for each in tables]
    if not readings:
        raise ReturnRefused(
            f"{dataset.dataset}: none of {', '.join(p.name for p in files)} has its columns."
        )
    told = [n for _, grid, header, coded in tables for n in _coded(grid, header, coded, dataset)]
    reading = _joined(readings, tuple(told))
    _prove_nothing_lost(reading, dataset)
    return reading


def numbered(files: Sequence[Path], dataset: Dataset) -> Iterator[Numbered]:
    """The tables of the dataset, each with the dataset as its file writes it."""
    seen: dict[tuple[str, str], Grid] = {}
    number = 0
    for path in sorted(files, key=lambda p: p.name):
        tables, codes = _tables(path, dataset)
        for grid, header in tables:
            number += 1
            _refuse_again(grid, seen)
            _refuse_hidden(grid, dataset)
            yield number, grid, header, with_codes(dataset, header, codes, grid.file)


def _tables(path: Path, dataset: Dataset) -> tuple[list[tuple[Grid, Header]], tuple[Code, ...]]:
    """The tables of a file that have the dataset's header, and the codes its other tables list."""
    tables: list[tuple[Grid, Header]] = []
    lists: list[Grid] = []
    has_words = any(column.allowed for column in dataset.columns)
    for grid in grids(path):
        header = find_header(grid, dataset)
        if header:
            tables.append((grid, header))
        elif has_words and is_list(grid):
            lists.append(grid)
    return tables, codes_of(lists)


def _refuse_again(grid: Grid, seen: dict[tuple[str, str], Grid]) -> None:
    first = seen.setdefault((grid.member_sha256, grid.sheet), grid)
    if first is not grid:
        raise ReturnRefused(
            f"{grid.file} has the same bytes as {first.file}: the rows would count twice. "
            "Remove one."
        )
    if seen.setdefault((grid.file, grid.sheet), grid) is not grid:
        raise ReturnRefused(
            f"Two returns are called {grid.file}: their rows could not be told apart. Rename one."
        )


def _refuse_hidden(grid: Grid, dataset: Dataset) -> None:
    if grid.hidden:
        raise ReturnRefused(
            f"{grid.file}: the sheet {grid.sheet!r} is hidden and has the columns of "
            f"{dataset.dataset}: should its rows count? Unhide the sheet, or delete it."
        )


def _read_grid(
    number: int, grid: Grid, header: Header, dataset: Dataset, year: int | None
) -> Reading:
    header = with_units(grid, header, dataset)
    sorted_ = sort_rows(grid, header, dataset)
    if dataset.reference or dataset.lookup_keys:
        set_apart(sorted_, grid, header, dataset, year)
    detail, quarantined, noticed = typed(grid, header, sorted_.detail, dataset)
    totals = reconcile(grid, header, sorted_.aside["total"], detail, dataset)
    unsure = doubtful(totals)
    sorted_.aside["total"][:] = [
        at for at in sorted_.aside["total"] if grid.lines[at] not in unsure
    ]
    lines = np.array(grid.lines, dtype="int64")
    detail["source_row"] = number * ROWS_PER_FILE + lines[detail.index]
    return Reading(
        frame=detail.set_index("source_row", drop=False),
        files=(_file_read(number, grid),),
        headers=tuple(_headers(grid, header)),
        not_read=tuple(_not_read(grid, header)),
        noticed=(*_missing(grid, header), *noticed),
        set_aside=tuple(sorted_.set_aside(grid)),
        quarantined=(*quarantined, *map(_unsure, unsure.values())),
        reconciliations=tuple(t for t in totals if t.row not in unsure),
    )


def _unsure(total: Reconciliation) -> Quarantined:
    return Quarantined(
        file=total.file,
        sheet=total.sheet,
        row=total.row,
        column=total.column,
        found=f"{total.printed:,.2f}, alone in its row",
        expected=f"a payment with its date, or the total of the rows above: {total.detail:,.2f}",
        what_to_do="If it is a payment, complete it; if a total, rows are missing: ask the owner.",
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
        scale = header.scales.get(column, 1)
        yield HeaderUsed(
            file=grid.file, sheet=grid.sheet, column=column, heading=heading, scale=scale
        )


def _not_read(grid: Grid, header: Header) -> Iterator[HeadingNotRead]:
    for heading in header.not_read:
        yield HeadingNotRead(file=grid.file, sheet=grid.sheet, heading=heading)


def _coded(grid: Grid, header: Header, coded: Dataset, declared: Dataset) -> Iterator[Noticed]:
    """The codes that were read as words, by the file's own list of them."""
    for column, words in told_codes(declared, coded):
        yield Noticed(
            file=grid.file,
            sheet=grid.sheet,
            column=column,
            row=grid.lines[header.last],
            rows_n=len(grid.rows) - header.last - 1,
            words=words,
        )


def _missing(grid: Grid, header: Header) -> Iterator[Noticed]:
    """What a file declares missing in the columns that are read."""
    column_at = {place: column for column, place in header.positions.items()}
    for each in grid.missing:
        if each.place in column_at:
            yield Noticed(
                file=grid.file,
                sheet=grid.sheet,
                column=column_at[each.place],
                row=each.line,
                rows_n=each.rows_n,
                words=f"{each.rows_n:,} cells hold what the file declares missing ({each.called}): "
                "read as blank.",
            )


def _joined(readings: list[Reading], told: tuple[Noticed, ...]) -> Reading:
    frame = pd.concat([r.frame for r in readings]) if len(readings) > 1 else readings[0].frame
    return Reading(
        frame=frame,
        files=tuple(f for r in readings for f in r.files),
        headers=tuple(h for r in readings for h in r.headers),
        not_read=tuple(h for r in readings for h in r.not_read),
        noticed=(*(n for r in readings for n in r.noticed), *told),
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

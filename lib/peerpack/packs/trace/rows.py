"""The rows behind a figure: by role and return, and each as its line, its cells and what was read.

A row is told the same way whatever it is of: a return as received, or a table of the pack's own.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from peerpack.handover.receipt import Receipt
from peerpack.intake import AsReceived
from peerpack.vocab import ROWS_PER_FILE

Place = tuple[str, str, int]
"""File, sheet and line: as receipts name them."""


@dataclass(frozen=True, eq=False)
class Table:
    """Where rows are found: `frame` as admitted, their places, and their cells by heading.

    `columns`: which column each heading of a row's table was read as. `corrected`: the corrections
    that changed a row.
    """

    frame: pd.DataFrame
    place: Callable[[int], Place]
    cells: Callable[[int], dict[str, str]]
    columns: Callable[[int], Mapping[str, str]]
    corrected: Mapping[int, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Block:
    """The rows of one role in one return. `table` is None where the return is not here.

    `rows`: source rows, ascending, as numbered in their return; None where nobody may name them.
    """

    role: str
    receipt: Receipt
    rows: tuple[int, ...] | None
    table: Table | None

    @property
    def found(self) -> pd.DataFrame | None:
        """The rows as admitted, where they are known and here."""
        if self.rows is None or self.table is None:
            return None
        return self.table.frame.loc[list(self.rows)]

    @property
    def corrections(self) -> dict[str, list[int]]:
        """The corrections that changed rows of it, and which."""
        touched: dict[str, list[int]] = {}
        own = self.table.corrected if self.table else {}
        for row in sorted(own.keys() & set(self.rows or ())):
            for id_ in own[row]:
                touched.setdefault(id_, []).append(row)
        return touched


@dataclass(frozen=True)
class Row:
    """One row: the cells as received, by heading, and the values as admitted, by column."""

    role: str
    dataset: str
    quarter: str
    source_row: int
    file: str
    sheet: str
    line: int
    cells: dict[str, str]
    read: dict[str, Any]
    corrected: tuple[str, ...]


def of_return(found: AsReceived, receipt: Receipt) -> Table:
    """The rows of a return, by the files of its receipt."""
    files = {file.number: file for file in receipt.files}
    touched: dict[int, tuple[str, ...]] = {}
    for id_, rows in found.corrected.items():
        touched |= {row: (*touched.get(row, ()), id_) for row in rows}

    def place(row: int) -> Place:
        number, line = divmod(row, ROWS_PER_FILE)
        return files[number].name, files[number].sheet, line

    def cells(row: int) -> dict[str, str]:
        number, line = divmod(row, ROWS_PER_FILE)
        return found.lines[number].cells(line)

    return Table(
        found.frame, place, cells, lambda row: found.lines[row // ROWS_PER_FILE].columns, touched
    )


def rows_of(block: Block, masks: Any) -> Iterator[Row]:
    """The rows of a block in their order, personal values masked."""
    if block.found is None or block.table is None:
        return
    read = block.found.drop(columns="source_row").to_dict("index")
    for source_row, values in read.items():
        row = int(str(source_row))
        file, sheet, line = block.table.place(row)
        plain = {str(name): as_plain(value) for name, value in values.items()}
        hide = masks.of(block.receipt.dataset, plain)
        yield Row(
            block.role, block.receipt.dataset, block.receipt.quarter, row, file, sheet, line,
            cells=hide.cells(block.table.cells(row), block.table.columns(row)),
            read=hide.read(plain),
            corrected=tuple(block.table.corrected.get(row, ())),
        )  # fmt: skip


def as_plain(value: Any) -> Any:
    """A value as JSON holds it: a day as 2024-06-30, nothing where it is missing."""
    if value is None or pd.isna(value):
        return None
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat() if value == value.normalize() else value.isoformat()
    return value.item() if isinstance(value, np.generic) else value

"""Every raw row to one place: detail, or set aside as title, header, blank, padding or total."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np

from peerpack.catalogue.models import Column, Dataset
from peerpack.handover.receipt import SetAside
from peerpack.sources.columns import Cell, Table, is_blank_cell
from peerpack.sources.columns import table as by_column
from peerpack.sources.header import Header, plain
from peerpack.sources.tabular import Grid
from peerpack.sources.values import Unreadable, figure, number

Cells = dict[int, Cell]
Head = dict[int, str]
Reason = Literal[
    "title", "header", "repeated header", "blank", "padding", "total", "lookup keys", "other period"
]
_TOTAL = re.compile(r"(grand |sub ?)?total\b|.*\b(sub ?)?total\Z")

_SAYS_NOTHING = re.compile(r"[£(\-–\s]*[0,]*(\.0*)?[)\-–\s]*\Z")


@dataclass(frozen=True)
class Sorted:
    """Places in the grid: the rows that carry data, and the rest by reason."""

    detail: list[int]
    aside: dict[Reason, list[int]]

    def set_aside(self, grid: Grid) -> list[SetAside]:
        """The rows set aside, by line."""
        return [
            SetAside(
                file=grid.file,
                sheet=grid.sheet,
                reason=reason,
                lines=tuple(grid.lines[at] for at in places),
            )
            for reason, places in self.aside.items()
            if places
        ]


def sort_rows(grid: Grid, header: Header, dataset: Dataset) -> Sorted:
    """Put each row of the grid in exactly one place."""
    sorted_ = Sorted([], {reason: [] for reason in get_args(Reason)})
    rows = by_column(grid.rows)
    reasons = _reasons(rows, header)
    without_code = _code_is_blank(rows, header, dataset) & (reasons == "")
    filler = filler_of(grid, header, dataset)
    for at in np.flatnonzero(without_code).tolist():
        reasons[at] = _without_code(rows[at], header, filler, dataset) or ""
    for reason, places in sorted_.aside.items():
        places.extend(np.flatnonzero(reasons == reason).tolist())
    sorted_.detail.extend(np.flatnonzero(reasons == "").tolist())
    return sorted_


def _reasons(rows: Table, header: Header) -> np.ndarray:
    """Why a row is set aside that can be told without its code; empty for the others."""
    reasons = np.full(len(rows), "", dtype=f"U{max(map(len, get_args(Reason)))}")
    for head in _heads(rows, header):
        reasons[_repeats_of(head, rows)] = "repeated header"
    reasons[: header.first if header.body is None else header.body] = "title"
    reasons[header.first : header.last + 1] = "header"
    reasons[rows.blank] = "blank"
    return reasons


def _heads(rows: Table, header: Header) -> list[Head]:
    """What each row of the header says over the columns that are read."""
    heads = [
        {at: _words(rows[place], at) for at in header.positions.values()}
        for place in range(header.first, header.last + 1)
    ]
    return [head for head in heads if any(head.values())]


def _repeats_of(head: Head, rows: Table) -> np.ndarray:
    """The rows that say in every column what the header says; fewest different words first."""
    found = np.arange(len(rows))
    for place in sorted(head, key=lambda place: len(rows.column(place).distinct)):
        codes, words = rows.column(place).codes[found], rows.column(place).distinct
        same = [code for code in np.unique(codes) if plain(str(words[code] or "")) == head[place]]
        found = found[np.isin(codes, same)]
    return found


def _code_is_blank(rows: Table, header: Header, dataset: Dataset) -> np.ndarray:
    if not dataset.totals:
        return np.zeros(len(rows), dtype=bool)
    return rows.column(header.positions.get(dataset.totals.code_column)).blank


def _without_code(
    row: Sequence[Cell], header: Header, filler: Cells, dataset: Dataset
) -> Reason | None:
    if dataset.totals and dataset.totals.alone:
        return _alone(row, header, filler, dataset)
    return "total" if total_label(row, header, dataset) else None


def _alone(row: Sequence[Cell], header: Header, filler: Cells, dataset: Dataset) -> Reason | None:
    """Padding: zeros alone. A total: amounts alone, or with nothing but words that say total."""
    own = _own_cells(row, filler)
    if all(_SAYS_NOTHING.match(str(cell).strip()) for cell in own.values()):
        return "padding"
    money = {header.positions.get(c.name): c for c in dataset.columns if c.kind == "money"}
    amounts = [(cell, money[place]) for place, cell in own.items() if place in money]
    words = [plain(str(cell)) for place, cell in own.items() if place not in money]
    says_total = all(map(_TOTAL.match, words))
    readable = all(_is_number(cell, column) for cell, column in amounts)
    return "total" if amounts and says_total and readable else None


def _is_number(cell: Cell, column: Column) -> bool:
    try:
        return figure(number(cell, column)) is not None
    except Unreadable:
        return False


def filler_of(grid: Grid, header: Header, dataset: Dataset) -> Cells:
    """The cells of the first row that, where another row has them too, say nothing of it."""
    body = header.last + 1 if header.body is None else header.body
    if not dataset.totals or not dataset.totals.alone or body >= len(grid.rows):
        return {}
    named = {n: at for n, at in header.positions.items() if n not in dataset.totals.filler_columns}
    first = enumerate(grid.rows[body])
    return {at: cell for at, cell in first if at not in named.values()}


def _own_cells(row: Sequence[Cell], filler: Cells) -> Cells:
    return {
        at: cell for at, cell in enumerate(row) if not is_blank([cell]) and filler.get(at) != cell
    }


def is_blank(row: Sequence[Cell]) -> bool:
    """No cell of the row holds anything but white space."""
    return all(map(is_blank_cell, row))


def total_label(row: Sequence[Cell], header: Header, dataset: Dataset) -> str:
    """The words by which a row says it is a total, or nothing."""
    if not dataset.totals or not is_blank([cell_of(row, header, dataset.totals.code_column)]):
        return ""
    named = [cell_of(row, header, name) for name in dataset.totals.label_columns]
    for label in row if dataset.totals.alone else named:
        if says_total(label):
            return " ".join(str(label).split())
    return ""


def says_total(cell: Cell) -> bool:
    """Whether the words of a cell are those of a total, such as `Total Highways`."""
    return isinstance(cell, str) and bool(_TOTAL.match(plain(cell)))


def cell_of(row: Sequence[Cell], header: Header, column: str) -> Cell:
    """The raw cell of a column, or nothing where the row is too short or the file lacks it."""
    at = header.positions.get(column)
    return row[at] if at is not None and at < len(row) else None


def _words(row: Sequence[Cell], place: int) -> str:
    return plain(str(row[place] or "")) if place < len(row) else ""

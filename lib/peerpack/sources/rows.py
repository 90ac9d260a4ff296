"""Every raw row to one place: detail, or set aside as title, header, blank or total."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from peerpack.catalogue.models import Dataset
from peerpack.errors import ReturnRefused
from peerpack.handover.receipt import SetAside
from peerpack.sources.header import Header, plain
from peerpack.sources.tabular import Cell, Grid

Reason = Literal["title", "header", "repeated header", "blank", "total"]
_TOTAL = re.compile(r"(grand |sub ?)?total\b|.*\b(sub ?)?total\Z")

_OTHER_UNITS = re.compile(r"£\s*['’]?(000s?|k|m|million)\b", re.IGNORECASE)


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
    head = [(place, _words(grid.rows[header.last], place)) for place in header.positions.values()]
    for at, row in enumerate(grid.rows):
        reason = _reason(at, row, header, head, dataset)
        (sorted_.aside[reason] if reason else sorted_.detail).append(at)
    return sorted_


def _reason(
    at: int, row: Sequence[Cell], header: Header, head: list[tuple[int, str]], dataset: Dataset
) -> Reason | None:
    if is_blank(row):
        return "blank"
    if at < header.first:
        return "title"
    if at <= header.last:
        return "header"
    if all(_words(row, place) == heading for place, heading in head):
        return "repeated header"
    return "total" if dataset.totals and total_label(row, header, dataset) else None


def refuse_other_units(grid: Grid, header: Header, dataset: Dataset) -> None:
    """Refuse amounts that a title says are in thousands or millions: ours are in pounds."""
    if not any(column.kind == "money" for column in dataset.columns):
        return
    for cell in (cell for row in grid.rows[: header.last + 1] for cell in row):
        if isinstance(cell, str) and _OTHER_UNITS.search(cell):
            raise ReturnRefused(
                f"{grid.file}: expected amounts in pounds, found {' '.join(cell.split())!r} above "
                "them. Export it in pounds."
            )


def is_blank(row: Sequence[Cell]) -> bool:
    """No cell of the row holds anything but white space."""
    return not any(cell is not None and str(cell).strip() for cell in row)


def total_label(row: Sequence[Cell], header: Header, dataset: Dataset) -> str:
    """The words by which a row says it is a total, or nothing."""
    if not dataset.totals or not is_blank([cell_of(row, header, dataset.totals.code_column)]):
        return ""
    for name in dataset.totals.label_columns:
        label = cell_of(row, header, name)
        if isinstance(label, str) and _TOTAL.match(plain(label)):
            return " ".join(label.split())
    return ""


def cell_of(row: Sequence[Cell], header: Header, column: str) -> Cell:
    """The raw cell of a column, or nothing where the row is too short or the file lacks it."""
    at = header.positions.get(column)
    return row[at] if at is not None and at < len(row) else None


def cells_of(rows: Sequence[Sequence[Cell]], header: Header, column: str) -> list[Cell]:
    """The raw cells of a column, row by row."""
    at = header.positions.get(column)
    if at is None:
        return [None] * len(rows)
    return [row[at] if at < len(row) else None for row in rows]


def _words(row: Sequence[Cell], place: int) -> str:
    return plain(str(row[place] or "")) if place < len(row) else ""

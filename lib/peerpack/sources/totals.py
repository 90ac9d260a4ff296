"""Reconcile each total printed among the rows with the detail it sums."""

from collections.abc import Iterator

import pandas as pd

from peerpack.catalogue.models import Column, Dataset
from peerpack.handover.receipt import Reconciliation
from peerpack.sources.header import Header, plain
from peerpack.sources.rows import cell_of, total_label
from peerpack.sources.tabular import Cell, Grid
from peerpack.sources.values import Unreadable, figure, number

NO_WORDS = "an amount alone"
FAR_OFF = 0.1


def reconcile(
    grid: Grid, header: Header, totals: list[int], detail: pd.DataFrame, dataset: Dataset
) -> list[Reconciliation]:
    """Each total's amounts beside the sum of its detail, whether they agree or not.

    `detail`: the rows read from this grid, with their place in it as index. A total sums the rows
    of the group it names; one that names none sums the rows since the total before it, and a grand
    total sums all. Where a group's name stands in two outer groups, the last of these is meant.
    Where totals stand alone, one that names none may be either, and is set beside the nearer.
    """
    found: list[Reconciliation] = []
    before = header.last if header.body is None else header.body - 1
    for at in totals:
        label = total_label(grid.rows[at], header, dataset)
        sums = _sums(label, at, before, detail, dataset)
        found += _compared(grid, header, at, label, sums, dataset)
        before = at
    return found


def doubtful(totals: list[Reconciliation]) -> dict[int, Reconciliation]:
    """Amounts alone, without a word, that are far from any sum of detail: by their line."""
    return {
        each.row: each
        for each in totals
        if each.label == NO_WORDS
        and abs(each.difference) > FAR_OFF * max(abs(each.printed), abs(each.detail))
    }


def _sums(
    label: str, at: int, before: int, detail: pd.DataFrame, dataset: Dataset
) -> list[pd.DataFrame]:
    """The rows a total may sum: those it names or follows and, where it stands alone, all above."""
    rows = _summed_rows(label, at, before, detail, dataset)
    alone = dataset.totals is not None and dataset.totals.alone
    return [rows, detail[detail.index < at]] if alone else [rows]


def _summed_rows(
    label: str, at: int, before: int, detail: pd.DataFrame, dataset: Dataset
) -> pd.DataFrame:
    assert dataset.totals is not None  # noqa: S101 - the caller found a total
    above = detail[detail.index < at]
    named = plain(label).replace("sub total", "").replace("subtotal", "").replace("total", "")
    columns = dataset.totals.group_columns
    for place, column in enumerate(columns):
        group = above[above[column].map(lambda v: plain(str(v))) == named.strip()]
        if len(group):
            outer = list(columns[place + 1 :])
            return group[(group[outer] == group[outer].iloc[-1]).all(axis=1)]
    return above if named.strip() in ("grand", "overall") else above[above.index > before]


def _compared(
    grid: Grid, header: Header, at: int, label: str, sums: list[pd.DataFrame], dataset: Dataset
) -> Iterator[Reconciliation]:
    tolerance = dataset.totals.tolerance if dataset.totals else 0.0
    for column in (c for c in dataset.columns if c.kind == "money" and c.name in header.positions):
        cell = cell_of(grid.rows[at], header, column.name)
        printed = _printed(cell, column, header.scales.get(column.name, 1))
        if printed is None:
            continue
        detail = _nearest(printed, [round(float(rows[column.name].sum()), 2) for rows in sums])
        yield Reconciliation(
            file=grid.file,
            sheet=grid.sheet,
            row=grid.lines[at],
            label=label or NO_WORDS,
            column=column.name,
            printed=printed,
            detail=detail,
            difference=round(printed - detail, 2),
            within_tolerance=abs(printed - detail) <= tolerance + 1e-9,
        )


def _nearest(printed: float, sums: list[float]) -> float:
    return min(sums, key=lambda each: abs(printed - each))


def _printed(cell: Cell, column: Column, scale: int) -> float | None:
    try:
        return figure(number(cell, column, scale))
    except Unreadable:
        return None

"""Rows of a national return that a quarter does not take: other periods, and a workbook's keys."""

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from peerpack.catalogue.models import Dataset
from peerpack.sources.header import Header, find_header
from peerpack.sources.rows import Sorted, cell_of, is_blank
from peerpack.sources.tabular import Cell, Grid, grids

_YEAR = re.compile(r"(19|20)\d{2}")


def latest_year(files: Sequence[Path], dataset: Dataset, last_day: date) -> int | None:
    """The latest year of a dataset's files whose period begins by the last day of the quarter."""
    assert dataset.reference is not None  # noqa: S101 - the caller asks of such a dataset only
    begun = [
        year
        for year in {year for path in files for year in years_of(path, dataset)}
        if dataset.reference.period(year)[0] <= last_day
    ]
    return max(begun, default=None)


def years_of(path: Path, dataset: Dataset) -> set[int]:
    """The years that a file of the dataset has rows of."""
    assert dataset.reference is not None  # noqa: S101 - the caller asks of such a dataset only
    above = bool(dataset.column(dataset.reference.column).titled)
    found: set[int] = set()
    for grid in grids(path, peek=above):
        header = find_header(grid, dataset)
        rows = grid.rows[header.last + 1 :] if header else []
        found |= {year for row in rows if header and (year := _year(row, header, dataset))}
    return found


def set_apart(
    sorted_: Sorted, grid: Grid, header: Header, dataset: Dataset, year: int | None
) -> None:
    """Take out of the detail the workbook's keys and the rows of years other than `year`."""
    if not dataset.lookup_keys and not year:
        return
    detail = sorted_.detail[:]
    sorted_.detail.clear()
    for at in detail:
        row = grid.rows[at]
        if dataset.lookup_keys and _are_keys(row, dataset.lookup_keys):
            sorted_.aside["lookup keys"].append(at)
        elif year and (_year(row, header, dataset) or year) != year:
            sorted_.aside["other period"].append(at)
        else:
            sorted_.detail.append(at)


def _are_keys(row: Sequence[Cell], pattern: str) -> bool:
    """Nothing but names by which the workbook's own formulas find a column."""
    return all(re.fullmatch(pattern, str(cell)) for cell in row if not is_blank([cell]))


def _year(row: Sequence[Cell], header: Header, dataset: Dataset) -> int | None:
    """The year of a row: of 2024, `2024-25` and 202425, the first."""
    assert dataset.reference is not None  # noqa: S101 - the caller asks of such a dataset only
    column = dataset.reference.column
    found = _YEAR.match(
        str(header.titles.get(column) or cell_of(row, header, column) or "").strip()
    )
    return int(found[0]) if found else None

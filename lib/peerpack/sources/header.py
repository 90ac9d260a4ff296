"""Find the header of a table wherever it stands, and which heading is which column."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from peerpack.catalogue.models import Column, Dataset
from peerpack.errors import ReturnRefused
from peerpack.sources.headings import (
    headed_by,
    other_tables_headings,
    places_of,
    plain,
    required_of,
)
from peerpack.sources.tabular import Cell, Grid
from peerpack.sources.values import Unreadable, reader

DEEP_ROWS = 500
LAST_ROWS = 20


@dataclass(frozen=True)
class Header:
    """Where the header stands (`first` to `last`, positions in the grid), its cells, what it says.

    `positions` maps a column of the dataset to its place in a row, `headings` to the words used.
    `not_read`: the headings that no column uses, from left to right. `scales`: how many pounds one
    unit of a column of money is. `body`: the first row of data where the data stand above their
    header.
    """

    first: int
    last: int
    width: int
    positions: dict[str, int]
    headings: dict[str, str]
    not_read: tuple[str, ...]
    scales: dict[str, int] = field(default_factory=dict)
    body: int | None = None


def find_header(grid: Grid, dataset: Dataset) -> Header | None:
    """The header of the dataset's columns in a grid, if it has one."""
    return find_headers(grid, [dataset]).get(dataset.dataset)


def find_headers(grid: Grid, datasets: Sequence[Dataset]) -> dict[str, Header]:
    """By dataset, the first row, alone or under a merged row, that heads every required column.

    It is looked for in the first rows and the very last. With data above it and none below, it is
    the header of those above.
    """
    if grid.heads:
        declared = {d.dataset: _declared(grid, d) for d in datasets}
        return {name: header for name, header in declared.items() if header}
    found: dict[str, Header] = {}
    for at, labels, first, headed in rows_of_headings(grid, datasets):
        for dataset in datasets:
            if dataset.dataset in found or not _may_be(dataset, headed):
                continue
            header = _matched(labels, first, at, dataset, grid.file)
            if header:
                body = _body_above(grid.rows, header, dataset)
                found[dataset.dataset] = replace(header, body=body)
        if len(found) == len(datasets):
            break
    return found


def rows_of_headings(
    grid: Grid, datasets: Sequence[Dataset]
) -> Iterator[tuple[int, list[str], int, dict[str, set[str]]]]:
    """Each row that may be a header: its place, labels, where it begins, what it may head."""
    required = required_of(datasets)
    for at in _where_to_look(len(grid.rows)):
        for labels, first in _readings(grid.rows, at):
            headed = headed_by(labels, required)
            if headed:
                yield at, labels, first, headed


def _may_be(dataset: Dataset, headed: dict[str, set[str]]) -> bool:
    needed_n = sum(column.required for column in dataset.columns)
    return len(headed.get(dataset.dataset, ())) == needed_n


def _declared(grid: Grid, dataset: Dataset) -> Header | None:
    """The header of a file that says which rows are its headings: names, then what they mean."""
    names, *called = ([_words(cell) for cell in grid.rows[at]] for at in range(grid.heads))
    return _matched(names, 0, grid.heads - 1, dataset, grid.file, called[0] if called else [])


def _where_to_look(rows_n: int) -> Iterator[int]:
    yield from range(min(DEEP_ROWS, rows_n))
    yield from range(max(DEEP_ROWS, rows_n - LAST_ROWS), rows_n)


def _body_above(rows: Sequence[Sequence[Cell]], header: Header, dataset: Dataset) -> int | None:
    """The first row of data above the header, where none stands below it."""
    above = (at for at in range(header.first) if _is_data(rows[at], header, dataset))
    first = next(above, None)
    below = range(header.last + 1, len(rows))
    if first is None or any(_is_data(rows[at], header, dataset) for at in below):
        return None
    return first


def _is_data(row: Sequence[Cell], header: Header, dataset: Dataset) -> bool:
    """Every column that may not be blank has a cell, and those of figures and dates are such."""
    needed = [c for c in dataset.columns if c.required and not c.nullable]
    return all(_reads(row, header, c) for c in needed or dataset.columns if c.required)


def _reads(row: Sequence[Cell], header: Header, column: Column) -> bool:
    at = header.positions[column.name]
    try:
        return at < len(row) and reader(column)(row[at]) is not None
    except Unreadable:
        return False


def _readings(rows: Sequence[Sequence[Cell]], at: int) -> list[tuple[list[str], int]]:
    """A row's labels, alone and with those of the row above; and where such a header begins."""
    own = [_words(cell) for cell in rows[at]]
    if at == 0 or sum(map(bool, own)) < 2:
        return [(own, at)]
    above = _spread([_words(cell) for cell in rows[at - 1]], len(own))
    both = [f"{a}: {o}" if a and o and a != o else o or a for a, o in zip(above, own, strict=True)]
    return [(own, at), (both, at - 1)]


def _spread(labels: list[str], width: int) -> list[str]:
    """A merged cell prints its words once: carry them to the right."""
    spread: list[str] = []
    for place in range(width):
        own = labels[place] if place < len(labels) else ""
        spread.append(own or (spread[-1] if spread else ""))
    return spread


def _matched(
    labels: list[str],
    first: int,
    last: int,
    dataset: Dataset,
    file: str,
    called: Sequence[str] = (),
) -> Header | None:
    """The header that these labels are, if they are; else what the columns are `called` counts."""
    found = {c.name: places_of(labels, c) or places_of(called, c) for c in dataset.columns}
    if not _is_of(dataset, labels, {name for name, places in found.items() if places}):
        return None
    for column, places in found.items():
        if len(places) > 1:
            _refuse_twice(file, column, labels[places[0]])
    positions = {column: places[0] for column, places in found.items() if places}
    used = positions.values()
    return Header(
        first,
        last,
        len(labels),
        positions,
        headings={name: labels[at] for name, at in positions.items()},
        not_read=tuple(label for at, label in enumerate(labels) if label and at not in used),
    )


def _is_of(dataset: Dataset, labels: list[str], found: set[str]) -> bool:
    """Every required column is there, a group of the dataset's signs, and no other table's."""
    if not {c.name for c in dataset.columns if c.required} <= found:
        return False
    if other_tables_headings(labels, dataset):
        return False
    dated = any("date" in plain(label).split() for label in labels)
    return any(
        found.issuperset(group) and (not dated or not group or _has_date(dataset, group))
        for group in dataset.signs.any_of
    )


def _has_date(dataset: Dataset, group: tuple[str, ...]) -> bool:
    return any(dataset.column(name).kind == "date" for name in group)


def _words(cell: Cell) -> str:
    return " ".join(str(cell).split()) if isinstance(cell, str) else ""


def _refuse_twice(file: str, column: str, heading: str) -> None:
    raise ReturnRefused(
        f"{file}: two columns are headed {heading!r}, and either could be {column}. "
        "Rename or remove one in the export."
    )

"""Find the table of a sample without a contract: its header by its shape, its columns by words."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from pathlib import Path

from peerpack.catalogue.models import Column
from peerpack.drafting.people import is_personal
from peerpack.errors import ReturnRefused
from peerpack.sources.header import heading_key, readings
from peerpack.sources.rows import is_blank
from peerpack.sources.tabular import ENDINGS, PEEK_ROWS, Cell, Grid, grids
from peerpack.sources.values import Unreadable, day, number

LOOKED_AT_ROWS = 1_000
FEWEST_COLUMNS = 2
ANY_NUMBER = (
    Column(name="any", kind="money", description=""),
    Column(name="any", kind="percentage", description=""),
)


@dataclass(frozen=True)
class Table:
    """A grid with a header from `first` to `last`; `headings` maps a place in a row to its words.

    `left_out` says which columns no contract could read, and why.
    """

    grid: Grid
    first: int
    last: int
    width: int
    headings: dict[int, str]
    left_out: tuple[str, ...]

    @property
    def size(self) -> int:
        """How many cells stand under the headings."""
        return len(self.headings) * (len(self.grid.rows) - self.last - 1)


def table_of(sample: Path) -> Table:
    """The largest table of a file; refuse one without, saying what was looked for."""
    _refuse_no_file(sample)
    found = [t for grid in grids(sample) if not grid.hidden and (t := table_in(grid))]
    if not found:
        raise ReturnRefused(
            f"{sample.name}: no header was found: expected, in the first {PEEK_ROWS} rows, a row "
            "of two or more different headings in words, above the rows they head. Give each "
            "column a heading in words, or export the table anew."
        )
    return max(found, key=lambda table: table.size)


def _refuse_no_file(sample: Path) -> None:
    if sample.suffix.lower() not in ENDINGS:
        raise ReturnRefused(
            f"{sample.name}: not a table this reads. Expected one of {', '.join(ENDINGS)}. "
            "Export it as CSV or as a workbook."
        )


def table_in(grid: Grid) -> Table | None:
    """The table of a grid under its best header: the most headings; of several, the first.

    Some kinds of file say themselves which rows are headings, the first of them the names.
    """
    if grid.heads:
        return _under(grid, [str(cell or "") for cell in grid.rows[0]], 0, grid.heads - 1)
    last = max((at for at, row in enumerate(grid.rows) if not is_blank(row)), default=0)
    found = [table for at in range(min(PEEK_ROWS, last)) for table in _tables(grid, at)]
    return max(found, key=lambda table: len(table.headings), default=None)


def _tables(grid: Grid, at: int) -> Iterator[Table]:
    """The tables that a row, alone or under a merged row, would head, if it is no row of data."""
    if any(map(_is_value, grid.rows[at])) or _recurs(grid, at):
        return
    for labels, first in readings(grid.rows, at):
        table = _under(grid, labels, first, at)
        if table and not any(map(_is_value, grid.rows[first])):
            yield table


def _under(grid: Grid, labels: Sequence[str], first: int, last: int) -> Table | None:
    """The table under these labels, if they head two columns or more, and half of those filled."""
    below = grid.rows[last + 1 : last + 1 + LOOKED_AT_ROWS]
    filled = {place for row in below for place, cell in enumerate(row) if not is_blank([cell])}
    times = Counter(heading_key(label) for label in labels)
    headings = {p: w for p, w in enumerate(labels) if heading_key(w) and times[heading_key(w)] == 1}
    if len(filled & headings.keys()) < max(FEWEST_COLUMNS, len(filled) / 2):
        return None
    left = tuple(_left_out(labels, filled - headings.keys()))
    return Table(grid, first, last, len(labels), headings, left)


def _left_out(labels: Sequence[str], places: set[int]) -> Iterator[str]:
    for place in sorted(places):
        label = labels[place] if place < len(labels) else ""
        why = (
            f"is headed {label!r} as another is"
            if heading_key(label)
            else "has no heading in words"
        )
        yield (
            f"Column {place + 1} of the file {why}: it is not read. Give it a heading of its own "
            "and draft again if it is wanted."
        )


def _is_value(cell: Cell) -> bool:
    """Whether a cell is one that a header does not have; a year may head a column."""
    if isinstance(cell, (date, time, timedelta)) or is_personal(cell):
        return True
    if cell is None or isinstance(cell, bool) or is_blank([cell]) or _is_year(cell):
        return False
    numeric = isinstance(cell, (int, float)) or any(_is_number(cell, each) for each in ANY_NUMBER)
    return numeric or _is_date(cell)


def _is_year(cell: Cell) -> bool:
    printed = str(cell).strip().removesuffix(".0")
    return len(printed) == 4 and printed.isdigit() and printed[:2] in ("19", "20")


def _is_date(cell: Cell) -> bool:
    try:
        return day(cell) is not None
    except Unreadable:
        return False


def _is_number(cell: Cell, column: Column) -> bool:
    try:
        return isinstance(number(cell, column), float)
    except Unreadable:
        return False


def _recurs(grid: Grid, at: int) -> bool:
    """Whether words of the row stand again below, each in its own column, as only values do.

    A header that is printed again whole is still one.
    """
    own = {
        place: str(cell).strip()
        for place, cell in enumerate(grid.rows[at])
        if str(cell or "").strip()
    }
    again: set[int] = set()
    for row in grid.rows[at + 1 : at + 1 + LOOKED_AT_ROWS]:
        same = {p for p, words in own.items() if p < len(row) and str(row[p]).strip() == words}
        if len(same) < len(own):
            again |= same
    return len(again) * 4 > len(own)

"""What a sample's rows hold under each heading, before anything is known of them; totals apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import compress

from peerpack.catalogue.models import Column, Dataset
from peerpack.drafting.tables import Table
from peerpack.sources.header import Header, plain
from peerpack.sources.rows import is_blank, says_total, sort_rows
from peerpack.sources.tabular import Cell

HALF = 0.5
Row = Sequence[Cell]


@dataclass(frozen=True)
class Profile:
    """The cells of each heading's column, row by row, of the rows that carry data.

    `totals` are rows that say total and are blank at `code`, a place among the headings, where
    other rows are not; `unplaced` the lines of those that say total and are not.
    """

    headings: list[str]
    columns: list[list[Cell]]
    totals: list[list[Cell]]
    code: int | None
    unplaced: list[int]

    def labels(self) -> list[int]:
        """The places where totals say that they are."""
        places = range(len(self.headings))
        return [place for place in places if any(says_total(row[place]) for row in self.totals)]

    def groups(self) -> list[int]:
        """The places of columns that hold a name which a total sums, the inner groups first."""
        named = {_named(row[place]) for row in self.totals for place in self.labels()}
        held = {p: {plain(str(c)) for c in cells} for p, cells in enumerate(self.columns)}
        found = [place for place, words in held.items() if place != self.code and named & words]
        return sorted(found, key=lambda place: -len(held[place]))


def profile_of(table: Table) -> Profile:
    """The profile of a table."""
    places = sorted(table.headings)
    detail = sort_rows(table.grid, _header(table), _plainest(table)).detail
    rows = [[_at(table.grid.rows[at], place) for place in places] for at in detail]
    saying = [any(map(says_total, row)) for row in rows]
    code = _blank_in_totals_alone(rows, saying)
    totals = [said and code is not None for said in saying]
    kept = list(compress(rows, [not total for total in totals]))
    return Profile(
        headings=[table.headings[place] for place in places],
        columns=[[row[place] for row in kept] for place in range(len(places))],
        totals=list(compress(rows, totals)),
        code=code,
        unplaced=[table.grid.lines[at] for at in compress(detail, saying)] if code is None else [],
    )


def _header(table: Table) -> Header:
    named = {f"at_{place}": heading for place, heading in table.headings.items()}
    positions = {f"at_{place}": place for place in table.headings}
    return Header(table.first, table.last, table.width, table.width, positions, named, ())


def _plainest(table: Table) -> Dataset:
    """A contract that knows nothing: every column text, no totals."""
    named = [f"at_{place}" for place in table.headings]
    columns = tuple(Column(name=name, kind="text", description="") for name in named)
    return Dataset(
        dataset="sample", title="", description="", grain="", covers="snapshot", personal=False,
        owner="", columns=columns,
    )  # fmt: skip


def _at(row: Row, place: int) -> Cell:
    return row[place] if place < len(row) else None


def _blank_in_totals_alone(rows: Sequence[Row], saying: list[bool]) -> int | None:
    """The place that is blank in every row that says total, and filled in most of the others.

    Of several, the one oftenest filled, and then the one that repeats itself least.
    """
    totals = list(compress(rows, saying))
    others = list(compress(rows, [not said for said in saying]))
    if not totals or not others:
        return None
    filled = {p: [r[p] for r in others if not is_blank([r[p]])] for p in range(len(others[0]))}
    fit = [
        place
        for place, cells in filled.items()
        if len(cells) > HALF * len(others) and is_blank([row[place] for row in totals])
    ]
    return max(fit, key=lambda p: (len(filled[p]), len(set(filled[p]))), default=None)


def _named(cell: Cell) -> str:
    said = plain(str(cell or ""))
    return said.replace("sub total", "").replace("subtotal", "").replace("total", "").strip()

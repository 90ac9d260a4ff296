"""What is a spreadsheet, whatever its format? A cover, and worksheets of one table each."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import count
from math import ceil, isfinite

from peerpack.render.numbers import decimals_of
from peerpack.render.seen import seen
from peerpack.words.cells import inert

ABSENT, MISSING, HIDDEN = "[z]", "[x]", "[c]"
LONGEST = 16_000
"""Characters of a cell. Excel holds 32,767 units of UTF-16, and a character may be two of them."""
LONGEST_PART = 31 - len("_999")
_NOT_IN_A_NAME = re.compile(r"[^A-Za-z0-9]+")
_LIKE_A_CELL = re.compile(r"[A-Za-z]{1,3}\d+\Z|[Rr]\d*[Cc]\d*\Z")
_WIDEST, _NARROWEST = 60, 10


@dataclass(frozen=True)
class Number:
    """A number in a cell, shown to so many decimals; nothing of it is rounded away."""

    value: float
    decimals: int = 0

    @property
    def shown(self) -> str:
        """As a reader sees it: `1,240.5`, `0.5`."""
        return f"{self.value:,.{self.decimals}f}"


@dataclass(frozen=True)
class Link:
    """A cell that leads to another worksheet, of which it says the name."""

    sheet: str


Cell = str | Number | Link


@dataclass(frozen=True)
class Table:
    """A worksheet: its title, what is said above its table, and the table.

    `name` is unlike that of a cell and of every other worksheet. Every row has a cell for each
    heading, and none is empty; no heading is said twice.
    """

    name: str
    title: str
    told: tuple[str, ...]
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    @property
    def widths(self) -> tuple[int, ...]:
        """A width for each column, in characters: its longest cell, within reason."""
        return tuple(_width(column) for column in zip(self.headings, *self.rows, strict=True))

    @property
    def lines(self) -> tuple[int, ...]:
        """How many lines each row of the table takes at those widths, its headings first."""
        every, widths = (self.headings, *self.rows), self.widths
        return tuple(max(map(lines_of, row, widths)) for row in every)

    @property
    def first_row(self) -> int:
        """The place of the headings among the rows of the worksheet, counted from nought."""
        return 1 + len(self.told)

    def is_numeric(self, column: int) -> bool:
        """Whether a column holds numbers, besides marks in place of some."""
        return any(isinstance(row[column], Number) for row in self.rows)


@dataclass(frozen=True)
class Cover:
    """The first worksheet: a title, and lines under three headings."""

    title: str
    intro: tuple[str, ...]
    about: tuple[str, ...]
    contact: tuple[str, ...]

    @property
    def lines(self) -> tuple[tuple[str, int], ...]:
        """Its lines in their order, each with the level of its heading: 1, 2, or 0 for none."""
        parts = (
            ("Introductory information", self.intro),
            ("About these data", self.about),
            ("Contact", self.contact),
        )
        told = ((head, said) for head, said in parts if said)
        below = [
            (line, 0 if n else 2) for each in told for n, line in enumerate((each[0], *each[1]))
        ]
        return ((self.title, 1), *below)


@dataclass(frozen=True)
class Book:
    """A cover and its worksheets, in their order."""

    cover: Cover
    sheets: tuple[Table, ...]


def number(value: float | None, decimals: int | None = 0, otherwise: str = MISSING) -> Cell:
    """A number as a cell; a mark in its place where there is none."""
    if value is None or not isfinite(value):
        return otherwise
    return Number(float(value), decimals_of(value) if decimals is None else decimals)


def text(words: str, otherwise: str = ABSENT) -> str:
    """A text as a cell may hold it: what cannot be seen is marked, nothing runs, none is too long.

    What is cut off is counted at its end.
    """
    said = str(inert(seen(words.replace("\r\n", "\n").strip())))
    if len(said) <= LONGEST:
        return said or otherwise
    return f"{said[:LONGEST]} [cut here: {len(said) - LONGEST:,} more characters]"


def table(
    name: str,
    title: str,
    told: Iterable[str],
    headings: Sequence[str],
    rows: Iterable[Sequence[Cell]],
) -> Table:
    """A worksheet without the columns in which nothing applies to any row; the first one stays."""
    cells = [tuple(row) for row in rows]
    kept = [at for at in range(len(headings)) if at == 0 or any(row[at] != ABSENT for row in cells)]
    return Table(
        name=name,
        title=text(title),
        told=tuple(map(text, told)),
        headings=tuple(text(headings[at]) for at in kept),
        rows=tuple(tuple(row[at] for at in kept) for row in cells),
    )


def sheet_names(wanted: Iterable[str]) -> list[str]:
    """Each wanted name as a worksheet may have it: letters, digits and lines below, at most 31.

    A second of one name is numbered; one that a cell could have ends in `_table`.
    """
    names: dict[str, str] = {}
    for name in wanted:
        plain = _NOT_IN_A_NAME.sub("_", name).strip("_")[:LONGEST_PART].rstrip("_") or "Table"
        plain = f"{plain}_table" if _LIKE_A_CELL.match(plain) else plain
        ways = (f"{plain}_{n}" if n > 1 else plain for n in count(1))
        free = next(way for way in ways if way.casefold() not in names)
        names[free.casefold()] = free
    return list(names.values())


def lines_of(cell: Cell, width: int) -> int:
    """How many lines a cell takes in a column so many characters wide."""
    return sum(max(1, ceil(len(line) / (width - 1))) for line in _said(cell).split("\n"))


def _width(column: Sequence[Cell]) -> int:
    longest = max(len(line) for cell in column for line in _said(cell).split("\n"))
    return max(_NARROWEST, min(_WIDEST, longest + 2))


def _said(cell: Cell) -> str:
    if isinstance(cell, Number):
        return cell.shown
    return cell.sheet if isinstance(cell, Link) else cell

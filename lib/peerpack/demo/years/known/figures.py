"""A true figure, its place in the evidence, and sums over rows as they must be read."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from peerpack.demo.years.rows import Row

Rows = list[Row]
PENCE = 100


@dataclass(frozen=True)
class Figure:
    """A value in the indicator's unit with its operands; `expected` is what chance varies about."""

    value: float | None
    numerator: float | None
    denominator: float | None = None
    expected: float | None = None

    def as_truth(self) -> dict[str, Any]:
        """As `truth.json` has it; a survey's figure is an estimate."""
        own = {"value": self.value, "numerator": self.numerator, "denominator": self.denominator}
        survey = {"kind": "estimate", "expected": self.expected}
        return own if self.expected is None else own | survey


Figures = dict[str, Figure]
"""True figures by evidence id."""


def named(indicator: str, **cuts: str) -> str:
    """The evidence id of a figure: `KF03/basis=delivered&directorate=Place`."""
    said = "&".join(f"{name}={quote(cuts[name], safe='')}" for name in sorted(cuts))
    return f"{indicator}/{said}" if said else indicator


def per_cent(part: float | None, whole: float | None) -> Figure:
    """A part of a whole in per cent; no value without a whole above nought."""
    known = part is not None and whole is not None and whole > 0
    return Figure(100 * part / whole if known else None, part, whole)  # type: ignore[operator]


def number(row: Row, column: str) -> int:
    """A cell's whole number; nothing counts as nought."""
    value = row.get(column)
    return value if isinstance(value, int) else 0


def gbp(rows: Iterable[Row], column: str) -> float:
    """The sum of a column of money, in pounds."""
    return sum(number(row, column) for row in rows) / PENCE


def text(row: Row, column: str) -> str:
    """A cell's words; nothing where it is blank."""
    return str(row.get(column) or "")


def parts(rows: Rows, *columns: str) -> Iterator[tuple[dict[str, str], Rows]]:
    """The rows of each label (or labels together), by name; rows without a label are in none."""
    labels = {tuple(text(row, name) for name in columns) for row in rows}
    for label in sorted(label for label in labels if all(label)):
        own = [row for row in rows if tuple(text(row, name) for name in columns) == label]
        yield dict(zip(columns, label, strict=True)), own


def whole_and_parts(rows: Rows, *columns: str) -> Iterator[tuple[dict[str, str], Rows]]:
    """All rows, then those of each label of each column, one column at a time."""
    yield {}, rows
    for column in columns:
        yield from parts(rows, column)

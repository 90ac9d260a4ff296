"""One cell to one value: money, numbers, percentages, dates, text. Never a guess.

Each reader takes a raw cell and gives a value, `None` for an empty cell, a `Status` for a status
symbol such as `[x]`, or raises `Unreadable`.
"""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from peerpack.catalogue.models import Column
from peerpack.sources.tabular import Cell


class Unreadable(ValueError):
    """A cell that cannot be read; its text says what was expected and what to do."""

    def __init__(self, expected: str, what_to_do: str) -> None:
        super().__init__(expected)
        self.expected, self.what_to_do = expected, what_to_do


@dataclass(frozen=True)
class Status:
    """A symbol that stands where a value is absent, such as `x` for not available."""

    mark: str


Value = str | float | datetime | Status | None

SYMBOLS = {
    "[x]": "x", "x": "x", "..": "x", ":": "x", "n/a": "x", "#n/a": "x", "missing": "x", "m": "x",
    "[c]": "c", "c": "c", "[z]": "z", "z": "z", "[low]": "u", "low": "u", "[u]": "u", "u": "u",
}  # fmt: skip
OPEN_END_YEAR = 4000
_MONEY = re.compile(
    r"(?P<open>\()?(?P<minus>-)?£?(?P<sign>-)?"
    r"(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)"
    r"(?P<scale>[kKmM])?(?P<close>\))?(?P<after>-)?\Z"
)
_SCALE = {"": 1.0, "k": 1e3, "m": 1e6}
_DURATION = re.compile(r"(-?\d+(?:\.\d+)?)\s*(?:day|hour|hr)s?(?:\(s\))?\Z", re.IGNORECASE)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?\Z")
_DAY_FIRST = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})(?: \d.*)?\Z")
_NAMED = re.compile(r"(\d{1,2})[- ]([A-Za-z]{3,9})[- ](\d{4}|\d{2})\Z")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def reader(column: Column) -> Callable[[Cell], Value]:
    """The reader of a column's kind."""
    if column.kind in ("text", "label", "code"):
        return text
    if column.kind == "date":
        return lambda cell: day(cell, column.open_ended)
    return lambda cell: number(cell, column.dash_is_zero)


def text(cell: Cell) -> str | None:
    """Words as printed, white space folded; the text `NA` is a label and stays."""
    if cell is None:
        return None
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return " ".join(str(cell).replace("’", "'").split()) or None


def number(cell: Cell, dash_is_zero: bool = False) -> float | Status | None:
    """Money or another number: commas, £, brackets, trailing minus, k and m, per cent, '2 days'."""
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return _finite(float(cell))
    printed = "".join(str(cell).split()) if cell is not None else ""
    if not printed:
        return None
    if printed in ("-", "–") and dash_is_zero:
        return 0.0
    if printed.casefold() in SYMBOLS or printed in ("-", "–"):
        return Status(SYMBOLS.get(printed.casefold(), "x"))
    duration = _DURATION.match(str(cell).strip())
    return float(duration[1]) if duration else _money(printed.removesuffix("%"))


def _money(printed: str) -> float:
    found = _MONEY.match(printed)
    negatives = [] if not found else [found["open"], found["minus"], found["sign"], found["after"]]
    unpaired = found and bool(found["open"]) != bool(found["close"])
    if not found or unpaired or sum(map(bool, negatives)) > 1:
        raise Unreadable("a number, such as 1,240 or (1,240)", "Correct the cell at its source.")
    size = float(found["digits"].replace(",", "")) * _SCALE[(found["scale"] or "").lower()]
    return -size if any(negatives) else size


def _finite(number: float) -> float:
    if not math.isfinite(number):
        raise Unreadable("a finite number", "Correct the cell at its source.")
    return number


def day(cell: Cell, open_ended: bool = False) -> datetime | None:
    """A date, day first; a date that could be read two ways only as the country writes it.

    With `open_ended`, the far dates systems write for 'no end' (31/12/4712) are no date.
    """
    found = _date(cell)
    if found and open_ended and found.year >= OPEN_END_YEAR:
        return None
    return datetime(found.year, found.month, found.day) if found else None  # noqa: DTZ001 - a day has no zone


def _date(cell: Cell) -> date | None:
    if cell is None or (isinstance(cell, str) and not cell.strip()):
        return None
    if isinstance(cell, date):
        return cell
    if isinstance(cell, (int, float)) and not isinstance(cell, bool) and 20000 <= cell <= 80000:
        return date(1899, 12, 30) + timedelta(days=int(cell))
    try:
        return _written(str(cell).strip())
    except (ValueError, OverflowError) as fault:
        raise Unreadable("a date, such as 30/06/2024", "Correct the cell at its source.") from fault


def _written(printed: str) -> date:
    if found := _ISO.match(printed):
        return date(int(found[1]), int(found[2]), int(found[3]))
    if found := _DAY_FIRST.match(printed):
        return date(int(found[3]), int(found[2]), int(found[1]))
    if found := _NAMED.match(printed):
        year = int(found[3]) + (2000 if len(found[3]) == 2 else 0)
        return date(year, _MONTHS.index(found[2][:3].lower()) + 1, int(found[1]))
    raise ValueError(printed)

"""One cell to one value: money, numbers, percentages, dates, text. Never a guess.

Each reader takes a raw cell and gives a value, `None` for an empty cell, a `Status` for a status
symbol such as `[x]` where the column allows one, or raises `Unreadable`.
"""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from peerpack.catalogue.models import Column
from peerpack.sources.tabular import Cell


class Unreadable(ValueError):
    """A cell that cannot be read; its text says what was expected and what to do."""

    def __init__(self, expected: str, what_to_do: str = "Correct the cell at its source.") -> None:
        super().__init__(expected)
        self.expected, self.what_to_do = expected, what_to_do


@dataclass(frozen=True)
class Status:
    """A symbol that stands where a value is absent, such as `x` for not available."""

    mark: str


Value = str | float | datetime | Status | None
Reader = Callable[[Cell], Value]

SYMBOLS = {
    "[x]": "x", "x": "x", "..": "x", ":": "x", "n/a": "x", "#n/a": "x", "missing": "x", "m": "x",
    "[c]": "c", "c": "c", "[z]": "z", "z": "z", "[low]": "u", "low": "u", "[u]": "u", "u": "u",
    "-": "x", "–": "x",
}  # fmt: skip
DASHES = ("-", "–")
NOT_FOUND = "#N/A"
FORMULA_ERRORS = ("#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", NOT_FOUND)
OPEN_END_YEAR = 4000
LATEST_SHORT_YEAR = 39
A_NUMBER = "a number, such as 1,240 or (1,240)"
A_DATE = "a date, day first, such as 30/06/2024"

_DIGITS = r"(?P<digits>[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)"
_NUMBER = re.compile(
    rf"(?P<open>\()?(?P<minus>-)?(?P<pound>£)?(?P<sign>-)?{_DIGITS}"
    r"(?P<scale>[kKmM])?(?P<percent>%)?(?P<close>\))?(?P<after>-)?\Z",
    re.ASCII,
)
_SCALE = {"": 1, "k": 1_000, "m": 1_000_000}
_AROUND_MARKS = re.compile(r"\s*([£()%kKmM-])\s*")
_DURATION = re.compile(r"(-?\d+(?:\.\d+)?)\s*(day|hour|hr)(?:s|\(s\))?\Z", re.I | re.ASCII)
_UNIT_OF = {"day": "days", "hour": "hours", "hr": "hours"}
_TIME = r"(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?\Z"
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})" + _TIME, re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})([/.\-])(\d{1,2})\2(\d{4})" + _TIME, re.ASCII)
_SHORT_YEAR = re.compile(r"(?P<day_month>\d{1,2}([/.])\d{1,2}\2)(?P<year>[0-3]\d)\Z", re.ASCII)
_NAMED = re.compile(r"(\d{1,2})([- ])([A-Za-z]{3,9})\2(\d{4}|\d{2})\Z", re.ASCII)
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip


def reader(column: Column) -> Reader:
    """The reader of a column's kind."""
    if column.kind == "date":
        return lambda cell: day(cell, column.open_ended, column.short_years)
    if column.kind in ("money", "number", "percentage"):
        return lambda cell: number(cell, column)
    needed = column.required or not column.nullable
    words = name if needed and column.kind != "text" else text
    return _of_vocabulary(words, column.spellings) if column.written_as else words


def _of_vocabulary(words: Callable[[Cell], str | None], spellings: dict[str, str]) -> Reader:
    """Words as the contract writes them; what it does not know stays as printed, for the gate."""

    def read_word(cell: Cell) -> str | None:
        printed = words(cell)
        return spellings.get(printed.casefold(), printed) if printed else None

    return read_word


def text(cell: Cell) -> str | None:
    """Words as printed, white space folded; the text `NA` is a label and stays.

    `#N/A` is what a look-up leaves that found nothing: missing.
    """
    if cell is None:
        return None
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    words = " ".join(str(cell).replace("’", "'").split())
    return words if words and words != NOT_FOUND else None


def name(cell: Cell) -> str | None:
    """Words that rows are grouped or joined by: a formula's error is none."""
    if isinstance(cell, str) and cell.strip() in FORMULA_ERRORS:
        raise Unreadable("a name or code, not a formula's error")
    return text(cell)


def number(cell: Cell, column: Column) -> float | Status | None:
    """Money, a percentage or another number, by its column.

    All take commas, brackets and a minus before or after. Money alone takes £, k and m, a
    percentage alone %, and a column in days or hours those words.
    """
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return _finite(float(cell))
    printed = str(cell).strip() if cell is not None else ""
    if not printed:
        return None
    if printed in DASHES and column.dash_is_zero:
        return 0.0
    if printed.casefold() in SYMBOLS:
        return _status(printed, column)
    return _duration(printed, column) if _DURATION.match(printed) else _number(printed, column)


def _status(printed: str, column: Column) -> Status:
    if not column.statuses:
        raise Unreadable("a value, not a status symbol", "Ask the owner for the value.")
    return Status(SYMBOLS[printed.casefold()])


def _duration(printed: str, column: Column) -> float:
    size, unit = _DURATION.findall(printed)[0]
    if _UNIT_OF[unit.lower()] != column.unit:
        raise Unreadable(f"a number of {column.unit}" if column.unit else A_NUMBER)
    return float(size)


def _number(printed: str, column: Column) -> float:
    found = _NUMBER.match(_AROUND_MARKS.sub(r"\1", printed))
    if not found or _at_odds(found, column):
        raise Unreadable(A_NUMBER)
    size = Decimal(found["digits"].replace(",", "")) * _SCALE[(found["scale"] or "").lower()]
    return float(-size if _is_negative(found) else size) or 0.0


def _at_odds(found: re.Match[str], column: Column) -> bool:
    """A bracket without its pair, a number negative twice, or a mark its column cannot have."""
    negatives = [found[mark] for mark in ("open", "minus", "sign", "after")]
    return (
        bool(found["open"]) != bool(found["close"])
        or len(list(filter(None, negatives))) > 1
        or bool(found["pound"] or found["scale"]) > (column.kind == "money")
        or bool(found["percent"]) > (column.kind == "percentage")
    )


def _is_negative(found: re.Match[str]) -> bool:
    return any(found[mark] for mark in ("open", "minus", "sign", "after"))


def _finite(number: float) -> float:
    if not math.isfinite(number):
        raise Unreadable("a finite number")
    return number


def day(cell: Cell, open_ended: bool = False, short_years: bool = False) -> datetime | None:
    """A date, day first; a date that could be read two ways only as the country writes it.

    With `open_ended`, the far dates systems write for 'no end' (31/12/4712) are no date. With
    `short_years`, 03/04/12 is one.
    """
    if short_years and isinstance(cell, str) and (short := _SHORT_YEAR.match(cell.strip())):
        cell = f"{short['day_month']}20{short['year']}"
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
    except ValueError as fault:
        raise Unreadable(A_DATE) from fault


def _written(printed: str) -> date:
    if found := _ISO.match(printed):
        return date(int(found[1]), int(found[2]), int(found[3]))
    if found := _DAY_FIRST.match(printed):
        return date(int(found[4]), int(found[3]), int(found[1]))
    if found := _NAMED.match(printed):
        return date(_year(found[4]), _month(found[3]), int(found[1]))
    raise ValueError(printed)


def _year(printed: str) -> int:
    """A year of two digits up to 39 is of this century; a later one could be of either."""
    if len(printed) == 4:
        return int(printed)
    if int(printed) > LATEST_SHORT_YEAR:
        raise ValueError(printed)
    return 2000 + int(printed)


def _month(word: str) -> int:
    starting = [at for at, month in enumerate(_MONTHS, 1) if month.startswith(word.lower())]
    if len(starting) != 1:
        raise ValueError(word)
    return starting[0]

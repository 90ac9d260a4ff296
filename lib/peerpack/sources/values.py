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
from peerpack.sources.durations import TwoWays, duration, looks_like_duration
from peerpack.sources.tabular import Cell, Percent
from peerpack.sources.units import SAID


class Unreadable(ValueError):
    """A cell that cannot be read; its text says what was expected and what to do."""

    def __init__(self, expected: str, what_to_do: str = "Correct the cell at its source.") -> None:
        super().__init__(expected)
        self.expected, self.what_to_do = expected, what_to_do


@dataclass(frozen=True)
class Status:
    """A symbol that stands where a value is absent, such as `x` for not available."""

    mark: str


@dataclass(frozen=True)
class Marked:
    """A figure (none beside a status symbol) with the marks that stood in its cell.

    `mark`: status marks such as `r` for revised, joined by `;`. `note`: a note's number as well.
    """

    figure: float | None
    mark: str
    note: bool


Value = str | float | datetime | Status | Marked | None
Reader = Callable[[Cell], Value]

SYMBOLS = {
    "[x]": "x", "x": "x", "..": "x", ":": "x", "n/a": "x", "#n/a": "x", "missing": "x", "m": "x",
    "[c]": "c", "c": "c", "[z]": "z", "z": "z", "[low]": "u", "low": "u", "[u]": "u", "u": "u",
    "-": "x", "na": "x", "[n]": "x",
}  # fmt: skip
MINUSES = str.maketrans(dict.fromkeys("−–‑", "-"))
FRACTIONS = ("ratio", "fraction", "share")
NOT_FOUND = "#N/A"
FORMULA_ERRORS = ("#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", NOT_FOUND)
OPEN_END_YEAR = 4000
LONGEST_NUMBER = 100
"""So many characters at most has a number, with its marks and notes."""
LATEST_SHORT_YEAR = 39
A_NUMBER = "a number, such as 1,240 or (1,240)"
A_DATE = "a date, day first, such as 30/06/2024"
DECIMAL_COMMA = (
    "It looks written with a decimal comma, and could mean two amounts: export it with a decimal "
    "point."
)

_DIGITS = r"(?P<digits>[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)"
_NUMBER = re.compile(
    rf"(?P<open>\()?(?P<minus>-)?(?P<pound>£)?(?P<sign>-)?{_DIGITS}"
    r"(?P<scale>[kKmM])?(?P<percent>%)?(?P<close>\))?(?P<after>-)?\Z",
    re.ASCII,
)
_PLAIN = re.compile(r"-?\d{1,15}(?:\.\d{1,6})?\Z", re.ASCII)
_SCALE = {"": 1, "k": 1_000, "m": 1_000_000}
_AROUND_MARKS = re.compile(r"\s*([£()%kKmM-])\s*")
_SIDE = re.compile(r"\s*(cr|dr)\Z", re.IGNORECASE)
_MARK = re.compile(r"\s*\[(?:([prefbu])|notes?\s*[\d, ]+|\d{1,2})\]\Z", re.IGNORECASE)
_TIME = r"(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[AaPp][Mm])?)?\Z"
_ISO = re.compile(r"(\d{4})([-/])(\d{1,2})\2(\d{1,2})" + _TIME, re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})([/.\-])(\d{1,2})\2(\d{4})" + _TIME, re.ASCII)
_SHORT_YEAR = re.compile(r"(?P<day_month>\d{1,2}([/.])\d{1,2}\2)(?P<year>[0-3]\d)\Z", re.ASCII)
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6},? )?"
_NAMED = re.compile(
    _WEEKDAY + r"(\d{1,2})(?:st|nd|rd|th)?([- /.])([a-z]{3,9})\2(\d{4}|\d{2})" + _TIME,
    re.ASCII | re.IGNORECASE,
)
_MONTH_NAMED = re.compile(
    _WEEKDAY + r"([a-z]{3,9}) (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})" + _TIME,
    re.ASCII | re.IGNORECASE,
)
_COMMA_FOR_POINT = re.compile(r"\d,\d{1,2}(?!\d)|\d\.\d{3},\d|(?<!\d)0,\d")
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip


def reader(column: Column, scale: int = 1) -> Reader:
    """The reader of a column's kind; its amounts are in `scale` pounds."""
    if column.codes:
        return lambda cell: meaning(cell, column)
    if column.kind == "date":
        return lambda cell: day(cell, column.open_ended, column.short_years)
    if column.kind in ("money", "number", "percentage"):
        return lambda cell: number(cell, column, scale)
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


def meaning(cell: Cell, column: Column) -> str | None:
    """What a code means, by the contract; a code it does not know is unreadable."""
    printed = text(cell)
    if printed is None:
        return None
    for pattern, means in column.codes.items():
        if re.fullmatch(pattern, printed):
            return means
    raise Unreadable(f"a code for {' or '.join(dict.fromkeys(column.codes.values()))}")


def number(cell: Cell, column: Column, scale: int = 1) -> float | Status | Marked | None:
    """Money, a percentage or another number, by its column; money in pounds, whatever its unit.

    All take commas, brackets and a minus before or after. Money alone takes £, k, m, CR and DR, a
    percentage alone %, and a column in days, hours, minutes or seconds lengths of time.
    """
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return _of_a_sheet(cell, column, scale)
    if isinstance(cell, str) and scale == 1 and len(cell) <= LONGEST_NUMBER and _PLAIN.match(cell):
        return float(cell) or 0.0  # most cells, by the shortest way
    printed = cell.strip().translate(MINUSES) if isinstance(cell, str) else cell
    if printed is None or printed == "":
        return None
    if isinstance(printed, str) and len(printed) > LONGEST_NUMBER:
        raise Unreadable(A_NUMBER)  # and not looked into: thousands of spaces take hours
    if isinstance(printed, str) and (marks := _marks(printed)):
        return _marked(printed, marks, column, scale)
    return _one(printed, column, scale)


def figure(value: object) -> float | None:
    """The number of a value, if it has one."""
    if isinstance(value, Marked):
        return value.figure
    return value if isinstance(value, float) else None


def _of_a_sheet(cell: float, column: Column, scale: int) -> float:
    if isinstance(cell, Percent) and column.kind == "percentage" and column.unit not in FRACTIONS:
        scale = 100
    if scale == 1 or not math.isfinite(cell):
        return _finite(float(cell))
    # A sheet has fifteen digits: 12.3 is not 12.300000000000000710.
    return float(Decimal(f"{cell:.15g}") * scale)


def _one(cell: Cell, column: Column, scale: int) -> float | Status:
    if cell == "-" and column.dash_is_zero:
        return 0.0
    if isinstance(cell, str) and cell.casefold() in SYMBOLS:
        return _status(cell, column)
    if column.kind == "number" and looks_like_duration(cell):
        return _duration(cell, column)
    return _number(_without_own_unit(str(cell), column), column, scale)


def _marks(printed: str) -> list[str]:
    """The marks at a cell's end, from the last to the first; a note's is empty."""
    found: list[str] = []
    while printed.casefold() not in SYMBOLS and (mark := _MARK.search(printed)):
        found.append((mark[1] or "").lower())
        printed = printed[: mark.start()]
    return found


def _marked(printed: str, marks: list[str], column: Column, scale: int) -> Marked | Status:
    for _ in marks:
        printed = printed[: printed.rindex("[")].rstrip()
    statuses = sorted(set(filter(None, marks)))
    if not printed and not statuses:
        # A note in place of the figure says why there is none.
        return _status("[x]", column)
    if statuses and not column.statuses:
        raise Unreadable(
            f"a figure without the mark [{statuses[0]}]",
            "No status is kept of this column: ask the owner which figure stands.",
        )
    value = _one(printed, column, scale) if printed else _number(printed, column, scale)
    if isinstance(value, Status):
        return Marked(None, ";".join([value.mark, *statuses]), "" in marks)
    return Marked(value, ";".join(statuses), "" in marks)


def _without_own_unit(printed: str, column: Column) -> str:
    """`0.8 FTE` in a column of FTE is 0.8."""
    if column.kind == "number" and column.unit.isalpha() and len(printed) > len(column.unit):
        return re.sub(rf"(?<![a-z])\s*{column.unit}\Z", "", printed, flags=re.IGNORECASE)
    return printed


def _status(printed: str, column: Column) -> Status:
    if not column.statuses:
        raise Unreadable("a value, not a status symbol", "Ask the owner for the value.")
    return Status(SYMBOLS[printed.casefold()])


def _duration(cell: Cell, column: Column) -> float:
    try:
        found = duration(cell, column.unit)
    except TwoWays as fault:
        raise Unreadable(
            f"a number of {column.unit}" if column.unit else A_NUMBER,
            "4:40 may be hours and minutes or minutes and seconds: export it as 00:04:40.",
        ) from fault
    if found is None:
        raise Unreadable(f"a number of {column.unit}" if column.unit else A_NUMBER)
    return found


def _number(printed: str, column: Column, scale: int) -> float:
    side = _SIDE.search(printed) if column.kind == "money" else None
    bare = printed[: side.start()] if side else printed
    found = _NUMBER.match(_AROUND_MARKS.sub(r"\1", bare))
    if not found or _at_odds(found, column) or (side and _is_negative(found)):
        raise Unreadable(A_NUMBER, *([DECIMAL_COMMA] if _COMMA_FOR_POINT.search(printed) else []))
    size = Decimal(found["digits"].replace(",", "")) * _factor(found, column, scale)
    negative = side[1].lower() == "cr" if side else _is_negative(found)
    return _finite(float(-size if negative else size)) or 0.0


def _factor(found: re.Match[str], column: Column, scale: int) -> Decimal:
    """What one of the printed number is in the unit of the column."""
    if found["percent"] and column.unit in FRACTIONS:
        return Decimal("0.01")
    if found["scale"] and scale != 1:
        raise Unreadable(
            f"an amount in {SAID[scale]}, as the heading or title says, without {found['scale']}",
            "It could mean either: correct the cell at its source.",
        )
    return Decimal(_SCALE[(found["scale"] or "").lower()] * scale)


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
        return date(int(found[1]), int(found[3]), int(found[4]))
    if found := _DAY_FIRST.match(printed):
        return date(int(found[4]), int(found[3]), int(found[1]))
    if found := _NAMED.match(printed):
        return date(_year(found[4]), _month(found[3]), int(found[1]))
    if found := _MONTH_NAMED.match(printed):
        return date(int(found[3]), _month(found[1]), int(found[2]))
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

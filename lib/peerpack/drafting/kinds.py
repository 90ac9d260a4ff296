"""What a column holds, guessed from its heading and its cells, and tried by the readers themselves.

A guess is only kept where the reader of its kind reads nearly every cell. What the cells cannot
settle is said among the doubts, never by a value.
"""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date

from peerpack.catalogue.models import Column, Kind
from peerpack.drafting.names import listed, words_of
from peerpack.sources.durations import looks_like_duration
from peerpack.sources.tabular import Cell, Percent
from peerpack.sources.values import (
    MINUSES,
    OPEN_END_YEAR,
    Marked,
    Status,
    Unreadable,
    Value,
    day,
    figure,
    reader,
    text,
)

NEARLY_ALL = 0.9
FEW_VALUES = 5
MOST_LABELS = 30
MONEY = listed(
    """gbp pounds amount cost costs spend spent expenditure income budget actual actuals variance
    forecast outturn price salary paid balance debt revenue fee fees charge charges grant savings
    saving surplus deficit interest payment payments invoiced arrears receipts funding"""
)
SHARE = listed("pct percent percentage proportion")
COUNTED = listed("count headcount")
CODED = listed("code ref reference id urn uprn key identifier")
PERIODS = listed("year period month quarter week")
DURATIONS = ("days", "hours", "minutes", "seconds")
_UNITS = {**{unit: unit for unit in DURATIONS}, "fte": "FTE"}
_LEADING_ZERO = re.compile(r"0\d+\Z")
_REFERENCE = re.compile(r"[A-Z]{1,5}[-/ ]?\d{2,}[A-Z0-9/-]*\Z")
_SLASHED = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{2}|\d{4})(?: .*)?\Z")


@dataclass(frozen=True)
class Guess:
    """A kind, its unit and the flags of its reader; `doubts` are for a person to settle."""

    kind: Kind
    unit: str = ""
    flags: dict[str, bool] = field(default_factory=dict)
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Cells:
    """The cells of a column that hold something, each once with how often; and its heading."""

    heading: str
    times: Counter[Cell]

    @classmethod
    def of(cls, heading: str, cells: Sequence[Cell]) -> "Cells":
        """The cells of a column, blanks left out."""
        return cls(heading, Counter(cell for cell in cells if text(cell) is not None))

    @property
    def words(self) -> list[str]:
        """The words of the heading."""
        return words_of(self.heading)

    @property
    def printed(self) -> list[str]:
        """The cells that are text, as printed."""
        return [cell.strip() for cell in self.times if isinstance(cell, str)]

    @property
    def filled_n(self) -> int:
        """How many cells hold something."""
        return self.times.total()

    def share(self, holds: Callable[[Cell], bool]) -> float:
        """The share of the cells for which something holds."""
        return sum(n for cell, n in self.times.items() if holds(cell)) / self.filled_n

    def all_printed(self, pattern: re.Pattern[str]) -> bool:
        """Whether nearly all cells are text of a pattern."""
        return self.share(lambda c: bool(pattern.match(str(c).strip()))) >= NEARLY_ALL


def guess(heading: str, cells: Sequence[Cell]) -> Guess:
    """What a column holds."""
    column = Cells.of(heading, cells)
    if not column.times:
        return Guess("text", doubts=("Empty throughout, so of no known kind",))
    for attempt in (_date, _code, _number, _label):
        if found := attempt(column):
            few = column.filled_n < FEW_VALUES and found.kind != "text"
            said = f"Taken for {found.kind} from fewer than {FEW_VALUES} cells" if few else ""
            return Guess(
                found.kind, found.unit, found.flags, (*found.doubts, *filter(None, [said]))
            )
    return Guess("text", doubts=_doubts_of_text(column))


def _try(kind: Kind, unit: str = "", **flags: bool) -> Column:
    column = Column(name="tried", kind=kind, description="", unit=unit)
    return column.model_copy(update=flags)


def _reads(column: Column) -> Callable[[Cell], bool]:
    read = reader(column)

    def reads(cell: Cell) -> bool:
        try:
            return not isinstance(read(cell), Status)
        except Unreadable:
            return False

    return reads


def _date(column: Cells) -> Guess | None:
    dated = [c for c in column.times if isinstance(c, date)]
    if not (dated or column.printed or "date" in column.words):
        return None
    if any(isinstance(c, (int, float)) for c in column.times) and "date" not in column.words:
        return None
    for short in (False, True):
        if column.share(_reads(_try("date", short_years=short))) >= NEARLY_ALL:
            return _as_dates(column, short)
    return None


def _as_dates(column: Cells, short: bool) -> Guess:
    flags = {"short_years": short, "open_ended": _has_far_date(column, short)}
    doubts = []
    if short:
        doubts.append("Years of two digits, read as of this century")
    if flags["open_ended"]:
        doubts.append("Dates of the far future, read as no end")
    slashed = [found for cell in column.printed if (found := _SLASHED.match(cell))]
    if slashed and not any(int(found[1]) > 12 for found in slashed):
        doubts.append("Read day first, but no day is above 12, so it could be month first")
    return Guess("date", "", {k: v for k, v in flags.items() if v}, tuple(doubts))


def _has_far_date(column: Cells, short: bool) -> bool:
    read = [
        day(c, False, short) for c in column.times if _reads(_try("date", short_years=short))(c)
    ]
    return any(each and each.year >= OPEN_END_YEAR for each in read)


def _code(column: Cells) -> Guess | None:
    words = column.words
    numbered = len(words) > 1 and words[-1] in ("number", "no") and words[0] not in ("number", "no")
    if words and (words[-1] in CODED or numbered or words[-2:] == ["cost", "centre"]):
        return Guess("code")
    whole = all(map(_is_whole, column.times))
    if whole and any(_LEADING_ZERO.match(each) for each in column.printed):
        return Guess("code")
    if whole and (words[-1:] == ["year"] or words == ["period"]):
        return Guess("code")
    if column.all_printed(_REFERENCE):
        return Guess("code")
    return _of_one_width(column) if whole and not _says_amount(words) else None


def _is_whole(cell: Cell) -> bool:
    printed = str(cell).strip().removesuffix(".0")
    return not isinstance(cell, (bool, date)) and printed.isascii() and printed.isdigit()


def _of_one_width(column: Cells) -> Guess | None:
    """Whole numbers of one length, of three digits or more, name things more than count them."""
    widths = {len(str(cell).strip().removesuffix(".0")) for cell in column.times}
    if len(column.times) < 2 * FEW_VALUES or len(widths) != 1 or widths.pop() < 3:
        return None
    return Guess("code", doubts=("Numbers of one length, taken for codes and not for amounts",))


def _says_amount(words: Sequence[str]) -> bool:
    said = set(words)
    return bool(said & (MONEY | SHARE | COUNTED | _UNITS.keys())) or _says_count(words)


def _says_count(words: Sequence[str]) -> bool:
    return bool(COUNTED & set(words)) or words[:1] == ["number"] or words[:2] == ["no", "of"]


def _number(column: Cells) -> Guess | None:
    kind, unit, sure = _kind_of_number(column)
    dashes = any(printed.translate(MINUSES) == "-" for printed in column.printed)
    zero = {"dash_is_zero": True} if dashes and kind == "money" else {}
    values = _values(column, _try(kind, unit, statuses=True, **zero))
    read_n = sum(column.times[cell] for cell in values)
    figures = [value for value in values.values() if figure(value) is not None]
    if not figures or read_n < NEARLY_ALL * column.filled_n:
        return None
    flags = zero | ({"statuses": True} if any(map(_has_mark, values.values())) else {})
    return Guess(kind, unit, flags, (*sure, *_said_of(flags)))


def _values(column: Cells, tried: Column) -> dict[Cell, Value]:
    """The cells that a column's reader reads, and what as."""
    read, values = reader(tried), {}
    for cell in column.times:
        with suppress(Unreadable):
            values[cell] = read(cell)
    return values


def _has_mark(value: Value) -> bool:
    return isinstance(value, Status) or (isinstance(value, Marked) and bool(value.mark))


def _said_of(flags: dict[str, bool]) -> list[str]:
    said = {
        "dash_is_zero": "Dashes, read as zero as a ledger means them",
        "statuses": "Symbols among the numbers, kept apart as marks",
    }
    return [words for flag, words in said.items() if flags.get(flag)]


def _kind_of_number(column: Cells) -> tuple[Kind, str, list[str]]:
    """Kind and unit by marks in the cells, else by words of the heading, else a bare number."""
    words, printed = set(column.words), column.printed
    if any(p.endswith("%") for p in printed) or any(isinstance(c, Percent) for c in column.times):
        return "percentage", "%", []
    if any("£" in each for each in printed) or "gbp" in words:
        return "money", "GBP", []
    if any(map(looks_like_duration, printed)):
        return "number", _unit_of_durations(column), []
    return _by_heading(column, words)


def _unit_of_durations(column: Cells) -> str:
    """The unit that the heading says or, first of those that read nearly every cell, another."""
    said = [unit for unit in DURATIONS if unit in column.words]
    reading = [u for u in DURATIONS if column.share(_reads(_try("number", u))) >= NEARLY_ALL]
    return next(iter((*said, *reading)), "")


def _by_heading(column: Cells, words: set[str]) -> tuple[Kind, str, list[str]]:
    if words & SHARE:
        small = all(isinstance(c, (int, float)) and -1 <= c <= 1 for c in column.times)
        return (
            "percentage",
            "%",
            ["Percentages between 0 and 1, so perhaps shares"] if small else [],
        )
    for word, unit in _UNITS.items():
        if word in words:
            return "number", unit, []
    if _says_count(column.words):
        return "number", "count", []
    if words & MONEY or ("value" in words and len(words) > 1):
        return "money", "GBP", ["Taken for pounds by the heading alone"]
    return "number", "", ["Numbers, but of what? Add the unit, or say code"]


def _label(column: Cells) -> Guess | None:
    n = len({text(cell) for cell in column.times})
    few = n <= MOST_LABELS and column.filled_n >= 2 * n
    return Guess("label") if few or PERIODS & set(column.words) else None


def _doubts_of_text(column: Cells) -> tuple[str, ...]:
    if column.all_printed(_SLASHED):
        return ("Dates that are not day first, so read as text; export them day first",)
    numbers = column.share(_reads(_try("money")))
    if numbers >= 0.5:
        return ("Numbers among words, so read as text",)
    return ()
